"""Being away, recorded at the desk; and handing over what one holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from balai.desk.tests.door import signed_in
from balai.kernel.dates import format_date
from balai.people.models import Absence, Officer
from balai.people.tests.factories import SAWENTAR, make_area, make_officer
from balai.people.today import local_today

pytestmark = pytest.mark.django_db
PAGE = "/meja/akun/tidak-bertugas/"


@pytest.fixture
def sri() -> Officer:
    make_area(SAWENTAR)
    return make_officer()


@pytest.fixture
def wati(sri: Officer) -> Officer:
    return make_officer(name="Wati Lestari")


def days(first: int, last: int, **more: str) -> dict[str, str]:
    """From and to, counted from today, as typed."""
    today = local_today()
    typed = [f"{today + timedelta(days=each):%d-%m-%Y}" for each in (first, last)]
    return {"from_on": typed[0], "to_on": typed[1], "reason": "leave", "stand_in": "", "basis": "", **more}


def test_absence_is_recorded_with_its_stand_in_and_shown(sri: Officer, wati: Officer) -> None:
    desk = signed_in(sri)
    answer = desk.post(PAGE, days(1, 2, stand_in=str(wati.pk), basis="SP 5/2026"), follow=True)
    page = answer.content.decode()
    assert "Digantikan Wati Lestari (SP 5/2026)" in page
    assert format_date(local_today() + timedelta(days=1)) in page
    held = wati.assignments.get(capacity="daily")
    assert held.absence == Absence.objects.get()


def test_stand_in_without_order_is_asked_for_it_and_nothing_typed_is_lost(
    sri: Officer, wati: Officer
) -> None:
    answer = signed_in(sri).post(PAGE, days(1, 2, stand_in=str(wati.pk)))
    page = answer.content.decode()
    assert (answer.status_code, Absence.objects.count()) == (400, 0)
    assert "Tulis nomor surat perintah" in page
    assert f'value="{local_today() + timedelta(days=2):%d-%m-%Y}"' in page


@pytest.mark.parametrize(
    "typed", [{"to_on": "31-02-2027"}, {"reason": "x"}, {"stand_in": "nobody"}, {"from_on": ""}]
)
def test_what_cannot_be_is_refused(sri: Officer, typed: dict[str, str]) -> None:
    answer = signed_in(sri).post(PAGE, {**days(0, 1), **typed})
    assert (answer.status_code, Absence.objects.count()) == (400, 0)


def test_she_is_back(sri: Officer) -> None:
    desk = signed_in(sri)
    desk.post(PAGE, days(0, 3))
    found = Absence.objects.get()
    page = desk.post(f"{PAGE}{found.pk}/kembali/", follow=True).content.decode()
    assert "Wewenang Anda berlaku lagi." in page
    assert Absence.objects.count() == 0


def test_nobody_ends_the_absence_of_another(sri: Officer, wati: Officer) -> None:
    signed_in(sri).post(PAGE, days(0, 3))
    found = Absence.objects.get()
    assert signed_in(wati).post(f"{PAGE}{found.pk}/kembali/").status_code == 404
    assert Absence.objects.count() == 1


def test_handing_over_with_empty_hands_says_so(sri: Officer, wati: Officer) -> None:
    page = signed_in(sri).post("/meja/akun/serahkan/", {"to": str(wati.pk)}, follow=True).content.decode()
    assert "Tidak ada tugas di tangan Anda." in page


@pytest.mark.parametrize("path", [PAGE, "/meja/akun/serahkan/"])
def test_pages_are_closed_to_strangers(path: str) -> None:
    assert Client().post(path)["Location"].startswith("/meja/masuk/")


def test_account_of_who_is_away_says_so_and_not_that_roles_are_missing(sri: Officer) -> None:
    desk = signed_in(sri)
    desk.post(PAGE, days(0, 3))
    page = desk.get("/meja/akun/").content.decode()
    assert ("Anda sedang berhalangan." in page, "Belum ada tugas" in page) == (True, False)


def test_stand_in_is_chosen_from_ones_own_office_before_the_one_above(sri: Officer) -> None:
    desk = signed_in(sri)
    make_officer(office_code="35.05.10", name="Camat Kanigoro")
    assert "Camat Kanigoro" in desk.get(PAGE).content.decode()
    make_officer(name="Wati Lestari")
    page = desk.get(PAGE).content.decode()
    assert ("Camat Kanigoro" in page, "Wati Lestari" in page) == (False, True)
