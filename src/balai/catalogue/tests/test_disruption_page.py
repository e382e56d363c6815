"""The officer's page of disruptions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.catalogue.models import Disruption
from balai.catalogue.permissions import ANNOUNCE
from balai.people.tests.factories import make_officer
from balai.ui.tests.guards import strict_templates
from balai.work.tests.visiting import signed_in

__all__ = ["strict_templates"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
PAGE = "/meja/gangguan/"
TYPED = {
    "text": "Server kependudukan sedang diperbaiki.",
    "starts_on": "1-1-2026",
    "starts_time": "8.00",
    "ends_on": "31 Desember 2099",
    "ends_time": "16:30",
}


@pytest.fixture
def client() -> Client:
    return signed_in(make_officer(permissions=(ANNOUNCE,)))


def test_page_is_closed_without_the_permission() -> None:
    assert signed_in(make_officer()).get(PAGE).status_code == 403


def test_empty_page_says_that_all_is_well(client: Client) -> None:
    assert "Tidak ada gangguan yang diumumkan" in client.get(PAGE).content.decode()


def test_notice_is_written_on_the_towns_own_clock_and_called_off(client: Client) -> None:
    answer = client.post(PAGE, TYPED | {"services": ["village/business-statement"]}, follow=True)
    html = answer.content.decode()
    assert "Terlihat sekarang" in html and "Surat keterangan usaha" in html
    kept = Disruption.objects.get()
    assert kept.starts_at.isoformat() == "2026-01-01T01:00:00+00:00"
    answer = client.post(f"{PAGE}{kept.pk}/cabut/", follow=True)
    assert "Dicabut" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Tulis apa yang terganggu."),
        ({"ends_on": "31-2-2026"}, "Tanggal"),
        ({"ends_time": "25.00"}, "error-summary"),
        ({"ends_on": "1-1-2026", "ends_time": "7.00"}, "Waktu selesai harus sesudah waktu mulai."),
        ({"services": ["village/nothing"]}, "error-summary"),
    ],
)
def test_what_is_wrong_comes_back_with_a_sentence_and_what_was_typed(
    client: Client, changes: dict[str, Any], sentence: str
) -> None:
    answer = client.post(PAGE, TYPED | changes)
    html = answer.content.decode()
    assert (answer.status_code, sentence in html, 'value="8.00"' in html) == (422, True, True)
    assert Disruption.objects.count() == 0


def test_calling_off_twice_says_that_it_is_over(client: Client) -> None:
    client.post(PAGE, TYPED)
    kept = Disruption.objects.get()
    client.post(f"{PAGE}{kept.pk}/cabut/")
    assert "sudah berakhir" in client.post(f"{PAGE}{kept.pk}/cabut/", follow=True).content.decode()
