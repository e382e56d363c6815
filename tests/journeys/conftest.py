"""The stage of every story: one browser, one demo town, its officers signed in once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, StorageState, sync_playwright

from postgres import running_server
from tests.journeys.citizen import Citizen
from tests.journeys.desk import PASSWORD, Officer
from tests.journeys.town import Town, fresh_database

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The search for identifiers in the clear comes last, when everything else has left its traces."""
    items.sort(key=lambda item: "test_privacy" in item.nodeid)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium of the machine."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The server of `./balai test`, or one of our own when pytest was called by hand."""
    with ExitStack() as stack:
        given = os.environ.get("BALAI_TEST_POSTGRES_URL") or os.environ.get("BALAI_TEST_DATABASE_URL")
        yield given or stack.enter_context(running_server())


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A demo town; on PostgreSQL when BALAI_TEST_DATABASE_URL names a server, else on SQLite."""
    server = os.environ.get("BALAI_TEST_DATABASE_URL", "")
    with ExitStack() as stack:
        url = stack.enter_context(fresh_database(server, f"journeys_{os.getpid()}")) if server else ""
        yield stack.enter_context(Town(tmp_path_factory.mktemp("town"), database_url=url).running())


@pytest.fixture(scope="session")
def states() -> dict[str, StorageState]:
    """Cookies of officers who have signed in, by login name: a code of the authenticator serves only once."""
    return {}


@pytest.fixture
def officer(
    chromium: Browser, town: Town, states: dict[str, StorageState]
) -> Iterator[Callable[..., Officer]]:
    """Call it with a login name: that officer at the desk."""
    with ExitStack() as stack:

        def sit_down(login_name: str, **options: object) -> Officer:
            known = states.get(login_name)
            person = stack.enter_context(Officer.of(chromium, town, known, **options))
            if known is None:
                person.sign_in(login_name, PASSWORD, town.second_factor_of(login_name))
                states[login_name] = person.context.storage_state()
            return person

        yield sit_down


@pytest.fixture
def citizen(chromium: Browser, town: Town) -> Iterator[Callable[..., Citizen]]:
    """Call it for a citizen with a fresh browser of her own."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(Citizen.of(chromium, town, **options))


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo as a phone takes it: some hundred kilobytes."""
    path = tmp_path_factory.mktemp("photo") / "warung.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(path, "JPEG", quality=70)
    return path
