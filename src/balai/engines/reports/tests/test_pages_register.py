"""What came in one after another, the register with its exports, and entering a report by hand."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.engines.reports import actions
from balai.engines.reports.enums import Channel, ReportState
from balai.engines.reports.forms.register import FilterForm
from balai.engines.reports.models import Identity, Report
from balai.engines.reports.queries import register as queries
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests.desk import act, at_the_desk, read
from balai.engines.reports.tests.photos import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
REGISTER, INCOMING, ENTER = "/meja/laporan/", "/meja/laporan/masuk/", "/meja/laporan/catat/"


def numbers_on(page: str) -> set[str]:
    return set(re.findall(r"LAP-\d{4}-\d{4}-\d{4}", page))


def test_what_came_in_is_worked_off_one_after_another(town: make.Town) -> None:
    first, second = (make.send(text=f"{make.TEXT} {n}").report for n in (1, 2))
    client = at_the_desk(town.receiver)
    page = read(client, INCOMING)
    assert (f"{make.TEXT} 1" in page, "1 dari 2" in page, "<kbd>j</kbd>" in page) == (True, True, True)
    location = act(client, first, "teruskan", office=make.ROADS, dari="masuk")
    page = read(client, location)
    assert f"{make.TEXT} 2" in page and "diteruskan" in page
    location = act(client, second, "tolak", reason="archive:unclear", dari="masuk")
    assert "Semua laporan sudah diperiksa" in read(client, location)


def test_what_stays_with_the_reception_is_not_called_handing_on(town: make.Town) -> None:
    make.send(category="lainnya", photos=0)
    page = read(at_the_desk(town.receiver), INCOMING)
    assert "Tangani di kantor ini" in page and "Teruskan ke Dinas setda" not in page


def test_what_came_in_is_the_receptions_alone(town: make.Town) -> None:
    make.send()
    read(at_the_desk(town.roads), INCOMING, 403)


def test_the_register_shows_each_officer_what_is_hers(town: make.Town) -> None:
    at_roads, new = make.assigned(town), make.send().report
    assert numbers_on(read(at_the_desk(town.receiver), REGISTER)) == {at_roads.number, new.number}
    assert numbers_on(read(at_the_desk(town.roads), REGISTER)) == {at_roads.number}
    assert numbers_on(read(at_the_desk(town.auditor), REGISTER)) == set()


FILTERS = {
    "state=open": True,
    "state=received": False,
    "category=jalan-rusak&channel=web": True,
    "channel=phone": False,
    "office=dpupr": True,
    "area=35.05.10.2011": True,
    "late=on": False,
    "words=SDN+Sawentar": True,
    "words=jembatan": False,
    "first=01-01-2020&last=31-12-2099": True,
    "first=01-01-2020&last=31-01-2020": False,
}


def test_the_register_is_filtered(town: make.Town) -> None:
    report = make.assigned(town)
    for asked, fits in FILTERS.items():
        form = FilterForm(None, QueryDict(asked))
        assert form.is_valid()
        assert (report in queries.found(town.receiver, form.asked)) is fits, asked
    page = read(at_the_desk(town.receiver), f"{REGISTER}?state=open")
    assert report.number in numbers_on(page) and "Hapus saringan" in page


def test_wrong_days_get_a_sentence_on_the_page_and_for_the_files(town: make.Town) -> None:
    client = at_the_desk(town.receiver)
    for url in (REGISTER, f"{REGISTER}csv/", f"{REGISTER}xlsx/"):
        assert "Tulis tanggal seperti" in read(client, f"{url}?first=31-02-2026", 422)


def test_pages_follow_each_other_both_ways_and_cost_the_same(
    town: make.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_the_desk(town.receiver)
    make.send()
    read(client, REGISTER)
    with CaptureQueriesContext(connection) as one:
        read(client, REGISTER)
    made = [make.send().report.number for _n in range(4)]
    with CaptureQueriesContext(connection) as many:
        read(client, REGISTER)
    assert len(one) == len(many)
    monkeypatch.setattr(queries, "PAGE", 2)
    page = read(client, REGISTER)
    assert numbers_on(page) == set(made[-2:])
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older is not None
    page = read(client, REGISTER + older[1])
    assert numbers_on(page) == set(made[:2])
    newer = re.search(r'rel="prev" href="([^"]+)"', page)
    assert newer is not None
    assert numbers_on(read(client, REGISTER + newer[1])) == set(made[-2:])


def test_the_files_hold_times_and_places_and_nobody(town: make.Town) -> None:
    report = make.send(who=make.PHONE).report
    secret = make.send(secret=True).report
    client = at_the_desk(town.receiver)
    answer = client.get(f"{REGISTER}csv/")
    text = b"".join(answer.streaming_content).decode()
    rows = {row["Nomor"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows[report.number]["Kantor"], rows[secret.number]["Judul"]) == ("Dinas setda", "")
    assert "81234567877" not in text
    sheet = client.get(f"{REGISTER}xlsx/")
    assert sheet.content[:2] == b"PK"
    assert Entry.objects.filter(event="reports.register_taken").count() == 2


def test_offices_for_many_are_agencies_first_and_villages_under_their_district(town: make.Town) -> None:
    make.send()
    page = read(at_the_desk(town.receiver), REGISTER)
    listed = page[page.index('id="several_office"') :]
    labels = re.findall(r'<optgroup label="([^"]+)"', listed[: listed.index("</select>")])
    assert labels == ["Perangkat daerah", "Kecamatan", "Kantor Kecamatan"]  # the last is that district's name


def test_one_answer_for_many_and_one_office_for_many_all_or_none(town: make.Town) -> None:
    new, reception = [make.send().report for _n in range(2)], at_the_desk(town.receiver)
    ids = [str(each.pk) for each in new]
    sent = reception.post(
        f"{REGISTER}beberapa/", {"laporan": ids, "perintah": "teruskan", "office": make.ROADS}
    )
    assert sent.status_code == 302
    roads = at_the_desk(town.roads)
    page = roads.post(f"{REGISTER}beberapa/", {"laporan": ids, "perintah": "jawab", "text": ""})
    assert "Tulis jawabannya." in page.content.decode()
    actions.forward_out(by=town.receiver, report=Report.objects.get(pk=ids[0]), body="province-roads")
    typed = {"laporan": ids, "perintah": "jawab", "text": "Kami tangani bersama."}
    page = roads.post(f"{REGISTER}beberapa/", typed).content.decode()
    assert "Tidak ada laporan yang berubah." in page and "Kami tangani bersama." in page
    assert Report.objects.get(pk=ids[1]).state == ReportState.ASSIGNED
    assert roads.post(f"{REGISTER}beberapa/", {**typed, "laporan": ids[1:]}).status_code == 302
    assert Report.objects.get(pk=ids[1]).state == ReportState.WORKING


def enter(client: Client, status: int = 302, **typed: object) -> str:
    page = read(client, ENTER)
    hidden = re.search(r'name="id" value="([^"]+)"', page)
    assert hidden is not None
    heard = {"channel": "phone", "text": make.TEXT, "category": make.HOLE, "area": make.SAWENTAR}
    answer = client.post(ENTER, {"id": hidden[1], **heard, "note": "depan SD", **typed})
    assert answer.status_code == status
    return read(client, ENTER) if status == 302 else answer.content.decode()


def test_a_call_becomes_a_report_with_a_number_and_a_pin_to_read_out(town: make.Town) -> None:
    client = at_the_desk(town.receiver)
    page = enter(client, name="Siti Aminah", contact="0812-3456-7877", source="112", attached=jpeg())
    report = Report.objects.get()
    assert (report.channel, report.channel_note) == (Channel.PHONE, "112")
    assert report.number in page and "PIN" in page and report.evidence.count() == 1
    assert Identity.objects.get().contact.clear == "+6281234567877"
    assert report.number not in read(client, ENTER)


def test_a_letter_has_the_day_on_which_it_came(town: make.Town) -> None:
    client = at_the_desk(town.receiver)
    page = enter(client, 422, day="17-08-2020", hour="9.15", point="di sana", contact="08")
    for sentence in ("setahun terakhir", "Tulis titik seperti", "belum lengkap"):
        assert sentence in page
    page = enter(client, 422, area="", note="")
    assert "Tunjukkan letaknya" in page and make.TEXT in page


def test_what_may_be_the_same_is_shown_before_another_is_kept(town: make.Town) -> None:
    known, client = make.send().report, at_the_desk(town.receiver)
    page = enter(client, 200, attached=jpeg())
    assert known.number in page and "Apakah salah satu dari ini?" in page and "Sudah terlampir:" in page
    page = enter(client, ikut=known.number, contact="0812-3456-7801")
    assert known.number in page and Report.objects.get().voices == 2
    enter(client, baru="1")
    assert Report.objects.count() == 2


def test_entering_needs_its_permission(town: make.Town) -> None:
    read(at_the_desk(town.roads), ENTER, 403)
