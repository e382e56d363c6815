"""What a citizen is told about their own account: level, data on record, who read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.audit import queries as audit
from balai.government.texts import of_town_lazy
from balai.kernel.dates import parse_date
from balai.kernel.nik import mask
from balai.kernel.phone import mask_phone
from balai.people import queries as people
from balai.people.enums import IdentityLevel, Purpose
from balai.people.facts import label, shown
from balai.region import queries as region
from balai.ui.days import format_date

if TYPE_CHECKING:
    from balai.people.models import Citizen

PER_PAGE = 10
LAST_PAGE = 1000


@dataclass(frozen=True)
class Level:
    """An identity level in words: what it means, and what would raise it."""

    title: str | Promise
    meaning: str | Promise
    next_step: str | Promise
    tone: str


@dataclass(frozen=True)
class Row:
    """One line of a summary list."""

    label: str
    value: str
    change_url: str = ""


@dataclass(frozen=True)
class ReadingLine:
    """Who looked at what, when and why."""

    at: datetime
    by_name: str
    by_office: str
    what: str
    purpose: str


@dataclass(frozen=True)
class ReadingPage:
    """One page of readings."""

    rows: list[ReadingLine]
    number: int
    has_next: bool


_TO_COUNTER = of_town_lazy(
    _("Ingin isian terisi sendiri? Tunjukkan KTP kepada petugas desa atau kelurahan, satu kali saja.")
)
_LEVELS = {
    IdentityLevel.CLAIMED: Level(
        _("NIK baru diketik"),
        _("Kontak Anda belum terbukti, jadi kami tidak menampilkan data siapa pun."),
        _("Keluar, lalu masuk lagi dengan kode sekali pakai."),
        "attention",
    ),
    IdentityLevel.CONTACT_PROVEN: Level(
        _("Kontak Anda sudah terbukti"),
        _(
            "Anda bisa mengajukan dan melihat berkas sendiri. Data kependudukan belum kami tampilkan, "
            "sebab siapa pun bisa mengetik NIK orang lain."
        ),
        _TO_COUNTER,
        "calm",
    ),
    IdentityLevel.COUNTER_PROVEN: Level(
        _("Identitas Anda sudah dibuktikan di loket"),
        _(
            "Petugas sudah mencocokkan wajah dan KTP Anda. "
            "Data di bawah ini mengisi formulir dengan sendirinya."
        ),
        of_town_lazy(
            _("Ada yang keliru? Sampaikan kepada petugas desa atau kelurahan sambil membawa KTP atau KK.")
        ),
        "good",
    ),
}


def level(citizen: Citizen) -> Level:
    """The citizen's level in words."""
    return _LEVELS[IdentityLevel(citizen.level)]


def rows(citizen: Citizen) -> list[Row]:
    """NIK and contact of the account, then what is on record; identifiers masked, for eyes over shoulders."""
    facts = people.known_facts(citizen)
    account = [
        Row(label("nik"), citizen.masked_nik),
        Row(str(citizen.contact_value.kind.label), citizen.contact_value.masked),
    ]
    known = [
        Row(label(name), _shown(name, text)) for name, text in facts.items() if name not in ("nik", "phone")
    ]
    return account + known


def _shown(fact: str, value: str) -> str:
    return _SHOWN[fact](value) if fact in _SHOWN else shown(fact, value)


_SHOWN: dict[str, Callable[[str], str]] = {
    "kk": mask,
    "phone": mask_phone,
    "birth_on": lambda day: format_date(parse_date(day)),
    "area_code": lambda code: region.area_path(code) or code,
}


def page_number(typed: str) -> int:
    """A page number from the address; nonsense is the first page."""
    return min(max(int(typed), 1), LAST_PAGE) if typed.isdecimal() and len(typed) < 6 else 1


def readings(citizen: Citizen, number: int) -> ReadingPage:
    """Page `number` of who looked at this account, or at the person behind it once that is proven."""
    subjects = [citizen.as_subject()]
    if citizen.person is not None:
        subjects.append(citizen.person.as_subject())
    start = (number - 1) * PER_PAGE
    found = list(audit.readings_about(subjects)[start : start + PER_PAGE + 1])
    lines = [
        ReadingLine(row.at, row.by_name, row.by_office, label(row.what), _purpose(row.purpose))
        for row in found[:PER_PAGE]
    ]
    return ReadingPage(lines, number, len(found) > PER_PAGE)


def _purpose(stored: str) -> str:
    """The closed list's words; a purpose from elsewhere stands as it was written."""
    return str(Purpose(stored).label) if stored in Purpose.values else stored
