"""The running catalogue: read once, replaced only by a sound one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from balai.catalogue import loader, running
from balai.catalogue.faults import CatalogueRefused
from balai.catalogue.tests.conftest import SERVICE, Folder
from balai.runtime.errors import NotFound


@pytest.fixture
def running_here(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(running, "_read", lambda: loader.load(folder.root))
    monkeypatch.setattr(running, "_current", None)
    return folder


def test_catalogue_is_read_once(running_here: Folder) -> None:
    first = running.current()
    running_here.write("a/one/service.toml", SERVICE.replace("Surat uji", "Surat baru"))
    assert running.current() is first


def test_reload_takes_what_changed(running_here: Folder) -> None:
    running.current()
    running_here.write("a/one/service.toml", SERVICE.replace('"Surat uji"', '"Surat baru"'))
    assert [each.title for each in running.reload().services] == ["Surat baru"]
    assert running.current().by_slug("surat-uji").title == "Surat baru"


def test_bad_reload_keeps_the_running_one(running_here: Folder) -> None:
    before = running.current()
    running_here.write("a/one/service.toml", SERVICE.replace('act = "look"', 'act = "fly"'))
    with pytest.raises(CatalogueRefused) as refused:
        running.reload()
    assert [fault.line for fault in refused.value.faults] == [53]
    assert running.current() is before


CIRCLE = """label = "Punya anak?"
when = { field = "other", is = true }
[[page.field]]
id = "other"
kind = "yes_no"
label = "x"
when = { field = "has_child", is = true }"""
LETTER_WANTED = """[[requirement]]
id = "letter"
title = "Surat"
kind = "letter"
service = "a/none"

[[step]]"""
SECOND_FEE = """[[fee]]
amount = 5
basis = "uji"
valid_from = 2024-01-01

[[deadline]]"""


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('kind = "name"', 'kind = "nama"', "a/one/service.toml:37", 'no field kind "nama"'),
        ('permission = "testing.look"\n', "", "a/one/service.toml:51", "the step names no permission"),
        ('id = "who"', 'id = "whom"', "a/one/letter.typ:3", 'no field gives "data.who"'),
        ('label = "Punya anak?"', CIRCLE, "a/one/service.toml:44", "run in a circle"),
        ("[[step]]", LETTER_WANTED, "a/one/service.toml:55", 'there is no service "a/none"'),
        ("[[deadline]]", SECOND_FEE, "a/one/service.toml:22", "this fee overlaps the one that holds"),
    ],
    ids=["kind", "role", "letter", "circle", "requirement", "overlap"],
)
def test_bad_definition_never_replaces_a_running_catalogue(
    running_here: Folder, old: str, new: str, place: str, words: str
) -> None:
    before = running.current()
    assert old in SERVICE
    running_here.write("a/one/service.toml", SERVICE.replace(old, new, 1))
    with pytest.raises(CatalogueRefused) as refused:
        running.reload()
    told = [str(fault) for fault in refused.value.faults]
    assert [line for line in told if line.startswith(f"services/{place}: ") and words in line]
    assert running.current() is before


def test_town_does_not_start_on_a_bad_catalogue(running_here: Folder) -> None:
    running_here.write("a/one/service.toml", "x")
    with pytest.raises(CatalogueRefused):
        running.current()


def test_unknown_service_is_not_found(running_here: Folder) -> None:
    for look in (running.current().by_id, running.current().by_slug):
        with pytest.raises(NotFound):
            look("none")


def test_500_services_load_in_a_second_of_work(tmp_path: Path) -> None:
    """Measured as CPU time: the machine is shared, the promise is about the work."""
    folder = Folder(tmp_path)
    shared = {file.name: file.read_text() for file in (running.SERVICES / "_shared").iterdir()}
    for name, text in shared.items():
        folder.write(f"_shared/{name}", text)
    real = running.SERVICES / "village/business-statement"
    texts = {name: (real / name).read_text() for name in ("service.toml", "help.md", "letter.typ")}
    for number in range(499):
        code = "".join(chr(65 + number // 26**place % 26) for place in range(3))
        toml = (
            texts["service.toml"]
            .replace('"SKU"', f'"{code}A"')
            .replace('"surat-keterangan-usaha"', f'"s-{number}"')
        )
        folder.write(f"many/s{number}/service.toml", toml)
        folder.write(f"many/s{number}/help.md", texts["help.md"])
        folder.write(f"many/s{number}/letter.typ", texts["letter.typ"])
    start = time.process_time()
    reading = loader.read(folder.root)
    took = time.process_time() - start
    assert len(reading.definitions) == 500
    assert took <= 1.0
