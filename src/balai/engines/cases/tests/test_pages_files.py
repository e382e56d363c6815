"""Requirements that take several files: one after another without scripts, listed, and taken off again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balai.catalogue import running
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import queries
from balai.engines.cases.models import Case
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import APPLY, citizen_client, fill_all_pages, form_in, photo_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "three_photos")]
FILES, REVIEW = f"{APPLY}requirements/", f"{APPLY}tinjau/"
ADD, REMOVE = "tambah:berkas", "hapus:berkas"


@lru_cache
def service() -> ServiceDefinition:
    body = json.loads(make.service().canonical())
    (photo,) = (each for each in body["requirement"] if each["id"] == make.PHOTO)
    photo["max_files"] = 3
    return ServiceDefinition.model_validate(body)


@pytest.fixture
def three_photos() -> Iterator[None]:
    with running.using(Catalogue([service(), running.current().by_id(make.WET_ID)])):
        yield


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def attach(client: Client, *names: str, url: str = FILES, **button: str) -> Any:
    sent: dict[str, Any] = form_in(html_of(client, url), "milik").values
    photos = [photo_file(name, index) for index, name in enumerate(names)]
    return client.post(url, {**sent, **button, make.PHOTO: photos})


def listed(client: Client, url: str = FILES) -> list[str]:
    return re.findall(r"<b>(\w+\.jpg)</b>", html_of(client, url))


def test_several_files_are_taken_at_once_and_sent_together(town: make.Town) -> None:
    client = citizen_client(town.siti)
    fill_all_pages(client)
    assert " multiple" in html_of(client, FILES)
    assert attach(client, "b.jpg", "c.jpg")["Location"] == REVIEW
    assert listed(client) == ["warung.jpg", "b.jpg", "c.jpg"]
    client.post(REVIEW, form_in(html_of(client, REVIEW), "berkas").values)
    assert len(queries.files_of(Case.objects.get())) == 3


def test_files_are_added_one_after_another_without_a_script(town: make.Town) -> None:
    client = citizen_client(town.siti)
    for name in ("a.jpg", "b.jpg"):
        answer = attach(client, name, **{ADD: make.PHOTO})
        assert answer["Location"] == f"{FILES}#id_{make.PHOTO}"
    assert listed(client) == ["a.jpg", "b.jpg"]
    assert "2 dari paling banyak 3 berkas" in html_of(client, FILES)


def test_more_files_than_asked_for_are_refused_and_the_first_are_kept(town: make.Town) -> None:
    client = citizen_client(town.siti)
    answer = attach(client, "a.jpg", "b.jpg", "c.jpg", "d.jpg")
    assert (answer.status_code, "Paling banyak 3 berkas" in answer.content.decode()) == (400, True)
    assert listed(client) == ["a.jpg", "b.jpg", "c.jpg"]
    assert 'type="file"' not in html_of(client, FILES)


def test_one_of_several_files_is_taken_off_again(town: make.Town) -> None:
    client = citizen_client(town.siti)
    attach(client, "a.jpg", "b.jpg")
    (first, _second) = re.findall(rf'name="{REMOVE}" value="([^"]+)"', html_of(client, FILES))
    sent = form_in(html_of(client, FILES), "milik").values
    assert client.post(FILES, {**sent, REMOVE: first})["Location"] == f"{FILES}#id_{make.PHOTO}"
    assert listed(client) == ["b.jpg"]


def test_file_that_cannot_be_read_is_refused_also_when_adding(town: make.Town) -> None:
    client = citizen_client(town.siti)
    sent = form_in(html_of(client, FILES), "milik").values
    broken = SimpleUploadedFile("x.jpg", b"not a photo", "image/jpeg")
    answer = client.post(FILES, {**sent, ADD: make.PHOTO, make.PHOTO: broken})
    assert (answer.status_code, "error-text" in answer.content.decode()) == (400, True)


def test_repair_takes_several_files_too(town: make.Town) -> None:
    case = make.returned(town, make.PHOTO_TARGET)
    url, client = f"{case.get_absolute_url()}perbaiki/", citizen_client(town.siti)
    for name in ("a.jpg", "b.jpg"):
        assert attach(client, name, url=url, **{ADD: make.PHOTO})["Location"] == f"{url}#id_{make.PHOTO}"
    assert listed(client, url) == ["a.jpg", "b.jpg"]
    answer = attach(client, "c.jpg", url=url)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == case.get_absolute_url()
    assert len(queries.files_of(case)) == 3
