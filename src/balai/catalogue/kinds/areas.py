"""The areas that a person may choose, and their names: those of the government this town serves."""

from __future__ import annotations

from functools import lru_cache

from balai.government import Government, current

# (kecamatan, ((code, village or kelurahan), …)), as Django takes grouped choices.
AreaGroups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def government_areas() -> AreaGroups:
    """Every village and kelurahan, grouped by kecamatan, both in the order of their names."""
    return _grouped(current().folder)


def area_name(code: str) -> str:
    """ "Desa Sawentar, Kecamatan Kanigoro"; the bare code for an area that is not of this government."""
    return _names(current().folder).get(code, code)


@lru_cache(maxsize=4)
def _grouped(folder: str) -> AreaGroups:
    town = current()
    districts = sorted((area for area in town.areas if area.kind == "district"), key=lambda area: area.name)
    groups = []
    for district in districts:
        inside = (
            area for area in town.areas if area.kind != "district" and area.parent_code == district.code
        )
        villages = sorted(inside, key=lambda area: area.name)
        choices = tuple((area.code, f"{area.name} ({_word(town, area.kind).lower()})") for area in villages)
        groups.append((f"{town.area_words.district} {district.name}", choices))
    return tuple(groups)


@lru_cache(maxsize=4)
def _names(folder: str) -> dict[str, str]:
    town = current()
    own = {area.code: f"{_word(town, area.kind)} {area.name}" for area in town.areas}
    return {
        code: ", ".join(filter(None, (name, own.get(code.rpartition(".")[0])))) for code, name in own.items()
    }


def _word(town: Government, kind: str) -> str:
    return str(getattr(town.area_words, kind))
