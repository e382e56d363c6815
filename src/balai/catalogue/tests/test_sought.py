"""Searches in vain: counted without anybody's data, shown when several agree."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from balai.catalogue import actions, queries
from balai.catalogue.models import Sought
from balai.catalogue.permissions import READ_SEARCHES
from balai.catalogue.sought import SHOWN_FROM, months_before, plain_words
from balai.people.tests.factories import make_officer
from balai.runtime import clock
from balai.work.tests.visiting import signed_in


@pytest.mark.parametrize(
    ("q", "kept"),
    [
        ("Surat  Bujang", "bujang surat"),
        ("bujang surat surat", "bujang surat"),
        ("nikah 3505105708950001", ""),
        ("telepon 0812 3456", ""),
        ("ak1 kuning", "kuning"),
        ("a ! 7", ""),
        ("satu dua tiga empat lima enam", "dua empat enam lima"),
        ("x" * 100, "x" * 60),
    ],
)
def test_only_plain_words_are_kept(q: str, kept: str) -> None:
    assert plain_words(q) == kept


def test_months_are_counted_back_over_a_year() -> None:
    assert months_before(date(2026, 2, 1), 3) == date(2025, 11, 1)
    assert months_before(date(2026, 12, 1), 12) == date(2025, 12, 1)


@pytest.mark.django_db
def test_words_are_shown_once_several_searches_agree() -> None:
    for _ in range(SHOWN_FROM):
        assert actions.count_search(q="surat bujang")
    for q in ("budi santoso", "3505105708950001"):
        actions.count_search(q=q)
    assert queries.sought_in_vain() == [("bujang surat", SHOWN_FROM)]


@pytest.mark.django_db
def test_counts_of_more_than_a_year_ago_are_deleted() -> None:
    with clock.reading(lambda: datetime(2025, 10, 5, tzinfo=UTC)):
        actions.count_search(q="lama")
    with clock.reading(lambda: datetime(2026, 11, 5, tzinfo=UTC)):
        actions.count_search(q="baru")
    assert [row.words for row in Sought.objects.all()] == ["baru"]


@pytest.mark.django_db
def test_page_is_for_who_may_read_it_and_says_when_it_is_empty() -> None:
    assert signed_in(make_officer()).get("/meja/pencarian/").status_code == 403
    client = signed_in(make_officer(permissions=(READ_SEARCHES,)))
    assert "Belum ada" in client.get("/meja/pencarian/").content.decode()
    for _ in range(SHOWN_FROM):
        actions.count_search(q="surat bujang")
    assert "bujang surat" in client.get("/meja/pencarian/").content.decode()
