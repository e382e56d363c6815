"""Reading a government's folder: everything right, or every fault at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import ValidationError

from balai.government.areas import offices_of, read_areas
from balai.government.checks import faults_between, seal_faults
from balai.government.faults import Fault, GovernmentRefused, data_path, sentence_of
from balai.government.geometry import Geometry, read_geometry
from balai.government.roles import merged, shared_roles
from balai.government.schema import AreaSpec, Government, GovernmentFile
from balai.government.switches import expand, known_services
from balai.government.words import words_of_town
from balai.kernel.toml_lines import line_index, line_of
from balai.runtime.settings import PROJECT

GOVERNMENTS = PROJECT / "governments"
FILE = "government.toml"
SEAL = "seal.svg"
_TOML_PLACE = re.compile(r"(?P<what>.*?) \((?:at line (?P<line>\d+), column \d+|at end of document)\)")
_CODE = re.compile(r"(\d\d)(\d\d)")


_served: ContextVar[str] = ContextVar("served", default="")


def current() -> Government:
    """The government this process serves, read once; raises GovernmentRefused."""
    return _loaded(_served.get() or settings.BALAI.government)


@contextmanager
def serving(name: str) -> Iterator[Government]:
    """`current()` is another government meanwhile: for checks of files; a town with data serves only one."""
    token = _served.set(name)
    try:
        yield current()
    finally:
        _served.reset(token)


@lru_cache(maxsize=8)
def _loaded(name: str) -> Government:
    return load(GOVERNMENTS / name)


def load(folder: Path) -> Government:
    """Read and check a folder; raise GovernmentRefused with every fault in all its files."""
    if not folder.is_dir():
        known = ", ".join(sorted(path.parent.name for path in folder.parent.glob(f"*/{FILE}")))
        hint = f" There is: {known}." if known else ""
        raise GovernmentRefused(folder.name, [Fault(FILE, 1, f"there is no folder {folder}.{hint}")])
    raw, text, faults = _read_toml(folder)
    file = _validated(raw, text, faults)
    areas, area_faults = read_areas(folder, _area_code(raw, folder))
    seal = _read_seal(folder, faults)
    roles, role_faults = shared_roles()
    faults += [*area_faults, *role_faults]
    if file is not None:
        index = line_index(text)
        for path, sentence in faults_between(file, folder.name, areas):
            faults.append(Fault(FILE, line_of(index, path), sentence))
    if faults or file is None:
        raise GovernmentRefused(folder.name, faults)
    words = words_of_town(areas, file.area_words, file.head_titles)
    made = {
        **{name: getattr(file, name) for name in GovernmentFile.model_fields},
        "roles": tuple(
            role.model_copy(update={"name": words.set_in(role.name)}) for role in merged(roles, file.roles)
        ),
        "services": expand(file.services, known_services()),
    }
    return Government.model_construct(
        **made, folder=folder.name, seal_svg=seal, areas=areas, offices=offices_of(file, areas)
    )


def checked_geometry(folder: Path, areas: Iterable[AreaSpec]) -> Geometry:
    """The folder's geometry; raises GovernmentRefused with every fault in it.

    No part of `load`, because few processes ask what lies where, and the files may be large.
    """
    villages = {area.code for area in areas if area.kind != "district"}
    geometry, faults = read_geometry(folder, villages)
    if faults:
        raise GovernmentRefused(folder.name, faults)
    return geometry


def folders() -> list[Path]:
    """The folder of each government that ships, by code; what they share is none."""
    return sorted(path.parent for path in GOVERNMENTS.glob(f"[!_]*/{FILE}"))


def _read_toml(folder: Path) -> tuple[dict[str, Any], str, list[Fault]]:
    path = folder / FILE
    if not path.is_file():
        return {}, "", [Fault(FILE, 1, "the file is missing.")]
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text, []
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return {}, "", [Fault(FILE, line, "the file is not in UTF-8.")]
    except tomllib.TOMLDecodeError as error:
        return {}, "", [_toml_fault(str(error), text)]


def _toml_fault(message: str, text: str) -> Fault:
    place = _TOML_PLACE.fullmatch(message)
    if place is None:
        return Fault(FILE, 1, f"this is not TOML: {message}.")
    return Fault(FILE, int(place["line"] or text.count("\n") + 1), f"this is not TOML: {place['what']}.")


def _validated(raw: dict[str, Any], text: str, faults: list[Fault]) -> GovernmentFile | None:
    if faults:
        return None
    try:
        return GovernmentFile.model_validate(_without_lists(raw))
    except ValidationError as refused:
        index = line_index(text)
        for entry in refused.errors(include_url=False):
            error = dict(entry)
            faults.append(Fault(FILE, line_of(index, data_path(error)), sentence_of(error, _keys())))
        return None


def _without_lists(value: Any) -> Any:
    """Lists as tuples: the models are strict, so that "true" is no true and 5 no text, and immutable."""
    if isinstance(value, dict):
        return {key: _without_lists(inner) for key, inner in value.items()}
    return tuple(map(_without_lists, value)) if isinstance(value, list) else value


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    """Every key that may stand anywhere in the file, for "did you mean"."""
    definitions = GovernmentFile.model_json_schema(by_alias=True)
    shapes = [definitions, *definitions.get("$defs", {}).values()]
    return frozenset(key for shape in shapes for key in shape.get("properties", {}))


def _area_code(raw: dict[str, Any], folder: Path) -> str:
    """By the file when it says a code, else by the folder's name, so that areas are checked anyway."""
    code = _CODE.match(str(raw.get("code", ""))) or _CODE.match(folder.name)
    return ".".join(code.groups()) if code else ""


def _read_seal(folder: Path, faults: list[Fault]) -> str:
    path = folder / SEAL
    if not path.is_file():
        faults.append(Fault(SEAL, 1, "the file is missing."))
        return ""
    svg = path.read_text(encoding="utf-8", errors="replace").strip()
    faults += (Fault(SEAL, 1, sentence) for sentence in seal_faults(svg))
    return svg
