"""Applications of the demo town: told once, told on after an interruption, never against visitors."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from balai.audit.models import Entry
from balai.demo.engines import cases as telling
from balai.engines.cases import actions, queries
from balai.people.models import Citizen, Officer

pytestmark = pytest.mark.django_db
STAGES = Counter(submitted=4, returned=1, issued=1, ready=1, closed=1)


def seed() -> None:
    call_command("demo_seed", stdout=StringIO())


def states() -> Counter[str]:
    """How many applications stand where."""
    return Counter(case.state for citizen in Citizen.objects.all() for case in queries.open_affairs(citizen))


def cut_off(*_things: object, **_facts: object) -> None:
    """The machine goes off in this moment."""
    raise KeyboardInterrupt


def test_seeding_twice_is_seeding_once() -> None:
    seed()
    furnished = (states(), Officer.objects.count(), Citizen.objects.count(), Entry.objects.count())
    assert furnished[0] == STAGES
    seed()
    assert (states(), Officer.objects.count(), Citizen.objects.count(), Entry.objects.count()) == furnished


def test_seeding_goes_on_after_an_interruption_between_officers_and_cases(monkeypatch) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(telling, "seed_cases", cut_off)
        seed()
    assert (states(), Officer.objects.count() > 0) == (Counter(), True)
    seed()
    assert states() == STAGES


@pytest.mark.parametrize("act", ["submit", "record_verdicts", "forward", "approve", "mark_printed", "shelve"])
def test_seeding_goes_on_after_an_interruption_within_an_application(monkeypatch, act: str) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(actions, act, cut_off)
        seed()
    seed()
    assert states() == STAGES


def test_seeding_leaves_alone_what_visitors_did() -> None:
    seed()
    (returned,) = [
        case
        for citizen in Citizen.objects.all()
        for case in queries.open_affairs(citizen)
        if case.state == "returned"
    ]
    actions.withdraw(by=returned.applicant, case=returned)
    seed()
    assert states() == STAGES - Counter(returned=1) + Counter(withdrawn=1)
