"""Stored answers as people read them: on pages, in letters, and with doubts for the officer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from balai.catalogue import kinds
from balai.catalogue.kinds.groups import labelled, row_title
from balai.catalogue.kinds.sentences import WARNINGS
from balai.catalogue.schema import FieldSpec, ServiceDefinition
from balai.catalogue.schema.form import is_group
from balai.kernel import nik
from balai.kernel.dates import WEEKDAYS, spell_number
from balai.kernel.errors import ValueRefused
from balai.people.today import local_today

# How an answer of a kind is hidden from those who need not read it whole.
Masks = Mapping[str, Callable[[str], str]]
NO_MASKS: Masks = {}
# Where a letter finds the stored answers.
RAW = "raw"
# What else a letter may print of an answer, by kind: ending of the name, and how it is said.
_DERIVED: Mapping[str, Mapping[str, Callable[[Any], str]]] = {
    "rupiah": {"words": lambda stored: f"{spell_number(int(stored))} rupiah"},
    "date": {"weekday": lambda stored: WEEKDAYS[date.fromisoformat(stored).weekday()]},
}


@dataclass(frozen=True)
class ShownRow:
    """One row of a group: "Ahli waris 2", and its answers."""

    title: str
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True)
class ShownAnswer:
    """One answer for reading. `page` is the id of the page on which it can be changed.

    A group has `rows`, and all of them as `text` for places that know no rows.
    """

    field: str
    page: str
    label: str
    text: str
    is_personal: bool
    rows: tuple[ShownRow, ...] = ()


@dataclass(frozen=True)
class FieldWarning:
    """Something an officer should look at; it refuses nothing."""

    field: str
    code: str
    sentence: str


def shown_answers(
    service: ServiceDefinition, answers: Mapping[str, Any], *, masks: Masks = NO_MASKS
) -> list[ShownAnswer]:
    """Every answer given, in the order asked; `masks` say by kind how an answer is hidden."""
    return [
        _shown_answer(spec, page.id, answers[spec.id], masks)
        for page in service.page
        for spec in page.field
        if spec.id in answers
    ]


def _shown_answer(spec: FieldSpec, page: str, stored: Any, masks: Masks) -> ShownAnswer:
    kind = kinds.kind(spec.kind)
    if not is_group(spec):
        mask = masks.get(spec.kind)
        text = mask(str(stored)) if mask else kind.display(stored, spec)
        return ShownAnswer(spec.id, page, spec.label, text, kind.is_personal(spec))
    rows = tuple(
        ShownRow(
            row_title(spec, number),
            tuple(_shown_answer(each, page, row[each.id], masks) for each in spec.field if each.id in row),
        )
        for number, row in enumerate(stored, 1)
    )
    text = "\n\n".join(
        "\n".join([row.title, *(f"{labelled(each.label)} {each.text}" for each in row.answers)])
        for row in rows
    )
    return ShownAnswer(spec.id, page, spec.label, text, kind.is_personal(spec), rows)


def letter_data(
    service: ServiceDefinition, answers: Mapping[str, Any], found: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Each question's answer as a letter prints it; "" for what was not answered: no template fails.

    Beside an amount `x` stands `x_words`, beside a day `x_weekday`; `raw` holds the stored answers, None for
    what was not answered, for conditions in a letter. A group is a list of such rows, in `raw` too.
    `found` is what officers answered after visits: quoted by the same names, no two of which are alike.
    """
    specs, given = (*service.fields, *service.found_fields), {**(found or {}), **answers}
    return {**_printed(specs, given), RAW: _raw(specs, given)}


def derived_names(spec: FieldSpec) -> tuple[str, ...]:
    """Names that a letter knows because of this question, beside its id."""
    return tuple(f"{spec.id}_{ending}" for ending in _DERIVED.get(spec.kind, {}))


def _printed(specs: Iterable[FieldSpec], answers: Mapping[str, Any]) -> dict[str, Any]:
    printed: dict[str, Any] = {}
    for spec in specs:
        stored = answers.get(spec.id)
        if is_group(spec):
            printed[spec.id] = [_printed(spec.field, row) for row in stored or ()]
            continue
        printed[spec.id] = "" if stored is None else kinds.kind(spec.kind).display(stored, spec)
        for ending, said in _DERIVED.get(spec.kind, {}).items():
            printed[f"{spec.id}_{ending}"] = "" if stored is None else said(stored)
    return printed


def _raw(specs: Iterable[FieldSpec], answers: Mapping[str, Any]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for spec in specs:
        stored = answers.get(spec.id)
        raw[spec.id] = [_raw(spec.field, row) for row in stored or ()] if is_group(spec) else stored
    return raw


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
        FieldWarning(name, code, f"{title}{WARNINGS[code]}")
        for name, title, spec, around in _niks(service.fields, answers)
        for code in _nik_warnings(spec, around, known_districts, day)
    ]


def _niks(
    specs: Iterable[FieldSpec], answers: Mapping[str, Any]
) -> Iterator[tuple[str, str, FieldSpec, Mapping[str, Any]]]:
    """Every NIK answered: name, whose it is where there are several, its question, the answers around it."""
    for spec in specs:
        if spec.kind == "nik" and spec.id in answers:
            yield spec.id, "", spec, answers
        for at, row in enumerate(answers.get(spec.id) or ()) if is_group(spec) else ():
            for name, _title, inner, around in _niks(spec.field, row):
                yield f"{spec.id}.{at}.{name}", f"{row_title(spec, at + 1)}: ", inner, around


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
