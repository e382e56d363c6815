"""The league's arithmetic: what must hold whatever the figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.engines.reports.rules import durations
from balai.engines.reports.rules.league import Record, beta_quantile, league, prior, standing

counts = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
towns = st.lists(counts, min_size=1, max_size=12).map(
    lambda rows: [Record(f"dinas-{at}", n, kept) for at, (n, kept) in enumerate(rows)]
)


@given(towns, st.randoms())
def test_league_does_not_depend_on_the_order_of_offices(records, dice) -> None:
    shuffled = records.copy()
    dice.shuffle(shuffled)
    assert league(shuffled, least=20) == league(records, least=20)


@given(towns)
def test_shares_lie_between_what_was_counted_and_the_mean_of_all(records) -> None:
    believed = prior(records)
    for record in records:
        found = standing(record, believed)
        low, high = sorted((record.in_time / record.n, believed.mean))
        assert low - 1e-9 <= found.share <= high + 1e-9
        assert 0 <= found.low < found.share < found.high <= 1


@given(towns, st.integers(1, 9))
def test_fewer_promises_are_drawn_further_to_the_mean(records, times) -> None:
    believed = prior(records)
    for record in records:
        few = standing(record, believed)
        many = standing(Record(record.office, record.n * 10 * times, record.in_time * 10 * times), believed)
        assert abs(many.share - believed.mean) >= abs(few.share - believed.mean) - 1e-9
        assert many.high - many.low <= few.high - few.low + 1e-9


@given(towns, counts)
def test_identical_offices_have_the_same_place(records, twin) -> None:
    n, kept = twin[0] + 20, twin[1]
    both = [*records, Record("kembar-a", n, kept), Record("kembar-b", n, kept)]
    ranks = {each.office: each.rank for each in league(both, least=20)}
    assert ranks["kembar-a"] == ranks["kembar-b"]


@given(towns, st.integers(2, 200))
def test_offices_with_too_few_promises_have_no_place_and_stand_last(records, least) -> None:
    found = league(records, least=least)
    assert [each.rank is None for each in found] == sorted(each.n < least for each in found)
    assert len(found) == len(records)


@given(towns)
def test_more_kept_is_never_a_worse_share(records) -> None:
    believed = prior(records)
    for record in records:
        if record.in_time < record.n:
            better = standing(record._replace(in_time=record.in_time + 1), believed)
            assert better.share > standing(record, believed).share


def test_three_of_three_is_not_better_than_ninety_five_of_a_hundred() -> None:
    records = [
        Record("baru", 3, 3),
        Record("baik", 100, 95),
        Record("sedang", 100, 70),
        Record("buruk", 100, 40),
    ]
    shares = {each.office: each.share for each in league(records, least=1)}
    assert shares["baik"] > shares["baru"] > shares["sedang"] > shares["buruk"]


def test_offices_that_differ_by_chance_alone_are_drawn_together() -> None:
    records = [Record(f"dinas-{at}", 50, 40) for at in range(8)]
    assert prior(records).strength == 1000
    assert {each.rank for each in league(records, least=20)} == {1}


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    # Quantiles at 5 % and 95 %, where the distribution function has a closed form or is well known.
    [(90, 10, 0.8466, 0.9442), (10, 10, 0.3201, 0.6799), (50, 1, 0.9418, 0.9990), (200, 300, 0.3643, 0.4363)],
)
def test_credible_interval_is_that_of_the_beta_distribution(a, b, low, high) -> None:
    found = [beta_quantile(a, b, side) for side in (-1.6449, 1.6449)]
    assert found == pytest.approx([low, high], abs=0.02)


@given(st.lists(st.integers(0, 3_000_000), min_size=1, max_size=300), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_quantile_of_a_spread_is_that_of_its_values_within_three_percent(values, share) -> None:
    half = len(values) // 2
    parts = [durations.spread_of(part) for part in (values[:half], values[half:])]
    exact = durations.quantile(sorted(values), share)
    assert durations.quantile_of(durations.added(parts), share) == pytest.approx(exact, rel=0.03, abs=0.5)


def test_quantile_of_nothing_is_unknown() -> None:
    assert durations.quantile([], 0.5) is None
    assert durations.quantile_of({}, 0.5) is None
    assert math.isclose(prior([]).mean, 0.5)
