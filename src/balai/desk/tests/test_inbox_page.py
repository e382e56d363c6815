"""The inbox as a page: boxes, search, pages, and what an empty one says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.desk.tests.door import signed_in
from balai.people.tests.factories import BENCE, SAWENTAR
from balai.runtime import clock
from balai.work.enums import ItemState
from balai.work.models import WorkItem
from balai.work.tests.factories import make_items, officer_of, sample_subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _subject() -> Iterator[None]:
    """Items of a kind that no engine owns."""
    with sample_subject():
        yield


@pytest.fixture
def desk() -> Client:
    """A browser of an officer who serves Sawentar."""
    return signed_in(officer_of([SAWENTAR]))


def items(
    count: int, *, due: timedelta = timedelta(days=2), office: str = SAWENTAR, **more
) -> list[WorkItem]:
    made = make_items(count, offices=[office], now=clock.now(), **more)
    if more.get("state", ItemState.OPEN) == ItemState.OPEN:
        for at, item in enumerate(made):
            item.due_at = clock.now() + due + timedelta(minutes=at)
        WorkItem.objects.bulk_update(made, ["due_at"])
    return made


def shown(client: Client, query: str = "") -> list[str]:
    """References on the page, in order."""
    answer = client.get(f"/meja/{query}")
    assert answer.status_code == 200
    return re.findall(r"SKU-2026-\d{4}-\d{4}", answer.content.decode())


def test_inbox_is_closed_to_strangers() -> None:
    assert Client().get("/meja/")["Location"].startswith("/meja/masuk/")


def test_inbox_shows_what_is_due_first_of_ones_own_offices(desk: Client) -> None:
    later, sooner = items(1, seed=2)[0], items(1, due=timedelta(hours=30), seed=3)[0]
    items(2, office=BENCE, seed=4)
    assert shown(desk) == [sooner.reference, later.reference]


def test_boxes_hold_what_they_say(desk: Client) -> None:
    late = items(1, due=timedelta(hours=-2), seed=2)[0]
    soon = items(1, due=timedelta(minutes=5), seed=3)[0]
    waiting = items(1, state=ItemState.PAUSED, seed=4)[0]
    assert shown(desk, "?kotak=late") == [late.reference]
    assert shown(desk, "?kotak=soon") == [soon.reference]
    assert shown(desk, "?kotak=waiting") == [waiting.reference]
    html = desk.get("/meja/").content.decode()
    counts = re.findall(r'box-count[^>]*">([^<]+)<', html)
    assert counts == ["2", "1", "1", "1", "0"]
    assert ("lewat 1 jam" in html or "lewat 2 jam" in html, "menit lagi" in html) == (True, True)


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        ("todo", "Permohonan baru muncul di sini begitu dikirim warga."),
        ("soon", "Tidak ada yang mendekati batas waktunya."),
        ("late", "Tidak ada yang terlambat."),
        ("waiting", "Tidak ada yang menunggu perbaikan atau kedatangan warga."),
        ("done_today", "Yang Anda selesaikan hari ini muncul di sini."),
    ],
)
def test_empty_box_says_what_that_means(desk: Client, box: str, sentence: str) -> None:
    assert sentence in desk.get(f"/meja/?kotak={box}").content.decode()


@pytest.mark.parametrize("query", ["?kotak=tidak-ada", "?setelah=xx", "?setelah=%00", "?kotak=%00"])
def test_address_that_no_page_made_is_not_found(desk: Client, query: str) -> None:
    assert desk.get(f"/meja/{query}").status_code == 404


def test_late_item_says_that_the_superiors_know_and_not_that_it_has_moved(desk: Client) -> None:
    late = items(1, due=timedelta(hours=-2))[0]
    assert "pimpinan" not in desk.get("/meja/").content.decode()
    WorkItem.objects.filter(pk=late.pk).update(late_told_at=clock.now())
    html = desk.get("/meja/").content.decode()
    assert ("Terlambat, pimpinan diberi tahu" in html, "Diteruskan ke pimpinan" in html) == (True, False)


def test_search_finds_number_and_name_and_keeps_what_was_typed(desk: Client) -> None:
    made = items(3)
    WorkItem.objects.filter(pk=made[1].pk).update(note="Wahyu <b>P.</b>, Desa Sawentar")
    assert shown(desk, f"?q={made[0].reference[:13]}")[-1] == made[0].reference
    assert shown(desk, "?q=wahyu") == [made[1].reference]
    html = desk.get("/meja/?q=wahyu+%22x").content.decode()
    assert 'value="wahyu &quot;x"' in html
    assert "Tidak ada yang cocok" in html
    assert shown(desk, "?q=wah%00yu") == [made[1].reference]


def test_search_leads_to_the_box_that_holds_it(desk: Client) -> None:
    waiting = items(1, state=ItemState.PAUSED, seed=4)[0]
    html = desk.get(f"/meja/?q={waiting.reference}").content.decode()
    link = re.search(r'href="(\?kotak=waiting[^"]+)">Menunggu warga', html)
    assert link is not None
    assert "Tidak ada yang cocok" not in html
    assert "<tr data-row" in desk.get(f"/meja/{link[1].replace('&amp;', '&')}").content.decode()


def test_pages_follow_each_other_without_gap_or_repeat(desk: Client) -> None:
    made = items(60)
    seen, url = [], "/meja/"
    for _ in range(3):
        html = desk.get(url).content.decode()
        seen += re.findall(r"<tr data-row.*?(SKU-2026-\d{4}-\d{4})", html, re.DOTALL)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = f"/meja/{following[1].replace('&amp;', '&')}" if following else ""
    assert (seen, url) == ([item.reference for item in made], "")


def test_search_goes_on_over_pages(desk: Client) -> None:
    items(30)
    html = desk.get("/meja/?q=SKU&kotak=todo").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', html)
    assert following is not None
    assert "q=SKU" in following[1]
    assert len(shown(desk, following[1].replace("&amp;", "&"))) == 5


def test_inbox_costs_the_same_at_one_item_and_at_three(desk: Client) -> None:
    costs = []
    for more in (1, 2):
        items(more, seed=more)
        with CaptureQueriesContext(connection) as captured:
            desk.get("/meja/")
        costs.append(len(captured))
    assert costs[0] == costs[1]
