"""Hours of the day: every way of writing one, and nothing that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.errors import ValueRefused
from balai.kernel.times import format_time, parse_time


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("14.30", "14:30"),
        ("14:30", "14:30"),
        ("7.05", "07:05"),
        (" pukul  00.00 ", "00:00"),
        ("Jam 9:15", "09:15"),
    ],
)
def test_hour_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert parse_time(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("24.00", "time.impossible"),
        ("12.60", "time.impossible"),
        ("14", "time.shape"),
        ("1430", "time.shape"),
    ],
)
def test_what_is_no_hour_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_time(typed)
    assert refused.value.code == code


@given(st.times())
def test_hour_reads_back_from_how_it_is_shown(at: object) -> None:
    stored = f"{at:%H:%M}"
    assert parse_time(format_time(stored)) == stored


@given(st.text(max_size=30))
def test_any_text_is_an_hour_or_refused(text: str) -> None:
    try:
        assert len(parse_time(text)) == 5
    except ValueRefused as refused:
        assert refused.code in ("time.shape", "time.impossible")
