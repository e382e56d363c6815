"""Several items at once, everything of one officer, and what waits for somebody who is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from balai.audit.models import Entry
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.enums import AbsenceReason
from balai.people.models import Officer
from balai.people.tests.factories import BENCE, SAWENTAR, make_officer
from balai.people.today import local_today
from balai.runtime import clock
from balai.work import actions, tasks
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
def items(sri: Officer) -> list[WorkItem]:
    return make_items(3, offices=[SAWENTAR], now=clock.now())


def post(officer: Officer, items: list[WorkItem], act: str, to: Officer | None = None) -> str:
    fields = {"lanjut": "/meja/", "perintah": act, "tugas": [str(each.pk) for each in items]}
    answer = signed_in(officer).post(
        "/meja/tugas/beberapa/", {**fields, "kepada": str(to.pk) if to else ""}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


def holders() -> list[str]:
    return list(WorkItem.objects.order_by("pk").values_list("assignee_name", flat=True))


def test_ticked_items_are_taken_released_and_handed_on(
    sri: Officer, wati: Officer, items: list[WorkItem]
) -> None:
    assert "2 tugas selesai dipindahkan." in post(sri, items[:2], "ambil")
    assert sorted(holders()) == ["", "Sri Wahyuni", "Sri Wahyuni"]
    post(sri, items, "serahkan", wati)
    assert holders() == ["Wati Lestari"] * 3
    post(wati, items, "lepas")
    assert holders() == [""] * 3


def test_what_one_item_refuses_stops_no_other(sri: Officer, wati: Officer, items: list[WorkItem]) -> None:
    actions.take(by=wati, item=items[0])
    page = post(sri, items, "ambil")
    assert "2 tugas selesai dipindahkan." in page
    assert (
        f"1 tugas tetap seperti semula. {items[0].reference}: Pekerjaan ini sudah diambil Wati Lestari."
        in page
    )


def test_items_of_other_offices_are_not_touched(sri: Officer) -> None:
    foreign = make_items(1, offices=[BENCE], now=clock.now())
    assert "Centang dahulu tugasnya" in post(sri, foreign, "ambil")
    assert holders() == [""]


@pytest.mark.parametrize("act", ["serahkan", "hapus", ""])
def test_what_was_not_chosen_is_asked_for(sri: Officer, items: list[WorkItem], act: str) -> None:
    page = post(sri, items, act)
    assert "Pilih dahulu kepada siapa" in page or "Centang dahulu tugasnya" in page
    assert holders() == [""] * 3


def test_list_offers_ticks_where_something_can_be_done(sri: Officer, items: list[WorkItem]) -> None:
    desk = signed_in(sri)
    assert desk.get("/meja/").content.decode().count('class="tick"') == len(items)
    assert 'class="tick"' not in desk.get("/meja/?kotak=done_today").content.decode()


def test_everything_of_one_officer_goes_to_a_colleague(
    sri: Officer, wati: Officer, items: list[WorkItem]
) -> None:
    for item in items:
        actions.take(by=sri, item=item)
    assert actions.hand_over(by=sri, of=sri, to=wati) == 3
    assert holders() == ["Wati Lestari"] * 3
    assert Entry.objects.filter(event="work.assigned").count() == 3


def test_only_who_oversees_hands_over_what_a_colleague_holds(
    sri: Officer, wati: Officer, items: list[WorkItem]
) -> None:
    actions.take(by=sri, item=items[0])
    assert (actions.hand_over(by=wati, of=sri), holders().count("Sri Wahyuni")) == (0, 1)
    head = make_officer(permissions=("work.oversee",), name="Bambang Sutejo")
    assert (actions.hand_over(by=head, of=sri), holders()) == (1, [""] * 3)


@pytest.mark.parametrize("stands_in", [True, False])
def test_what_an_absent_officer_holds_goes_to_her_stand_in_or_back(
    sri: Officer, wati: Officer, items: list[WorkItem], stands_in: bool
) -> None:
    actions.take(by=sri, item=items[0])
    today = local_today()
    people.record_absence(
        by=SYSTEM,
        officer=sri,
        from_on=today,
        to_on=today + timedelta(days=1),
        reason=AbsenceReason.ILLNESS,
        stand_in=wati if stands_in else None,
        basis="SP 1" if stands_in else "",
    )
    tasks.hand_to_stand_ins()
    assert sorted(set(holders())) == (["", "Wati Lestari"] if stands_in else [""])
    tasks.hand_to_stand_ins()
    assert Entry.objects.filter(event__in=["work.assigned", "work.released"]).count() == 1
