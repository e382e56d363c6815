"""Following with number and PIN."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.kernel.case_number import parse_case_number
from balai.portal.tests.town import NUMBER, PIN
from balai.portal.views.tracking import TRIES_PER_NUMBER

pytestmark = pytest.mark.django_db


def test_number_of_these_tests_is_sound() -> None:
    assert parse_case_number(NUMBER) == NUMBER


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), NUMBER.replace("-", ""), NUMBER.replace("-", " ")])
@pytest.mark.parametrize("pin", [PIN, f"{PIN[:3]} {PIN[3:]}"])
def test_track_reads_number_and_pin_forgivingly(client: Client, typed: str, pin: str) -> None:
    assert client.post("/lacak/", {"number": typed, "pin": pin})["Location"] == f"/lacak/{NUMBER}/"


@pytest.mark.parametrize(
    ("number", "pin", "sentence"),
    [
        (NUMBER, "111111", "Nomor atau PIN tidak cocok."),
        ("SKU-2026-0000-0000", PIN, "Ada angka yang keliru"),
        ("halo", PIN, "Nomor berkas belum lengkap."),
        (NUMBER, "abc", "PIN hanya berisi angka."),
        ("", "", "Isi nomor berkas."),
    ],
)
def test_track_says_what_is_wrong(client: Client, number: str, pin: str, sentence: str) -> None:
    answer = client.post("/lacak/", {"number": number, "pin": pin})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_track_guessing_one_number_is_stopped_with_a_waiting_time(client: Client) -> None:
    for _ in range(TRIES_PER_NUMBER):
        assert client.post("/lacak/", {"number": NUMBER, "pin": "1"}).status_code == 422
    answer = client.post("/lacak/", {"number": NUMBER, "pin": PIN})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_track_success_forgives_earlier_slips(client: Client) -> None:
    for _ in range(3):
        for _ in range(TRIES_PER_NUMBER - 1):
            client.post("/lacak/", {"number": NUMBER, "pin": "1"})
        assert client.post("/lacak/", {"number": NUMBER, "pin": PIN}).status_code == 302


def test_track_takes_the_number_from_the_slips_code(client: Client) -> None:
    assert f'value="{NUMBER}"' in client.get(f"/lacak/?nomor={NUMBER}").content.decode()
