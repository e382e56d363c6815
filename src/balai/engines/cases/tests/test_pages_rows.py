"""Rows of questions on the pages: added and removed without scripts, kept, sent, checked, repaired."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from django.test import Client

from balai.catalogue import running
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import actions
from balai.engines.cases.actions import VerdictGiven
from balai.engines.cases.errors import VerdictRefused
from balai.engines.cases.models import Case
from balai.engines.cases.rules import checking
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.pages import (
    APPLY,
    TYPED,
    citizen_client,
    error_texts,
    form_in,
    officer_client,
    photo_file,
)
from balai.runtime import ratelimit
from balai.sync import queries as drafts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates", "heirs_asked")]
BUSINESS, REVIEW = f"{APPLY}business/", f"{APPLY}tinjau/"
ADD, REMOVE = "tambah:baris", "hapus:baris"
NIK = "3505101708950001"
GROUP: dict[str, Any] = {
    "id": "heirs",
    "kind": "group",
    "label": "Para ahli waris",
    "row": "Ahli waris",
    "max_rows": 3,
    "field": [
        {"id": "name", "kind": "name", "label": "Nama lengkap"},
        {"id": "nik", "kind": "nik", "label": "NIK", "required": False},
        {"id": "is_child", "kind": "yes_no", "label": "Anak kandung?"},
    ],
}
BUDI = {"heirs.0.name": "Budi", "heirs.0.nik": NIK, "heirs.0.is_child": "yes"}
ANI = {"heirs.1.name": "Ani", "heirs.1.is_child": "no"}
STORED = [{"name": "Budi", "nik": NIK, "is_child": True}, {"name": "Ani", "is_child": False}]


@lru_cache
def with_heirs() -> ServiceDefinition:
    body = json.loads(make.service().canonical())
    (page,) = (page for page in body["page"] if page["id"] == "business")
    page["field"].append(GROUP)
    return ServiceDefinition.model_validate(body)


@pytest.fixture
def heirs_asked() -> Iterator[None]:
    with running.using(Catalogue([with_heirs(), running.current().by_id(make.WET_ID)])):
        yield


def post(client: Client, html: str, url: str, typed: dict[str, Any], **button: str) -> Any:
    """Send the page as a browser without scripts does, by this button."""
    form = form_in(html, "milik")
    data = {**form.filled(TYPED), **{name: value for name, value in typed.items() if name in form.names}}
    keys = re.findall(r'type="hidden" name="heirs" value="(\d+)"', html)
    return client.post(
        url, {**data, "heirs": keys, **{name.replace("_", ":"): to for name, to in button.items()}}
    )


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows_on(html: str) -> list[str]:
    return re.findall(r"<legend>(Ahli waris \d)</legend>", html)


def two_rows(client: Client) -> str:
    """The page with one person typed and a second row added."""
    answer = post(client, shown(client, BUSINESS), BUSINESS, BUDI, tambah_baris="heirs")
    return shown(client, answer["Location"].split("#")[0])


def filed(town: make.Town) -> Case:
    answers = {**make.ANSWERS, "heirs": STORED}
    return make.submit(town.siti, answers=answers, service=with_heirs()).case


def test_row_is_added_without_scripts_and_nothing_typed_is_lost_or_called_wrong(town: make.Town) -> None:
    client = citizen_client(town.siti)
    html = shown(client, BUSINESS)
    assert rows_on(html) == ["Ahli waris 1"]
    answer = post(client, html, BUSINESS, {"heirs.0.name": "R2D2"}, tambah_baris="heirs")
    assert answer["Location"] == f"{BUSINESS}#row_heirs.1"
    again = shown(client, BUSINESS)
    assert rows_on(again) == ["Ahli waris 1", "Ahli waris 2"]
    values = form_in(again, "milik").values
    assert (values["heirs.0.name"], values["purpose"]) == ("R2D2", TYPED["purpose"])
    assert error_texts(again) == []


def test_row_is_removed_with_what_was_typed_in_it(town: make.Town) -> None:
    client = citizen_client(town.siti)
    answer = post(client, two_rows(client), BUSINESS, {**BUDI, **ANI}, hapus_baris="heirs.0")
    assert answer["Location"] == f"{BUSINESS}#id_heirs"
    html = shown(client, BUSINESS)
    assert (rows_on(html), form_in(html, "milik").values["heirs.1.name"]) == (["Ahli waris 1"], "Ani")
    draft = drafts.draft(town.siti.as_subject(), "cases.apply", make.SERVICE_ID)
    assert draft is not None
    assert not [name for name in draft.data.clear if name.startswith("typed.heirs.0")]
    assert ">Hapus" not in html


def test_new_row_begins_empty_where_another_was_removed(town: make.Town) -> None:
    client = citizen_client(town.siti)
    post(client, two_rows(client), BUSINESS, {**BUDI, **ANI}, hapus_baris="heirs.0")
    html = shown(client, BUSINESS)
    post(client, html, BUSINESS, {}, tambah_baris="heirs")
    values = form_in(shown(client, BUSINESS), "milik").values
    assert (values["heirs.1.name"], values["heirs.0.name"]) == ("Ani", "")


def test_no_row_is_added_beyond_the_most(town: make.Town) -> None:
    client = citizen_client(town.siti)
    html = two_rows(client)
    post(client, html, BUSINESS, {}, tambah_baris="heirs")
    full = shown(client, BUSINESS)
    assert (len(rows_on(full)), "Tambah ahli waris" in full) == (3, False)
    assert "Paling banyak 3 ahli waris." in full


@pytest.mark.parametrize(
    "button", [{"tambah_baris": "nobody"}, {"hapus_baris": "heirs"}, {"hapus_baris": ""}]
)
def test_button_that_cannot_be_meant_keeps_the_page(town: make.Town, button: dict[str, str]) -> None:
    client = citizen_client(town.siti)
    answer = post(client, shown(client, BUSINESS), BUSINESS, BUDI, **button)
    assert answer.status_code == 302
    assert form_in(shown(client, BUSINESS), "milik").values["heirs.0.name"] == "Budi"


def test_fault_in_a_row_is_told_beside_its_question_and_linked(town: make.Town) -> None:
    client = citizen_client(town.siti)
    answer = post(client, two_rows(client), BUSINESS, {**BUDI, **ANI, "heirs.1.name": "R2D2"})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert '<a href="#id_heirs.1.name">Nama lengkap (Ahli waris 2)</a>' in html
    assert 'id="id_heirs.1.name"' in html and 'id="id_heirs.1.name_error"' in html
    assert [text.split(":")[0] for text in error_texts(html)] == ["heirs.1.name"]


def test_page_to_which_rows_are_added_is_looked_at_only_when_somebody_goes_on(town: make.Town) -> None:
    client = citizen_client(town.siti)
    html = two_rows(client)
    assert error_texts(html) == [] == error_texts(shown(client, BUSINESS))
    assert client.get(APPLY)["Location"] == BUSINESS
    assert post(client, html, BUSINESS, {"heirs.0.name": "R2D2"}).status_code == 400
    assert error_texts(shown(client, BUSINESS)) != []


def test_rows_travel_from_the_page_to_the_case(town: make.Town) -> None:
    client = citizen_client(town.siti)
    post(client, shown(client, f"{APPLY}applicant/"), f"{APPLY}applicant/", {})
    answer = post(client, two_rows(client), BUSINESS, {**BUDI, **ANI})
    assert answer["Location"] == f"{APPLY}requirements/"
    files = form_in(shown(client, f"{APPLY}requirements/"), "milik").values
    client.post(f"{APPLY}requirements/", {**files, "place_photo": photo_file()})
    html = shown(client, REVIEW)
    assert [text for text in ("Ahli waris 2", "Ani", NIK) if text not in html] == []
    client.post(REVIEW, form_in(html, "berkas").values)
    assert Case.objects.get().answers.clear["heirs"] == STORED
    assert "Ahli waris 2" in shown(client, Case.objects.get().get_absolute_url())


def test_page_that_cannot_be_kept_comes_back_with_the_row(town: make.Town, frozen_clock) -> None:
    client = citizen_client(town.siti)
    html = shown(client, BUSINESS)
    for _ in range(600):
        ratelimit.hit("cases.save", str(town.siti.pk), limit=600, seconds=3600)
    answer = post(client, html, BUSINESS, BUDI, tambah_baris="heirs")
    assert answer.status_code == 429
    back = answer.content.decode()
    assert (len(rows_on(back)), form_in(back, "milik").values["heirs.0.name"]) == (2, "Budi")


def test_what_was_typed_into_rows_after_the_session_ended_is_kept(town: make.Town) -> None:
    client = citizen_client(town.siti)
    html = two_rows(client)
    session = client.cookies.pop("sessionid")
    answer = post(client, html, BUSINESS, {**BUDI, **ANI})
    assert answer["Location"].startswith("/masuk/")
    client.cookies["sessionid"] = session.value
    values = form_in(shown(client, BUSINESS), "milik").values
    assert (values["heirs.0.name"], values["heirs.1.name"]) == ("Budi", "Ani")


def test_officer_reads_rows_with_identifiers_masked_until_opened(town: make.Town) -> None:
    case = filed(town)
    html = shown(officer_client(town.operator), f"/meja/berkas/{case.pk}/")
    assert [text for text in ("Para ahli waris", "Ahli waris 2", "Ani") if text not in html] == []
    assert NIK not in html
    assert html.count('name="outcome:field:heirs"') == 1


def test_returned_group_is_repaired_as_a_whole_and_only_it(town: make.Town) -> None:
    case = make.judge(town.operator, filed(town), checking.field("heirs"))
    actions.return_for_repair(by=town.operator, case=case)
    client, url = citizen_client(town.siti), f"{case.get_absolute_url()}perbaiki/"
    html = shown(client, url)
    assert (rows_on(html), "business_name" in form_in(html, "milik").names) == (
        ["Ahli waris 1", "Ahli waris 2"],
        False,
    )
    answer = post(client, html, url, {**BUDI, **ANI}, hapus_baris="heirs.1")
    assert answer["Location"] == f"{url}#id_heirs"
    once_more = shown(client, url)
    assert error_texts(once_more) == []
    assert post(client, once_more, url, BUDI).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.answers.clear["heirs"]) == ("submitted", STORED[:1])


def test_fault_names_one_row_and_the_applicant_reads_which(town: make.Town) -> None:
    case = make.submit(town.siti, answers={**make.ANSWERS, "heirs": STORED}, service=with_heirs()).case
    desk, page = officer_client(town.operator), f"/meja/berkas/{case.pk}/"
    sheet = form_in(desk.get(page).content.decode(), "row:field:heirs")
    marks = {
        "outcome:field:heirs": "fault",
        "row:field:heirs": "2",
        "reason:field:heirs": "unclear",
        f"outcome:{make.PHOTO_TARGET}": "ok",
    }
    assert desk.post(sheet.action, sheet.filled(marks) | {"do": "return"}).status_code == 302
    told = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert "<b>Para ahli waris (Ahli waris 2)</b>" in told


@pytest.mark.parametrize("row", [0, 3])
def test_fault_about_a_row_that_is_not_there_is_refused(town: make.Town, row: int) -> None:
    case = make.submit(town.siti, answers={**make.ANSWERS, "heirs": STORED}, service=with_heirs()).case
    given = VerdictGiven(checking.field("heirs"), is_ok=False, reason_code="unclear", row=row)
    with pytest.raises(VerdictRefused):
        actions.record_verdicts(by=town.operator, case=case, verdicts=[given])
    other = VerdictGiven(make.PURPOSE_TARGET, is_ok=False, reason_code="unclear", row=1)
    with pytest.raises(VerdictRefused):
        actions.record_verdicts(by=town.operator, case=case, verdicts=[other])
