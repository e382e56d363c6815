"""Examples name places of the government where they were written; elsewhere its own stand for them.

Thus one set of examples proves a service in every town. A code that no place in the country has stays,
because an example may be about just that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from balai import government
from balai.region import queries as region

_VILLAGE = re.compile(r"(\d\d\.\d\d\.\d\d)\.([12])\d{3}")
_KINDS = {"1": "kelurahan", "2": "village"}


def at_home(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same with each village of another government replaced by an open one of this town."""
    return {key: _at_home(value) for key, value in data.items()}


def _at_home(value: Any) -> Any:
    if isinstance(value, dict):
        return at_home(value)
    if isinstance(value, list | tuple):
        return [_at_home(each) for each in value]
    return _own_village(value) if isinstance(value, str) else value


def _own_village(text: str) -> str:
    found = _VILLAGE.fullmatch(text)
    town = government.current()
    if found is None or text.startswith(f"{town.area_code}.") or found[1] not in region.known_districts():
        return text
    opened = [office for office in town.offices if office.is_open and office.kind in _KINDS.values()]
    alike = [office.area_code for office in opened if office.kind == _KINDS[found[2]]]
    return next(iter(alike or [office.area_code for office in opened]), text)


def sample_office(level: str = "village") -> dict[str, Any]:
    """The office that signs an example's letter: a kecamatan for a service of the kecamatan.

    Otherwise a desa where the town has any, else a kelurahan.
    """
    town = government.current()
    if level == "district":
        name, head = f"{town.area_words.district} Contoh", f"{town.head_titles.district} Contoh"
        return {"kind": "district", "name": name, "lines": [f"Pemerintah {town.name}", name], "head": head}
    kinds = {area.kind for area in town.areas}
    kind, word, head = (
        ("village", town.area_words.village, town.head_titles.village)
        if "village" in kinds
        else ("kelurahan", town.area_words.kelurahan, town.head_titles.kelurahan)
    )
    lines = [f"Pemerintah {town.name}", f"{town.area_words.district} Contoh", f"{word} Contoh"]
    return {"kind": kind, "name": f"{word} Contoh", "lines": lines, "head": f"{head} Contoh"}
