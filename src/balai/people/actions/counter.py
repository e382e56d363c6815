"""An officer has the person and the card before them: the only way to a person's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext_lazy as _

from balai import audit
from balai.people import queries, rules
from balai.people.actions.register import new_person, write_facts
from balai.people.contacts import nik_hash
from balai.people.enums import IdentityLevel, Purpose
from balai.people.errors import ContactNotProven, FactMissing, FactRefused, FactsDiffer, NikNotThis
from balai.people.facts import FACTS, label, read_facts
from balai.people.models import Citizen, Officer, Person
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction

Side = Literal["record", "seen"]
PERMISSION = "people.prove"
_ELSEWHERE = _("tercatat di kantor lain")


@dataclass(frozen=True)
class Difference:
    """One fact on which the record and the card disagree."""

    fact: str
    label: str
    on_record: str
    seen: str


@write_transaction
def compare_with_record(*, by: Officer, citizen: Citizen, facts: Mapping[str, str]) -> tuple[Difference, ...]:
    """Both sides of every disagreement, for the officer to decide; the look is journalled.

    Of a record that another office keeps only the area is shown: anybody may claim a NIK, so a village
    could else read the whole register. Raises like `prove_at_counter`, but for FactsDiffer. Empty when
    nothing disagrees or nobody is on record under this NIK.
    """
    seen = _read_card(by, citizen, facts)
    person = queries.person_by_nik(citizen.nik.clear)
    found = differences(person, seen) if person else ()
    shown = found
    if person and person.area_code and not by.covers_area(PERMISSION, person.area_code):
        shown = tuple(difference for difference in found if difference.fact == "area_code")
        found = tuple(d if d in shown else replace(d, on_record=str(_ELSEWHERE)) for d in found)
    if person and shown:
        audit.record_reading(
            by=by.as_actor(),
            about=person.as_subject(),
            what=", ".join(difference.label for difference in shown),
            purpose=str(Purpose.COUNTER_PROOF.label),
            office=by.office_name,
        )
    return found


@write_transaction(locks=("citizen", "person"))
def prove_at_counter(
    *,
    by: Officer,
    citizen: Citizen,
    facts: Mapping[str, str],
    settled: Mapping[str, Side] | None = None,
) -> Person:
    """Raise the account to "counter_proven" and link it to the person with its NIK, made when missing.

    `facts` is what the card says (names of `people.facts.FACTS`; name and area_code at least). Where a
    record disagrees, `settled` must say for that fact whether "record" or "seen" holds. Doubts about
    the NIK (`queries.nik_warnings`) hinder nothing and are kept in the journal.

    Raises Forbidden, OutsideArea, ContactNotProven, NikNotThis, FactMissing, FactRefused, FactsDiffer.
    """
    seen = _read_card(by, citizen, facts)
    account = lock(citizen)
    if not account.identity_level.reaches(IdentityLevel.CONTACT_PROVEN):
        raise ContactNotProven()
    person, changed = _recorded(seen, settled or {})
    rules.require_area(by, PERMISSION, person.area_code)
    _mark_proven(person, by)
    for row in (account, citizen):  # the caller's copy tells the truth too
        row.person, row.name, row.level = person, person.name, IdentityLevel.COUNTER_PROVEN
    account.save(update_fields=["person", "name", "level"])
    audit.record(
        "people.proven",
        by=by.as_actor(),
        about=citizen.as_subject(),
        data={
            "person": str(person.pk),
            "changed": changed,
            "warnings": [warning.code for warning in queries.nik_warnings(citizen, seen)],
        },
    )
    return person


def differences(person: Person, seen: Mapping[str, str]) -> tuple[Difference, ...]:
    """Facts that both sides state and state differently; capitals and spacing do not count."""
    recorded = queries.facts_of(person)
    return tuple(
        Difference(fact, label(fact), recorded[fact], value)
        for fact, value in seen.items()
        if fact in recorded and _folded(recorded[fact]) != _folded(value)
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _read_card(by: Officer, citizen: Citizen, facts: Mapping[str, str]) -> dict[str, str]:
    """The card's facts, normalised; refuses an officer of another area and another person's card."""
    nik = citizen.nik.clear
    clean, problems = read_facts({"nik": nik, **facts}, required=("nik", "name", "area_code"))
    missing = [label(p.fact) for p in problems if p.code == "fact.missing"]
    if missing:
        raise FactMissing(facts=", ".join(missing))
    if problems:
        raise FactRefused(fact=label(problems[0].fact))
    rules.require_area(by, PERMISSION, clean["area_code"])
    if clean["nik"] != nik:
        raise NikNotThis()
    return clean


def _recorded(seen: Mapping[str, str], settled: Mapping[str, Side]) -> tuple[Person, list[str]]:
    """The person of this NIK with the card's facts settled in; and the names of facts that changed."""
    found = lock(Person.objects.filter(nik_hash=nik_hash(seen["nik"])))
    if not found:
        return new_person(seen), []
    person = found[0]
    differing = differences(person, seen)
    open_ones = tuple(d.fact for d in differing if settled.get(d.fact) not in {"record", "seen"})
    if open_ones:
        raise FactsDiffer(open_ones, ", ".join(label(fact) for fact in open_ones))
    changes = {d.fact: d.seen for d in differing if settled[d.fact] == "seen"}
    known = queries.facts_of(person)
    changes |= {fact: value for fact, value in seen.items() if fact not in known}
    write_facts(person, changes)
    return person, [fact for fact in FACTS if fact in changes]


def _mark_proven(person: Person, by: Officer) -> None:
    person.proven_by, person.proven_at = by, clock.now()
    person.save()
