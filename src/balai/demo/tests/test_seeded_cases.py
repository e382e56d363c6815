"""Applications of the furnished demo town: told once, never against visitors."""

from __future__ import annotations

from collections import Counter

import pytest

from balai.audit.models import Entry
from balai.demo.tests.stages_of_cases import STAGES, seed, states
from balai.engines.cases import actions, queries
from balai.people.models import Citizen, Officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def test_seeding_twice_is_seeding_once() -> None:
    furnished = (states(), Officer.objects.count(), Citizen.objects.count(), Entry.objects.count())
    assert furnished[0] == STAGES
    seed()
    assert (states(), Officer.objects.count(), Citizen.objects.count(), Entry.objects.count()) == furnished


def test_seeding_leaves_alone_what_visitors_did() -> None:
    (returned,) = [
        case
        for citizen in Citizen.objects.all()
        for case in queries.open_affairs(citizen)
        if case.state == "returned"
    ]
    actions.withdraw(by=returned.applicant, case=returned)
    seed()
    assert states() == STAGES - Counter(returned=1) + Counter(withdrawn=1)
