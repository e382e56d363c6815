"""The door without scripts: words of the street find what others do, and a disruption is read at home."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import Citizen
from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey

SAID = "Server kependudukan sedang diperbaiki. Berkas tetap boleh dikirim."
# Another process of the town shows what was announced within so many seconds.
SOON = 20


def test_lost_card_is_found_by_the_words_of_the_street(citizen: Callable[..., Citizen]) -> None:
    person = citizen(scripts=False)
    person.open("/")
    person.page.get_by_role("searchbox").fill("ktp ilang")
    person.press("Cari")
    person.follow("KTP elektronik (KTP-el)")
    person.sees("Kartu Keluarga (KK)", "Surat kehilangan dari polisi", "contoh demo")
    call = person.main.get_by_role("link", name="Telepon 0342-555011")
    expect(call).to_have_attribute("href", "tel:0342555011")
    person.open("/layanan/nomor-induk-berusaha/")
    person.sees("Anda meninggalkan Balai dan menuju oss.go.id.")


def test_what_is_sought_in_vain_leads_to_people(citizen: Callable[..., Citizen]) -> None:
    person = citizen(scripts=False)
    person.open("/layanan/?q=kolam+renang+kucing")
    person.sees("Bukan ini? Tanyakan kepada kami", "Senin–Kamis 07.30–15.30")
    person.press("Catat pencarian ini")
    person.is_told("Terima kasih, kata itu kami catat tanpa nama Anda.")


def test_disruption_is_announced_read_and_called_off(
    citizen: Callable[..., Citizen], officer: Callable[..., Officer]
) -> None:
    admin, person = officer("pengelola.blitar", scripts=False), citizen(scripts=False)
    admin.open("/meja/gangguan/")
    admin.fill("Apa yang terganggu?", SAID)
    admin.fill("Sampai tanggal", "31-12-2099")
    admin.fill("Sampai pukul", "16.00")
    admin.press("Umumkan")
    admin.is_told("Pengumuman tersimpan dan terlihat selama waktunya.")
    until(person, "/", is_there=True)
    until(person, "/layanan/surat-keterangan-usaha/", is_there=True)
    admin.press("Cabut sekarang")
    admin.is_told("Pengumuman dicabut.")
    until(person, "/", is_there=False)


def until(person: Citizen, path: str, *, is_there: bool) -> None:
    """Look again until the notice stands there, or is gone."""
    end = time.monotonic() + SOON
    while (SAID in seen(person, path)) != is_there:
        assert time.monotonic() < end, f"{path} is not as announced"
        person.page.wait_for_timeout(500)


def seen(person: Citizen, path: str) -> str:
    """What stands on the page, not on the one that the browser kept for a minute."""
    person.open(path)
    person.page.reload()
    return person.text
