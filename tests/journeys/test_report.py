"""A hole in the road: reported in passing, joined, routed, answered, called done, disputed, mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.citizen import newcomer
from tests.journeys.desk import Officer
from tests.journeys.reporter import KANIGORO, SAWENTAR, Reporter
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

WORDS = "Jembatan kecil di jalan sawah berlubang tembus, roda motor terperosok. Kemarin ada yang jatuh."
HER_WORDS = "Jalan sawah di jembatan kecil berlubang tembus, motor saya terperosok"
TITLE = "Jembatan kecil di jalan sawah berlubang tembus, roda motor terperosok"
KIND, NEAR = "Jalan rusak atau berlubang", "jembatan kecil dekat sawah"
PHONE = "081377700123"
TOLD = [
    "Laporan masuk",
    "Warga ikut melapor",
    "Diteruskan",
    "Jawaban",
    "Perkembangan",
    "Dinyatakan selesai",
    "Penilaian warga",
    "Dibuka lagi",
    "Dinyatakan selesai",
    "Penilaian warga",
    "Ditutup",
]
NEIGHBOUR = newcomer(90)
PRIVATE = (PHONE[1:], NEIGHBOUR.nik, NEIGHBOUR.contact[1:], NEIGHBOUR.name)
PUBLIC = (
    "/lapor/{number}/",
    "/lapor/daftar/",
    "/lapor/daftar.csv",
    "/lapor/daftar.geojson",
    "/lapor/daftar.rss",
    "/open311/v2/requests.json",
    "/open311/v2/requests/{number}.xml",
)


@pytest.fixture
def reporter(chromium: Browser, town: Town) -> Iterator[Callable[..., Reporter]]:
    """Call it for somebody with a fresh browser of her own."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(Reporter.of(chromium, town, **options))


@pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, marks=pytest.mark.on_postgresql, id="scripts"), pytest.param(False, id="no scripts")],
)
def test_hole_is_mended_when_those_who_reported_it_say_so(
    scripts: bool, reporter: Callable[..., Reporter], officer: Callable[..., Officer], photo: Path
) -> None:
    # Each telling at a place of its own: the town is one.
    village = SAWENTAR if scripts else KANIGORO
    passer_by, siti = reporter(scripts=scripts), reporter(scripts=scripts)
    passer_by.tell(WORDS, KIND)
    passer_by.show_where(NEAR, village)
    passer_by.is_another()
    passer_by.sees("Dinas Pekerjaan Umum dan Penataan Ruang")
    number, pin = passer_by.send_report(photo, PHONE)
    join(siti, village, number)

    reception = officer("penerima.blitar", scripts=scripts)
    reception.open_report(number, TITLE)
    reception.sees("Saran: Dinas Pekerjaan Umum dan Penataan Ruang", "2 warga")
    reception.press("Teruskan ke Dinas Pekerjaan Umum dan Penataan Ruang")
    reception.is_told("diteruskan")

    agency = officer("petugas.dpupr", scripts=scripts)
    agency.open_report(number, TITLE)
    agency.write("Jawab pelapor", "Jawaban", "Kami pasang tanda sore ini.", send="Kirim jawaban")
    agency.open_act("Kabarkan perkembangan")
    agency.main.get_by_label("Tanda bahaya sudah dipasang").check()
    agency.attach("stage", photo)
    agency.press("Catat perkembangan")
    call_done(agency, "Lubang sudah ditutup pelat baja.", photo)

    passer_by.track(number, pin)
    passer_by.sees("Tanda bahaya sudah dipasang")
    passer_by.judge("Belum beres", "Pelatnya goyang.")
    passer_by.sees("Sedang ditangani")
    agency.open_report(number, TITLE)
    agency.sees("dibuka lagi 1 kali", "Pelatnya goyang.")
    call_done(agency, "Pelat sudah dilas.", photo)
    passer_by.track(number, pin)
    passer_by.judge("Ya, sudah beres")
    passer_by.sees("Selesai, dibenarkan pelapor")

    stranger = reporter(scripts=scripts)
    stranger.open(f"/lapor/{number}/")
    stranger.sees("2 warga melaporkan ini", "Kami pasang tanda sore ini.", "Pelat sudah dilas.")
    assert stranger.page.locator("h2:has-text('Perjalanan') + .timeline > li b").all_inner_texts() == TOLD
    assert given_away(stranger, number) == []


def join(siti: Reporter, village: str, number: str) -> None:
    """She begins to report the same, is shown that it is there, and joins with her account."""
    siti.open("/masuk/")
    siti.sign_in(NEIGHBOUR)
    siti.tell(HER_WORDS, KIND)
    siti.show_where(NEAR, village)
    siti.sees("Belum diperiksa petugas")
    joined, _pin = siti.join_first()
    assert joined == number
    siti.open("/saya/")
    siti.sees(number)


def call_done(agency: Officer, words: str, photo: Path) -> None:
    """With a photo that shows it."""
    agency.open_act("Nyatakan selesai, dengan bukti")
    agency.fill("Apa yang sudah dikerjakan", words)
    agency.attach("resolve", photo)
    agency.press("Nyatakan selesai")
    agency.sees("Dinyatakan selesai, menunggu penilaian pelapor")


def given_away(stranger: Reporter, number: str) -> list[tuple[str, str]]:
    """What anybody can open, and which private words stand in it."""
    found = []
    for path in PUBLIC:
        answer = stranger.context.request.get(stranger.url + path.format(number=number))
        assert answer.status == 200, path
        text = re.sub(r"[\s.\-]+", " ", answer.text())
        assert number.replace("-", " ") in text or "daftar" in path, path
        found += [(path, word) for word in PRIVATE if word in text or word in answer.text()]
    expect(stranger.page.get_by_role("heading", level=1)).to_be_visible()
    return found
