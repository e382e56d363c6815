"""A letter is checked where there is no network: by the page opened before, and by the file that was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import segno
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from balai.documents import compact
from balai.documents.compact.tests.town import Desk
from balai.documents.rendering import render_letter
from balai.documents.tests import samples
from balai.runtime import keyring
from tests.journeys.citizen import Citizen
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.town import Town
from tests.journeys.visitor import SCREEN, Visitor

pytestmark = pytest.mark.journey
MADE_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
OF_A_LETTER = """
from datetime import UTC, date, datetime
from balai.documents.compact import Summary, qr, sign1
from balai.documents.compact.summary import claims_of
from balai.documents.enums import SignatureKind
from balai.government import current
facts = Summary(
    "Surat Keterangan Usaha", "500.2.2.4/007/SWT/XI/2026", date(2026, 11, 21), None, "Siti Aminah",
    "Bambang Sutejo", "Kepala Desa Sawentar", SignatureKind.CERTIFIED, "7K3M9QXA2B4C", current().name,
    datetime(2026, 11, 21, tzinfo=UTC), 1,
)
token = sign1.sign(claims_of(facts, current().tzinfo))
print("CODE " + qr.address("https://balai.example", facts.code, token))
"""


@dataclass
class Kept:
    """The page as a file on somebody's computer, codes by what is wrong with them, a scanned letter."""

    file: Path
    texts: dict[str, str]
    scan: Path


@pytest.fixture
def beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's loop runs in this thread, and Django would keep away from its database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def kept(
    beside_a_browser: None,
    db: None,
    settings,
    tmp_path: Path,
    frozen_clock: Callable[[datetime], object],
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
) -> Kept:
    """Letters of Desa Sawentar, and the file fetched at nine in the morning of 21 November 2026."""
    settings.BALAI = settings.BALAI.model_copy(update={"keys_dir": tmp_path / "keys"})
    monkeypatch.setattr(keyring, "_rings", {})
    frozen_clock(MADE_AT)
    samples.make_offices()
    desk = Desk(frozen_clock)
    before_rotation = desk.letter(MADE_AT)
    texts = {"rotated": compact.issue(before_rotation)}
    keyring.rotate("letters")
    letters = {name: desk.letter(MADE_AT) for name in ("good", "wet", "revoked", "replaced")}
    letters["wet"].signature = "wet"
    letters["expired"] = desk.letter(MADE_AT, valid_until_on=date(2026, 11, 20))
    desk.revoke(letters["revoked"], at=MADE_AT)
    desk.revoke(letters["replaced"], "replaced", at=MADE_AT)
    texts |= {name: compact.issue(letter) for name, letter in letters.items()}
    file, scan = tmp_path / "periksa.html", tmp_path / "scan.png"
    file.write_bytes(client.get("/periksa/luring/unduh/").content)
    with pypdfium2.PdfDocument(render_letter(letters["good"])) as document:
        page = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    page.rotate(2, Image.Resampling.BICUBIC, fillcolor=255).save(scan)
    keyring.rotate("letters")
    texts["unknown"] = compact.issue(desk.letter(MADE_AT))
    texts["altered"] = texts["good"][:-8] + "AAAAAAAA"
    return Kept(file, texts, scan)


@pytest.fixture
def far_away(chromium: Browser) -> Iterator[Visitor]:
    """Somebody with the network off."""
    with Visitor(chromium, "", size=SCREEN, offline=True) as visitor:
        yield visitor


def sentence(page: Page) -> str:
    """What the page has found."""
    result = page.locator("[data-part=result]")
    expect(result).to_be_visible()
    return result.locator(".notice").inner_text()


def paste(page: Page, text: str) -> str:
    """Put a text into the box and have it checked."""
    page.evaluate("document.querySelector('[data-part=sentence]').replaceChildren()")
    page.get_by_label("Atau tempel isi kode QR").fill(text)
    page.get_by_role("button", name="Periksa", exact=True).click()
    expect(page.locator("[data-part=sentence] .notice")).to_be_visible()
    return sentence(page)


NUMBER = "500.2.2.4/{:03}/SWT/XI/2026"
SAID = {
    "rotated": f"Kode ini asli: surat nomor {NUMBER.format(1)} benar diterbitkan oleh Kabupaten Blitar.",
    "good": f"Kode ini asli: surat nomor {NUMBER.format(2)} benar diterbitkan oleh Kabupaten Blitar.",
    "wet": f"Kode ini asli: surat nomor {NUMBER.format(3)} benar diterbitkan oleh Kabupaten Blitar, "
    "dengan tanda tangan basah.",
    "revoked": "Surat ini sudah DICABUT oleh Kabupaten Blitar dan tidak berlaku lagi.",
    "replaced": "Surat ini sudah DIGANTI dengan surat yang baru dan tidak berlaku lagi.",
    "expired": "Surat ini asli, tetapi masa berlakunya sudah lewat: 20 November 2026.",
    "altered": "Kode ini PALSU: isinya tidak cocok dengan tanda tangan Kabupaten Blitar.",
    "unknown": "Kode ini tidak dapat dipercaya: kuncinya tidak ada di daftar kunci Kabupaten Blitar. "
    "Bila surat ini baru, buka halaman ini sekali lagi saat ada jaringan.",
}


