"""Proving an account at the counter."""

from __future__ import annotations

import pytest

from balai.audit.models import Entry
from balai.audit.queries import readings_about
from balai.people import actions, queries
from balai.people.enums import IdentityLevel
from balai.people.errors import (
    ContactNotProven,
    FactMissing,
    FactRefused,
    FactsDiffer,
    NikNotThis,
    OutsideArea,
)
from balai.people.models import Citizen, Person
from balai.people.tests.factories import (
    BENCE,
    BUDI_NIK,
    KANIGORO,
    SAWENTAR,
    SITI,
    SITI_NIK,
    make_citizen,
    make_officer,
    make_person,
)
from balai.runtime.errors import Forbidden

pytestmark = pytest.mark.django_db


def test_proof_creates_the_person_and_opens_the_facts(officer):
    citizen = make_citizen()
    assert queries.known_facts(citizen) == {}
    person = actions.prove_at_counter(by=officer, citizen=citizen, facts=SITI)
    assert queries.known_facts(Citizen.objects.get()) == SITI
    assert citizen.level == IdentityLevel.COUNTER_PROVEN
    assert (citizen.person, citizen.name) == (person, "Siti Aminah")
    assert person.proven_by == officer
    assert person.proven_at is not None


def test_proof_links_the_person_on_record_and_adds_what_the_card_adds(officer):
    person = make_person(phone="", occupation="")
    citizen = make_citizen()
    actions.prove_at_counter(by=officer, citizen=citizen, facts=SITI)
    assert citizen.person == person
    assert queries.known_facts(citizen) == SITI


def test_proof_opens_nothing_to_the_others_who_claim_the_nik(officer):
    newcomer = make_citizen(contact="penipu@contoh.id")
    actions.prove_at_counter(by=officer, citizen=make_citizen(), facts=SITI)
    newcomer.refresh_from_db()
    assert queries.known_facts(newcomer) == {}
    assert newcomer.level == IdentityLevel.CONTACT_PROVEN


def test_capitals_and_spacing_are_no_difference(officer):
    make_person(name="Siti Aminah")
    citizen = make_citizen()
    person = actions.prove_at_counter(by=officer, citizen=citizen, facts=SITI | {"name": "SITI  AMINAH"})
    assert person.name == "Siti Aminah"


def test_differing_record_needs_the_officers_word(officer):
    make_person(name="Siti Aminah Lama", address="Jalan Mawar 1")
    citizen = make_citizen()
    with pytest.raises(FactsDiffer) as differ:
        actions.prove_at_counter(by=officer, citizen=citizen, facts=SITI, settled={"name": "seen"})
    assert differ.value.facts == ("address",)
    assert "Jalan Mawar" not in differ.value.sentence
    citizen.refresh_from_db()
    assert citizen.level == IdentityLevel.CONTACT_PROVEN


def test_settled_differences_are_kept_as_the_officer_says(officer):
    make_person(name="Siti Aminah Lama", address="Jalan Mawar 1")
    citizen = make_citizen()
    person = actions.prove_at_counter(
        by=officer, citizen=citizen, facts=SITI, settled={"name": "seen", "address": "record"}
    )
    person.refresh_from_db()
    assert (person.name, person.address) == ("Siti Aminah", "Jalan Mawar 1")
    assert Entry.objects.get(event="people.proven").facts["changed"] == ["name"]


def test_comparison_shows_both_sides_and_is_journalled(officer):
    person = make_person(address="Jalan Mawar 1")
    found = actions.compare_with_record(by=officer, citizen=make_citizen(), facts=SITI)
    assert [(d.fact, d.on_record, d.seen) for d in found] == [("address", "Jalan Mawar 1", "Jalan Melati 7")]
    reading = readings_about([person.as_subject()])[0]
    assert (reading.what, reading.purpose) == ("Alamat", "Mencocokkan identitas di loket")


def test_comparison_shows_no_record_of_another_area_but_where_it_is(officer):
    make_person(address="Jalan Mawar 1", area_code=BENCE)
    found = actions.compare_with_record(by=officer, citizen=make_citizen(), facts=SITI)
    assert {d.fact: d.on_record for d in found} == {
        "address": "tercatat di kantor lain",
        "area_code": BENCE,
    }


