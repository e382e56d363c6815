"""The reception routes, refuses, joins, splits; and only the reception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from balai.audit.models import Entry
from balai.engines.reports import actions
from balai.engines.reports.actions.filing import NOBODY, Who
from balai.engines.reports.enums import ReportState
from balai.engines.reports.errors import Moved, NoSuchOffice, NotTogether, NotYourReport, ReasonUnknown
from balai.engines.reports.models import Event, Report, Voice
from balai.engines.reports.queries import finding
from balai.engines.reports.tests import factories as make
from balai.runtime.errors import NotFound
from balai.work import queries as work


def test_routing_stops_the_first_clock_and_starts_those_of_the_agency(town: make.Town) -> None:
    report = make.assigned(town)
    subject = report.as_subject()
    states = {name: getattr(work.clock_of(subject, name), "state", None) for name in _CLOCKS}
    assert states == {"acknowledge": "stopped", "first_response": "running", "completion": "running"}
    assert [(item.kind, item.office_code) for item in work.items_of(subject)] == [("respond", make.ROADS)]
    assert finding.report_by_number(report.number).pk == report.pk


_CLOCKS = ("acknowledge", "first_response", "completion")


def test_the_agency_may_hand_it_on_and_what_is_left_of_the_clock_goes_along(town: make.Town) -> None:
    report = make.assigned(town)
    before = work.clock_of(report.as_subject(), "first_response")
    actions.assign(by=town.roads, report=report, office_code=make.OTHER)
    after = work.clock_of(report.as_subject(), "first_response")
    assert before is not None and after is not None
    assert (after.due_at, after.office_code) == (before.due_at, make.OTHER)
    with pytest.raises(NotYourReport):
        actions.assign(by=town.roads, report=report, office_code=make.ROADS)


def test_what_is_handed_on_late_is_due_when_its_clock_is(town: make.Town, frozen_clock: Callable) -> None:
    begun = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    frozen_clock(begun)
    report = make.assigned(town)
    frozen_clock(begun + timedelta(days=3))
    actions.assign(by=town.roads, report=report, office_code=make.OTHER)
    clock = work.clock_of(report.as_subject(), "first_response")
    assert clock is not None
    assert [item.due_at for item in work.items_of(report.as_subject())] == [clock.due_at]


@pytest.mark.parametrize("office", ["tidak-ada", ""])
def test_nobody_routes_to_an_office_that_is_not_there(town: make.Town, office: str) -> None:
    report = make.send().report
    with pytest.raises(NoSuchOffice):
        actions.assign(by=town.receiver, report=report, office_code=office)
    assert Report.objects.get().state == ReportState.RECEIVED


@pytest.mark.parametrize("act", [actions.reject, actions.archive])
def test_refusing_is_the_receptions_and_needs_a_reason_from_the_list(town: make.Town, act) -> None:
    report = make.send().report
    with pytest.raises(NotYourReport):
        act(by=town.roads, report=report, reason="unclear")
    with pytest.raises(ReasonUnknown):
        act(by=town.receiver, report=report, reason="sebal")
    assert Report.objects.get().state == ReportState.RECEIVED


def test_a_refusal_says_why_and_ends_what_is_owed(town: make.Town) -> None:
    report = actions.reject(
        by=town.receiver, report=make.assigned(town), reason="private-matter", note="Salam."
    )
    assert (report.state, report.closed_at is not None) == (ReportState.REJECTED, True)
    last = Event.objects.filter(report=report).latest("id")
    assert last.text.startswith("Hal ini urusan antarwarga.") and last.text.endswith("Salam.")
    assert not work.items_of(report.as_subject())


def test_two_reports_of_one_hole_become_one(town: make.Town) -> None:
    one, other = make.assigned(town), make.send(citizen=town.budi).report
    actions.join(by=NOBODY, report=other, who=Who(), device="x")
    other.refresh_from_db()
    merged = actions.merge(by=town.receiver, report=other, into=one)
    other.refresh_from_db()
    assert (merged.pk, merged.voices, other.state, other.parent_id) == (one.pk, 3, "joined", one.pk)
    assert not work.items_of(other.as_subject())
    assert Voice.objects.filter(report=other).count() == 2


@pytest.mark.parametrize("how", ["itself", "secret", "over"])
def test_what_can_not_be_one_is_refused(town: make.Town, how: str) -> None:
    report = make.send().report
    into = {"itself": report, "secret": make.send(secret=True).report}.get(how) or make.send().report
    if how == "over":
        into = actions.reject(by=town.receiver, report=into, reason="private-matter")
    with pytest.raises(NotTogether):
        actions.merge(by=town.receiver, report=report, into=into)
    report.refresh_from_db()
    assert (report.state, report.parent_id) == (ReportState.RECEIVED, None)


def test_a_wrong_merge_is_taken_apart(town: make.Town) -> None:
    one, other = make.assigned(town), make.send().report
    actions.merge(by=town.receiver, report=other, into=one)
    again = actions.separate(by=town.receiver, report=other)
    one.refresh_from_db()
    assert (again.state, again.parent_id, one.voices) == (ReportState.RECEIVED, None, 1)
    assert [item.kind for item in work.items_of(again.as_subject())] == ["triage"]


def test_two_matters_in_one_report_get_a_part_with_its_own_clock(town: make.Town) -> None:
    receipt = make.send(who=make.PHONE)
    part = actions.split(
        by=town.receiver,
        report=receipt.report,
        category=make.HOLE,
        text="Selokannya juga tersumbat.",
        office_code=make.OTHER,
    )
    assert (part.parent_id, part.relation, part.office_code) == (receipt.report.pk, "part", make.OTHER)
    assert work.clock_of(part.as_subject(), "first_response") is not None
    assert finding.voice_by_pin(part.number, receipt.pin).report.pk == part.pk


def test_what_is_not_ours_goes_to_its_body_and_comes_back(town: make.Town) -> None:
    report = make.assigned(town)
    sent = actions.forward_out(by=town.roads, report=report, body="province-roads", reference="P-77")
    assert (sent.state, sent.body_reference) == (ReportState.FORWARDED, "P-77")
    waiting = work.clock_of(report.as_subject(), "completion")
    assert waiting is not None and waiting.state == "paused"
    back = actions.come_back(by=town.receiver, report=sent, office_code=make.ROADS)
    running = work.clock_of(report.as_subject(), "completion")
    assert running is not None and (back.state, running.state) == (ReportState.ASSIGNED, "running")


def test_forwarding_to_an_unknown_body_is_refused(town: make.Town) -> None:
    with pytest.raises(NoSuchOffice):
        actions.forward_out(by=town.receiver, report=make.send().report, body="nobody")


def test_a_report_that_was_taken_by_a_colleague_says_where_it_is_now(town: make.Town) -> None:
    report = make.resolved(town)
    with pytest.raises(Moved) as refused:
        actions.assign(by=town.receiver, report=report, office_code=make.ROADS)
    assert "Dinyatakan selesai" in refused.value.sentence


def test_editing_changes_what_is_read_and_keeps_what_was_said(town: make.Town) -> None:
    report = make.assigned(town)
    actions.edit_public(by=town.receiver, report=report, text="Jalan berlubang di depan sekolah.")
    found = Report.objects.get()
    assert (found.public_text, found.words.clear) == ("Jalan berlubang di depan sekolah.", make.TEXT)
    assert not Event.objects.get(kind="edited").public


def test_identity_is_read_by_the_reception_with_a_purpose_and_journalled(town: make.Town) -> None:
    voice = make.filer(make.assigned(town, who=make.PHONE))
    with pytest.raises(NotYourReport):
        actions.identify(by=town.roads, voice=voice, purpose="ingin tahu")
    with pytest.raises(NotYourReport):
        actions.identify(by=town.receiver, voice=voice, purpose=" ")
    found = actions.identify(by=town.receiver, voice=voice, purpose="Menanyakan letak")
    assert found is not None and found.contact.clear == "+6281234567877"
    read = Entry.objects.filter(about_label="reports.identity")
    assert [(entry.note, entry.by_id) for entry in read] == [("Menanyakan letak", str(town.receiver.pk))]


def test_other_agencies_do_not_see_it(town: make.Town) -> None:
    report = make.assigned(town)
    assert finding.report_for_officer(town.roads, report.pk).pk == report.pk
    for officer in (town.other, town.auditor):
        with pytest.raises(NotFound):
            finding.report_for_officer(officer, report.pk)