def test_kept_file_says_of_each_code_what_holds(kept: Kept, far_away: Visitor) -> None:
    page = far_away.page
    page.clock.set_fixed_time(MADE_AT + timedelta(hours=1))
    page.goto(kept.file.as_uri())
    far_away.look()
    assert {name: paste(page, text) for name, text in kept.texts.items()} == {
        name: SAID[name] for name in kept.texts
    }
    not_ours = "Ini bukan kode dari surat Kabupaten Blitar, atau kodenya tidak terbaca lengkap."
    assert [paste(page, text) for text in ("https://example.org/", "A", kept.texts["good"][:-30])] == [
        not_ours
    ] * 3
    far_away.look()


def test_kept_file_shows_the_facts_and_reads_a_scan(kept: Kept, far_away: Visitor) -> None:
    page = far_away.page
    page.clock.set_fixed_time(MADE_AT + timedelta(hours=1))
    page.goto(kept.file.as_uri())
    page.get_by_label("Atau pilih foto kode QR").set_input_files(kept.scan)
    assert sentence(page) == SAID["good"]
    facts = page.locator("[data-part=facts]").inner_text()
    for words in (
        "Siti Aminah",
        "21 November 2026",
        "21 Desember 2026",
        "Bambang Sutejo, Kepala Desa Sawentar",
    ):
        assert words in facts
    notes = page.locator("[data-part=notes]").inner_text()
    assert "Sudah dicocokkan dengan daftar surat yang dicabut per 21 November 2026 pukul 09.00." in notes
    far_away.look()


def test_kept_file_says_that_its_list_is_old(kept: Kept, far_away: Visitor) -> None:
    page = far_away.page
    page.clock.set_fixed_time(MADE_AT + timedelta(days=8))
    page.goto(f"{kept.file.as_uri()}#{kept.texts['good'].partition('#')[2]}")
    assert sentence(page) == SAID["good"]
    assert "pencabutan sesudah itu tidak dapat diperiksa" in page.locator("[data-part=notes]").inner_text()


def code_of(town: Town) -> str:
    """A code signed with the key of the running town."""
    said = town.manage("shell", "-v", "0", "-c", OF_A_LETTER)
    return next(line for line in said.splitlines() if line.startswith("CODE ")).removeprefix("CODE ")


def test_page_goes_on_when_the_network_is_gone(town: Town, citizen: Callable[..., Citizen]) -> None:
    text = code_of(town)
    person = citizen()
    person.open(f"/periksa/luring/#{text.partition('#')[2]}")
    assert "benar diterbitkan oleh Kabupaten Blitar" in sentence(person.page)
    person.context.set_offline(True)
    assert paste(person.page, f"{text[:-8]}AAAAAAAA") == SAID["altered"]
    assert "benar diterbitkan" in paste(person.page, text)
    person.look()


def test_page_without_scripts_says_what_to_do(town: Town, citizen: Callable[..., Citizen]) -> None:
    person = citizen(scripts=False)
    person.open("/periksa/luring/")
    assert "ketik kode surat di" in person.text
    assert not person.page.get_by_role("button", name="Pindai dengan kamera").is_visible()


def film(text: str, path: Path) -> Path:
    """What a camera held over the code sees: a film in YUV4MPEG2, which Chromium plays as its camera."""
    picture = BytesIO()
    segno.make(text, error="l").save(picture, kind="png", scale=5, border=6)
    frame = Image.new("L", (640, 480), 200)
    code = Image.open(picture).convert("L")
    code.thumbnail((470, 470))
    frame.paste(code, (85, 5))
    grey = bytes([128]) * (320 * 240 * 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n" + (b"FRAME\n" + frame.tobytes() + grey) * 5)
    return path


def test_camera_finds_the_code(town: Town, tmp_path: Path, chromium: Browser) -> None:
    seen = film(code_of(town), tmp_path / "camera.y4m")
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    camera.append(f"--use-file-for-fake-video-capture={seen}")
    with ExitStack() as stack:
        started = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera])
        stack.callback(started.close)
        person = stack.enter_context(Visitor(started, town.url, permissions=["camera"]))
        person.open("/periksa/luring/")
        person.page.get_by_role("button", name="Pindai dengan kamera").click()
        assert "benar diterbitkan oleh Kabupaten Blitar" in sentence(person.page)
        expect(person.page.get_by_role("button", name="Pindai dengan kamera")).to_be_visible()
