"""Who lives and works in a demo town: invented people, read from demo.toml in the government's folder.

NIKs follow `domain.md` §2.2's pattern with the district of the first office, so that no town shows another's.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from balai.demo.town.told import Told
from balai.government import current as government
from balai.government.loading import GOVERNMENTS
from balai.region import queries as region

FILE = "demo.toml"
PASSWORD = "Balai-peragaan-2026"  # noqa: S105 - a demo town's password is printed at every start
SIGNING_PASSPHRASE = "TandaTangan2026"  # noqa: S105 - opens certificates marked UJI COBA only


class CastRefused(Exception):
    """demo.toml does not say what a demo town needs; the message names each fault."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Resident(_Part):
    """An invented citizen."""

    key: str
    name: str
    sex: str
    birth_place: str
    birth_on: date
    occupation: str
    religion: str = "islam"
    marital_status: str = "married"
    address: str
    rt: str
    rw: str
    serial: int = 1
    phone: str
    is_proven: bool = False

    def nik(self, district_code: str) -> str:
        """The NIK that a first registration in this district would have given."""
        day = self.birth_on.day + (40 if self.sex == "female" else 0)
        return f"{district_code.replace('.', '')}{day:02}{self.birth_on:%m%y}{self.serial:04}"

    def facts(self, area_code: str) -> dict[str, str]:
        """What the village has on record."""
        district = area_code.rsplit(".", 1)[0]
        return {
            "nik": self.nik(district),
            "kk": f"{district.replace('.', '')}{self.birth_on.day:02}0110{self.serial:04}",
            "name": self.name,
            "sex": self.sex,
            "birth_place": self.birth_place,
            "birth_on": self.birth_on.isoformat(),
            "religion": self.religion,
            "marital_status": self.marital_status,
            "occupation": self.occupation,
            "address": self.address,
            "rt": self.rt,
            "rw": self.rw,
            "area_code": area_code,
            "phone": self.phone,
        }


class Staff(_Part):
    """An invented officer; the login name is completed with the word of the office."""

    key: str
    name: str
    title: str
    role: str


class Tale(_Part):
    """How far the application of one resident has come, and on which working day back from now."""

    who: str
    service: str
    days: int
    stages: tuple[str, ...]
    answers: dict[str, Any] = {}


class _Workplace(_Part):
    code: str
    word: str
    officers: tuple[Staff, ...]


class Cast(_Part):
    """All that demo.toml says."""

    office: tuple[_Workplace, ...] = ()
    citizen: tuple[Resident, ...] = ()
    tale: tuple[Tale, ...] = ()
    report: tuple[Told, ...] = ()

    @model_validator(mode="after")
    def _tells_of_people_it_knows(self) -> Cast:
        keys = [each.key for each in self.citizen]
        if len(set(keys)) < len(keys):
            raise ValueError("two citizens have one key")
        strangers = {each.who for each in self.tale} - set(keys)
        if strangers:
            raise ValueError(f"a tale is about nobody: {', '.join(sorted(strangers))}")
        return self


class Place(_Part):
    """An office where somebody of the cast works, with the word that ends its officers' login names."""

    code: str
    name: str
    word: str
    is_village: bool
    staff: tuple[Staff, ...]


def cast() -> Cast:
    """The people of this town; nobody where its folder has no demo.toml. Raises CastRefused."""
    return _read(GOVERNMENTS / government().folder / FILE)


@lru_cache(maxsize=4)
def _read(path: Path) -> Cast:
    if not path.is_file():
        return Cast()
    try:
        return Cast.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise CastRefused(f"{path.parent.name}/{FILE} is not TOML: {error}.") from None
    except ValidationError as refused:
        faults = [
            f"{path.parent.name}/{FILE}: {'.'.join(map(str, each['loc'])) or 'as a whole'}: {each['msg']}."
            for each in refused.errors(include_url=False)
        ]
        raise CastRefused("\n".join(faults)) from None


def residents() -> tuple[Resident, ...]:
    """Every citizen of the cast."""
    return cast().citizen


def guests() -> list[Resident]:
    """Whom a visitor may be at once: the first who is known at the counter, and the first newcomer."""
    known = next((each for each in residents() if each.is_proven), None)
    newcomer = next((each for each in residents() if not each.is_proven), None)
    return [each for each in (known, newcomer) if each is not None]


def places() -> list[Place]:
    """The villages of the cast that are open, in its order: its citizens live in the first of them."""
    return [place for place in workplaces() if place.is_village]


def workplaces() -> list[Place]:
    """Every office where somebody of the cast works: those that are open, and the town hall."""
    found = []
    for each in cast().office:
        office = region.office(each.code)
        if office is None or not (office.is_open or office.kind == "agency"):
            continue
        staff = each.officers
        is_village = office.kind in ("village", "kelurahan")
        found.append(
            Place(code=each.code, name=office.name, word=each.word, is_village=is_village, staff=staff)
        )
    return found


def login_name(staff: Staff, place: Place) -> str:
    """Such as "operator.sawentar"."""
    return f"{staff.key}.{place.word}"
