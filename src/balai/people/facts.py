"""The facts a town keeps about a person, and how each is read from what someone typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from balai.government.texts import of_town_lazy
from balai.kernel.dates import parse_date
from balai.kernel.errors import ValueRefused
from balai.kernel.kk import parse_kk
from balai.kernel.names import clean_name
from balai.kernel.nik import Nik
from balai.kernel.phone import parse_phone
from balai.kernel.text import clean_text
from balai.people.enums import MaritalStatus, Religion, Sex

# What people write beside the code and the label.
_ALIASES = {
    "p": Sex.FEMALE,
    "l": Sex.MALE,
    "laki laki": Sex.MALE,
    "kristen protestan": Religion.PROTESTANT,
    "kristen katolik": Religion.CATHOLIC,
    "budha": Religion.BUDDHIST,
    "konghucu": Religion.CONFUCIAN,
    "kepercayaan": Religion.BELIEF,
    "menikah": MaritalStatus.MARRIED,
    "belum menikah": MaritalStatus.UNMARRIED,
}
_NEIGHBOURHOOD = re.compile(r"[0-9]{1,3}")
_AREA = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")


def _line(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        line = clean_text(text, multiline=False)
        if len(line) > longest:
            raise ValueRefused("text.long", longest=longest)
        return line

    return read


def _one_of(choices: type[TextChoices], refusal: str) -> Callable[[str], str]:
    """A reader of a listed value: its code, its Indonesian label, or what people write for it."""

    def read(text: str) -> str:
        typed = " ".join(text.lower().split())
        with override(settings.LANGUAGE_CODE):  # the label is the one of cards and services, whoever reads
            for choice in choices:
                if typed in (choice.value, str(choice.label).lower()) or _ALIASES.get(typed) is choice:
                    return str(choice.value)
        raise ValueRefused(refusal)

    return read


def _neighbourhood(text: str) -> str:
    """RT and RW are three digits on every card: "3" is "003"."""
    if not _NEIGHBOURHOOD.fullmatch(text.strip()):
        raise ValueRefused("rt.shape")
    return text.strip().zfill(3)


def _area(text: str) -> str:
    if not _AREA.fullmatch(text.strip()):
        raise ValueRefused("area.shape")
    return text.strip()


@dataclass(frozen=True)
class Fact:
    """One fact: its label for people, how it is read, and whether its column is sealed."""

    label: object
    read: Callable[[str], str]
    sealed: bool = False
    choices: type[TextChoices] | None = None


def _listed(label: object, choices: type[TextChoices], refusal: str) -> Fact:
    return Fact(label, _one_of(choices, refusal), choices=choices)


FACTS: Mapping[str, Fact] = {
    "nik": Fact(_("NIK"), lambda text: Nik.parse(text).text, sealed=True),
    "kk": Fact(_("Nomor KK"), parse_kk, sealed=True),
    "name": Fact(_("Nama lengkap"), clean_name),
    "sex": _listed(_("Jenis kelamin"), Sex, "sex.unknown"),
    "birth_place": Fact(_("Tempat lahir"), _line(100)),
    "birth_on": Fact(_("Tanggal lahir"), lambda text: parse_date(text).isoformat(), sealed=True),
    "religion": _listed(_("Agama"), Religion, "religion.unknown"),
    "marital_status": _listed(_("Status perkawinan"), MaritalStatus, "marital_status.unknown"),
    "occupation": Fact(_("Pekerjaan"), _line(100)),
    "address": Fact(_("Alamat"), _line(300)),
    "rt": Fact(_("RT"), _neighbourhood),
    "rw": Fact(_("RW"), _neighbourhood),
    "area_code": Fact(of_town_lazy(_("Desa atau kelurahan")), _area),
    "phone": Fact(_("Nomor HP"), parse_phone, sealed=True),
}
SEALED_FACTS = frozenset(name for name, fact in FACTS.items() if fact.sealed)
# Without these nobody can be found again, greeted, or sent to the right office.
REQUIRED_FACTS = ("nik", "name", "area_code")


@dataclass(frozen=True)
class Problem:
    """A fact that is missing ("fact.missing"), unknown ("fact.unknown") or refused, by code."""

    fact: str
    code: str


def read_facts(
    raw: Mapping[str, str], *, required: tuple[str, ...] = ()
) -> tuple[dict[str, str], list[Problem]]:
    """Normalise what was typed; blank values are absent. Every problem is listed, none is raised."""
    clean: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in raw.items():
        if not text.strip():
            continue
        if name not in FACTS:
            problems.append(Problem(name, "fact.unknown"))
            continue
        try:
            clean[name] = FACTS[name].read(text)
        except ValueRefused as refused:
            problems.append(Problem(name, refused.code))
    faulty = {problem.fact for problem in problems}
    problems += [Problem(n, "fact.missing") for n in required if n not in clean and n not in faulty]
    return clean, problems


def label(fact: str) -> str:
    """The fact's name as people say it."""
    return str(FACTS[fact].label) if fact in FACTS else fact


def shown(fact: str, value: str) -> str:
    """A stored value as people read it: codes of lists become their words."""
    choices = FACTS[fact].choices if fact in FACTS else None
    return str(choices(value).label) if choices is not None and value in choices.values else value
