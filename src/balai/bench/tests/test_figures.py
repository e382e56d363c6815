"""The arithmetic of the measurements."""

from __future__ import annotations

import math
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.bench.figures import order_of_round, paired_ratio, percentile, poisson_schedule

waits = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=200)
shares = st.floats(min_value=0, max_value=1, exclude_min=True)


@pytest.mark.parametrize(
    ("share", "expected"), [(0.01, 1), (0.5, 50), (0.95, 95), (0.99, 99), (0.991, 100), (1.0, 100)]
)
def test_percentile_of_one_to_a_hundred_is_its_rank(share: float, expected: int) -> None:
    assert percentile([*range(100, 0, -1)], share) == expected


def test_percentile_does_not_stumble_over_binary_fractions() -> None:
    assert percentile([*range(1, 21)], 0.95) == 19


@given(values=waits, share=shares)
def test_percentile_is_a_value_that_the_share_does_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= math.floor(round(share * len(values), 9))


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.1)])
def test_percentile_of_nothing_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, share)


def test_arrivals_keep_their_rate_and_do_not_know_each_other() -> None:
    instants = poisson_schedule(50, 20_000, seed=1)
    gaps = [later - earlier for earlier, later in zip([0.0, *instants], instants, strict=False)]
    average = mean(gaps)
    assert average == pytest.approx(1 / 50, rel=0.03)
    # An exponential's deviation is its mean; a steady drum's would be 0.
    assert mean((gap - average) ** 2 for gap in gaps) ** 0.5 == pytest.approx(average, rel=0.05)


@given(rate=st.floats(0.1, 1000), count=st.integers(0, 100), seed=st.integers(0, 99))
def test_arrivals_are_in_order_and_the_same_for_the_same_seed(rate: float, count: int, seed: int) -> None:
    instants = poisson_schedule(rate, count, seed=seed)
    assert len(instants) == count
    assert instants == sorted(instants)
    assert instants == poisson_schedule(rate, count, seed=seed)


def test_every_other_round_runs_backwards() -> None:
    assert [order_of_round("abc", number) for number in range(3)] == [
        ["a", "b", "c"],
        ["c", "b", "a"],
        ["a", "b", "c"],
    ]


def test_paired_ratio_forgets_what_disturbed_both() -> None:
    assert paired_ratio([60, 30, 6], [100, 50, 10]) == pytest.approx(0.6)


def test_rounds_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        paired_ratio([1, 2], [1])
