"""Reports of the furnished demo town: in the sources' proportions, told once, never against visitors."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from balai.audit.models import Entry
from balai.demo.engines import reports as telling
from balai.demo.tests.furnishing import furnish
from balai.demo.town.cast import cast, guests, residents
from balai.demo.town.told import read
from balai.engines.reports import actions
from balai.engines.reports.queries import finding, reading
from balai.kernel.references import Actor
from balai.people.contacts import parse_contact
from balai.people.models import Citizen
from balai.work.models import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]

SHARES = {
    "closed": 7,
    "resolved": 2,
    "working": 9,
    "waiting": 2,
    "assigned": 9,
    "received": 5,
    "forwarded": 2,
    "rejected": 1,
    "joined": 1,
}


def seed() -> None:
    furnish("reports")


def told() -> dict[str, Any]:
    """Every invented report as it stands, by key."""
    keys = (*read(telling.BOOK), *cast().report)
    ids = {each.key: telling.told_before(each) for each in keys}
    return {key: finding.report_by_id(id) for key, id in ids.items() if id is not None}


def test_reports_stand_at_every_stage_in_the_shares_of_a_published_list() -> None:
    reports = told()
    assert Counter(report.state for report in reports.values()) == SHARES
    roads = [each for each in reports.values() if each.category == "jalan-rusak" and each.state != "joined"]
    assert Counter(each.road_status for each in roads) == {"local": 2, "provincial": 1, "village": 1}


def test_reports_show_what_a_visitor_should_find() -> None:
    reports = told()
    assert reports["lubang-sekolah"].voices == 13
    assert (reports["lubang-sekolah"].reopened, reports["lubang-sekolah"].has_hazard_sign) == (1, True)
    assert reports["dimintai-uang"].kind == "whistle"
    assert reports["upah-kurang"].visibility == "secret"
    assert Clock.objects.filter(subject_id=str(reports["air-kecil"].pk), state="running").exists()


def test_first_guest_has_a_report_with_a_question_of_her_own() -> None:
    siti = Citizen.objects.get(contact_hash=_contact_of(0))
    assert guests()[0] == residents()[0]
    assert [(each.is_first, each.report.state) for each in reading.voices_of(siti)] == [(True, "waiting")]


def _contact_of(number: int) -> str:

    return parse_contact(residents()[number].phone).hash


def test_seeding_twice_is_seeding_once() -> None:
    before = (Counter(each.state for each in told().values()), Entry.objects.count())
    seed()
    assert (Counter(each.state for each in told().values()), Entry.objects.count()) == before


def test_seeding_leaves_alone_what_visitors_did() -> None:
    report = told()["usul-trotoar"]
    actions.withdraw(by=Actor("citizen", "", "Warga"), report=report)
    seed()
    assert told()["usul-trotoar"].state == "withdrawn"
