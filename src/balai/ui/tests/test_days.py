"""Days and spans in the language of a page; the town's language says what the kernel says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from balai.kernel import dates
from balai.kernel.calendars import Duration
from balai.ui import days

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Kamis 7 Mei 2026, 08.12"),
        ("en", "Thursday 7 May 2026, 08.12"),
        ("jv", "Kemis 7 Mei 2026, 08.12"),
    ],
)
def test_instant_is_said_in_the_language_of_the_page(language: str, said: str) -> None:
    with override(language):
        assert days.format_datetime(datetime(2026, 5, 7, 1, 12, tzinfo=UTC), "Asia/Jakarta") == said


def test_every_day_of_a_year_reads_in_the_towns_language_as_in_the_kernel() -> None:
    with override("id"):
        for number in range(366):
            day = DAY + timedelta(days=number)
            assert days.format_date(day, weekday=True) == dates.format_date(day, weekday=True)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Duration(1, "working_days"), ("1 hari kerja", "1 working day", "1 dinten kerja")),
        (Duration(14, "days"), ("14 hari", "14 days", "14 dinten")),
        (Duration(120, "working_minutes"), ("2 jam kerja", "2 working hours", "2 jam kerja")),
        (Duration(90, "working_minutes"), ("90 menit kerja", "90 working minutes", "90 menit kerja")),
        (Duration(1, "hours"), ("1 jam", "1 hour", "1 jam")),
    ],
)
def test_span_is_said_in_the_language_of_the_page(span: Duration, words: tuple[str, str, str]) -> None:
    for language, said in zip(("id", "en", "jv"), words, strict=True):
        with override(language):
            assert days.format_duration(span) == said
    assert span.label() == words[0]
