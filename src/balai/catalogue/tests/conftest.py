"""A catalogue of its own: an engine for tests, a small sound service, and a folder to break it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from balai.catalogue import engine, loader, standards
from balai.catalogue.faults import CatalogueRefused
from balai.catalogue.schema import ServiceDefinition
from balai.people import permissions

SERVICE = """engine = "testing"
slug = "surat-uji"
code = "UJI"
title = "Surat uji"
summary = "Untuk menguji."
life_event = "other"
identity = "claimed"
office = "village"

[attendance]
needed = false
sentence = "Anda tidak perlu datang."

[[fee]]
amount = 0
basis = "uji"
valid_from = 2020-01-01

[[deadline]]
amount = 1
unit = "working_days"
basis = "uji"
valid_from = 2020-01-01

[[classification]]
code = "000"
scheme = "uji"
basis = "uji"
valid_from = 2020-01-01

[[page]]
id = "one"
title = "Satu"

[[page.field]]
id = "who"
kind = "name"
label = "Nama"

[[page.field]]
id = "has_child"
kind = "yes_no"
label = "Punya anak?"

[[page.field]]
id = "child"
kind = "name"
label = "Nama anak"
when = { field = "has_child", is = true }

[[step]]
id = "check"
act = "look"
title = "Memeriksa"
permission = "testing.look"

[output]
kind = "letter"
template = "letter.typ"
title = "SURAT UJI"
number_book = "letters-out"
"""
LETTER = '#import "/_shared/head.typ": *\n#let data = given\n#data.who #data.child #data.letter.number\n'
SAID = "".join(f'{key} = "Contoh."\n' for key in (*standards.PUBLIC, *standards.INTERNAL))
STANDARD = f"[a]\n{SAID}[b]\n{SAID}"


class TestingEngine(engine.Engine):
    """Knows one act."""

    code = "testing"
    acts = frozenset({"look"})

    def apply_path(self, service: ServiceDefinition) -> str:
        return f"/uji/{service.slug}/"


@pytest.fixture(autouse=True)
def testing_engine() -> Iterator[None]:
    engine.register(TestingEngine)
    permissions.register("testing.look", "Melihat")
    yield
    engine.unregister("testing")


class Folder:
    """A `services/` folder; `write` changes a file, `faults` says what is wrong with the whole."""

    def __init__(self, root: Path) -> None:
        self.root = root / "services"
        self.write("_shared/head.typ", "#let given = json(bytes(sys.inputs.data))\n")
        self.write("_shared/standard.toml", STANDARD)
        self.add("a/one", SERVICE)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def add(self, service_id: str, toml: str) -> None:
        self.write(f"{service_id}/service.toml", toml)
        self.write(f"{service_id}/help.md", "Bantuan.\n")
        self.write(f"{service_id}/letter.typ", LETTER)

    def faults(self) -> list[str]:
        try:
            loader.load(self.root)
        except CatalogueRefused as refused:
            return [str(fault) for fault in refused.faults]
        return []

    def service(self, service_id: str = "a/one") -> ServiceDefinition:
        return loader.load(self.root).by_id(service_id)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def changed(folder: Folder) -> Callable[[str, str], list[str]]:
    """Faults of the small service after one replacement in its file."""

    def change(old: str, new: str) -> list[str]:
        assert old in SERVICE
        folder.write("a/one/service.toml", SERVICE.replace(old, new, 1))
        return folder.faults()

    return change
