"""Applications of the demo town are told on after an interruption."""

from __future__ import annotations

from collections import Counter

import pytest

from balai.demo.engines import cases as telling
from balai.demo.tests.stages_of_cases import STAGES, seed, states
from balai.engines.cases import actions
from balai.people.models import Officer

pytestmark = pytest.mark.django_db


def cut_off(*_things: object, **_facts: object) -> None:
    """The machine goes off in this moment."""
    raise KeyboardInterrupt


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
