"""Notices of disruption: written by who may, shown while they hold, journalled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client

from balai.audit.models import Entry
from balai.catalogue import actions, queries, running
from balai.catalogue.errors import DisruptionBackwards, DisruptionEmpty, DisruptionOver, DisruptionPast
from balai.catalogue.models import Disruption
from balai.catalogue.permissions import ANNOUNCE
from balai.people.tests.factories import make_officer
from balai.runtime import clock
from balai.runtime.errors import Forbidden, NotFound

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.reading(lambda: NOON):
        yield


def announce(**changes: Any) -> Disruption:
    officer = changes.pop("by", None) or make_officer(permissions=(ANNOUNCE,))
    given = {"text": "Listrik padam.", "service_ids": (), "starts_at": NOON - HOUR, "ends_at": NOON + HOUR}
    return actions.announce(by=officer, **(given | changes))


def test_notice_holds_from_beginning_to_end_and_not_beyond() -> None:
    announce()
    seen = []
    for moment in (NOON - 2 * HOUR, NOON - HOUR, NOON, NOON + HOUR):
        queries.forget_disruptions()
        with clock.reading(lambda moment=moment: moment):
            seen.append(len(queries.disruptions("village/business-statement")))
    assert seen == [0, 1, 1, 0]


def test_notice_about_one_service_does_not_concern_others() -> None:
    announce(service_ids=["village/business-statement"])
    found = [queries.disruptions(each) for each in ("village/business-statement", "elsewhere/passport")]
    assert [len(each) for each in found] == [1, 0]
    assert len(queries.every_disruption()) == 1


def test_announcing_and_calling_off_are_journalled_and_shown_at_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    officer = make_officer(permissions=(ANNOUNCE,))
    assert queries.every_disruption() == []
    with django_capture_on_commit_callbacks(execute=True):
        disruption = announce(by=officer)
    assert queries.every_disruption() == [disruption]
    with django_capture_on_commit_callbacks(execute=True):
        actions.call_off(by=officer, disruption_id=disruption.pk)
    assert queries.every_disruption() == []
    events = Entry.objects.filter(about_id=str(disruption.pk)).order_by("pk").values_list("event", "note")
    assert list(events) == [
        ("catalogue.disruption_announced", "Listrik padam."),
        ("catalogue.disruption_called_off", ""),
    ]


def test_notice_costs_no_statement_once_it_is_read(django_assert_num_queries: Any) -> None:
    announce()
    queries.every_disruption()
    with django_assert_num_queries(0):
        queries.disruptions("village/business-statement")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"text": " \n "}, DisruptionEmpty),
        ({"ends_at": NOON - HOUR}, DisruptionBackwards),
        ({"starts_at": NOON - 3 * HOUR, "ends_at": NOON}, DisruptionPast),
        ({"service_ids": ["village/nothing"]}, NotFound),
    ],
)
def test_nonsense_is_refused_with_a_sentence(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        announce(**changes)
    assert Disruption.objects.count() == 0


def test_announcing_needs_the_permission() -> None:
    with pytest.raises(Forbidden):
        announce(by=make_officer())


def test_calling_off_needs_the_permission() -> None:
    disruption = announce()
    with pytest.raises(Forbidden):
        actions.call_off(by=make_officer(), disruption_id=disruption.pk)


def test_what_is_over_or_unknown_is_not_called_off() -> None:
    officer = make_officer(permissions=(ANNOUNCE,))
    disruption = announce(by=officer)
    actions.call_off(by=officer, disruption_id=disruption.pk)
    for disruption_id in (disruption.pk, uuid4()):
        with pytest.raises(DisruptionOver):
            actions.call_off(by=officer, disruption_id=disruption_id)


def test_database_refuses_an_end_before_the_beginning() -> None:
    with pytest.raises(IntegrityError):
        Disruption.objects.create(text="x", starts_at=NOON, ends_at=NOON, written_by="x", created_at=NOON)


def test_api_says_it_while_it_holds(client: Client) -> None:
    service = running.current().by_slug("surat-keterangan-usaha")
    announce(service_ids=[service.id])
    said = {
        "text": "Listrik padam.",
        "services": [service.slug],
        "starts_at": "2026-11-23T04:00:00Z",
        "ends_at": "2026-11-23T06:00:00Z",
    }
    assert client.get("/api/v1/disruptions").json() == {"items": [said]}
    assert client.get(f"/api/v1/services/{service.slug}").json()["disruptions"] == [said]
    assert client.get("/api/v1/services/paspor").json()["disruptions"] == []


def test_text_that_cannot_be_kept_is_asked_for_again() -> None:
    with pytest.raises(DisruptionEmpty):
        announce(text="Listrik\x00padam")
