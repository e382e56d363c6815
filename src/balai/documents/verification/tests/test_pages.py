"""The pages: for everybody, without scripts, with the least of what is known."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadhandler import StopUpload
from django.http import HttpResponse
from django.test import Client, RequestFactory

from balai.documents.verification.held import LARGEST_BYTES, MEGABYTE
from balai.documents.verification.intake import CHUNK_BYTES, MOST_RECEIVED, Intake
from balai.documents.verification.tests import book, oddities
from balai.documents.verification.tests.letters import plain, signed
from balai.documents.verification.views import CODES_PER_HOUR, FILES_PER_HOUR
from balai.people.today import local_today
from balai.runtime import clock, ratelimit

pytestmark = pytest.mark.usefixtures("book", "strict_templates")
SENT = "Surat 3505105708950001.pdf"


def send(content: bytes, name: str = SENT, client: Client | None = None) -> HttpResponse:
    """Send a file to the page, from a browser that never saw it before and brings no token."""
    file = BytesIO(content)
    file.name = name
    answer: HttpResponse = (client or Client(enforce_csrf_checks=True)).post("/periksa/", {"berkas": file})
    return answer


def words(answer: HttpResponse) -> str:
    """What a reader sees."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_offers_a_file_a_code_and_the_camera() -> None:
    page = Client().get("/periksa/").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'name="kode"' in page
    assert 'href="/periksa/luring/"' in page


def test_a_file_is_answered_by_one_sentence_first_and_details_below() -> None:
    book.publish(plain(), signature="wet")
    answer = send(plain())
    said = words(answer)
    sentence = said.index("Berkas ini salinan tercetak dari surat terbitan Desa Sawentar")
    assert answer.status_code == 200
    assert sentence < said.index("Surat ini di buku kami") < said.index("SHA-256")


def test_a_signed_file_shows_its_signer_though_nobody_vouches_for_him() -> None:
    said = words(send(signed()))
    assert "Tidak sah. Tanda tangan atas nama Bambang Sutejo dari Desa Sawentar tidak tersertifikasi" in said
    assert "Rincian tanda tangan 1: Bambang Sutejo" in said


def test_what_was_sent_is_neither_kept_nor_shown_with_a_number_in_its_name() -> None:
    from balai.files.models import Upload  # noqa: PLC0415 - only here

    answer = send(plain())
    assert "3505105708950001" not in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas ini kosong"),
        (b"\x89PNG\r\n\x1a\n", "Berkas ini bukan PDF (PNG)"),
        (b"%PDF-1.7\n", "Berkas PDF ini rusak atau terpotong"),
        (oddities.xref_loop(), "Berkas PDF ini rusak atau terpotong"),
    ],
)
def test_whatever_is_sent_is_answered_with_its_sentence(content: bytes, sentence: str) -> None:
    answer = send(content)
    assert answer.status_code == 200
    assert sentence in words(answer)


def test_a_photo_is_led_to_the_code_and_to_the_camera() -> None:
    page = send(b"\xff\xd8\xff\xe0", name="surat.jpg").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert ('href="/periksa/#dengan-kode"' in main, 'href="/periksa/luring/"' in main) == (True, True)
    assert 'id="dengan-kode"' in Client().get("/periksa/").content.decode()


def test_only_a_file_that_is_not_whole_is_to_be_asked_for_again() -> None:
    content = signed()
    at = content.index(b"halaman 1")
    altered = content[:at] + b"H" + content[at + 1 :]
    asked = "Mintalah berkas PDF aslinya kepada pemiliknya"
    assert [asked in words(send(each)) for each in (altered, content)] == [True, False]


def test_a_picture_is_shown_under_its_own_name() -> None:
    assert "surat.jpg" in words(send(b"\xff\xd8\xff\xe0", name="surat.jpg"))


def test_a_file_beyond_the_bound_is_answered_though_it_was_let_go_of() -> None:
    answer = send(b"%PDF-1.7\n" + bytes(LARGEST_BYTES + MEGABYTE))
    assert "Berkas ini lebih besar dari 100 MB" in words(answer)


