"""The page of messages out: who sees it, what it hides, and sending again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Reading
from balai.desk.tests.door import signed_in
from balai.kernel.references import Subject
from balai.notify import actions as notify
from balai.notify.models import Address, Message
from balai.people.tests.factories import SAWENTAR
from balai.runtime.jobs import run_due
from balai.work.tests.factories import officer_of

pytestmark = pytest.mark.django_db
PAGE = "/meja/pemberitahuan/"
PHONE = Address("phone", "+6281234567801")


@pytest.fixture
def reader() -> Client:
    return signed_in(officer_of([SAWENTAR], ("notify.read_outbox", "people.reveal")))


def sent(key: str = "k", to: Address = PHONE) -> Message:
    message = notify.send(
        to=to, subject="Kode", text="123456 adalah kode", key=key, about=Subject("people.challenge", "1")
    )
    run_due()
    return Message.objects.get(pk=message.pk)


def failed(key: str = "k") -> Message:
    message = notify.send(to=PHONE, subject="Kode", text="123456", key=key, about=Subject("a.b", "1"))
    notify.mark_failed(message=message, fault="notify.no_channel")
    return Message.objects.get(pk=message.pk)


def readings() -> list[str]:
    return list(Reading.objects.filter(event=Reading.EVENT).values_list("note", flat=True))


def text(client: Client, url: str = PAGE, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("path", ["", "csv/", "01990000-0000-7000-8000-000000000001/"])
def test_outbox_is_for_those_who_hold_its_permission(path: str) -> None:
    other = signed_in(officer_of([SAWENTAR], ("cases.check",)))
    assert other.get(PAGE + path).status_code == 403
    assert Client().get(PAGE + path)["Location"].startswith("/meja/masuk/")


def test_officer_who_may_not_is_led_back_to_the_desk_and_not_to_the_door_of_citizens() -> None:
    page = signed_in(officer_of([SAWENTAR], ("cases.check",))).get(PAGE).content.decode()
    assert "Ke meja kerja" in page
    assert "Masuklah dengan NIK" not in page


def test_empty_outbox_says_what_will_be_there(reader: Client) -> None:
    assert "Belum ada pesan di sini" in text(reader)


def test_list_shows_states_and_faults_and_neither_addresses_nor_codes(reader: Client) -> None:
    sent("one")
    failed("two")
    html = text(reader)
    assert [
        word for word in ("Terkirim", "Gagal", "Periksa pengaturan", "0812••••••01") if word not in html
    ] == []
    page = html + text(reader, f"{PAGE}{failed('three').pk}/")
    assert [word for word in ("81234567801", "123456", "1234-5678") if word in page] == []


def test_filters_find_by_state_channel_and_kind(reader: Client) -> None:
    sent("one")
    failed("two")
    found = [
        text(reader, f"{PAGE}?{query}").count("<tr>") - 1
        for query in ("", "keadaan=failed", "saluran=demo", "jenis=direct")
    ]
    assert found == [2, 1, 1, 2]


def test_file_has_the_rows_of_the_filter_with_masked_addresses(reader: Client) -> None:
    sent("one")
    failed("two")
    answer = reader.get(f"{PAGE}csv/?keadaan=failed")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("id,created_at,category,state,channel")
    assert len(lines) == 2
    assert "0812••••••01" in lines[1]


def test_sending_again_starts_a_new_round(reader: Client) -> None:
    message = failed()
    answer = reader.post(f"{PAGE}{message.pk}/ulangi/", follow=True)
    assert "akan segera dikirim ulang" in answer.content.decode()
    run_due()
    message.refresh_from_db()
    assert (message.state, message.channel, message.round) == ("sent", "demo", 2)


def test_what_waits_is_not_sent_again(reader: Client) -> None:
    message = notify.send(to=PHONE, subject="x", text="y", key="k", about=Subject("a.b", "1"))
    answer = reader.post(f"{PAGE}{message.pk}/ulangi/", follow=True)
    assert "masih menunggu dikirim" in answer.content.decode()


def test_address_is_opened_for_a_purpose_and_noted(reader: Client) -> None:
    message = sent()
    url = f"{PAGE}{message.pk}/alamat/"
    assert reader.post(url, {"purpose": "nosiness"}).status_code == 400
    assert readings() == []
    assert "+6281234567801" in reader.post(url, {"purpose": "contact"}).content.decode()
    assert readings() == ["Menghubungi warga tentang urusannya"]


def test_address_stays_closed_without_the_permission() -> None:
    message = sent()
    other = signed_in(officer_of([SAWENTAR], ("notify.read_outbox",)))
    answer = other.post(f"{PAGE}{message.pk}/alamat/", {"purpose": "contact"})
    assert answer.status_code == 403
    assert "+6281234567801" not in answer.content.decode()


def test_list_costs_the_same_at_one_row_and_at_three(reader: Client) -> None:
    sent("one")
    counts = []
    for keys in ((), ("two", "three")):
        for key in keys:
            sent(key)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            text(reader)
        counts.append(len(captured))
    assert counts[0] == counts[1]
