"""The catalogue through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from balai.catalogue import running
from balai.catalogue.examples import read_examples
from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.people.tests.factories import make_citizen, make_proven_citizen

pytestmark = pytest.mark.django_db
SLUG = "surat-keterangan-usaha"


def get(client: Client, path: str, **query: Any) -> Any:
    return client.get(f"/api/v1{path}", query)


def bearer(citizen: Any) -> dict[str, str]:
    secret = actions.issue_token(by=SYSTEM, account=citizen.account, scopes=["cases:submit"], days=1)
    return {"Authorization": f"Bearer {secret}"}


def test_pages_of_the_list_hold_every_service_once(client: Client) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = get(client, "/services", cursor=cursor, limit=1).json()
        seen += [each["slug"] for each in page["items"]]
        cursor = page["next"]
    assert seen == [each.slug for each in running.current().listed]


@pytest.mark.parametrize("q", ["surat usaha", "sku", "usha"])
def test_search_finds_by_the_words_that_people_use(client: Client, q: str) -> None:
    found = get(client, "/services", q=q).json()["items"]
    assert (found[0]["slug"], found[0]["is_nearest"]) == (SLUG, False)


def test_unknown_cursor_is_named(client: Client) -> None:
    answer = get(client, "/services", cursor="nothing")
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (422, "cursor")


def test_service_says_cost_time_and_whether_one_must_come(client: Client) -> None:
    found = get(client, f"/services/{SLUG}").json()
    assert [fee["amount"] for fee in found["fees"]] == [0]
    assert (found["deadline"]["amount"], found["deadline"]["unit"]) == (1, "working_days")
    assert (found["must_come"], found["is_open"]) == (False, True)
    assert "datang satu kali" in found["attendance"]
    assert "place_photo" in {each["id"] for each in found["requirements"]}


def test_form_is_a_json_schema_with_the_files_apart(client: Client) -> None:
    found = get(client, f"/services/{SLUG}/form").json()
    assert found["answers"]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["answers"]["properties"]["purpose"]["minLength"] == 1
    assert [each["id"] for each in found["uploads"]] == ["place_photo"]
    assert found["definition"] == running.current().by_slug(SLUG).content_hash


def test_prefill_is_for_who_was_proven_alone(client: Client) -> None:
    path = f"/api/v1/services/{SLUG}/prefill"
    newcomer = client.get(path, headers=bearer(make_citizen(contact="081234567899"))).json()
    assert newcomer == {"answers": {}}
    known = client.get(path, headers=bearer(make_proven_citizen())).json()["answers"]
    assert (known["name"], known["rt"]) == ("Siti Aminah", 2)


def test_review_names_every_fault_or_shows_everything_once_more(client: Client) -> None:
    path, token = f"/api/v1/services/{SLUG}/review", bearer(make_citizen())
    empty = client.post(path, {"answers": {"diary": 1}}, content_type="application/json", headers=token)
    assert empty.status_code == 422
    assert {"diary", "nik", "purpose"} <= {each["field"] for each in empty.json()["faults"]}
    examples, _ = read_examples(running.SERVICES / running.current().by_slug(SLUG).id, "")
    (ordinary,) = [each for each, _ in examples if each.name == "ordinary"]
    sent = {"answers": dict(ordinary.answers)}
    passed = client.post(path, sent, content_type="application/json", headers=token).json()
    assert [row["field"] for row in passed["shown"]] == list(passed["answers"])
    assert [each["id"] for each in passed["uploads"]] == ["place_photo"]


def test_areas_are_those_of_the_government(client: Client) -> None:
    items = get(client, "/areas").json()["items"]
    (sawentar,) = [each for each in items if each["code"] == "35.05.10.2011"]
    assert sawentar == {
        "code": "35.05.10.2011",
        "name": "Sawentar (desa)",
        "district": "Kecamatan Kanigoro",
    }
