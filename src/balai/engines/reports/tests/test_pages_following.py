"""Whoever is behind a report follows it, answers, judges and joins; others see what is for everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.engines.reports import actions
from balai.engines.reports.actions import Receipt
from balai.engines.reports.engine import ReportEngine
from balai.engines.reports.enums import Verdict
from balai.engines.reports.models import Evidence, Judgement, Report, Voice
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests import pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def following(receipt: Receipt) -> tuple[Client, str]:
    """A browser that showed number and PIN, and the address of its page."""
    client = Client()
    answer = client.post("/lacak/", {"number": receipt.number, "pin": receipt.pin}, follow=True)
    assert answer.status_code == 200
    return client, answer.redirect_chain[-1][0]


def test_number_and_pin_open_the_report_and_stay_out_of_the_address(town: make.Town) -> None:
    receipt = make.send()
    client, address = following(receipt)
    assert address == f"/lacak/laporan/{receipt.number}/"
    html = client.get(address).content.decode()
    assert make.TEXT in html and receipt.pin not in html
    assert Client().get(address)["Location"] == f"/lacak/?nomor={receipt.number}"
    assert ReportEngine().track(receipt.number, "000000" if receipt.pin != "000000" else "1") is None


def test_who_joined_follows_with_her_own_slip_and_reads_no_private_words(town: make.Town) -> None:
    first = make.send()
    joined = actions.join(by=make.NOBODY, report=first.report, who=make.Who())
    client, address = following(joined)
    html = client.get(address).content.decode()
    assert make.TEXT not in html and "Isinya tampil setelah diperiksa petugas." in html
    upload = Evidence.objects.get().upload_id
    assert client.get(f"/lapor/{first.number}/foto/{upload}/").status_code == 404


def test_a_citizen_finds_hers_and_nobody_elses(town: make.Town) -> None:
    receipt = make.send(citizen=town.siti)
    address = f"/saya/laporan/{receipt.number}/"
    assert make.TEXT in pages.client_of(town.siti).get(address).content.decode()
    assert pages.client_of(town.budi).get(address).status_code == 404


def test_a_question_is_read_and_answered(town: make.Town) -> None:
    receipt = make.send()
    actions.assign(by=town.receiver, report=receipt.report, office_code=make.ROADS)
    actions.ask(by=town.roads, report=receipt.report, text="Di sebelah mana gerbang sekolah?")
    client, address = following(receipt)
    page = client.get(address).content.decode()
    assert "Di sebelah mana gerbang sekolah?" in page and "Jawaban Anda" in page
    assert client.post(f"{address}jawab/", {"text": " "}).status_code == 422
    client.post(f"{address}jawab/", {"text": "Sebelah kiri gerbang", "foto": pages.photo()})
    assert Report.objects.get().state == "working"
    assert "Sebelah kiri gerbang" in client.get(address).content.decode()
    assert "Sebelah kiri gerbang" not in Client().get(f"/lapor/{receipt.number}/").content.decode()


def test_an_answer_after_the_session_ended_comes_back_to_be_sent(town: make.Town) -> None:
    receipt = make.send()
    answer = Client().post(f"/lacak/laporan/{receipt.number}/jawab/", {"text": "Sebelah kiri gerbang"})
    assert answer.status_code == 401
    assert "Sebelah kiri gerbang" in answer.content.decode()


@pytest.mark.parametrize(
    ("verdict", "state"), [("done", "closed"), ("partly", "working"), ("not", "working")]
)
def test_she_has_the_last_word(town: make.Town, verdict: str, state: str) -> None:
    receipt = make.send()
    report = actions.assign(by=town.receiver, report=receipt.report, office_code=make.ROADS)
    actions.resolve(by=town.roads, report=report, text="Sudah ditambal.", proof=make.proof(town.roads))
    client, address = following(receipt)
    page = client.get(address).content.decode()
    card = page[page.index("Bagaimana menurut Anda?") : page.index("Kirim penilaian")]
    assert "Sudah ditambal." in card and "beside-proof" in card and page.count("beside-proof") == 1
    assert client.post(f"{address}nilai/", {}).status_code == 422
    sent = {"verdict": verdict, "note": "Masih berlubang di kiri", "foto": pages.photo()}
    assert client.post(f"{address}nilai/", sent)["Location"] == address
    report.refresh_from_db()
    assert (report.state, Judgement.objects.get().verdict) == (state, Verdict(verdict))
    assert "Bagaimana menurut Anda?" not in client.get(address).content.decode()


def test_she_takes_it_back_after_being_asked_once(town: make.Town) -> None:
    client, address = following(make.send())
    assert "Tarik laporan ini?" in client.get(f"{address}tarik/").content.decode()
    client.post(f"{address}tarik/")
    assert Report.objects.get().state == "withdrawn"


def test_everybody_reads_a_checked_report_with_its_photos_and_promises(town: make.Town) -> None:
    report = make.resolved(town)
    html = Client().get(f"/lapor/{report.number}/").content.decode()
    shown = pages.plain(html)
    for words in (make.TEXT, "Sudah ditambal.", "Dijanjikan 3 hari kerja: tepat waktu", "Dinas dpupr"):
        assert words in shown
    assert 'alt="Foto 1: keadaan yang dilaporkan' in html and "beside-proof" in html
    for each in Evidence.objects.all():
        photo = Client().get(f"/lapor/{report.number}/foto/{each.upload_id}/")
        assert (photo.status_code, photo["Content-Type"]) == (200, "image/jpeg")
        assert Client().get(f"/unduh/{each.upload_id}/").status_code == 200


@pytest.mark.parametrize("secret", [True, False])
def test_what_is_not_for_everybody_stays_closed_and_looks_like_nothing(town: make.Town, secret: bool) -> None:
    """A secret report that is worked on, and a public one that nobody has checked yet."""
    receipt = make.send(secret=secret)
    if secret:
        actions.assign(by=town.receiver, report=receipt.report, office_code=make.ROADS)
    upload = Evidence.objects.get().upload_id
    stranger, filer = Client(), following(receipt)[0]
    assert stranger.get(f"/lapor/{receipt.number}/")["Location"] == f"/lacak/?nomor={receipt.number}"
    assert stranger.get(f"/lapor/{receipt.number}/ikut/").status_code == 404
    for address in (f"/lapor/{receipt.number}/foto/{upload}/", f"/unduh/{upload}/"):
        assert stranger.get(address).status_code == 404
        assert pages.client_of(town.budi).get(address).status_code == 404
    assert filer.get(f"/lapor/{receipt.number}/foto/{upload}/").status_code == 200
    assert filer.get(f"/lapor/{receipt.number}/")["Location"] == f"/lacak/laporan/{receipt.number}/"
    assert stranger.get("/lapor/tidak-ada/").status_code == 404


def test_me_too_is_a_voice_with_a_slip_of_its_own_and_once_a_phone(town: make.Town) -> None:
    report, client = make.working(town), Client()
    assert "Saya juga" in client.get(f"/lapor/{report.number}/").content.decode()
    answer = client.post(f"/lapor/{report.number}/ikut/", {"kontak": "", "note": ""})
    assert answer["Location"] == f"/lapor/terkirim/{report.number}/"
    assert "Anda sudah ikut" in client.get(answer["Location"]).content.decode()
    again = client.post(f"/lapor/{report.number}/ikut/", {})
    assert (again.status_code, Voice.objects.count()) == (422, 2)


def test_a_report_that_is_there_is_joined_with_one_tap(town: make.Town) -> None:
    report, client = make.working(town), Client()
    client.post("/lapor/foto/", {"foto": pages.photo()})
    client.post("/lapor/apa/", {"cerita": make.TEXT, "jenis": make.HOLE})
    typed = {"desa": make.SAWENTAR, "dekat": "depan SDN Sawentar 2"}
    assert client.post("/lapor/di-mana/", typed)["Location"] == "/lapor/sama/"
    page = client.get("/lapor/sama/").content.decode()
    assert "Apakah laporan ini sama?" in page and make.TEXT in page
    answer = client.post("/lapor/sama/", {"ikut": str(report.pk)})
    assert answer["Location"] == f"/lapor/terkirim/{report.number}/"
    assert (Report.objects.count(), Voice.objects.get(is_first=False).note.clear) == (1, make.TEXT)
    assert [each.is_public for each in Evidence.objects.order_by("id")] == [True, False]


def test_of_an_unchecked_report_only_kind_and_age_are_shown(town: make.Town) -> None:
    make.send(text="Lubang di depan SDN Sawentar 2, kata Bu Yanti dua motor jatuh minggu ini")
    client = Client()
    client.post("/lapor/apa/", {"cerita": make.TEXT, "jenis": make.HOLE})
    client.post("/lapor/di-mana/", {"desa": make.SAWENTAR, "dekat": "depan SDN Sawentar 2"})
    page = client.get("/lapor/sama/").content.decode()
    assert "Jalan rusak atau berlubang" in page and "Bu Yanti" not in page
