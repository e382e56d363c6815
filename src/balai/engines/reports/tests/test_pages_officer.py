"""The officer's page of one report: what it shows to whom, and every act through its form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.engines.reports import actions
from balai.engines.reports.enums import Channel, ReportState
from balai.engines.reports.models import Evidence, Report
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.desk import act, at_the_desk, read, url_of
from balai.engines.reports.tests.photos import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
PHONE = "081234567877"


def state_of(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


def test_the_reception_reads_words_place_and_a_suggestion_with_its_reason(town: make.Town) -> None:
    report = make.send(who=make.PHONE).report
    page = read(at_the_desk(town.receiver), url_of(report))
    assert make.TEXT in page and "depan SDN Sawentar 2" in page
    assert "trotoar kabupaten dirawat Dinas Pekerjaan Umum" in page
    assert PHONE not in page and "Buka identitas" in page
    assert Entry.objects.filter(event="audit.reading", about_id=str(report.pk)).count() == 1


def test_who_has_no_part_finds_nothing(town: make.Town) -> None:
    report = make.send().report
    client = at_the_desk(town.other)
    read(client, url_of(report), 404)
    act(client, report, "teruskan", 404, office=make.ROADS)
    assert state_of(report) == ReportState.RECEIVED


def test_the_suggested_office_gets_it_with_the_routes_reason(town: make.Town) -> None:
    report = make.send().report
    act(at_the_desk(town.receiver), report, "teruskan", office=make.ROADS)
    page = read(at_the_desk(town.roads), url_of(report))
    assert "trotoar kabupaten dirawat" in page
    assert ("Jawab pelapor" in page, "Tolak atau arsipkan" in page, "Buka identitas" in page) == (
        True,
        False,
        False,
    )


def test_a_standard_text_comes_into_the_box_and_must_be_finished(town: make.Town) -> None:
    report, client = make.assigned(town), at_the_desk(town.roads)
    page = read(client, f"{url_of(report)}?buka=answer&teks=planned")
    assert "Perbaikan sudah kami jadwalkan pada [tanggal]" in page
    page = act(client, report, "jawab", 422, text="Kami jadwalkan pada [tanggal].")
    assert "Isi dulu bagian [tanggal]" in page
    act(client, report, "jawab", text="Kami jadwalkan pada 3 Desember.")
    assert state_of(report) == ReportState.WORKING


def test_a_colleague_who_was_faster_is_named_and_nothing_typed_is_lost(town: make.Town) -> None:
    report, client = make.assigned(town), at_the_desk(town.roads)
    seen = report.version
    actions.answer(by=town.roads, report=report, text="Kami tinjau besok.")
    page = act(client, report, "jawab", 409, version=seen, text="Jawaban kedua")
    assert "Joko S. sudah mengubah laporan ini (jawaban)" in page and "Jawaban kedua" in page


def test_a_stage_needs_its_photo_and_keeps_what_was_sent(town: make.Town) -> None:
    report, client = make.working(town), at_the_desk(town.roads)
    page = act(client, report, "kabar", 400, stage="hazard-sign", text="Sudah kami pasang")
    assert "Lampirkan foto" in page and "Sudah kami pasang" in page
    act(client, report, "kabar", stage="hazard-sign", text="", attached=jpeg())
    assert Report.objects.get(pk=report.pk).has_hazard_sign


def test_done_needs_proof_with_a_place_or_a_reason_and_a_photo_is_sent_once(town: make.Town) -> None:
    report, client = make.working(town, where=make.AT_SCHOOL), at_the_desk(town.roads)
    page = act(client, report, "selesai", 400, text="Sudah ditambal.", attached=jpeg())
    assert "alasan mengapa lokasi tidak ada" in page and "Sudah terlampir:" in page
    kept = page.split('name="kept" value="')[1].split('"')[0]
    away = {"place_lat": "-8.1987", "place_lon": "112.2010"}
    assert "paling jauh 100 m" in act(client, report, "selesai", 400, text="Beres.", kept=kept, **away)
    at_it = {"place_lat": "-8.09871", "place_lon": "112.20102"}
    act(client, report, "selesai", text="Sudah ditambal.", kept=kept, **at_it)
    assert state_of(report) == ReportState.RESOLVED
    assert Evidence.objects.get(report=report, role="proof").metres == 2


def test_a_file_that_is_no_photo_is_refused_beside_its_field(town: make.Town) -> None:
    report, client = make.working(town), at_the_desk(town.roads)
    wrong = SimpleUploadedFile("x.jpg", b"bukan foto", "image/jpeg")
    page = act(client, report, "kabar", 422, stage="surveyed", attached=wrong)
    assert "x.jpg" in page
    assert state_of(report) == ReportState.WORKING


def test_the_reception_refuses_forwards_takes_back_edits_and_splits(town: make.Town) -> None:
    client = at_the_desk(town.receiver)
    refused = make.send().report
    act(client, refused, "tolak", reason="archive:unclear", note="")
    assert state_of(refused) == ReportState.ARCHIVED
    away = make.send().report
    act(client, away, "keluar", body="province-roads", reference="JTM-1", note="")
    assert "JTM-1" in read(client, url_of(away))
    act(client, away, "kembali", office=make.ROADS, note="")
    assert state_of(away) == ReportState.ASSIGNED
    edited = make.send().report
    shown = str(Evidence.objects.get(report=edited).upload_id)
    act(client, edited, "sunting", title="Jalan berlubang", text="Jalan berlubang.", shown=shown)
    act(client, edited, "sunting", title="Jalan berlubang", text="Jalan berlubang.")
    assert not Evidence.objects.get(report=edited).is_public
    act(client, edited, "pecah", category=make.HOLE, text="Lampunya juga mati", office="")
    part = Report.objects.get(parent=edited)
    assert part.number in read(client, url_of(edited))


def test_what_the_reception_knows_it_answers_itself(town: make.Town) -> None:
    report = make.send().report
    act(at_the_desk(town.receiver), report, "jawab-sendiri", text="Kantor buka pukul 7.30.")
    fresh = Report.objects.get(pk=report.pk)
    assert (fresh.state, fresh.office_code) == (ReportState.WORKING, make.RECEPTION)


def test_two_become_one_by_number_and_part_again(town: make.Town) -> None:
    into, report, client = make.send().report, make.send().report, at_the_desk(town.receiver)
    assert "Tidak ada laporan dengan nomor ini" in act(
        client, report, "gabung", 422, number="LAP-2026-0000-0000"
    )
    act(client, report, "gabung", number=into.number)
    assert "2 warga" in read(client, url_of(into))
    act(client, report, "pisah")
    assert state_of(report) == ReportState.RECEIVED


def test_a_question_and_a_recheck_have_their_forms(town: make.Town) -> None:
    report = make.working(town)
    act(at_the_desk(town.roads), report, "tanya", text="Di sebelah mana?")
    assert "menunggu paling lama sampai" in read(at_the_desk(town.receiver), url_of(report))
    done = make.resolved(town)
    actions.judge(by=make.NOBODY, voice=make.filer(done), verdict="done")
    client = at_the_desk(town.receiver)
    assert "Periksa ulang di tempat" in read(client, url_of(done))
    act(client, done, "periksa-ulang", found="not", note="Masih berlubang.", attached=jpeg())
    assert "dibuka lagi 1 kali" in read(client, url_of(done))


def test_identity_opens_for_a_purpose_and_is_journalled(town: make.Town) -> None:
    report = make.send(who=make.PHONE).report
    client, voice = at_the_desk(town.receiver), make.filer(report)
    act(client, report, "identitas", 422, voice=str(voice.pk), purpose="")
    page = act(client, report, "identitas", 200, voice=str(voice.pk), purpose="contact")
    assert "+6281234567877" in page
    assert Entry.objects.filter(event="audit.reading", about_label="reports.identity").count() == 1
    act(client, make.send().report, "identitas", 404, voice=str(voice.pk), purpose="contact")
    hers = make.send(citizen=town.siti).report
    page = act(client, hers, "identitas", 200, voice=str(make.filer(hers).pk), purpose="legal_duty")
    assert town.siti.name in page and "akun warga" in page
    told = Entry.objects.filter(event="audit.reading", about_label="people.citizen")
    assert told.get().note == "Memenuhi perintah undang-undang atau pengadilan"


def test_notes_stay_among_colleagues(town: make.Town) -> None:
    report = make.assigned(town)
    act(at_the_desk(town.receiver), report, "catatan", text="Hubungi Pak Joko.")
    assert "Hubungi Pak Joko." in read(at_the_desk(town.roads), url_of(report))
    act(at_the_desk(town.receiver), report, "catatan", 422, text="")


def test_a_report_about_officers_is_the_inspectorates(town: make.Town) -> None:
    report = make.send().report
    Report.objects.filter(pk=report.pk).update(
        kind="whistle",
        visibility="secret",
        public_text="",
        office_code=make.INSPECTORATE,
        reception_code=make.INSPECTORATE,
    )
    read(at_the_desk(town.receiver), url_of(report), 404)
    client = at_the_desk(town.auditor)
    page = read(client, url_of(report))
    assert ("Jawab pelapor" in page, "Teruskan ke kantor lain" in page) == (True, False)
    act(client, report, "jawab", text="Kami periksa.")
    assert state_of(report) == ReportState.WORKING


def test_the_page_costs_the_same_for_one_voice_and_for_many(town: make.Town) -> None:
    report, client = make.send().report, at_the_desk(town.receiver)
    read(client, url_of(report))
    with CaptureQueriesContext(
        connection,
    ) as one:
        read(client, url_of(report))
    for device in ("a", "b", "c"):
        actions.join(by=make.NOBODY, report=report, who=make.NOBODY_SAID, device=device)
    make.send(channel=Channel.PHONE)
    with CaptureQueriesContext(connection) as many:
        read(client, url_of(report))
    assert len(one) == len(many)
