"""Codes and names of the whole country, in memory: to doubt a NIK's region, to name a place of birth.

Source: data/NOTICE. The tables are today's; codes of the past are missing on purpose, because a NIK with
one is a warning and never a refusal (domain.md §2.2).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
_KINDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")


def _table(name: str) -> dict[str, str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _districts() -> dict[str, str]:
    return _table("districts.csv")


@lru_cache(maxsize=1)
def _provinces_and_regencies() -> dict[str, str]:
    return _table("provinces-regencies.csv")


@lru_cache(maxsize=1)
def known_districts() -> frozenset[str]:
    """Codes of every kecamatan in the country, dotted: "35.05.10"."""
    return frozenset(_districts())


def district_place(district_code: str) -> str:
    """ "Kanigoro, Kabupaten Blitar, Jawa Timur" for "35.05.10"; "" for a code that is not today's."""
    upper = _provinces_and_regencies()
    names = (_districts().get(district_code), upper.get(district_code[:5]), upper.get(district_code[:2]))
    return ", ".join(name for name in names if name) if names[0] else ""


@lru_cache(maxsize=1)
def birth_places() -> tuple[str, ...]:
    """Names to offer as places of birth: every kabupaten and kota once, without its kind, sorted."""
    regencies = (name for code, name in _provinces_and_regencies().items() if "." in code)
    return tuple(sorted({_without_kind(name) for name in regencies}))


def _without_kind(name: str) -> str:
    return next((name[len(kind) :] for kind in _KINDS if name.startswith(kind)), name)
