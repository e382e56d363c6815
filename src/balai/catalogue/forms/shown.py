"""Stored answers as people read them: on pages, in letters, and with doubts for the officer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from balai.catalogue import kinds
from balai.catalogue.kinds.sentences import WARNINGS
from balai.catalogue.schema import FieldSpec, ServiceDefinition
from balai.kernel import nik
from balai.kernel.dates import WEEKDAYS, spell_number
from balai.kernel.errors import ValueRefused
from balai.people.today import local_today

# Where a letter finds the stored answers.
RAW = "raw"
# What else a letter may print of an answer, by kind: ending of the name, and how it is said.
_DERIVED: Mapping[str, Mapping[str, Callable[[Any], str]]] = {
    "rupiah": {"words": lambda stored: f"{spell_number(int(stored))} rupiah"},
    "date": {"weekday": lambda stored: WEEKDAYS[date.fromisoformat(stored).weekday()]},
}


@dataclass(frozen=True)
class ShownAnswer:
    """One answer for reading. `page` is the id of the page on which it can be changed."""

    field: str
    page: str
    label: str
    text: str
    is_personal: bool


@dataclass(frozen=True)
class FieldWarning:
    """Something an officer should look at; it refuses nothing."""

    field: str
    code: str
    sentence: str


def shown_answers(service: ServiceDefinition, answers: Mapping[str, Any]) -> list[ShownAnswer]:
    """Every answer given, in the order asked."""
    return [
        ShownAnswer(
            spec.id, page.id, spec.label, _shown(spec, answers), kinds.kind(spec.kind).is_personal(spec)
        )
        for page in service.page
        for spec in page.field
        if spec.id in answers
    ]


def letter_data(service: ServiceDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Each question's answer as a letter prints it; "" for what was not answered: no template fails.

    Beside an amount `x` stands `x_words`, beside a day `x_weekday`; `raw` holds the stored answers, None for
    what was not answered, for conditions in a letter.
    """
    raw = {RAW: {spec.id: answers.get(spec.id) for spec in service.fields}}
    return {**_printed(service.fields, answers), **raw}


def derived_names(spec: FieldSpec) -> tuple[str, ...]:
    """Names that a letter knows because of this question, beside its id."""
    return tuple(f"{spec.id}_{ending}" for ending in _DERIVED.get(spec.kind, {}))


def _printed(specs: Iterable[FieldSpec], answers: Mapping[str, Any]) -> dict[str, Any]:
    printed: dict[str, Any] = {}
    for spec in specs:
        stored = answers.get(spec.id)
        printed[spec.id] = _shown(spec, answers)
        for ending, said in _DERIVED.get(spec.kind, {}).items():
            printed[f"{spec.id}_{ending}"] = "" if stored is None else said(stored)
    return printed


def personal_fields(service: ServiceDefinition) -> frozenset[str]:
    """Questions whose answers are personal."""
    return frozenset(spec.id for spec in service.fields if kinds.kind(spec.kind).is_personal(spec))


def officer_warnings(
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    *,
    known_districts: Collection[str] | None = None,
    today: date | None = None,
) -> list[FieldWarning]:
    """What is odd about the NIKs among the answers (`domain.md` §2.2), for the officer only."""
    day = today or local_today()
    return [
        FieldWarning(spec.id, code, str(WARNINGS[code]))
        for spec in service.fields
        if spec.kind == "nik" and spec.id in answers
        for code in _nik_warnings(spec, answers, known_districts, day)
    ]


def _nik_warnings(
    spec: FieldSpec, answers: Mapping[str, Any], known_districts: Collection[str] | None, day: date
) -> tuple[str, ...]:
    try:
        number = nik.Nik.parse(answers[spec.id])
    except ValueRefused as refused:
        return (refused.code,) if refused.code in WARNINGS else ()
    born = answers.get(spec.matches.get("birth_date", ""))
    return nik.warnings(
        number,
        birth_date=date.fromisoformat(born) if born else None,
        sex=answers.get(spec.matches.get("sex", "")),
        known_districts=known_districts,
        today=day,
    )


def _shown(spec: FieldSpec, answers: Mapping[str, Any]) -> str:
    stored = answers.get(spec.id)
    return "" if stored is None else kinds.kind(spec.kind).display(stored, spec)
