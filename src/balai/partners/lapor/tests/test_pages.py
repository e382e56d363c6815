"""The outbox at the desk: who sees it, what it shows, the bundle, and what is entered."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Reading
from balai.kernel.references import Subject
from balai.partners.lapor import actions, bundle
from balai.partners.lapor.models import HandOver
from balai.partners.lapor.tests.browser import browser_with
from balai.partners.lapor.tests.factories import PACKAGE, REPORT, RINA, by_mail, evidence, given, hearing
from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
PAGE = "/meja/lapor/"


@pytest.fixture
def officer() -> Client:
    return browser_with("partners.hand_over")


def several(count: int) -> list[HandOver]:
    return [given(Subject(REPORT.label, f"s{number}")) for number in range(count)]


def text(client: Client, path: str = "", status: int = 200) -> str:
    answer = client.get(PAGE + path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("path", ["", "csv/", "paket/", "01990000-0000-7000-8000-000000000001/"])
def test_outbox_is_for_those_who_hold_its_permission(path: str) -> None:
    assert browser_with("cases.check").get(PAGE + path).status_code == 403
    assert Client().get(PAGE + path)["Location"].startswith("/meja/masuk/")


def test_empty_outbox_says_what_will_be_there(officer: Client) -> None:
    page = text(officer)
    assert "Belum ada yang diserahkan" in page
    assert "LAPOR!" in page
    answer = officer.get(f"{PAGE}paket/", follow=True)
    assert "Tidak ada laporan yang menunggu" in answer.content.decode()


def test_list_shows_states_and_nothing_of_the_report(officer: Client, settings) -> None:
    several(2)
    actions.record_answer(by=RINA, hand_over=given(), tracking_number="7654321", state="done")
    by_mail(settings)
    stopped = given(Subject(REPORT.label, "mail"))
    actions.note_fault(hand_over=stopped, fault="lapor.gave_up", is_final=True)
    page = text(officer)
    wanted = (
        "7654321",
        "Selesai",
        "2 laporan menunggu dimasukkan",
        "Berhenti, perlu petugas",
        "4 penyerahan",
    )
    assert [word for word in wanted if word not in page] == []
    assert PACKAGE.title not in page


def test_filters_find_by_state_way_and_number(officer: Client) -> None:
    first, _other = several(2)
    actions.withdraw(by=RINA, hand_over=first)
    queries = ("", "keadaan=waiting", "keadaan=stopped", "cara=mail", f"nomor={first.reference.lower()}")
    assert [text(officer, f"?{query}").count("<tr>") for query in queries] == [3, 2, 0, 0, 2]
    assert "Tidak ada penyerahan yang cocok" in text(officer, "?cara=mail")
    assert text(officer, "?cara=pigeon", status=400)


def test_file_has_the_rows_of_the_filter_and_nothing_of_the_report(officer: Client) -> None:
    first, other = several(2)
    actions.withdraw(by=RINA, hand_over=first)
    answer = officer.get(f"{PAGE}csv/?keadaan=waiting")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["reference", other.reference]
    assert PACKAGE.title not in "".join(lines)


def test_bundle_has_a_folder_for_each_and_is_journalled(officer: Client, settings) -> None:
    photo = evidence()
    rows = [given(attachments=(photo.pk,)), *several(1)]
    by_mail(settings)
    given(Subject(REPORT.label, "mail"))
    answer = officer.get(f"{PAGE}paket/")
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/zip", True)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        listing = archive.read("daftar.csv").decode().splitlines()
    first, second = (row.reference for row in rows)
    forms = ("laporan.json", "laporan.csv", "laporan.txt")
    assert names == [
        "daftar.csv",
        *(f"{first}/{name}" for name in (*forms, "lampiran/lampiran-1.jpg")),
        *(f"{second}/{name}" for name in forms),
    ]
    assert [line.split(",")[0] for line in listing if line.startswith("LPR-")] == [first, second]
    about = Reading.objects.filter(event=Reading.EVENT).values_list("about_id", flat=True)
    assert sorted(about) == [REPORT.id, "s0"]


def test_bundle_takes_what_fits_and_leaves_the_rest_for_the_next(monkeypatch) -> None:
    rows = several(3)
    monkeypatch.setattr(bundle, "MOST_HAND_OVERS", 2)
    assert bundle.bundle_of(rows).rows == tuple(rows[:2])
    monkeypatch.setattr(bundle, "LARGEST_BUNDLE", 10)
    large = given(attachments=(evidence().pk,))
    assert bundle.bundle_of([large, *rows]).rows == (large,)


def test_one_that_was_entered_by_hand_is_noted_and_answered(officer: Client, run_jobs) -> None:
    row = given()
    with hearing() as heard:
        page = text(officer, f"{row.pk}/")
        wanted = (PACKAGE.title, "Sudah saya masukkan", "/meja/lubang/41/", "Identitas pelapor")
        assert [word for word in wanted[:3] if word not in page] == []
        assert "sudah dimasukkan" in officer.post(f"{PAGE}{row.pk}/dimasukkan/", follow=True).content.decode()
        said = {"tracking_number": "", "state": "verified", "text": ""}
        refused = officer.post(f"{PAGE}{row.pk}/jawaban/", said)
        assert (refused.status_code, "Isi nomor pelacakan" in refused.content.decode()) == (400, True)
        said |= {"tracking_number": "7654321", "text": "Diteruskan ke Bina Marga."}
        page = officer.post(f"{PAGE}{row.pk}/jawaban/", said, follow=True).content.decode()
        assert [word for word in ("7654321", "Terverifikasi", "Diteruskan ke Bina") if word not in page] == []
        run_jobs()
    assert [each.event for each in heard] == ["sent", "answered"]


def test_taking_back_needs_a_reason(officer: Client) -> None:
    row = given()
    assert officer.post(f"{PAGE}{row.pk}/tarik/", {"reason": ""}).status_code == 400
    page = officer.post(f"{PAGE}{row.pk}/tarik/", {"reason": "Salah alamat"}, follow=True).content.decode()
    assert "Laporan ditarik." in page
    assert "Catat jawaban" not in page
    again = officer.post(f"{PAGE}{row.pk}/jawaban/", {"tracking_number": "1", "state": "done"}, follow=True)
    assert "sedang dalam keadaan lain" in again.content.decode()


def test_stopped_mail_is_started_anew_or_carried(officer: Client, settings) -> None:
    by_mail(settings)
    row = given()
    actions.note_fault(hand_over=row, fault="lapor.too_large", is_final=True)
    page = text(officer, f"{row.pk}/")
    assert [
        word for word in ("terlalu besar", "Coba kirim lagi", "Bawa lewat paket") if word not in page
    ] == []
    assert "akan segera" in officer.post(f"{PAGE}{row.pk}/ulangi/", follow=True).content.decode()
    assert "paket unduhan" in officer.post(f"{PAGE}{row.pk}/bawa/", follow=True).content.decode()
    assert officer.get(f"{PAGE}{row.pk}/paket/")["Content-Type"] == "application/zip"


def test_secret_report_is_marked(officer: Client) -> None:
    actions.hand_over(by=RINA, subject=REPORT, package=replace(PACKAGE, is_secret=True))
    assert "rahasia" in text(officer)


def test_list_costs_the_same_at_one_row_and_at_three(officer: Client) -> None:
    counts = []
    for number in (1, 2):
        for each in range(number):
            given(Subject(REPORT.label, f"{number}-{each}"))
        with CaptureQueriesContext(connection) as captured:
            text(officer)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_unknown_one_is_not_found(officer: Client) -> None:
    assert officer.get(f"{PAGE}01990000-0000-7000-8000-000000000001/").status_code == 404
