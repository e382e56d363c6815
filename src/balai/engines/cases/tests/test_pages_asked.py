"""What the answers no longer ask for is neither shown nor sent, and hinders nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.engines.cases.models import Case, CaseFile
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import TYPED, citizen_client, form_in, photo_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
APPLY = "/layanan/surat-keterangan-domisili/ajukan/"
RESIDENCE, FILES, REVIEW = f"{APPLY}residence/", f"{APPLY}requirements/", f"{APPLY}tinjau/"
RENTED = {"lived_since": "1-3-2019", "house_status": "rent", "house_owner": "Budi Santoso"}


def send(client: Client, url: str, typed: dict[str, Any]) -> Any:
    form = form_in(client.get(url).content.decode(), "milik")
    files = {name: photo_file() for name in form.file_names}
    answer = client.post(url, form.filled(TYPED | typed) | files)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def rented_then_owned(client: Client) -> None:
    send(client, f"{APPLY}applicant/", {})
    send(client, RESIDENCE, RENTED)
    send(client, FILES, {})
    send(client, RESIDENCE, RENTED | {"house_status": "own"})


def test_file_that_is_not_asked_for_any_more_is_not_sent_and_said_so(town: make.Town) -> None:
    client = citizen_client(town.siti)
    rented_then_owned(client)
    review = client.get(REVIEW).content.decode()
    assert "Tidak ikut dikirim, karena tidak diminta lagi: Persetujuan pemilik tempat" in review
    answer = client.post(REVIEW, form_in(review, "berkas").values)
    assert answer["Location"] == f"/saya/berkas/{Case.objects.get().number}/bukti/"
    assert list(CaseFile.objects.values_list("requirement_id", flat=True)) == ["house_photo"]


def test_files_page_asks_only_for_what_the_earlier_answers_call_for(town: make.Town) -> None:
    client = citizen_client(town.siti)
    send(client, f"{APPLY}applicant/", {})
    send(client, RESIDENCE, RENTED)
    assert form_in(client.get(FILES).content.decode(), "milik").file_names == {"house_photo", "owner_consent"}
    send(client, RESIDENCE, RENTED | {"house_status": "own"})
    assert form_in(client.get(FILES).content.decode(), "milik").file_names == {"house_photo"}
