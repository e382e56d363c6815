"""The book of letters out: every number of the year, on a page, as CSV and as Excel."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.documents import actions, production, queries
from balai.documents.models import Letter, Number
from balai.documents.tests import samples
from balai.documents.tests.batches import asked, begin
from balai.documents.tests.browser import browser_of
from balai.documents.tests.partner import QUICK, ask_certified, head, partner, secretary, signing_here
from balai.documents.tests.samples import SRI, ask
from balai.documents.views import agenda
from balai.kernel.references import Subject
from balai.people.tests.factories import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BOOK = "/meja/buku-surat/"
NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(autouse=True)
def clock(db: None, frozen_clock: Callable[[datetime], Any]) -> Any:
    """Sawentar at seven in the morning."""
    standing = frozen_clock(datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
    samples.make_offices()
    partner()
    return standing


def html_of(answer: Any) -> str:
    return str(answer.content.decode())


def issue(title: str = "Surat Keterangan Usaha", **changes: Any) -> Letter:
    return production.produce(ask(title=title, **changes).pk)


def table_of(content: bytes) -> list[list[str]]:
    """The cells of an Excel file as text, by the standard's own structure (ECMA-376)."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        shared = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    words = ["".join(text.itertext()) for text in shared.iter(f"{NAME}si")]
    assert not list(sheet.iter(f"{NAME}f")), "a cell holds a formula"
    return [
        [
            words[int(cell.findtext(f"{NAME}v") or 0)]
            if cell.get("t") == "s"
            else cell.findtext(f"{NAME}v") or ""
            for cell in row
        ]
        for row in sheet.iter(f"{NAME}row")
    ]


def test_each_cell_of_the_book_bears_the_name_of_its_column_for_phones() -> None:
    issue()
    page = html_of(browser_of(head()).get(BOOK))
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page)
    assert len(heads) == 5
    assert re.findall(r'<td[^>]* data-label="([^"]+)"', page) == heads


def test_book_shows_issued_reserved_void_and_revoked() -> None:
    officer = head()
    revoked = issue("Surat Satu")
    actions.revoke(by=officer, letter=revoked, code="content-wrong", note="Nama")
    stuck = production.reserve_number(letter=ask(title="Surat Dua"))
    void = production.reserve_number(letter=ask(title="Surat Tiga"))
    actions.void_letter(by=SRI, letter=void, reason="salah kantor")
    issue("Surat Empat")
    html = html_of(browser_of(officer).get(BOOK))
    words = ("Dicabut", "Isi surat keliru: Nama", "Disiapkan", "Batal", "salah kantor", "Terbit", "4 nomor")
    assert [word in html for word in words] == [True] * len(words)
    assert html.index("Surat Empat") < html.index("Surat Satu")
    assert stuck.number.text in html


def test_book_turns_with_the_year_and_keeps_the_old_one(clock: Any) -> None:
    clock.set(datetime(2025, 12, 31, 16, 59, tzinfo=UTC))
    issue("Surat Lama")
    clock.set(datetime(2026, 11, 21, 0, 0, tzinfo=UTC))
    issue("Surat Baru")
    browser = browser_of(head())
    new, old = html_of(browser.get(BOOK)), html_of(browser.get(BOOK, {"year": "2025"}))
    assert ("Surat Baru" in new, "Surat Lama" in new) == (True, False)
    assert ("Surat Baru" in old, "Surat Lama" in old) == (False, True)
    assert ("/001/SWT/XII/2025" in old, "/001/SWT/XI/2026" in new) == (True, True)


@pytest.mark.parametrize(
    ("q", "found"),
    [("2", [2]), ("002", [2]), ("/SWT/", [1, 2, 3]), ("domisili", [2]), ("bambang", [1, 2, 3]), ("zzz", [])],
)
def test_book_is_searched_by_number_subject_and_signer(q: str, found: list[int]) -> None:
    for title in ("Surat Keterangan Usaha", "Surat Domisili", "Surat Keterangan Usaha"):
        issue(title)
    rows = queries.search_agenda(samples.VILLAGE, 2026, q=q)
    assert [row.sequence for row in rows] == found


def test_book_is_searched_by_the_code_on_the_letter() -> None:
    issue()
    letter = issue()
    code = letter.verification_code
    rows = queries.search_agenda(samples.VILLAGE, 2026, q=f"{code[:4]}-{code[4:]}")
    assert [row.sequence for row in rows] == [2]


def test_book_of_another_office_is_not_opened() -> None:
    issue()
    stranger = browser_of(head(office_code=samples.DISTRICT))
    for url in (BOOK, f"{BOOK}csv/", f"{BOOK}xlsx/"):
        answer = stranger.get(url, {"office": samples.VILLAGE})
        assert (answer.status_code, "Surat Keterangan Usaha" in html_of(answer)) == (400, False)
    nobody = make_officer(office_code=samples.VILLAGE, permissions=["cases.check"])
    assert browser_of(nobody).get(BOOK).status_code == 403


