"""What was typed after the session had ended waits for the same person, and for nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.engines.cases.forms import stash
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import (
    APPLY,
    TYPED,
    FormOnPage,
    citizen_client,
    form_in,
    photo_file,
)
from balai.files.models import Upload
from balai.people.models import Citizen
from balai.sync.models import Draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BUSINESS, UPLOADS = f"{APPLY}business/", f"{APPLY}requirements/"


def end_session(client: Client) -> None:
    """The 30 days are over; every other cookie stays in the browser."""
    del client.cookies["sessionid"]


def signed_in_again(client: Client, citizen: Citizen) -> Client:
    """The same browser after the door."""
    client.cookies["sessionid"] = citizen_client(citizen).cookies["sessionid"].value
    return client


def form_of(client: Client, url: str) -> FormOnPage:
    return form_in(client.get(url).content.decode(), "milik")


def test_typed_page_waits_behind_the_door_for_the_same_citizen(town: make.Town) -> None:
    client = citizen_client(town.siti)
    form = form_of(client, BUSINESS)
    end_session(client)
    answer = client.post(BUSINESS, form.filled(TYPED | {"business_since": ""}))
    assert answer["Location"] == "/masuk/?lanjut=%2Flayanan%2Fsurat-keterangan-usaha%2Fajukan%2Fbusiness%2F"
    signed_in_again(client, town.siti)
    later = form_of(client, BUSINESS)
    assert {name: later.values[name] for name in ("business_name", "purpose", "same_address")} == {
        "business_name": "Warung Bu Siti",
        "purpose": TYPED["purpose"],
        "same_address": "yes",
    }
    assert client.cookies[stash.COOKIE].value == ""


def test_typed_page_is_not_for_another_citizen_and_still_there_for_its_own(town: make.Town) -> None:
    client = citizen_client(town.siti)
    form = form_of(client, BUSINESS)
    end_session(client)
    client.post(BUSINESS, form.filled(TYPED))
    signed_in_again(client, town.newcomer)
    assert form_of(client, BUSINESS).values["purpose"] == ""
    signed_in_again(client, town.siti)
    assert form_of(client, BUSINESS).values["purpose"] == TYPED["purpose"]


def test_stashed_file_is_kept_and_readable_by_its_own_only(town: make.Town) -> None:
    client = citizen_client(town.siti)
    form = form_of(client, UPLOADS)
    end_session(client)
    client.post(UPLOADS, form.filled({}) | {"place_photo": photo_file("toko.jpg")})
    upload = Upload.objects.get()
    signed_in_again(client, town.newcomer)
    assert "toko.jpg" not in client.get(UPLOADS).content.decode()
    assert client.get(f"/unduh/{upload.pk}/").status_code == 404
    signed_in_again(client, town.siti)
    assert "toko.jpg" in client.get(UPLOADS).content.decode()
    assert client.get(f"/unduh/{upload.pk}/").status_code == 200


def test_page_changed_from_the_review_leads_back_to_the_review_behind_the_door(town: make.Town) -> None:
    client = citizen_client(town.siti)
    url = f"{BUSINESS}?kembali=tinjau"
    form = form_of(client, url)
    end_session(client)
    assert client.post(url, form.filled(TYPED))["Location"].endswith("business%2F%3Fkembali%3Dtinjau")


@pytest.mark.parametrize("mark", ["", "palsu"])
def test_form_without_our_mark_is_not_kept(town: make.Town, mark: str) -> None:
    answer = Client().post(UPLOADS, {"milik": mark, "place_photo": photo_file()})
    assert answer["Location"].startswith("/masuk/?lanjut=")
    assert (Draft.objects.count(), Upload.objects.count()) == (0, 0)


def test_flood_of_forms_from_one_address_is_stopped(town: make.Town) -> None:
    sent = {"milik": stash.mark(town.siti), "purpose": "x"}
    statuses = [Client().post(BUSINESS, sent).status_code for _ in range(61)]
    assert (statuses[:60], statuses[60], Draft.objects.count()) == ([302] * 60, 429, 60)


def returned_case(town: make.Town) -> Case:
    return make.returned(town, make.PHOTO_TARGET, make.PURPOSE_TARGET)


def test_repair_sent_after_the_session_ended_waits_with_its_file(town: make.Town) -> None:
    case = returned_case(town)
    url = f"{case.get_absolute_url()}perbaiki/"
    client = citizen_client(town.siti)
    form = form_of(client, url)
    end_session(client)
    sent = form.filled({"purpose": "Mengajukan KUR di BRI Kanigoro, Rp5 juta"})
    answer = client.post(url, sent | {"place_photo": photo_file("terang.jpg")})
    assert answer["Location"].startswith("/masuk/?lanjut=%2Fsaya%2Fberkas%2F")
    signed_in_again(client, town.siti)
    html = client.get(url).content.decode()
    assert "terang.jpg" in html
    assert form_in(html, "milik").values["purpose"] == "Mengajukan KUR di BRI Kanigoro, Rp5 juta"
    assert client.post(url, form_in(html, "milik").values)["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.state, case.round) == ("submitted", 2)


def test_repair_of_anothers_case_is_not_kept(town: make.Town) -> None:
    url = f"{returned_case(town).get_absolute_url()}perbaiki/"
    before = Draft.objects.count()
    Client().post(url, {"milik": stash.mark(town.newcomer), "purpose": "apa saja yang panjang"})
    assert Draft.objects.count() == before


def test_message_sent_after_the_session_ended_waits_until_it_is_sent(town: make.Town) -> None:
    case = make.submit(town.siti).case
    client = citizen_client(town.siti)
    url = f"{case.get_absolute_url()}pesan/"
    sent = form_in(client.get(case.get_absolute_url()).content.decode(), "text").filled(
        {"text": "Kapan jadi?"}
    )
    end_session(client)
    assert client.post(url, sent)["Location"] == f"/masuk/?lanjut={case.get_absolute_url()}".replace(
        "/saya/berkas/", "%2Fsaya%2Fberkas%2F"
    ).replace(f"{case.number}/", f"{case.number}%2F")
    signed_in_again(client, town.siti)
    form = form_in(client.get(case.get_absolute_url()).content.decode(), "text")
    assert form.values["text"] == "Kapan jadi?"
    client.post(url, form.values)
    assert form_in(client.get(case.get_absolute_url()).content.decode(), "text").values["text"] == ""
