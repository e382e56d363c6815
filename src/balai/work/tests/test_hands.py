"""Taking, giving back and handing on, as officers do it on the pages; and what is late in one's care."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.people.models import Officer
from balai.people.tests.factories import BENCE, KANIGORO, SAWENTAR, make_area, make_officer
from balai.runtime import clock
from balai.work import actions
from balai.work.colleagues import colleagues
from balai.work.errors import TakenAlready
from balai.work.models import WorkItem
from balai.work.tests.factories import PERMISSIONS, make_items, officer_of, sample_subject
from balai.work.tests.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _subject() -> Iterator[None]:
    with sample_subject():
        yield


@pytest.fixture
def sri() -> Officer:
    return officer_of([SAWENTAR])


@pytest.fixture
def wati(sri: Officer) -> Officer:
    return make_officer(permissions=PERMISSIONS, name="Wati Lestari")


@pytest.fixture
def item(sri: Officer) -> WorkItem:
    return make_items(1, offices=[SAWENTAR], now=clock.now())[0]


def post(client: Client, item: WorkItem, act: str, **fields: str) -> str:
    answer = client.post(f"/meja/tugas/{item.pk}/{act}/", {"lanjut": "/meja/", **fields}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def holder(item: WorkItem) -> str:
    return WorkItem.objects.get(pk=item.pk).assignee_name


def test_officer_takes_and_gives_back_from_the_inbox(sri: Officer, item: WorkItem) -> None:
    desk = signed_in(sri)
    assert f"/meja/tugas/{item.pk}/ambil/" in desk.get("/meja/").content.decode()
    assert "sekarang di tangan Anda" in post(desk, item, "ambil")
    assert holder(item) == "Sri Wahyuni"
    assert f"/meja/tugas/{item.pk}/lepas/" in desk.get("/meja/").content.decode()
    assert "dilepaskan" in post(desk, item, "lepas")
    assert holder(item) == ""


def test_what_a_colleague_took_first_is_not_taken_by_chance(
    sri: Officer, wati: Officer, item: WorkItem
) -> None:
    actions.take(by=wati, item=item)
    desk = signed_in(sri)
    assert "Pekerjaan ini sudah diambil Wati Lestari." in post(desk, item, "ambil")
    assert holder(item) == "Wati Lestari"
    post(desk, item, "ambil", alih="1")
    assert holder(item) == "Sri Wahyuni"
    with pytest.raises(TakenAlready):
        actions.take(by=wati, item=item)


def test_item_is_handed_to_a_colleague_of_the_office(sri: Officer, wati: Officer, item: WorkItem) -> None:
    said = post(signed_in(sri), item, "serahkan", kepada=str(wati.pk))
    assert "diserahkan kepada Wati Lestari" in said
    assert holder(item) == "Wati Lestari"
    assert Entry.objects.get(event="work.assigned").data == '{"kind":"check","to":"Wati Lestari"}'


@pytest.mark.parametrize("whom", ["", "nobody", "outsider"])
def test_item_is_handed_to_nobody_else(whom: str, sri: Officer, item: WorkItem) -> None:
    make_area(BENCE, name="Bence")
    outsider = make_officer(permissions=PERMISSIONS, office_code=BENCE, name="Orang Lain")
    said = post(signed_in(sri), item, "serahkan", kepada=str(outsider.pk) if whom == "outsider" else whom)
    assert "Pilih dahulu" in said
    assert holder(item) == ""


def test_item_of_another_office_is_not_found(item: WorkItem) -> None:
    make_area(BENCE, name="Bence")
    stranger = signed_in(make_officer(permissions=PERMISSIONS, office_code=BENCE, name="Orang Lain"))
    for act in ("ambil", "lepas", "serahkan"):
        assert stranger.post(f"/meja/tugas/{item.pk}/{act}/").status_code == 404


def test_finished_item_says_so(sri: Officer, item: WorkItem) -> None:
    desk = signed_in(sri)
    WorkItem.objects.filter(pk=item.pk).update(state="done", closed_at=clock.now())
    assert "sudah tidak terbuka" in post(desk, item, "ambil")


def test_way_back_never_leads_away(sri: Officer, item: WorkItem) -> None:
    desk = signed_in(sri)
    for target in ("https://example.com/meja/", "//example.com/", "/saya/"):
        answer = desk.post(f"/meja/tugas/{item.pk}/ambil/", {"lanjut": target})
        assert answer["Location"] == "/meja/"


def test_colleagues_are_those_who_may_do_it_today(sri: Officer, wati: Officer, item: WorkItem) -> None:
    camat = make_officer(permissions=PERMISSIONS, office_code=KANIGORO, scope="below", name="Camat Kanigoro")
    make_officer(permissions=PERMISSIONS, office_code=KANIGORO, name="Bukan Atasan")
    make_officer(permissions=("sample.other",), name="Lain Tugas")
    gone = make_officer(permissions=PERMISSIONS, name="Sudah Pergi")
    gone.assignments.update(valid_to="2020-12-31")
    closed = make_officer(permissions=PERMISSIONS, name="Akun Ditutup")
    type(closed.account).objects.filter(pk=closed.account.pk).update(is_active=False)
    assert colleagues(sri, item) == [camat, wati]


def test_overseer_sees_what_is_late_in_her_offices_alone(sri: Officer, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(late_told_at=clock.now())
    make_area(BENCE, name="Bence")
    other = make_items(1, offices=[BENCE], now=clock.now(), seed=2)[0]
    WorkItem.objects.filter(pk=other.pk).update(late_told_at=clock.now())
    head = signed_in(make_officer(permissions=("work.oversee",), name="Bambang Sutejo"))
    html = head.get("/meja/pengawasan/").content.decode()
    assert item.reference in html
    assert other.reference not in html
    assert signed_in(sri).get("/meja/pengawasan/").status_code == 403


def test_empty_care_says_so(sri: Officer) -> None:
    head = signed_in(make_officer(permissions=("work.oversee",), name="Bambang Sutejo"))
    assert "Tidak ada tugas yang lewat waktu" in head.get("/meja/pengawasan/").content.decode()


def test_late_list_costs_the_same_at_one_item_and_at_three(sri: Officer) -> None:
    head = signed_in(make_officer(permissions=("work.oversee",), name="Bambang Sutejo"))
    costs = []
    for more in (1, 2):
        make_items(more, offices=[SAWENTAR], now=clock.now(), seed=more)
        WorkItem.objects.update(late_told_at=clock.now())
        with CaptureQueriesContext(connection) as captured:
            head.get("/meja/pengawasan/")
        costs.append(len(captured))
    assert costs[0] == costs[1]
