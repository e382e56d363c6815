"""The page of messages in: who sees it, what stays closed, and when one is done with."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Reading
from balai.desk.tests.door import signed_in
from balai.files.models import Upload
from balai.files.tests import samples
from balai.notify import receiving
from balai.notify.models import Incoming
from balai.notify.tests.test_letters import letter
from balai.people.tests.factories import SAWENTAR
from balai.runtime.jobs import run_due
from balai.work.tests.factories import officer_of

pytestmark = pytest.mark.django_db
PAGE = "/meja/pesan-masuk/"


@pytest.fixture
def reader() -> Client:
    return signed_in(officer_of([SAWENTAR], ("notify.read_incoming",)))


def arrived(number: int = 1, text: str = "Mohon bantuan lampu mati.") -> Incoming:
    written = letter(text, Message_ID=f"<m{number}@contoh.id>", Subject="Lampu padam")
    written.add_attachment(samples.jpeg(), maintype="image", subtype="jpeg", filename="lampu.jpg")
    receiving.take(written.as_bytes())
    run_due()
    return Incoming.objects.order_by("-received_at", "-pk")[0]


def text(client: Client, path: str = "", status: int = 200) -> str:
    answer = client.get(PAGE + path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("path", ["", "csv/", "01990000-0000-7000-8000-000000000001/"])
def test_page_is_for_those_who_hold_its_permission(path: str) -> None:
    other = signed_in(officer_of([SAWENTAR], ("notify.read_outbox",)))
    assert other.get(PAGE + path).status_code == 403
    assert Client().get(PAGE + path)["Location"].startswith("/meja/masuk/")


def test_empty_page_says_what_will_be_there(reader: Client) -> None:
    assert "Tidak ada pesan yang menunggu petugas" in text(reader)
    assert "Tidak ada pesan di sini" in text(reader, "?rak=all")
    assert text(reader, "01990000-0000-7000-8000-000000000001/", 404)


def test_list_and_file_hide_who_wrote_and_what(reader: Client) -> None:
    row = arrived()
    csv = b"".join(reader.get(f"{PAGE}csv/").streaming_content).decode()
    pages = text(reader) + text(reader, f"{row.pk}/") + csv
    assert [word for word in ("siti@contoh.id", "lampu", "Lampu padam") if word in pages] == []
    assert [word for word in ("Menunggu petugas", "s•••@contoh.id", "notify.help") if word not in pages] == []


def test_message_is_opened_for_a_purpose_and_noted_with_its_files(reader: Client) -> None:
    row = arrived()
    assert reader.post(f"{PAGE}{row.pk}/buka/", {"purpose": "nosiness"}).status_code == 400
    assert Reading.objects.filter(event=Reading.EVENT).count() == 0
    page = reader.post(f"{PAGE}{row.pk}/buka/", {"purpose": "contact"}).content.decode()
    wanted = ("siti@contoh.id", "Mohon bantuan lampu mati.", "Lampu padam", "lampu.jpg")
    assert [word for word in wanted if word not in page] == []
    assert Reading.objects.filter(event=Reading.EVENT).count() == 1
    url = f"/unduh/{Upload.objects.get().pk}/"
    assert (reader.get(url).status_code, Client().get(url).status_code) == (200, 404)
    assert signed_in(officer_of([SAWENTAR], ("notify.read_outbox",))).get(url).status_code == 404


def test_message_is_done_with_once_and_changes_its_shelf(reader: Client) -> None:
    row = arrived()
    said = [reader.post(f"{PAGE}{row.pk}/selesai/", follow=True).content.decode() for _twice in range(2)]
    assert ("ditandai sudah ditangani" in said[0], "ini sudah ditangani" in said[1]) == (True, True)
    assert [text(reader, f"?rak={shelf}").count("<tr>") for shelf in ("person", "settled", "all")] == [
        0,
        2,
        2,
    ]


def test_filter_finds_by_channel(reader: Client) -> None:
    arrived()
    assert [text(reader, f"?saluran={code}").count("<tr>") for code in ("email", "sms", "pigeon")] == [
        2,
        0,
        2,
    ]


def test_list_costs_the_same_at_one_row_and_at_three(reader: Client) -> None:
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            arrived(number)
        with CaptureQueriesContext(connection) as captured:
            text(reader)
        counts.append(len(captured))
    assert counts[0] == counts[1]