def test_comparison_without_a_record_is_empty_and_unjournalled(officer):
    citizen = make_citizen()
    assert actions.compare_with_record(by=officer, citizen=citizen, facts=SITI) == ()
    assert Entry.objects.filter(event="audit.reading").count() == 0


def test_officer_of_another_area_is_refused(officer):
    outsider = make_officer(office_code=BENCE)
    with pytest.raises(OutsideArea):
        actions.prove_at_counter(by=outsider, citizen=make_citizen(), facts=SITI)


def test_record_of_another_area_that_holds_is_not_the_officers_to_prove(officer):
    make_person(area_code=BENCE)
    with pytest.raises(OutsideArea):
        actions.prove_at_counter(
            by=officer, citizen=make_citizen(), facts=SITI, settled={"area_code": "record"}
        )
    assert Citizen.objects.get().level == IdentityLevel.CONTACT_PROVEN


def test_officer_without_the_permission_is_refused(officer):
    clerk = make_officer(permissions=("people.reveal",))
    with pytest.raises(Forbidden):
        actions.prove_at_counter(by=clerk, citizen=make_citizen(), facts=SITI)


def test_district_officer_proves_in_villages_only_with_scope_below(officer):
    own = make_officer(office_code=KANIGORO)
    citizen = make_citizen()
    with pytest.raises(OutsideArea):
        actions.prove_at_counter(by=own, citizen=citizen, facts=SITI)
    below = make_officer(office_code=KANIGORO, scope="below")
    assert actions.prove_at_counter(by=below, citizen=citizen, facts=SITI).area_code == SAWENTAR


def test_card_with_another_nik_is_refused(officer):
    with pytest.raises(NikNotThis):
        actions.prove_at_counter(by=officer, citizen=make_citizen(), facts=SITI | {"nik": BUDI_NIK})


def test_account_whose_contact_is_not_proven_is_refused(officer):
    citizen = make_citizen()
    Citizen.objects.update(level=IdentityLevel.CLAIMED)
    with pytest.raises(ContactNotProven):
        actions.prove_at_counter(by=officer, citizen=citizen, facts=SITI)


@pytest.mark.parametrize("fact", ["name", "area_code"])
def test_card_without_name_or_area_is_refused(officer, fact):
    with pytest.raises(FactMissing):
        actions.prove_at_counter(by=officer, citizen=make_citizen(), facts=SITI | {fact: " "})


@pytest.mark.parametrize(
    ("fact", "text"), [("birth_on", "31-02-1995"), ("rt", "RT 2"), ("shoe_size", "39"), ("kk", "1")]
)
def test_unreadable_or_unknown_fact_is_refused(officer, fact, text):
    with pytest.raises(FactRefused):
        actions.prove_at_counter(by=officer, citizen=make_citizen(), facts=SITI | {fact: text})


def test_doubts_about_the_nik_are_told_and_journalled_but_hinder_nothing(officer):
    citizen = make_citizen()
    facts = SITI | {"birth_on": "1994-08-17", "sex": "male"}
    assert [w.code for w in queries.nik_warnings(citizen, facts)] == ["nik.birth_differs", "nik.sex_differs"]
    actions.prove_at_counter(by=officer, citizen=citizen, facts=facts)
    assert Entry.objects.get(event="people.proven").facts["warnings"] == [
        "nik.birth_differs",
        "nik.sex_differs",
    ]


def test_journal_of_a_proof_names_no_identifier(officer):
    actions.prove_at_counter(by=officer, citizen=make_citizen(), facts=SITI)
    journal = repr(list(Entry.objects.values()))
    for secret in (SITI_NIK, SITI["kk"], "81234567801", "Aminah", "Melati"):
        assert secret not in journal


def test_personal_columns_are_sealed(officer):
    make_person()
    row = repr(Person.objects.values("nik", "kk", "birth_on", "phone", "nik_hash").get())
    for secret in (SITI_NIK, SITI["kk"], "1995-08-17", "81234567801"):
        assert secret not in row
