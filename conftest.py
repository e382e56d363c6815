"""What every test stands on: test mode, a data folder of its own, one of the two databases.

The environment is set here, before Django's settings are first read (which is why pyproject.toml names no
DJANGO_SETTINGS_MODULE: pytest-django would read them earlier). Each xdist worker runs this file anew, so
each has its own folder and key ring; pytest-django gives each its own database on both engines.
BALAI_TEST_DATABASE_URL chooses PostgreSQL; without it the tests run on SQLite in memory.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# How long one example takes says more about the machine than about the code. Deep rounds try four times as
# many examples.
hypothesis_settings.register_profile("house", deadline=None, max_examples=50)
hypothesis_settings.register_profile("deep", deadline=None, max_examples=200)
hypothesis_settings.load_profile("deep" if os.environ.get("BALAI_TEST_DEEP") else "house")

MEMORY, ROOM_BYTES = Path("/dev/shm"), 1 << 30  # noqa: S108 - parent of a folder with a random name


def _folder_in_memory() -> str | None:
    """Nothing here outlives the run, so nothing needs to reach a disk; None where memory offers no room."""
    return str(MEMORY) if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES else None


_data, _owner = tempfile.mkdtemp(prefix="balai-test-", dir=_folder_in_memory()), os.getpid()


@atexit.register
def _remove_data() -> None:
    """Only by the process that made the folder: a forked child that ends would take it from its parent."""
    if os.getpid() == _owner:
        shutil.rmtree(_data, ignore_errors=True)


_chosen = os.environ.get("BALAI_TEST_DATABASE_URL", "")
for _name in [
    name for name in os.environ if name.startswith("BALAI_") and not name.startswith("BALAI_TEST_")
]:
    del os.environ[_name]
# A town that a test starts finds its code compiled; without, each of its processes compiles Django anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["BALAI_MODE"] = "test"
os.environ["BALAI_DATA_DIR"] = _data
if _chosen:
    os.environ["BALAI_DATABASE_URL"] = _chosen
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What collection made, some hundred thousand objects, lives as long as the run. Python would look through all
# of them again and again; and here it looks for new cycles less often, as a test leaves few behind.
COLLECT_AFTER = (20_000, 20, 20)


def pytest_collection_finish() -> None:
    """Take what stands by now out of the collector's sight: a tenth of the tests' processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


pytest_plugins = ["balai.runtime.tests.fixtures"]


_preparing = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Time what makes a worker's database: whichever test comes first waits for it, and is not to blame."""
    if fixturedef.argname != "django_db_setup":
        return (yield)
    began = time.monotonic()
    try:
        return (yield)
    finally:
        request.session.stash[_preparing] = time.monotonic() - began


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """Note in the JUnit file what of a test's time was the making of the database (tools/figures.py)."""
    try:
        yield
    finally:
        seconds = item.session.stash.get(_preparing, 0.0)
        if seconds:
            item.user_properties.append(("preparation", f"{seconds:.3f}"))
            item.session.stash[_preparing] = 0.0


def pytest_configure() -> None:
    """Read the settings now, in the environment above, so that pytest-django finds them configured."""
    from django.conf import settings  # noqa: PLC0415 (only after the environment is set)

    if settings.BALAI.mode != "test":
        raise pytest.UsageError(
            "Django's settings were read before conftest.py: unset DJANGO_SETTINGS_MODULE"
        )
