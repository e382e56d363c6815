"""Persons enter the town's record: one by one, or a whole register at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction

from balai import audit
from balai.kernel.references import Actor, Subject
from balai.people.contacts import nik_hash
from balai.people.errors import AlreadyRegistered, FactMissing, FactRefused
from balai.people.facts import REQUIRED_FACTS, SEALED_FACTS, label, read_facts
from balai.people.models import Person
from balai.runtime import clock
from balai.runtime.transaction import write_transaction

BATCH = 500


@write_transaction
def register_person(*, by: Actor, facts: Mapping[str, str]) -> Person:
    """Put a person on record from typed facts; nik, name and area_code are needed.

    Raises FactMissing, FactRefused, AlreadyRegistered. The record proves nobody's account.
    """
    clean, problems = read_facts(facts, required=REQUIRED_FACTS)
    missing = [label(p.fact) for p in problems if p.code == "fact.missing"]
    if missing:
        raise FactMissing(facts=", ".join(missing))
    if problems:
        raise FactRefused(fact=label(problems[0].fact))
    try:
        with transaction.atomic():
            person = new_person(clean)
    except IntegrityError:
        raise AlreadyRegistered() from None
    audit.record("people.registered", by=by, about=person.as_subject())
    return person


@write_transaction
def import_people(*, by: Actor, rows: Sequence[Mapping[str, str]], source: Subject) -> int:
    """Put clean, new rows (of `people.register_file`) on record, all or none; returns how many.

    Raises AlreadyRegistered when a NIK came in since the rows were read.
    """
    people = [_unsaved(row) for row in rows]
    try:
        with transaction.atomic():
            Person.objects.bulk_create(people, batch_size=BATCH)
    except IntegrityError:
        raise AlreadyRegistered() from None
    audit.record("people.imported", by=by, about=source, data={"rows": len(people)})
    return len(people)


def new_person(clean: Mapping[str, str]) -> Person:
    """Insert a person from clean facts, inside the caller's transaction."""
    person = _unsaved(clean)
    person.save(force_insert=True)
    return person


def write_facts(person: Person, clean: Mapping[str, str]) -> None:
    """Set clean facts on a person without saving; the NIK's hash follows the NIK."""
    for fact, value in clean.items():
        setattr(person, fact, (value or None) if fact in SEALED_FACTS else value)
    if "nik" in clean:
        person.nik_hash = nik_hash(clean["nik"])
    person.updated_at = clock.now()


def _unsaved(clean: Mapping[str, str]) -> Person:
    person = Person(created_at=clock.now())
    write_facts(person, clean)
    return person
