"""The register of an office: on a page, as CSV, and for nobody else."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import citizen_client, officer_client
from balai.engines.cases.views import register as views
from balai.people.tests.factories import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
URL = "/meja/buku/"


def test_register_lists_the_cases_of_this_month_without_naming_anybody(town: make.Town) -> None:
    case = make.submit(town.siti).case
    answer = officer_client(town.operator).get(URL)
    html = answer.content.decode()
    assert (answer.status_code, case.number in html, "Siti" in html) == (200, True, False)


def test_register_speaks_of_a_returned_case_to_the_office_not_to_the_citizen(town: make.Town) -> None:
    make.returned(town, make.PHOTO_TARGET)
    html = officer_client(town.operator).get(URL).content.decode()
    assert ("Menunggu perbaikan warga" in html, "Perlu Anda perbaiki" in html) == (True, False)


def test_register_of_a_month_without_cases_says_so(town: make.Town) -> None:
    make.submit(town.siti)
    html = (
        officer_client(town.operator).get(URL, {"first": "01-01-2020", "last": "31-01-2020"}).content.decode()
    )
    assert "Belum ada berkas pada tanggal ini" in html


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first": "31-02-2026"}, "Tulis tanggal seperti 17-08-2026."),
        ({"first": "01-01-0001", "last": "02-01-0001"}, "Tulis tanggal seperti 17-08-2026."),
        ({"first": "31-12-9999", "last": "31-12-9999"}, "Tulis tanggal seperti 17-08-2026."),
        ({"first": "02-01-2026", "last": "01-01-2026"}, "Tanggal akhir harus sesudah tanggal awal."),
        ({"first": "01-01-2020", "last": "01-01-2026"}, "Pilih paling lama satu tahun."),
        ({"office": "35.05.99.9999"}, "Masukkan pilihan yang valid."),
    ],
)
def test_register_refuses_days_and_offices_with_a_sentence(
    town: make.Town, asked: dict[str, str], sentence: str
) -> None:
    client = officer_client(town.operator)
    for url in (URL, f"{URL}csv/"):
        answer = client.get(url, asked)
        assert (answer.status_code, sentence in answer.content.decode()) == (400, True)


def test_who_takes_no_applications_is_led_to_no_register(town: make.Town) -> None:
    client = officer_client(make_officer(name="Nining Rahayu", permissions=("reports.receive",)))
    html = client.get(URL).content.decode()
    assert "Anda tidak memegang buku permohonan" in html and "perlu diperbaiki" not in html
    assert f'href="{URL}"' not in html
    assert f'href="{URL}"' in officer_client(town.operator).get(URL).content.decode()


def test_register_is_closed_to_citizens_and_strangers(town: make.Town) -> None:
    for client in (Client(), citizen_client(town.siti)):
        assert client.get(URL).url == "/meja/masuk/?lanjut=%2Fmeja%2Fbuku%2F"


def test_register_as_csv_holds_the_same_rows(town: make.Town) -> None:
    case = make.submit(town.siti).case
    answer = officer_client(town.operator).get(f"{URL}csv/")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["number"], row["state"]) for row in rows] == [(case.number, "submitted")]
    assert answer["Content-Disposition"].startswith('attachment; filename="buku-35.05.10.2011-')


def test_register_pages_and_costs_the_same_at_one_row_and_at_three(
    town: make.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    client = officer_client(town.operator)
    costs = []
    for _ in range(3):
        make.submit(town.siti)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            html = client.get(URL).content.decode()
        costs.append(len(seen))
    assert len(set(costs)) == 1
    assert "halaman=2" in html
    assert client.get(URL, {"halaman": "2"}).content.decode().count('<td class="digits">SKU-') == 1
