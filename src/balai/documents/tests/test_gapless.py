"""Whatever happens in whatever order: every number is issued, held by a living letter, or visibly void."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from balai.documents import actions, production, queries
from balai.documents.enums import LetterState, NumberState
from balai.documents.errors import NumberIssued
from balai.documents.models import Letter, Number, Series
from balai.documents.tests import samples
from balai.runtime import clock


class Numbers(RuleBasedStateMachine):
    """Two offices whose letters are asked for, numbered, set, published, made void and left half done."""

    requested = Bundle("requested")
    reserved = Bundle("reserved")
    rendered = Bundle("rendered")
    finished = Bundle("finished")

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        samples.make_offices()
        self.at = datetime(2026, 12, 30, 3, tzinfo=UTC)
        self.held = clock.reading(lambda: self.at)
        self.held.__enter__()

    def teardown(self) -> None:
        """Let the clock go and take back what this example wrote."""
        self.held.__exit__(None, None, None)
        transaction.savepoint_rollback(self.savepoint)

    @rule(target=requested, office=st.sampled_from([samples.VILLAGE, samples.DISTRICT]))
    def ask(self, office: str) -> Any:
        return samples.ask(office_code=office).pk

    @rule(target=reserved, key=consumes(requested))
    def reserve(self, key: Any) -> Any:
        production.reserve_number(letter=Letter.objects.get(pk=key))
        return key

    @rule(key=reserved)
    def reserve_again(self, key: Any) -> None:
        letter = Letter.objects.get(pk=key)
        assert production.reserve_number(letter=letter).number_id == letter.number_id

    @rule(key=reserved)
    def set_and_be_killed(self, key: Any) -> None:
        letter = queries.letter(key)
        if letter is not None and letter.state == LetterState.RESERVED:
            production.store_rendering(letter)

    @rule(target=rendered, key=reserved)
    def set(self, key: Any) -> Any:
        letter = queries.letter(key)
        if letter is not None and letter.state == LetterState.RESERVED:
            production.keep_rendering(letter=letter, upload=production.store_rendering(letter))
        return key

    @rule(target=finished, key=rendered)
    def publish(self, key: Any) -> Any:
        production.publish(letter=Letter.objects.get(pk=key))
        return key

    @rule(target=finished, key=st.one_of(requested, reserved, rendered))
    def deliver_the_job(self, key: Any) -> Any:
        production.produce(key)
        return key

    @rule(key=st.one_of(requested, reserved, rendered, finished))
    def make_void(self, key: Any) -> None:
        letter = Letter.objects.get(pk=key)
        try:
            actions.void_letter(by=samples.SRI, letter=letter, reason="salah")
        except NumberIssued:
            assert letter.state == LetterState.PUBLISHED

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.at += hours * HOUR

    @invariant()
    def numbers_have_no_gap_and_no_twin(self) -> None:
        for series in Series.objects.all():
            given = list(series.numbers.order_by("sequence").values_list("sequence", flat=True))
            assert given == list(range(1, series.last + 1))
        texts = Number.objects.values_list("text", flat=True)
        assert len(set(texts)) == len(texts)

    @invariant()
    def every_number_is_accounted_for(self) -> None:
        for number in Number.objects.select_related("letter"):
            assert number.letter.state in HOLDERS[NumberState(number.state)]

    @invariant()
    def number_belongs_to_the_year_it_names(self) -> None:
        for number in Number.objects.select_related("series", "letter"):
            assert number.text.endswith(f"/{number.series.year}")
            assert number.letter.dated_on.year == number.series.year


HOUR = timedelta(hours=1)
HOLDERS = {
    NumberState.RESERVED: {LetterState.RESERVED, LetterState.RENDERED},
    NumberState.ISSUED: {LetterState.PUBLISHED},
    NumberState.VOID: {LetterState.VOID},
}


@pytest.mark.django_db
def test_numbers_are_gapless_whatever_happens() -> None:
    rounds = settings(max_examples=10, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(Numbers, settings=rounds)


@pytest.mark.deep
@pytest.mark.django_db
def test_numbers_are_gapless_over_many_long_years() -> None:
    rounds = settings(
        max_examples=200, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Numbers, settings=rounds)