def test_a_file_that_is_passed_over_counts_towards_the_bound() -> None:
    intake = Intake(RequestFactory().post("/periksa/"))
    intake.new_file("berkas", "a.pdf", "application/pdf", 5)
    intake.receive_data_chunk(b"%PDF-", 0)
    first = intake.file_complete(5)
    assert first is not None
    assert first.held is not None
    intake.new_file("lain", "b.pdf", "application/pdf", None)
    chunk = bytes(CHUNK_BYTES)
    with pytest.raises(StopUpload), first.held as held:
        for _ in range(MOST_RECEIVED // CHUNK_BYTES):
            intake.receive_data_chunk(chunk, 0)
    assert (held.size, intake.file_complete(0)) == (5, None)


def test_sending_nothing_asks_for_a_file() -> None:
    answer = Client().post("/periksa/", {})
    assert answer.status_code == 422
    assert "Pilih berkas PDF yang ingin diperiksa." in words(answer)


def test_a_code_leads_to_its_letter_however_it_is_typed() -> None:
    book.publish(signed(), verification_code="7K3M9QX024T1")
    answer = Client().get("/periksa/", {"kode": "7k3m 9qxo-24ti"})
    assert (answer.status_code, answer["Location"]) == (302, "/periksa/7K3M9QX024T1/")
    printed = Client().get("/periksa/7k3m-9qxo-24ti/")
    assert printed["Location"] == "/periksa/7K3M9QX024T1/"


def test_a_code_that_can_be_none_is_refused_with_a_sentence() -> None:
    answer = Client().get("/periksa/", {"kode": "apa saja"})
    assert answer.status_code == 422
    assert "Kode surat terdiri atas 12 huruf dan angka." in words(answer)


def test_a_letter_shows_what_its_paper_shows_and_nothing_of_the_person() -> None:
    letter = book.publish(signed())
    answer = Client().get(f"/periksa/{letter.verification_code}/")
    said = words(answer)
    assert letter.number is not None
    for shown in (letter.title, letter.number.text, "Desa Sawentar", "21 November 2026", "Bambang Sutejo"):
        assert shown in said
    assert "Surat dengan kode ini kami terbitkan dan masih berlaku." in said
    assert "Unggah berkasnya untuk memeriksa isinya" in said
    assert book.HOLDER not in said


def test_a_letter_of_a_demo_town_says_that_it_has_no_force() -> None:
    said = words(Client().get(f"/periksa/{book.publish(signed()).verification_code}/"))
    assert "UJI COBA: surat ini dari kota peragaan, tanpa kekuatan hukum." in said


def test_a_letter_in_ink_sends_to_the_paper_and_not_to_a_file() -> None:
    letter = book.publish(plain(), signature="wet")
    said = words(Client().get(f"/periksa/{letter.verification_code}/"))
    assert "yang berlaku adalah lembar aslinya" in said
    assert "Unggah berkasnya" not in said


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"revocation_code": "error"}, "sudah dicabut dan tidak berlaku lagi"),
        ({"revocation_code": "replaced"}, "sudah diganti dengan surat baru"),
        ({}, "masa berlakunya sudah lewat"),
    ],
)
def test_a_letter_that_is_over_says_so(changes: dict[str, str], sentence: str) -> None:
    gone = {"revoked_at": clock.now(), "revoked_by_name": "Bambang", **changes} if changes else {}
    letter = book.publish(signed(), valid_until_on=local_today() - timedelta(days=1), **gone)
    assert sentence in words(Client().get(f"/periksa/{letter.verification_code}/"))


def test_why_a_letter_was_revoked_is_told_by_the_list_and_never_by_the_note() -> None:
    gone = {"revoked_at": clock.now(), "revoked_by_name": "Bambang", "revocation_code": "false-statement"}
    content = plain()
    letter = book.publish(content, signature="wet", revocation_note="Kata tetangganya.", **gone)
    for answer in (Client().get(f"/periksa/{letter.verification_code}/"), send(content)):
        said = words(answer)
        assert "tidak berlaku lagi. Alasannya: Diterbitkan atas keterangan yang tidak benar." in said
        assert "Alasan pencabutan Diterbitkan atas keterangan yang tidak benar" in said
        assert "tetangga" not in said


def test_a_letter_that_was_replaced_gives_no_reason() -> None:
    gone = {"revoked_at": clock.now(), "revoked_by_name": "Bambang", "revocation_code": "replaced"}
    said = words(Client().get(f"/periksa/{book.publish(signed(), **gone).verification_code}/"))
    assert "Alasan" not in said


def test_an_unknown_code_is_answered_kindly_and_not_found() -> None:
    answer = Client().get("/periksa/AAAA1111BBBB/")
    assert answer.status_code == 404
    assert "Kode ini tidak ada di buku kami" in words(answer)


def test_answers_stay_out_of_search_engines_and_caches() -> None:
    letter = book.publish(signed())
    for answer in (Client().get(f"/periksa/{letter.verification_code}/"), send(signed())):
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Cache-Control"] == "private, no-store"
        assert b'name="robots" content="noindex, nofollow"' in answer.content


def used_up(bucket: str, limit: int) -> None:
    """As if this address had asked that often already."""
    for _ in range(limit):
        ratelimit.hit(bucket, "127.0.0.1", limit=limit + 1, seconds=3600)


def test_guessing_codes_is_limited() -> None:
    assert Client().get("/periksa/AAAA1111BBBB/").status_code == 404
    used_up("documents.check.code", CODES_PER_HOUR - 1)
    assert Client().get("/periksa/AAAA1111BBBB/").status_code == 429


def test_sending_files_is_limited_for_page_and_machines_together() -> None:
    assert send(b"").status_code == 200
    used_up("documents.check.file", FILES_PER_HOUR - 1)
    assert send(b"").status_code == 429
    assert Client().post("/api/v1/verify", {}).status_code == 429
