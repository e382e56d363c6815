"""Whatever happens, whoever merely claims Siti's NIK learns nothing that is Siti's."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from balai.notify.models import Message
from balai.people import actions, queries
from balai.people.models import Citizen
from balai.people.tests.factories import (
    BENCE,
    BUDI_NIK,
    SAWENTAR,
    SITI,
    SITI_NIK,
    SITI_PHONE,
    make_area,
    make_citizen,
    make_officer,
)
from balai.runtime.errors import CitizenError

NEWCOMERS = ("budi@contoh.id", "081234567899")
CONTACTS = (SITI_PHONE, *NEWCOMERS)
GIVEN_NAME = st.sampled_from(["Siti Aminah", "Siti A. Rahayu", "SITI AMINAH"])

steps = st.one_of(
    st.tuples(st.just("register"), GIVEN_NAME),
    st.tuples(st.just("ask"), st.sampled_from(CONTACTS)),
    st.tuples(st.just("confirm"), st.integers(0, 5)),
    st.tuples(st.just("confirm_with_code_of_another"), st.integers(0, 5)),
    st.tuples(st.just("carry_over"), st.sampled_from(CONTACTS)),
    st.tuples(st.just("prove_siti"), GIVEN_NAME),
    st.tuples(st.just("newcomer_shows_own_card"), st.sampled_from(NEWCOMERS)),
    st.tuples(st.just("outsider_proves_newcomer"), st.sampled_from(NEWCOMERS)),
    st.tuples(st.just("clerk_proves_newcomer"), st.sampled_from(NEWCOMERS)),
)


class Town:
    """The acts of one history; refusals are ordinary outcomes."""

    def __init__(self) -> None:
        make_area()
        make_area(BENCE, name="Bence")
        self.officer = make_officer()
        self.outsider = make_officer(office_code=BENCE)
        self.clerk = make_officer(permissions=())
        self.asked: list[tuple[object, str]] = []

    def register(self, name: str) -> None:
        actions.register_person(by=self.officer.as_actor(), facts=SITI | {"name": name})

    def ask(self, contact: str) -> None:
        challenge = actions.request_code(nik=SITI_NIK, contact=contact, ip="203.0.113.7")
        message = Message.objects.get(key=f"people.code:{challenge}")
        self.asked.append((challenge, re.search(r"\d{6}", message.text.clear)[0]))

    def confirm(self, which: int) -> None:
        if self.asked:
            challenge, code = self.asked[which % len(self.asked)]
            actions.confirm_code(challenge_id=challenge, code=code)

    def confirm_with_code_of_another(self, which: int) -> None:
        if self.asked:
            challenge, _code = self.asked[which % len(self.asked)]
            _challenge, code = self.asked[(which + 1) % len(self.asked)]
            actions.confirm_code(challenge_id=challenge, code=code)

    def carry_over(self, contact: str) -> None:
        make_citizen(contact=contact)

    def prove_siti(self, name: str) -> None:
        settled = dict.fromkeys(SITI, "seen")
        facts = SITI | {"name": name}
        actions.prove_at_counter(
            by=self.officer, citizen=make_citizen(contact=SITI_PHONE), facts=facts, settled=settled
        )

    def newcomer_shows_own_card(self, contact: str) -> None:
        card = {"nik": BUDI_NIK, "name": "Budi Santoso", "area_code": SAWENTAR}
        actions.prove_at_counter(by=self.officer, citizen=make_citizen(contact=contact), facts=card)

    def outsider_proves_newcomer(self, contact: str) -> None:
        actions.prove_at_counter(by=self.outsider, citizen=make_citizen(contact=contact), facts=SITI)

    def clerk_proves_newcomer(self, contact: str) -> None:
        actions.prove_at_counter(by=self.clerk, citizen=make_citizen(contact=contact), facts=SITI)


def what_newcomers_learn() -> list[object]:
    """All that an account offers its holder, for every account that is not bound to Siti's phone."""
    learnt: list[object] = []
    for citizen in Citizen.objects.select_related("person"):
        if citizen.contact.clear == "+6281234567801":
            continue
        assert citizen.nik.clear == SITI_NIK  # typed by themselves
        learnt += [queries.known_facts(citizen), citizen.person, citizen.name, citizen.as_subject().name]
    return learnt


class NewcomersLearnNothing(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(history=st.lists(steps, max_size=12))
    def test_newcomers_learn_nothing_in_any_history(self, history: list[tuple[str, object]]) -> None:
        town = Town()
        for act, argument in history:
            with suppress(CitizenError):
                getattr(town, act)(argument)
            learnt = what_newcomers_learn()
            assert learnt == [{}, None, "", "Warga"] * (len(learnt) // 4)


@pytest.mark.django_db
def test_the_history_can_leak_because_siti_does_learn():
    """The property above is worth something only if proving does open facts."""
    town = Town()
    town.prove_siti("Siti Aminah")
    assert queries.known_facts(Citizen.objects.get()) == SITI
