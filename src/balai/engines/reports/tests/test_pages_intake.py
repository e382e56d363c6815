"""Reporting without an account and without scripts, and nothing that was typed is lost."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from balai.engines.reports.forms import intake
from balai.engines.reports.models import Evidence, Identity, Report, Voice
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import numbers
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests import pages
from balai.engines.reports.views import device
from balai.sync.models import Draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def test_the_start_page_with_styles_fits_the_first_round_trip(town: make.Town) -> None:
    html = Client().get("/lapor/").content
    sheets = re.findall(rb'rel="stylesheet" href="/static/([^"]+)"', html)
    found = [finders.find(each.decode()) for each in sheets]
    packed = [len(gzip.compress(Path(str(each)).read_bytes(), 6)) for each in found]
    assert len(sheets) == 1
    assert len(gzip.compress(html, 6)) + sum(packed) <= 14_000


def test_a_report_is_sent_from_the_first_words_to_the_slip(town: make.Town) -> None:
    client = Client()
    assert "Apa yang terjadi?" in client.get("/lapor/").content.decode()
    what = client.post("/lapor/apa/", {"cerita": make.TEXT}).content.decode()
    assert 'value="jalan-rusak" checked' in what
    last = pages.plain(pages.written(client))
    assert "Kirim laporan" in last and "Diperiksa dan diteruskan: 3 hari kerja" in last
    answer = pages.send(client)
    report, voice = Report.objects.get(), Voice.objects.get()
    assert answer["Location"] == f"/lapor/terkirim/{report.number}/"
    slip = client.get(answer["Location"]).content.decode()
    assert report.number in slip and numbers.pin_of(voice.pk) in slip
    place = (report.area_code, report.place_note, report.channel)
    assert place == (make.SAWENTAR, "depan SDN Sawentar 2", "web")
    assert (Evidence.objects.count(), Draft.objects.count()) == (1, 0)


def test_the_slip_is_for_the_browser_that_sent_it(town: make.Town) -> None:
    client = Client()
    pages.written(client)
    address = pages.send(client)["Location"]
    assert Client().get(address)["Location"] == f"/lacak/?nomor={Report.objects.get().number}"


def test_the_last_page_sent_twice_is_one_report_and_the_same_slip(town: make.Town) -> None:
    client = Client()
    mark = pages.mark_in(pages.written(client))
    first = pages.send(client, isian=mark)["Location"]
    again = pages.send(client, isian=mark)["Location"]
    lost = pages.send(Client(), isian=mark)["Location"]
    assert (first, first) == (again, lost)
    assert (Report.objects.count(), Voice.objects.count()) == (1, 1)


def test_what_was_typed_survives_an_error_and_a_session_that_ended(town: make.Town) -> None:
    client = Client()
    mark = pages.mark_in(pages.written(client))
    refused = pages.send(client, kontak="0812", photos=2)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="0812"' in html and "1.jpg" in html and "Nomor HP tidak dikenali." in html
    stranger = Client()
    page = stranger.get(f"/lapor/kirim/?isian={mark}", follow=True).content.decode()
    assert "depan SDN Sawentar 2" in page and "0.jpg" in page
    assert "belum dikirim" in stranger.get("/lapor/").content.decode()
    assert "belum dikirim" not in Client().get("/lapor/").content.decode()


@pytest.mark.parametrize(
    ("address", "typed", "sentence"),
    [
        ("/lapor/apa/", {"cerita": "", "jenis": ""}, "Ceritakan apa yang terjadi"),
        ("/lapor/apa/", {"cerita": "Jalan", "jenis": make.HOLE}, "Ceritakan sedikit lebih banyak"),
        ("/lapor/apa/", {"cerita": make.TEXT, "jenis": "tidak-ada"}, "Pilih dari daftar."),
        ("/lapor/di-mana/", {}, "Pilih desa atau kelurahan"),
        ("/lapor/di-mana/", {"desa": make.SAWENTAR}, "Sebut tempat yang dikenal"),
        ("/lapor/di-mana/", {"titik_lat": "1.0", "titik_lon": "100.0"}, "di luar"),
    ],
)
def test_what_is_missing_is_asked_for_where_it_is_missing(
    town: make.Town, address: str, typed: dict[str, str], sentence: str
) -> None:
    client = Client()
    client.post("/lapor/apa/", {"cerita": make.TEXT, "jenis": make.HOLE})
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_photos_are_asked_for_kept_and_taken_off_again(town: make.Town) -> None:
    client = Client()
    pages.written(client, pintu="si-koi-jantan")
    assert "Lampirkan paling sedikit 3 foto" in pages.send(client, photos=2).content.decode()
    kept = str(Draft.objects.get().uploads[0])
    client.post("/lapor/kirim/", {"hapus:berkas": f"foto.{kept}"})
    assert len(Draft.objects.get().uploads) == 1
    assert pages.send(client, photos=2)["Location"]
    assert (Report.objects.get().face, Evidence.objects.count()) == ("si-koi-jantan", 3)


def test_a_door_of_the_government_keeps_its_name_through_the_pages(town: make.Town) -> None:
    client = Client()
    start = client.get("/lapor/?pintu=si-koi-jantan").content.decode()
    assert "SI KOI JANTAN" in start and "pintu=si-koi-jantan" in start and "Kesehatan" not in start
    assert "SI KOI JANTAN" in pages.written(client, pintu="si-koi-jantan")


def test_who_was_asked_for_money_reads_of_the_inspectorate_alone(town: make.Town) -> None:
    client = Client()
    assert "jenis=dimintai-uang" in client.get("/lapor/").content.decode()
    first = "/lapor/apa/?jenis="
    asked, other = (client.get(f"{first}{kind}").content.decode() for kind in ("dimintai-uang", make.HOLE))
    assert "Tulis kantor mana" in asked and "Jangan tulis nama" not in asked and "Jangan tulis nama" in other
    text = "Petugas loket minta lima puluh ribu supaya KTP cepat jadi"
    answer = client.post("/lapor/apa/", {"cerita": text, "jenis": "dimintai-uang"})
    assert answer["Location"] == "/lapor/kirim/"
    last = client.get("/lapor/kirim/").content.decode()
    assert "Hanya inspektorat yang membaca" in last and "diteruskan kepada" not in last
    assert 'name="siapa"' not in last
    pages.send(client, photos=0)
    report, voice = Report.objects.get(), Voice.objects.get()
    assert (report.visibility, report.office_code) == ("secret", make.INSPECTORATE)
    assert voice.hides_name


@pytest.mark.parametrize("identity", ["nik", "phone"])
def test_a_town_that_asks_who_reports_says_so_first_and_never_asks_who_was_asked_for_money(
    town: make.Town, identity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, asked = definitions.current(), {"identity": identity, "residents_only": True}
    monkeypatch.setattr(found, "town", found.here.model_copy(update=asked))
    client = Client()
    assert ("Siapkan NIK" in client.get("/lapor/").content.decode()) == (identity == "nik")
    assert ('name="nik"' in pages.written(client)) == (identity == "nik")
    assert pages.send(client).status_code == 422
    client.post("/lapor/apa/", {"cerita": "Petugas loket minta lima puluh ribu", "jenis": "dimintai-uang"})
    last = client.get("/lapor/kirim/").content.decode()
    assert 'name="nik"' not in last and 'name="warga"' not in last
    pages.send(client, photos=0)
    assert Report.objects.get().kind == "whistle"


def test_whose_it_is_is_said_before_sending_and_the_report_is_taken_all_the_same(town: make.Town) -> None:
    client = Client()
    text = "Kabel listrik menjuntai rendah sekali di tepi jalan dekat pasar"
    last = pages.plain(pages.written(client, text=text, kind="kabel-tiang-listrik"))
    assert "Yang berwenang PLN." in last and "(contoh)" in last and "Laporan tetap kami terima" in last
    pages.send(client)
    assert Report.objects.get().category == "kabel-tiang-listrik"


def test_a_photo_may_come_before_any_word(town: make.Town) -> None:
    client = Client()
    assert client.post("/lapor/foto/", {}).status_code == 422
    assert client.post("/lapor/foto/", {"foto": pages.photo()})["Location"] == "/lapor/apa/"
    assert "1 foto tersimpan" in client.get("/lapor/apa/").content.decode()


@pytest.mark.parametrize(
    ("seen", "hides_name", "visibility"),
    [("terbuka", False, "public"), ("anonim", True, "public"), ("rahasia", False, "secret")],
)
def test_she_chooses_who_may_know(town: make.Town, seen: str, hides_name: bool, visibility: str) -> None:
    client = Client()
    pages.written(client)
    pages.send(client, siapa=seen, kontak="081234567877")
    report, voice = Report.objects.get(), Voice.objects.get()
    assert (voice.hides_name, report.visibility) == (hides_name, visibility)
    assert Identity.objects.get().contact.clear == "+6281234567877"


def test_somebody_signed_in_is_taken_from_her_account(town: make.Town) -> None:
    client = pages.client_of(town.siti)
    last = pages.written(client)
    assert "Dikirim sebagai" in last and 'name="kontak"' not in last
    pages.send(client, akun="1")
    voice = Voice.objects.get()
    assert voice.citizen_id == town.siti.pk
    assert Report.objects.get().number in client.get("/saya/").content.decode()


def test_nothing_is_sent_without_her_name_when_her_session_ended(town: make.Town) -> None:
    client = pages.client_of(town.siti)
    mark = pages.mark_in(pages.written(client))
    stranger = Client()
    answer = pages.send(stranger, isian=mark, akun="1")
    assert answer.status_code == 401
    assert "Waktu masuk Anda sudah habis" in answer.content.decode()
    assert Report.objects.count() == 0
    assert pages.send(stranger, photos=0, isian=mark, akun="1", tanpa_akun="1").status_code == 302
    assert Voice.objects.get().citizen_id is None


def test_who_sends_too_often_reads_why_and_loses_nothing(town: make.Town, monkeypatch) -> None:
    monkeypatch.setattr(device, "SENT_PER_DEVICE", 1)
    client = Client()
    for _time in range(2):
        pages.written(client, text=f"{make.TEXT} {_time}")
        answer = pages.send(client)
    assert answer.status_code == 422
    assert "Terlalu" in answer.content.decode() or "Coba lagi" in answer.content.decode()
    assert (Report.objects.count(), Draft.objects.filter(kind=intake.KIND).count()) == (1, 1)


def test_a_draft_is_thrown_away_on_her_word(town: make.Town) -> None:
    client = Client()
    pages.written(client)
    client.post("/lapor/buang/")
    assert Draft.objects.count() == 0
    assert client.get("/lapor/kirim/")["Location"] == "/lapor/"
