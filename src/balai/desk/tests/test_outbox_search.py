"""Looking for the messages of one address: it stands in no link, and who looked is on record."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from balai.audit.models import Reading
from balai.desk.outbox_search import LIFE_SECONDS, address_of
from balai.desk.tests.door import signed_in
from balai.kernel.references import Subject
from balai.notify import actions as notify
from balai.notify.models import Address, Message
from balai.people.models import Officer
from balai.people.tests.factories import SAWENTAR
from balai.runtime import clock
from balai.work.tests.factories import officer_of

pytestmark = pytest.mark.django_db
PAGE = "/meja/pemberitahuan/"
PHONE = Address("phone", "+6281234567801")
MAIL = Address("email", "siti@contoh.id")
TYPED = {"alamat": "0812-3456-7801", "keperluan": "contact"}
PURPOSE = "Menghubungi warga tentang urusannya"


@pytest.fixture
def officer() -> Officer:
    return officer_of([SAWENTAR], ("notify.read_outbox",))


@pytest.fixture
def reader(officer: Officer) -> Client:
    return signed_in(officer)


def owed(key: str, to: Address = PHONE) -> Message:
    return notify.send(to=to, subject="Kode", text="123456", key=key, about=Subject("a.b", "1"))


def searched(client: Client, **typed: str) -> str:
    """Where a good search leads."""
    answer = client.post(PAGE, typed)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def rows(client: Client, url: str) -> int:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().count("<tr>") - 1


def readings() -> list[tuple[str, str, str, str]]:
    found = Reading.objects.filter(event=Reading.EVENT).order_by("id")
    return [(each.about_label, each.about_id, each.what, each.purpose) for each in found]


def test_whole_address_finds_its_messages_and_stands_in_no_link(reader: Client) -> None:
    owed("one")
    owed("two", MAIL)
    url = searched(reader, **TYPED)
    page = reader.get(url).content.decode()
    assert (rows(reader, url), "0812••••••01" in page) == (1, True)
    assert [word for word in ("81234567801", "0812-3456", "3456-7801") if word in url + page] == []
    assert rows(reader, searched(reader, alamat="siti@contoh.id", keperluan="contact")) == 1


def test_page_and_file_follow_the_search_and_other_filters_keep_it(reader: Client) -> None:
    for number in range(51):
        owed(f"phone-{number}")
    owed("mail", MAIL)
    url = searched(reader, **TYPED)
    page = reader.get(url)
    assert rows(reader, PAGE + page.context["next_url"]) == 1
    lines = b"".join(reader.get(page.context["csv_url"]).streaming_content).decode().splitlines()
    assert len(lines) == 52
    token = parse_qs(urlsplit(url).query)["cari"][0]
    assert rows(reader, searched(reader, keadaan="queued", jenis="direct", cari=token)) == 50
    assert rows(reader, page.context["unsought_url"] + "?halaman=2") == 2
    assert len(readings()) == 1


def test_search_is_on_record_for_whoever_the_messages_belong_to(reader: Client) -> None:
    owed("one")
    Message.objects.update(owner_label="people.citizen", owner_id="siti")
    owed("two")
    searched(reader, **TYPED)
    assert readings() == [("people.citizen", "siti", "Daftar pesan keluar", PURPOSE)]


def test_search_that_finds_nobody_is_on_record_by_the_keyed_hash(reader: Client) -> None:
    url = searched(reader, **TYPED)
    assert "Tidak ada pesan yang cocok" in reader.get(url).content.decode()
    assert readings() == [("notify.address", PHONE.hash, "Daftar pesan keluar", PURPOSE)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"alamat": "0812-3456-7801"}, "Pilih untuk keperluan apa"),
        ({"alamat": "0812-3456-7801", "keperluan": "nosiness"}, "keperluan"),
        ({"alamat": "0812", "keperluan": "contact"}, "Tulis nomor HP seperti"),
        ({"cari": "s1.00000000.AAAA"}, "hanya berlaku setengah jam"),
        ({"cari": "+62812"}, "hanya berlaku setengah jam"),
    ],
)
def test_wrong_search_comes_back_with_a_sentence_and_is_not_on_record(
    reader: Client, typed: dict[str, str], sentence: str
) -> None:
    owed("one")
    answer = reader.post(PAGE, typed)
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    assert (answer.context["rows"], readings()) == ([], [])


def test_link_of_a_search_is_good_for_its_officer_and_for_half_an_hour(
    reader: Client, officer: Officer
) -> None:
    owed("one")
    url = searched(reader, **TYPED)
    other = signed_in(officer_of([SAWENTAR], ("notify.read_outbox",)))
    assert [other.get(each).status_code for each in (url, url.replace("?", "csv/?"))] == [400, 400]
    token = parse_qs(urlsplit(url).query)["cari"][0]
    later = clock.now() + timedelta(seconds=LIFE_SECONDS + 1)
    assert address_of(token, officer) == PHONE
    with clock.reading(lambda: later):
        assert address_of(token, officer) is None


def test_address_typed_into_a_link_is_no_filter_and_does_not_reach_the_door(reader: Client) -> None:
    owed("two", MAIL)
    assert rows(reader, f"{PAGE}?alamat=0812-3456-7801") == 1
    assert Client().post(PAGE, TYPED)["Location"] == "/meja/masuk/?lanjut=%2Fmeja%2Fpemberitahuan%2F"


def test_filters_without_an_address_are_not_on_record(reader: Client) -> None:
    assert searched(reader, keadaan="failed", saluran="demo") == f"{PAGE}?keadaan=failed&saluran=demo"
    assert searched(reader) == PAGE
    assert readings() == []
