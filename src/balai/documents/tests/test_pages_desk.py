"""The desk where letters are signed, as an officer at a phone sees it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Reading
from balai.documents import actions, live, owners, queries
from balai.documents.models import Letter, SigningBatch, Turn
from balai.documents.signing import credentials
from balai.documents.tests import samples
from balai.documents.tests.browser import browser_of
from balai.documents.tests.partner import (
    PASSPHRASE,
    QUICK,
    TO_INITIAL,
    TO_SIGN,
    ask_certified,
    head,
    partner,
    secretary,
    signing_here,
)
from balai.kernel.references import Subject
from balai.people.tests.factories import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
TRAY, SIGN, BATCH = "/meja/tanda-tangan/", "/meja/tanda-tangan/tandatangani/", "/meja/tanda-tangan/berjalan/"
CHOSEN, PROGRESS = "/meja/tanda-tangan/pilihan/", "/meja/tanda-tangan/berjalan/kemajuan/"
SITI = Subject("people.citizen", "0190-siti", "Siti Aminah")
SEVEN = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(db: None, frozen_clock: Callable[[datetime], Any]) -> Any:
    """Sawentar at seven in the morning."""
    standing = frozen_clock(SEVEN)
    samples.make_offices()
    partner()
    return standing


def turn_of(letter: Letter) -> Turn:
    turn = queries.open_turn(letter)
    assert turn is not None
    return turn


def html_of(answer: Any) -> str:
    return str(answer.content.decode())


def page_of(turn: Turn) -> str:
    return f"{TRAY}{turn.pk}/"


def test_tray_shows_letters_to_whom_they_wait_for() -> None:
    ask_certified(TO_INITIAL, TO_SIGN, holder=SITI, due_at=SEVEN + timedelta(hours=2))
    mine = html_of(browser_of(secretary()).get(TRAY))
    theirs = html_of(browser_of(head()).get(TRAY))
    assert "Siti Aminah" in mine
    assert "Tenggat Sabtu 21 November 2026, 09.00" in mine
    assert ("Siti Aminah" in theirs, "Tidak ada surat yang menunggu Anda" in theirs) == (False, True)


def test_desk_is_closed_to_who_neither_initials_nor_signs() -> None:
    officer = make_officer(office_code=samples.VILLAGE, permissions=["cases.check"])
    assert browser_of(officer).get(TRAY).status_code == 403
    assert Client().get(TRAY).status_code == 302


def test_letter_page_shows_the_draft_who_initialled_and_what_was_said() -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN, holder=SITI)
    actions.initial(by=secretary(), turn=turn_of(letter), note="Alamat sudah dicocokkan")
    browser, turn = browser_of(head()), turn_of(letter)
    html = html_of(browser.get(page_of(turn)))
    assert "Alamat sudah dicocokkan" in html
    assert "Rahayu Lestari" in html
    assert "Tanda tangani surat ini" in html
    draft = browser.get(f"{page_of(turn)}konsep.pdf")
    assert (draft["Content-Type"], draft.content[:5]) == ("application/pdf", b"%PDF-")
    assert browser.get(f"{page_of(turn)}konsep.png").content.startswith(b"\x89PNG")
    read = Reading.objects.get(about_id="0190-siti")
    assert (read.by_name, read.what) == ("Bambang", "Isi Surat Keterangan Usaha")


def test_letter_page_shows_what_the_owner_says_it_is_for() -> None:
    described = owners.Description("3505-SKU-1", "/meja/berkas/1/", [("Nama usaha", "Warung Bu Siti")])
    owners.register(samples.CASE.label, on_published=lambda *_: None, describe=lambda owner_id: described)
    html = html_of(browser_of(head()).get(page_of(turn_of(ask_certified()))))
    owners.forget(samples.CASE.label)
    assert ("3505-SKU-1" in html, "Warung Bu Siti" in html) == (True, True)


def test_letter_of_another_office_is_not_there() -> None:
    turn = turn_of(ask_certified())
    stranger = browser_of(head(office_code=samples.DISTRICT))
    for tail in ("", "konsep.pdf", "konsep.png"):
        assert stranger.get(page_of(turn) + tail).status_code == 404
    for tail in ("paraf/", "tolak/", "basah/"):
        assert stranger.post(page_of(turn) + tail, {"reason": "x"}).status_code == 404
    stranger.post(SIGN, {"turn": [turn.pk], "passphrase": PASSPHRASE})
    assert Turn.objects.get().state == "open"


def test_letter_is_initialled_with_a_note() -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    browser = browser_of(secretary())
    answer = browser.post(f"{page_of(turn_of(letter))}paraf/", {"note": "Sesuai"}, follow=True)
    assert "Surat sudah diparaf." in html_of(answer)
    assert [turn.note for turn in queries.turns_of(letter)] == ["Sesuai", ""]


def test_several_letters_are_initialled_at_once() -> None:
    turns = [turn_of(ask_certified(TO_INITIAL, TO_SIGN)) for _ in range(3)]
    browser = browser_of(secretary())
    ids = {"shown": [turn.pk for turn in turns], "turn": [turns[0].pk]}
    assert "1 surat sudah diparaf." in html_of(browser.post(CHOSEN, {**ids, "act": "initial"}, follow=True))
    assert "2 surat sudah diparaf." in html_of(browser.post(CHOSEN, {**ids, "all": "initial"}, follow=True))


def test_refusal_needs_a_reason_and_goes_back_with_it() -> None:
    turn = turn_of(ask_certified())
    browser = browser_of(head())
    refused = browser.post(f"{page_of(turn)}tolak/", {"reason": ""})
    assert (refused.status_code, "Tolak surat ini" in html_of(refused)) == (422, True)
    browser.post(f"{page_of(turn)}tolak/", {"reason": "Nama keliru"})
    assert Turn.objects.get().note == "Nama keliru"
    again = browser.post(f"{page_of(turn)}tolak/", {"reason": "Nama keliru"}, follow=True)
    assert "tidak lagi menunggu Anda" in html_of(again)


def test_officer_without_certificate_is_offered_ink() -> None:
    turn = turn_of(ask_certified())
    browser = browser_of(head(certificate=False))
    html = html_of(browser.get(page_of(turn)))
    assert ("Pilih tanda tangan basah" in html, "Frasa sandi" in html) == (True, False)
    browser.post(f"{page_of(turn)}basah/")
    assert Letter.objects.get().signature == "wet"
    chosen = browser.post(CHOSEN, {"turn": [turn_of(ask_certified()).pk], "act": "sign"}, follow=True)
    assert "belum mempunyai sertifikat elektronik" in html_of(chosen)


def test_chosen_letters_are_signed_in_their_order_with_one_passphrase() -> None:
    turns = [turn_of(ask_certified()) for _ in range(3)]
    browser = browser_of(head())
    asked = browser.post(CHOSEN, {"turn": [turns[2].pk, turns[0].pk], "act": "sign"})
    order = re.findall(r'name="turn" value="([0-9a-f-]+)"', html_of(asked))
    assert order == [str(turns[2].pk), str(turns[0].pk)]
    with signing_here():
        answer = browser.post(SIGN, {"turn": order, "passphrase": PASSPHRASE}, follow=True)
    html = html_of(answer)
    assert ("2 dari 2" in html, "Selesai" in html) == (True, True)
    numbers = {letter.pk: letter.number for letter in Letter.objects.select_related("number")}
    assert [numbers[turns[at].letter_id] and numbers[turns[at].letter_id].sequence for at in (2, 0, 1)] == [
        1,
        2,
        None,
    ]
    history = html_of(browser.get("/meja/tanda-tangan/selesai/"))
    assert history.count("500.2.2.4/00") == 2


def test_wrong_passphrase_keeps_the_choice_and_is_not_drawn_back() -> None:
    turns = [turn_of(ask_certified()) for _ in range(2)]
    typed = {"turn": [turn.pk for turn in turns], "passphrase": "rahasia-yang-salah"}
    answer = browser_of(head()).post(SIGN, typed)
    html = html_of(answer)
    assert (answer.status_code, "Frasa sandi tidak cocok" in html) == (422, True)
    assert [str(turn.pk) in html for turn in turns] == [True, True]
    assert "rahasia-yang-salah" not in html


def test_nothing_chosen_is_said() -> None:
    browser = browser_of(head())
    for url, typed in ((CHOSEN, {"act": "sign"}), (SIGN, {"passphrase": PASSPHRASE, "turn": ["nonsense"]})):
        assert "Pilih paling sedikit satu surat." in html_of(browser.post(url, typed, follow=True))


def test_signing_page_says_that_the_folder_of_trust_is_not_readable(settings: Any, tmp_path: Path) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"trust_dir": tmp_path})
    officer = head(certificate=False)
    credentials.make_demo(officer=officer, passphrase=PASSPHRASE)
    (tmp_path / "broken.crl").write_text("not a list")
    (tmp_path / "broken.pem").write_text("not a certificate")
    turn = turn_of(ask_certified())
    answer = browser_of(officer).post(SIGN, {"turn": [str(turn.pk)], "passphrase": PASSPHRASE})
    assert (
        answer.status_code,
        "penerbit sertifikat di server ini tidak dapat dibaca" in html_of(answer),
    ) == (
        422,
        True,
    )


def test_waiting_batch_asks_for_the_passphrase_again_and_goes_on() -> None:
    partner(["", *["busy"] * QUICK.tries])
    officer = head()
    turns = [turn_of(ask_certified()) for _ in range(3)]
    browser = browser_of(officer)
    with signing_here():
        actions.begin_batch(by=officer, turns=turns, passphrase=PASSPHRASE)
        html = html_of(browser.get(BATCH))
        assert ("1 dari 3" in html, "Lanjutkan tanda tangan" in html) == (True, True)
        assert "2 surat menunggu frasa sandi Anda" in html_of(browser.get(TRAY))
        wrong = browser.post(f"{BATCH}lanjut/", {"passphrase": "salah"})
        assert (wrong.status_code, "Frasa sandi tidak cocok" in html_of(wrong)) == (422, True)
        partner()
        html = html_of(browser.post(f"{BATCH}lanjut/", {"passphrase": PASSPHRASE}, follow=True))
    assert "3 dari 3" in html


def test_waiting_batch_is_put_back_into_the_tray() -> None:
    partner(["busy"] * QUICK.tries)
    officer = head()
    with signing_here():
        actions.begin_batch(by=officer, turns=[turn_of(ask_certified())], passphrase=PASSPHRASE)
    html = html_of(browser_of(officer).post(f"{BATCH}lepas/", follow=True))
    assert "kembali ke daftar tunggu" in html
    assert queries.tray_page(officer).total == 1
    assert "Tidak ada tanda tangan" in html_of(browser_of(officer).post(f"{BATCH}lepas/", follow=True))


def test_progress_is_asked_conditionally_and_refreshes_without_scripts() -> None:
    officer = head()
    held: list[live.LiveBatch] = []
    with live.started_by(held.append):
        actions.begin_batch(by=officer, turns=[turn_of(ask_certified())], passphrase=PASSPHRASE)
    browser = browser_of(officer)
    page = html_of(browser.get(BATCH))
    assert ('data-controller="poll"' in page, '<meta http-equiv="refresh"' in page) == (True, True)
    first = browser.get(PROGRESS)
    assert "0 dari 1" in html_of(first)
    assert browser.get(PROGRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    held[0].run()
    after = browser.get(PROGRESS, headers={"If-None-Match": first["ETag"]})
    assert (after.status_code, "1 dari 1" in html_of(after)) == (200, True)
    assert '<meta http-equiv="refresh"' not in html_of(browser.get(BATCH))


def test_officer_without_a_batch_is_led_to_the_tray() -> None:
    browser = browser_of(head())
    assert browser.get(BATCH).url == TRAY
    assert html_of(browser.get(PROGRESS)) == ""
    assert "Tidak ada" in html_of(browser.post(f"{BATCH}lanjut/", {"passphrase": "x"}, follow=True))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(31, ""), (30, "Minta perpanjangan sebelum hari itu"), (0, "Minta sertifikat baru")],
)
def test_certificate_that_ends_soon_is_announced(days: int, sentence: str) -> None:
    officer = head()
    officer.credentials.update(ends_at=SEVEN + timedelta(days=days))
    html = html_of(browser_of(officer).get(TRAY))
    assert ("Sertifikat elektronik Anda berakhir" in html, sentence in html) == (bool(sentence), True)


def test_letter_that_came_back_says_why() -> None:
    partner(["refused"])
    officer, turn = head(), turn_of(ask_certified())
    with signing_here():
        actions.begin_batch(by=officer, turns=[turn], passphrase=PASSPHRASE)
    browser = browser_of(officer)
    for url in (TRAY, BATCH, page_of(turn)):
        assert "Penanda tangan menolak surat ini (pdf_unreadable)" in html_of(browser.get(url))


def test_who_signed_reads_the_published_letter() -> None:
    officer, letter = head(), ask_certified()
    with signing_here():
        actions.begin_batch(by=officer, turns=[turn_of(letter)], passphrase=PASSPHRASE)
    request = RequestFactory().get("/")
    seen = []
    for reader in (officer, head(office_code=samples.DISTRICT)):
        request.officer = reader  # type: ignore[attr-defined]  # as the middleware does
        seen.append(owners.may_read_letter(request, str(letter.pk)))
    assert seen == [True, False]


def test_menu_leads_here_whoever_has_something_to_do_here() -> None:
    operator = make_officer(office_code=samples.VILLAGE, permissions=["cases.check"])
    links = [TRAY in html_of(browser_of(officer).get("/meja/akun/")) for officer in (head(), operator)]
    assert links == [True, False]


def test_tray_costs_the_same_at_one_letter_and_at_three() -> None:
    officer = head()
    browser = browser_of(officer)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            ask_certified(holder=SITI)
        browser.get(TRAY)
        with CaptureQueriesContext(connection) as captured:
            browser.get(TRAY)
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert SigningBatch.objects.count() == 0


def test_letter_is_read_as_text_in_the_order_of_the_page() -> None:
    letter = ask_certified(TO_INITIAL, TO_SIGN)
    actions.initial(by=secretary(), turn=turn_of(letter))
    html = html_of(browser_of(head()).get(page_of(turn_of(letter))))
    lines = re.findall(r'<p dir="auto">(.*?)</p>', html)
    wanted = [
        "SURAT KETERANGAN USAHA",
        "Nomor: KONSEP",
        "Yang bertanda tangan di bawah ini, Kepala Desa Sawentar, menerangkan dengan sebenarnya bahwa:",
        "Nama: Siti Aminah",
        "NIK: 3505105708950001",
        "Orang tersebut adalah benar warga Desa Sawentar dan memiliki usaha:",
        "Nama usaha: Warung Bu Siti",
        "Sawentar, 21 November 2026",
        "Bambang",
    ]
    assert [line for line in lines if line in wanted] == wanted


def test_letter_that_cannot_be_set_is_shown_without_its_words() -> None:
    turn = turn_of(ask_certified(files={"letter.typ": "#given.nothing"}))
    browser = browser_of(head())
    assert "Bunyi surat" not in html_of(browser.get(page_of(turn)))
    draft = browser.get(f"{page_of(turn)}konsep.pdf")
    assert (draft.status_code, "tidak dapat dicetak" in html_of(draft)) == (409, True)


def test_tray_pages_and_shows_as_many_as_one_batch_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for _ in range(5):
        ask_certified()
    browser = browser_of(head())
    pages = [
        html_of(browser.get(TRAY, {"halaman": number})).count('type="checkbox" name="turn"')
        for number in (1, 3, 4)
    ]
    assert pages == [2, 1, 0]
    assert "?jumlah=200" in html_of(browser.get(TRAY))
    wide = html_of(browser.get(TRAY, {"jumlah": "200"}))
    assert (wide.count('type="checkbox" name="turn"'), "?jumlah=200" in wide) == (5, False)


def test_letter_that_went_meanwhile_takes_nothing_from_the_others() -> None:
    officer, turns = head(), [turn_of(ask_certified()) for _ in range(2)]
    actions.refuse(by=officer, turn=turns[0], reason="keliru")
    typed = {"turn": [turn.pk for turn in turns], "passphrase": PASSPHRASE}
    with signing_here():
        html = html_of(browser_of(officer).post(SIGN, typed, follow=True))
    assert ("1 surat tidak lagi menunggu Anda." in html, "1 dari 1" in html) == (True, True)
