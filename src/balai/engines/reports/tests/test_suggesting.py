"""What people write against the kinds of reports: the right one is offered, at once, and says why."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.engines.reports.queries.suggesting import suggest

QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))["query"]


@pytest.mark.parametrize("asked", QUERIES, ids=[each["q"] for each in QUERIES])
def test_words_of_people_suggest_the_kind(asked: dict[str, Any]) -> None:
    found = [each.category.slug for each in suggest(asked["q"])]
    assert [each for each in asked["finds"] if each not in found] == []
    assert not asked.get("is_first") or found[0] == asked["finds"][0]


def test_table_is_long_enough_and_names_no_query_twice() -> None:
    asked = [each["q"] for each in QUERIES]
    assert (len(asked) >= 80, len(asked)) == (True, len(set(asked)))


def test_suggestion_says_which_words_speak_for_it() -> None:
    (first, *_) = suggest("lampu jalan mati depan masjid")
    assert (first.category.slug, first.why) == ("lampu-jalan-mati", ("lampu", "jalan", "mati"))
    assert 0.5 < first.score < 1


@pytest.mark.parametrize("text", ["", "   ", "\x00", "xqzvw kjhgf", "assalamualaikum pak"])
def test_words_that_say_nothing_suggest_nothing(text: str) -> None:
    assert suggest(text) == []


def test_suggestions_take_at_most_5_ms() -> None:
    suggest("got")
    assert max(min(_seconds(each["q"]) for _ in range(3)) for each in QUERIES) <= 0.005


def test_a_long_story_takes_no_longer() -> None:
    story = " ".join(each["q"] for each in QUERIES)
    assert min(_seconds(story) for _ in range(3)) <= 0.010


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_is_answered_best_first(text: str) -> None:
    scores = [each.score for each in suggest(text, 5)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 5


def _seconds(text: str) -> float:
    begin = time.perf_counter()
    suggest(text)
    return time.perf_counter() - begin
