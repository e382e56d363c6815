"""The roster at the desk, and the contact at which an officer is alerted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from balai import government
from balai.desk.tests.door import signed_in
from balai.notify.models import Message
from balai.people.enums import AbsenceReason
from balai.people.models import Absence, AlertContact, Officer
from balai.people.tests.factories import BENCE, SAWENTAR, make_area, make_officer
from balai.runtime import clock
from balai.work import actions, duties
from balai.work.models import Duty
from balai.work.tests.factories import sample_subject

pytestmark = pytest.mark.django_db
PAGE, CONTACT = "/meja/piket/", "/meja/akun/kontak-siaga/"
DO = "sample.check"
TRAY = {"kantor": SAWENTAR, "bagian": DO}


@pytest.fixture(autouse=True)
def sample() -> Iterator[None]:
    make_area(SAWENTAR)
    make_area(BENCE)
    with sample_subject():
        yield


@pytest.fixture
def head() -> Officer:
    return make_officer(permissions=("work.plan_duty",), name="Bambang Sutejo")


@pytest.fixture
def sri() -> Officer:
    return make_officer(permissions=(DO,), name="Sri Wahyuni")


def tomorrow(hour: int = 19) -> datetime:
    local = clock.now().astimezone(government.current().tzinfo) + timedelta(days=1)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def typed(who: Officer, **more: str) -> dict[str, str]:
    begins, ends = tomorrow(), tomorrow() + timedelta(hours=12)
    given = {
        "officer": str(who.pk),
        "from_on": f"{begins:%d-%m-%Y}",
        "from_time": "19.00",
        "to_on": f"{ends:%d-%m-%Y}",
        "to_time": "07.00",
    }
    return TRAY | given | more


def plan(head: Officer, sri: Officer) -> Duty:
    begins, ends = tomorrow(), tomorrow() + timedelta(hours=12)
    return actions.plan_duty(
        by=head, office_code=SAWENTAR, permission=DO, officer=sri, from_at=begins, to_at=ends
    )


def test_planned_night_stands_on_both_of_its_days(head: Officer, sri: Officer) -> None:
    desk = signed_in(head)
    answer = desk.post(PAGE, typed(sri), follow=True)
    page = answer.content.decode()
    assert Duty.objects.get().from_at == tomorrow()
    assert "Piket dicatat." in page
    assert "19.00–24.00" in page
    following = desk.get(PAGE, TRAY | {"minggu": f"{tomorrow() + timedelta(days=1):%G-W%V}"})
    assert "00.00–07.00" in following.content.decode()


def test_hours_without_an_owner_are_named(head: Officer, sri: Officer) -> None:
    plan(head, sri)
    page = signed_in(head).get(PAGE, TRAY).content.decode()
    assert "Jam tanpa petugas dalam 7 hari ke depan" in page
    assert "Saat ini tidak ada yang piket" in page


@pytest.mark.parametrize(
    "wrong", [{"from_on": "31-02-2027"}, {"to_time": "25.00"}, {"officer": "nobody"}, {"to_on": "01-01-2020"}]
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    head: Officer, sri: Officer, wrong: dict[str, str]
) -> None:
    answer = signed_in(head).post(PAGE, typed(sri, **wrong))
    page = answer.content.decode()
    assert (answer.status_code, Duty.objects.count()) == (400, 0)
    assert f'value="{typed(sri, **wrong)["from_on"]}"' in page
    assert "error-summary" in page


def test_who_is_away_today_is_planned_for_a_later_day(head: Officer, sri: Officer) -> None:
    today = duties.local_day(clock.now())
    Absence.objects.create(officer=sri, from_on=today, to_on=today, reason=AbsenceReason.LEAVE)
    desk = signed_in(head)
    assert desk.post(PAGE, typed(sri, from_on=f"{today:%d-%m-%Y}", from_time="23.59")).status_code == 400
    desk.post(PAGE, typed(sri))
    assert Duty.objects.get().officer == sri


@pytest.mark.parametrize("week", ["0001-W01", "9999-W52", "2026-W99"])
def test_week_without_neighbours_is_this_week(sri: Officer, week: str) -> None:
    assert signed_in(sri).get(PAGE, TRAY | {"minggu": week}).status_code == 200


def test_duty_is_taken_back(head: Officer, sri: Officer) -> None:
    duty = plan(head, sri)
    answer = signed_in(head).post(f"{PAGE}{duty.pk}/batal/", TRAY, follow=True)
    assert "Piket Sri Wahyuni dibatalkan." in answer.content.decode()
    duty.refresh_from_db()
    assert duty.cancelled_by == "Bambang Sutejo"


def test_colleague_reads_the_roster_and_changes_nothing(head: Officer, sri: Officer) -> None:
    duty = plan(head, sri)
    desk = signed_in(sri)
    week = {"minggu": f"{tomorrow():%G-W%V}"}
    page = desk.get(PAGE, TRAY | week).content.decode()
    assert "Sri Wahyuni" in page
    assert "Tambah piket" not in page
    desk.post(PAGE, typed(sri))
    assert desk.post(f"{PAGE}{duty.pk}/batal/", TRAY).status_code == 404
    assert Duty.objects.filter(cancelled_at=None).count() == 1


@pytest.mark.parametrize("asked", [{"kantor": BENCE}, {"bagian": "sample.other"}, {"kantor": "x"}])
def test_foreign_office_and_unknown_work_look_absent(sri: Officer, asked: dict[str, str]) -> None:
    assert signed_in(sri).get(PAGE, asked).status_code == 404


def test_office_without_anybody_to_do_the_work_says_so(head: Officer) -> None:
    page = signed_in(head).get(PAGE).content.decode()
    assert "Belum ada pekerjaan yang bisa dijaga di kantor ini" in page


def test_roster_as_csv(head: Officer, sri: Officer) -> None:
    plan(head, sri)
    answer: Any = signed_in(sri).get(f"{PAGE}csv/", TRAY)
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "Sri Wahyuni" in lines[1]
    assert lines[1].startswith(SAWENTAR)


def test_work_that_somebody_may_do_has_a_roster(sri: Officer) -> None:
    assert duties.posts(SAWENTAR, clock.now()) == [DO]


def test_officer_sets_proves_and_removes_her_contact(sri: Officer) -> None:
    desk = signed_in(sri)
    assert "Kode dikirim" in desk.post(CONTACT, {"contact": "081234567801"}, follow=True).content.decode()
    (code,) = re.findall(r"\b\d{6}\b", Message.objects.latest("created_at", "pk").text.clear)
    refused = desk.post(CONTACT, {"code": f"{(int(code) + 1) % 10**6:06d}"})
    assert (refused.status_code, "Kode tidak cocok" in refused.content.decode()) == (400, True)
    page = desk.post(CONTACT, {"code": code}, follow=True).content.decode()
    assert ("Terbukti" in page, "081234567801" in page) == (True, False)
    desk.post(f"{CONTACT}hapus/")
    assert not AlertContact.objects.exists()


def test_contact_that_is_none_gets_a_sentence(sri: Officer) -> None:
    answer = signed_in(sri).post(CONTACT, {"contact": "12"})
    assert (answer.status_code, 'value="12"' in answer.content.decode()) == (400, True)
