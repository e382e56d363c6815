"""GeoReport v2: what the standard asks of every answer, re-stated; and nothing that is not for everybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.engines.reports import actions
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import open311
from balai.engines.reports.tests import factories as make
from balai.engines.reports.tests import pages
from balai.engines.reports.views.open311 import keys
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.models import Account

pytestmark = pytest.mark.django_db

BASE = "/open311/v2"
SERVICE = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]
ATTRIBUTE = [
    "variable",
    "code",
    "datatype",
    "required",
    "datatype_description",
    "order",
    "description",
    "values",
]
REQUEST = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]
FILED = ["service_request_id", "service_notice", "account_id"]
NEW = {
    "service_code": make.HOLE,
    "description": make.TEXT,
    "address_string": "depan SDN Sawentar 2, Sawentar, Kanigoro",
}


def both(path: str, expected: int = 200, /, **query: str) -> tuple[ElementTree.Element, Any]:
    """The same in both forms, with the headers that the standard wants."""
    as_xml, as_json = (Client().get(f"{BASE}/{path}.{form}", query) for form in ("xml", "json"))
    return read_xml(as_xml, expected), read_json(as_json, expected)


def read_xml(answer: HttpResponse, status: int = 200) -> ElementTree.Element:
    assert (answer.status_code, answer["Content-Type"]) == (status, "text/xml; charset=utf-8"), answer.content
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer


def read_json(answer: HttpResponse, status: int = 200) -> Any:
    content_type = "application/json; charset=utf-8"
    assert (answer.status_code, answer["Content-Type"]) == (status, content_type), answer.content
    return json.loads(answer.content)


def names(element: ElementTree.Element) -> list[str]:
    return [child.tag for child in element]


def said(value: Any) -> Any:
    """A value of JSON as XML has it."""
    if isinstance(value, dict):
        return {key: said(each) for key, each in value.items()}
    if isinstance(value, list):
        return [said(each) for each in value]
    return "" if value is None else open311.plain(value)


def heard(element: ElementTree.Element, like: Any) -> Any:
    """An element in the shape of a value of JSON."""
    if isinstance(like, dict):
        return {child.tag: heard(child, like[child.tag]) for child in element}
    if isinstance(like, list):
        return [heard(child, each) for child, each in zip(element, like, strict=True)]
    return element.text or ""


def key_of(account: Account, *scopes: str) -> str:
    scopes = scopes or ("reports:write",)
    return people.issue_token(by=SYSTEM, account=account, scopes=scopes, days=1)


def send(account: Account | None, form: str = "json", status: int = 201, **more: Any) -> Any:
    key = {"api_key": key_of(account)} if account else {}
    answer = Client().post(f"{BASE}/requests.{form}", {**NEW, **key, **more})
    return read_json(answer, status) if form == "json" else read_xml(answer, status)


def test_discovery_names_the_endpoint(town: make.Town) -> None:
    tree, value = both("discovery")
    assert (tree.tag, names(tree)) == ("discovery", ["changeset", "contact", "key_service", "endpoints"])
    assert names(tree[3][0]) == ["specification", "url", "changeset", "type", "formats"]
    assert [each.text for each in tree[3][0][4]] == ["text/xml", "application/json"]
    assert value["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert heard(tree, value) == said(value)


def test_services_are_listed_and_defined(town: make.Town) -> None:
    tree, value = both("services")
    assert tree.tag == "services" and {each.tag for each in tree} == {"service"}
    assert all(names(each) == SERVICE for each in tree) and heard(tree, value) == said(value)
    assert {each["type"] for each in value} == {"realtime"} and value[0]["metadata"] is True
    assert {each["service_code"] for each in value} == set(definitions.current().offered)
    for code in definitions.current().offered:
        tree, value = both(f"services/{code}")
        assert (tree.tag, names(tree)) == ("service_definition", ["service_code", "attributes"])
        assert tree[0].text == code and all(names(each) == ATTRIBUTE for each in tree[1])
        assert {each["datatype"] for each in value["attributes"]} <= {
            "string",
            "number",
            "datetime",
            "text",
            "singlevaluelist",
            "multivaluelist",
        }
        assert [each["order"] for each in value["attributes"]] == list(range(1, len(tree[1]) + 1))
        assert all(names(choice) == ["key", "name"] for each in tree[1] for choice in each[7])
        assert heard(tree, value) == said(value)


def test_a_request_has_every_field_in_its_order(town: make.Town) -> None:
    report = make.working(town, where=make.AT_SCHOOL)
    for path in ("requests", f"requests/{report.number}"):
        tree, value = both(path)
        assert tree.tag == "service_requests" and [names(each) for each in tree] == [REQUEST]
        assert list(value[0]) == REQUEST and heard(tree, value) == said(value)
    found = value[0]
    assert (found["service_request_id"], found["status"]) == (report.number, "open")
    assert found["status_notes"] == "Sedang ditangani. Kami tinjau besok pagi."
    assert (found["service_code"], found["agency_responsible"]) == (make.HOLE, "Dinas dpupr")
    assert (found["lat"], found["long"]) == (-8.0987, 112.2010)
    for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
        assert datetime.fromisoformat(found[name]).utcoffset() is not None
    picture = found["media_url"].removeprefix("http://127.0.0.1:8000")
    assert Client().get(picture).status_code == 200


def test_a_photo_is_not_named_before_everybody_sees_it_and_xml_is_what_is_given_unasked(
    town: make.Town,
) -> None:
    make.resolved(town)
    tree = read_xml(Client().get(f"{BASE}/requests"))
    assert tree[0].find("status").text == "closed"  # type: ignore[union-attr]  # the field stands there
    assert read_xml(Client().get(f"{BASE}/services.yaml"), 404)[0][0].text == "404"


@pytest.mark.parametrize("form", ["xml", "json"])
def test_who_sends_gets_number_and_pin_at_once(town: make.Town, form: str) -> None:
    answer = send(town.siti.account, form, first_name="Siti", phone="081234567877", account_id="A7")
    told = answer[0] if form == "json" else {child.tag: child.text for child in answer[0]}
    report = Report.objects.get()
    assert list(told) == FILED
    assert (told["service_request_id"], told["account_id"]) == (report.number, "A7")
    assert "PIN " in told["service_notice"] and report.area_code == make.SAWENTAR
    assert (report.channel, report.state) == ("open311", "received")


def test_what_nobody_has_checked_is_read_by_its_sender_alone(town: make.Town) -> None:
    number = send(town.siti.account)[0]["service_request_id"]
    address = f"{BASE}/requests/{number}.json"
    assert read_json(Client().get(address), 404)[0]["code"] == 404
    for account, status in ((town.siti.account, 200), (town.budi.account, 404), (town.other.account, 404)):
        header = {"HTTP_AUTHORIZATION": f"Bearer {key_of(account)}"}
        assert Client().get(address, **header).status_code == status
    machine = send(town.other.account, media_url="https://contoh.id/1.jpg")[0]["service_request_id"]
    header = {"HTTP_AUTHORIZATION": f"Bearer {key_of(town.other.account)}"}
    assert Client().get(f"{BASE}/requests/{machine}.json", **header).status_code == 200
    assert Report.objects.get(number=machine).channel_note.endswith(" https://contoh.id/1.jpg")


def test_the_same_id_files_once_with_its_photos_and_is_the_token(town: make.Town) -> None:
    mark, key = str(make.id_of_now()), key_of(town.siti.account)
    sent = [
        read_json(
            Client().post(
                f"{BASE}/requests.json", {**NEW, "id": mark, "api_key": key, "media": [pages.photo()]}
            ),
            201,
        )
        for _ in range(2)
    ]
    assert sent[0] == sent[1] and Report.objects.count() == 1
    tree, value = both(f"tokens/{mark}")
    assert names(tree[0]) == ["service_request_id", "token"]
    assert value == [{"service_request_id": sent[0][0]["service_request_id"], "token": mark}]
    both("tokens/entah", 404)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "tidak-ada"}, 404),
        ({"description": "a"}, 400),
        ({"lat": "-8.1"}, 400),
        ({"lat": "utara", "long": "112.2"}, 400),
        ({"address_string": ""}, 400),
        ({"jurisdiction_id": "9999"}, 404),
        ({"api_key": "balai_salah"}, 403),
        ({"phone": "12"}, 400),
        ({"id": "1"}, 400),
        ({"attribute[visibility]": "friends"}, 400),
        ({"attribute[happened_on]": "kemarin"}, 400),
    ],
)
def test_a_refusal_has_the_standards_shape(town: make.Town, more: dict[str, str], status: int) -> None:
    tree, value = (
        send(town.siti.account, "xml", status, **more),
        send(town.siti.account, "json", status, **more),
    )
    assert (tree.tag, [names(each) for each in tree]) == ("errors", [["code", "description"]])
    assert heard(tree, value) == said(value) and value[0]["code"] == status
    assert Report.objects.count() == 0


def test_without_a_key_of_this_scope_nothing_is_sent(town: make.Town) -> None:
    send(None, status=403)
    other = key_of(town.siti.account, "me:read")
    assert Client().post(f"{BASE}/requests.json", {**NEW, "api_key": other}).status_code == 403
    answer = Client().delete(f"{BASE}/requests.xml")
    assert (read_xml(answer, 405).tag, answer["Allow"]) == ("errors", "GET, HEAD, POST")
    assert Client().get(f"{BASE}/nothing/at/all").status_code == 404


def test_a_key_has_its_hourly_share(town: make.Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SENT_PER_KEY", 3)
    key = key_of(town.siti.account)
    codes = {Client().post(f"{BASE}/requests.json", {"api_key": key}).status_code for _ in range(3)}
    answer = Client().post(f"{BASE}/requests.json", {"api_key": key})
    assert (codes, answer.status_code) == ({400}, 429) and int(answer["Retry-After"]) > 0


def test_requests_are_chosen_by_number_service_status_and_days(town: make.Town, frozen_clock: Any) -> None:
    frozen_clock(datetime(2026, 3, 2, 2, tzinfo=UTC))
    old = make.resolved(town)
    frozen_clock(datetime(2026, 7, 1, 2, tzinfo=UTC))
    new = make.working(town)

    def listed(**query: str) -> list[str]:
        return [each["service_request_id"] for each in both("requests", **query)[1]]

    assert listed() == [new.number]
    assert listed(start_date="2026-03-01", end_date="2026-04-01T00:00:00+07:00") == [old.number]
    assert listed(end_date="2026-04-01T00:00:00Z") == listed(start_date="2026-03-01T09:00:00 07:00")
    assert listed(updated_after="2026-01-01T00:00:00Z") == [new.number, old.number]
    assert listed(updated_before="2026-04-01", status="closed") == [old.number]
    assert listed(updated_after="2026-01-01", status="open,closed", page_size="1", page="2") == [old.number]
    assert listed(status="closed") == [] and listed(service_code="jalan") == []
    assert listed(service_request_id=f"{old.number},LAP-1") == [old.number]
    for wrong in ({"status": "x"}, {"page": "0"}, {"start_date": "x"}, {"page_size": "-1"}):
        both("requests", 400, **wrong)
    both("requests", 400, start_date="2026-01-01", end_date="2026-07-01")


def test_nothing_secret_unchecked_or_withdrawn_is_ever_listed(town: make.Town) -> None:
    secret = actions.assign(by=town.receiver, report=make.send(secret=True).report, office_code=make.ROADS)
    unchecked = make.send().report
    joined = make.send(text="Lubang yang sama di depan sekolah itu").report
    whole = make.assigned(town)
    actions.merge(by=town.receiver, report=joined, into=whole)
    hidden = [secret.number, unchecked.number, joined.number]
    assert [each["service_request_id"] for each in both("requests")[1]] == [whole.number]
    assert both("requests", service_request_id=",".join(hidden))[1] == []
    for number in hidden:
        both(f"requests/{number}", 404)


NAMES = (
    *("jurisdiction_id", "service_request_id", "service_code", "start_date", "end_date", "status"),
    *("page", "page_size", "updated_after", "updated_before", "api_key", "extensions"),
)
QUERY = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(["2026-01-01", "0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59Z", "1", "open"]),
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERY, path=st.sampled_from(["requests", "requests/x", "services", "services/x", "tokens/x"]))
def test_whatever_is_asked_is_answered_in_the_standards_words(
    town: make.Town, query: dict[str, str], path: str
) -> None:
    as_xml, as_json = (Client().get(f"{BASE}/{path}.{form}", query) for form in ("xml", "json"))
    assert as_xml.status_code == as_json.status_code in (200, 400, 404)
    value = read_json(as_json, as_json.status_code)
    assert heard(read_xml(as_xml, as_xml.status_code), value) == said(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sent=st.dictionaries(
        st.sampled_from(
            [
                *NEW,
                "lat",
                "long",
                "email",
                "phone",
                "attribute[near]",
                "id",
                "attribute[village]",
                "attribute[happened_on]",
                "first_name",
                "media_url",
                "device_id",
            ]
        ),
        st.text(max_size=40),
    )
)
def test_whatever_is_sent_is_filed_or_refused_in_words(town: make.Town, sent: dict[str, str]) -> None:
    key = key_of(town.siti.account)
    answer = Client().post(f"{BASE}/requests.json", {**NEW, **sent, "api_key": key})
    assert answer.status_code in (201, 400, 404) and isinstance(read_json(answer, answer.status_code), list)


@given(
    st.recursive(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(),
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["status", "lat", "notes"]), inner, max_size=3),
        ),
        max_leaves=8,
    )
)
def test_both_forms_say_the_same(value: Any) -> None:
    as_json = json.loads(open311.written("services", [value], open311.JSON))
    as_xml = ElementTree.fromstring(open311.written("services", [value], open311.XML))  # noqa: S314 - our own
    assert heard(as_xml, as_json) == said(as_json)


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("Jalan Raya, Desa Sawentar, Kanigoro", make.SAWENTAR),
        ("sawentar", make.SAWENTAR),
        ("entah di mana", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_village(text: str, village: str) -> None:
    from balai.engines.reports.forms.open311 import village_named  # noqa: PLC0415 (after Django is set up)

    assert village_named(text) == village
