"""Matching person and card at the counter."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.audit import queries as journal
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests.factories import Town
from balai.engines.cases.tests.pages import form_in, officer_client
from balai.people.tests.factories import BENCE, BUDI_NIK, make_area, make_officer, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BUDI = {"nik": BUDI_NIK, "name": "Budi Santoso", "sex": "male", "kk": "3505100101200009"}


def newcomers_case(town: Town) -> tuple[Case, str]:
    case = make.submit(town.newcomer, answers=make.ANSWERS | {"name": "Budi Santoso", "sex": "male"}).case
    return case, f"/meja/berkas/{case.pk}/identitas/"


def filled(client: Client, url: str, **changes: str) -> dict[str, Any]:
    html = client.get(url).content.decode()
    return form_in(html, "area_code").filled({"seen": "on", **changes})


def test_prove_page_shows_what_was_stated_in_words_and_journals_the_look(town: make.Town) -> None:
    case, url = newcomers_case(town)
    client = officer_client(town.operator)
    for _ in range(2):
        html = client.get(url).content.decode()
    shown = (BUDI_NIK, "Laki-laki", "Desa Sawentar", "17-08-1995")
    assert [text for text in shown if text not in html] == []
    looked = [(row.what, row.purpose) for row in journal.readings_about([town.newcomer.as_subject()])]
    assert looked == [
        (
            f"Data diri di berkas {case.number}, untuk dicocokkan dengan kartu",
            "Mencocokkan identitas di loket",
        )
    ]


def test_prove_makes_the_newcomer_known(town: make.Town) -> None:
    case, url = newcomers_case(town)
    client = officer_client(town.operator)
    assert client.post(url, filled(client, url))["Location"] == f"/meja/berkas/{case.pk}/?kotak=todo"
    town.newcomer.refresh_from_db()
    assert (town.newcomer.level, town.newcomer.person.name) == ("counter_proven", "Budi Santoso")


def test_prove_without_having_seen_the_person_is_refused_and_keeps_what_was_typed(town: make.Town) -> None:
    _case, url = newcomers_case(town)
    client = officer_client(town.operator)
    sent = filled(client, url, address="Jalan Mawar 3")
    del sent["seen"]
    answer = client.post(url, sent)
    assert answer.status_code == 400
    assert form_in(answer.content.decode(), "area_code").values["address"] == "Jalan Mawar 3"


def test_prove_with_a_card_of_another_nik_is_refused(town: make.Town) -> None:
    _case, url = newcomers_case(town)
    client = officer_client(town.operator)
    assert client.post(url, filled(client, url, nik="3505105708950001")).status_code == 400
    town.newcomer.refresh_from_db()
    assert town.newcomer.level == "contact_proven"


def test_prove_shows_each_difference_and_settles_it(town: make.Town) -> None:
    make_person(**BUDI, address="Jalan Lama 1", occupation="Petani", marital_status="unmarried", phone="")
    _case, url = newcomers_case(town)
    client = officer_client(town.operator)
    sent = filled(client, url)
    asked = client.post(url, sent)
    html = asked.content.decode()
    assert asked.status_code == 400
    differing = {name for name in form_in(html, "area_code").names if name.startswith("settle:")}
    assert {"settle:address", "settle:occupation", "settle:marital_status"} <= differing
    assert [text for text in ("Jalan Lama 1", "Petani", "Belum kawin") if text not in html] == []
    first = dict.fromkeys(sorted(differing)[:-1], "seen")
    again = client.post(url, sent | first)
    kept = form_in(again.content.decode(), "area_code").values
    assert {name: kept[name] for name in first} == first
    done = client.post(url, sent | dict.fromkeys(differing, "seen") | {"settle:address": "record"})
    assert done.status_code == 302
    town.newcomer.refresh_from_db()
    person = town.newcomer.person
    assert (person.address, person.occupation, person.marital_status) == (
        "Jalan Lama 1",
        "Pedagang",
        "married",
    )


def test_prove_needs_the_permission_at_this_very_office(town: make.Town) -> None:
    make_area(BENCE, name="Bence")
    _case, url = newcomers_case(town)
    assert officer_client(town.head).get(url).status_code == 403
    elsewhere = make_officer(office_code=BENCE, permissions=("people.prove",))
    role = make_officer(permissions=(access.CHECK,)).assignments.get().role
    elsewhere.assignments.create(role=role, office_code=make.SAWENTAR, valid_from="2020-01-01")
    client = officer_client(elsewhere)
    answer = client.get(url)
    assert (answer.status_code, BUDI_NIK in answer.content.decode()) == (403, False)
    assert "Cocokkan di loket" not in client.get(url.removesuffix("identitas/")).content.decode()
