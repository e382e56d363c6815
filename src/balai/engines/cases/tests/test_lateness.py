"""What becomes of a case whose time is over: said once, to the citizen and to the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from balai.audit.models import Entry
from balai.engines.cases import actions
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import Town
from balai.engines.cases.tests.pages import officer_client
from balai.notify.models import Message
from balai.people.tests.factories import make_officer
from balai.runtime import clock as time
from balai.work import queries as work
from balai.work import reminding
from balai.work.models import WorkItem

pytestmark = pytest.mark.django_db
SORRY = "Maaf, janji waktu kami terlewat. Berkas Anda tetap kami kerjakan."


@pytest.fixture
def late(town: Town, frozen_clock: Callable) -> Case:
    """A case that nobody touched for a month."""
    case = make.submit(town.siti).case
    frozen_clock(time.now() + timedelta(days=30))
    reminding.remind()
    reminding.remind()
    return case


def lines(case: Case, kind: str) -> list[tuple[str, bool]]:
    return list(case.events.filter(kind=kind).values_list("text", "public"))


def test_citizen_is_told_once_that_the_promise_was_broken(late: Case, run_jobs: Callable) -> None:
    assert lines(late, "late") == [(SORRY, True)]
    run_jobs()
    message = Message.objects.get(key__contains=":late:")
    assert "melewati janji waktu kami" in message.text.clear
    assert late.number in message.text.clear
    assert Entry.objects.filter(event="cases.late", about_id=str(late.pk)).count() == 1


def test_office_sees_in_the_history_that_the_head_was_told(late: Case) -> None:
    stage = WorkItem.objects.get(subject_id=str(late.pk)).stage
    assert lines(late, "overdue") == [(f"{stage} lewat batas waktunya. Pimpinan kantor diberi tahu.", False)]
    assert Entry.objects.filter(event="work.escalated", about_id=str(late.pk)).count() == 1


def test_case_that_waits_for_the_citizen_is_not_late(town: Town, frozen_clock: Callable) -> None:
    case = make.returned(town, make.PURPOSE_TARGET)
    frozen_clock(time.now() + timedelta(days=30))
    assert reminding.remind() == 0
    assert lines(case, "late") == []


def test_officer_takes_and_hands_on_from_the_page_of_the_case(town: Town) -> None:
    case = make.submit(town.siti).case
    wati = make_officer(permissions=("cases.check",), name="Wati Lestari")
    desk: Client = officer_client(town.operator)
    page = f"/meja/berkas/{case.pk}/"
    (item,) = work.items_of(case.as_subject())
    html = desk.get(page).content.decode()
    assert "Belum ada yang mengambil" in html
    assert "Wati Lestari" in html
    desk.post(f"/meja/tugas/{item.pk}/ambil/", {"lanjut": page})
    assert "Di tangan Anda" in desk.get(page).content.decode()
    answer = desk.post(f"/meja/tugas/{item.pk}/serahkan/", {"lanjut": page, "kepada": str(wati.pk)})
    assert answer["Location"] == page
    assert "Di tangan Wati Lestari" in desk.get(page).content.decode()


def test_officer_who_may_not_do_the_step_is_offered_nothing(town: Town) -> None:
    case = make.submit(town.siti).case
    html = officer_client(town.head).get(f"/meja/berkas/{case.pk}/").content.decode()
    assert "/ambil/" not in html
    actions.withdraw(by=town.siti, case=case)
    assert "/ambil/" not in officer_client(town.operator).get(f"/meja/berkas/{case.pk}/").content.decode()