def test_empty_book_says_so() -> None:
    assert "Belum ada nomor di buku ini" in html_of(browser_of(secretary()).get(BOOK))


def test_stuck_number_is_made_void_with_a_reason_by_who_may() -> None:
    number = production.reserve_number(letter=ask()).number
    url = f"{BOOK}{number.pk}/batal/"
    assert "Batalkan nomor ini" not in html_of(browser_of(secretary()).get(BOOK))
    assert browser_of(secretary()).post(url, {"reason": "macet"}).status_code == 403
    elsewhere = browser_of(head(office_code=samples.DISTRICT))
    assert elsewhere.post(url, {"reason": "macet"}).status_code == 404
    browser = browser_of(head())
    assert "Batalkan nomor ini" in html_of(browser.get(BOOK))
    assert "Tulis alasan" in html_of(browser.post(url, {"reason": " "}, follow=True))
    html = html_of(browser.post(url, {"reason": "macet"}, follow=True))
    assert ("dibatalkan." in html, "Batal</span>" in html, "macet" in html) == (True, True, True)


def test_number_that_waits_for_a_passphrase_is_released_on_the_page_and_then_made_void() -> None:
    partner(["lost"] * QUICK.tries)
    with signing_here():
        begin(head(), asked(1))
    number = Number.objects.get()
    url = f"{BOOK}{number.pk}/lepas/"
    assert "Lepas surat" not in html_of(browser_of(secretary()).get(BOOK))
    assert browser_of(secretary()).post(url).status_code == 403
    assert browser_of(head(office_code=samples.DISTRICT)).post(url).status_code == 404
    browser = browser_of(head(certificate=False, name="Rahayu"))
    html = html_of(browser.get(BOOK))
    assert ("menunggu frasa sandi Bambang." in html, "Batalkan nomor ini" in html) == (True, False)
    html = html_of(browser.post(url, follow=True))
    assert ("kembali ke daftar tunggu Bambang." in html, "Batalkan nomor ini" in html) == (True, True)
    assert "Tidak ada tanda tangan yang sedang menunggu" in html_of(browser.post(url, follow=True))


def test_issued_number_is_not_made_void() -> None:
    letter = issue()
    html = html_of(browser_of(head()).post(f"{BOOK}{letter.number.pk}/batal/", {"reason": "x"}, follow=True))
    assert "sudah terbit bersama suratnya" in html


def test_files_hold_the_whole_book_in_order_and_no_formula() -> None:
    holder = Subject("people.citizen", "0190-siti", "+Siti")
    issue('=HYPERLINK("http://x";"y")', holder=holder)
    void = production.reserve_number(letter=ask(title="Surat Batal"))
    actions.void_letter(by=SRI, letter=void, reason="-1+1")
    browser = browser_of(head())
    lines = b"".join(browser.get(f"{BOOK}csv/").streaming_content).decode()
    told = list(csv.reader(io.StringIO(lines)))
    assert told[0][:3] == ["Nomor urut", "Nomor surat", "Tanggal surat"]
    assert told[1][:6] == [
        "1",
        "500.2.2.4/001/SWT/XI/2026",
        "2026-11-21",
        "500.2.2.4",
        '\'=HYPERLINK("http://x";"y")',
        "'+Siti",
    ]
    assert told[2][-2:] == ["Batal", "'-1+1"]
    answer = browser.get(f"{BOOK}xlsx/")
    assert answer["Content-Disposition"] == 'attachment; filename="buku-surat-35.05.10.2011-2026.xlsx"'
    sheet = table_of(answer.content)
    assert sheet[0] == told[0]
    assert sheet[1][:2] == ["1", "500.2.2.4/001/SWT/XI/2026"]
    assert sheet[1][4:6] == ['=HYPERLINK("http://x";"y")', "+Siti"]
    assert sheet[2][-2:] == ["Batal", "-1+1"]
    assert Entry.objects.filter(event="documents.book_taken").count() == 2


def test_files_hold_what_was_searched_for() -> None:
    issue("Surat Usaha")
    issue("Surat Domisili")
    lines = b"".join(browser_of(head()).get(f"{BOOK}csv/", {"q": "domisili"}).streaming_content).decode()
    assert [row[4] for row in csv.reader(io.StringIO(lines))][1:] == ["Surat Domisili"]


def test_book_pages_and_costs_the_same_at_one_row_and_at_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "PAGE", 3)
    browser, costs = browser_of(head()), []
    for more in (1, 2):
        for _ in range(more):
            issue()
        browser.get(BOOK)
        with CaptureQueriesContext(connection) as captured:
            browser.get(BOOK)
        costs.append(len(captured))
    assert costs[0] == costs[1]
    issue()
    assert "halaman=2" in html_of(browser.get(BOOK))
    second = html_of(browser.get(BOOK, {"halaman": "2"}))
    assert ("/001/SWT" in second, "/004/SWT" in second) == (True, False)


def test_letter_that_waits_for_its_signature_is_not_in_the_book() -> None:
    ask_certified()
    assert "Belum ada nomor di buku ini" in html_of(browser_of(head()).get(BOOK))
