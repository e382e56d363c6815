"""Reports come in once, with what is asked for, and nothing of the reporter in the open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from balai.audit.models import Entry
from balai.engines.reports import actions
from balai.engines.reports.actions import Where, Who
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import Channel, ReportKind, ReportState, Residency
from balai.engines.reports.errors import (
    AlreadyJoined,
    CategoryUnknown,
    NotJoinable,
    PhotosMissing,
    PlaceMissing,
    ReportIdRefused,
    TextMissing,
    TextTooLong,
)
from balai.engines.reports.models import Evidence, Identity, Report, Voice
from balai.engines.reports.queries import finding
from balai.engines.reports.tests import factories as make
from balai.kernel.nik import Nik
from balai.kernel.uuid7 import compose, uuid7
from balai.people.contacts import parse_contact
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.sync.errors import KeyReused
from balai.work import queries as work

FULL = Who(nik=Nik("3505105708950001"), name="Siti Aminah", contact=parse_contact("081234567877"))


def test_a_report_needs_no_account_and_waits_at_the_reception(town: make.Town) -> None:
    receipt = make.send()
    report = Report.objects.get()
    assert (report.state, report.office_code, report.is_listed) == (
        ReportState.RECEIVED,
        make.RECEPTION,
        False,
    )
    assert (receipt.number, receipt.is_repeat) == (report.number, False)
    items = work.items_of(report.as_subject())
    assert [(item.kind, item.office_code, item.permission) for item in items] == [
        ("triage", make.RECEPTION, "reports.triage")
    ]


def test_the_slip_opens_it_and_no_other_pin_does(town: make.Town) -> None:
    receipt = make.send()
    assert finding.voice_by_pin(receipt.number.lower().replace("-", " "), receipt.pin).is_first
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    with pytest.raises(NotFound):
        finding.voice_by_pin(receipt.number, wrong)


def test_the_same_form_sent_twice_is_one_report(town: make.Town) -> None:
    id = uuid7()
    uploads = [make.picture(make.Subject(make.STAGED_LABEL, str(id)))]
    first, again = make.send(id=id, uploads=uploads), make.send(id=id, uploads=uploads)
    assert (again.is_repeat, again.number, again.pin) == (True, first.number, first.pin)
    assert Report.objects.count() == 1


def test_a_form_id_used_for_another_story_is_refused(town: make.Town) -> None:
    id = uuid7()
    uploads = [make.picture(make.Subject(make.STAGED_LABEL, str(id)))]
    make.send(id=id, uploads=uploads)
    with pytest.raises(KeyReused):
        make.send(id=id, text="Cerita yang lain sama sekali tentang hal lain", uploads=uploads)
    assert Report.objects.count() == 1


def test_a_form_of_another_year_is_refused(town: make.Town) -> None:
    old = compose(int((clock.now() - timedelta(days=400)).timestamp() * 1000), 7)
    with pytest.raises(ReportIdRefused):
        make.send(id=old)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"category": "tidak-ada"}, CategoryUnknown),
        ({"text": "   "}, TextMissing),
        ({"text": "Jalan"}, TextMissing),
        ({"text": "lubang " * 1000}, TextTooLong),
        ({"where": Where()}, PlaceMissing),
        ({"where": Where(area_code=make.SAWENTAR)}, PlaceMissing),
        ({"where": Where(area_code="99.99.99.9999", note="dekat pasar")}, PlaceMissing),
        ({"photos": 0}, PhotosMissing),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(town: make.Town, change, refusal) -> None:
    with pytest.raises(refusal) as refused:
        make.send(**change)
    assert refused.value.sentence
    assert (Report.objects.count(), Voice.objects.count(), Evidence.objects.count()) == (0, 0, 0)


def test_si_koi_jantan_wants_three_photos(town: make.Town) -> None:
    with pytest.raises(PhotosMissing) as refused:
        make.send(photos=2, face="si-koi-jantan")
    assert "3 foto" in refused.value.sentence
    assert make.send(photos=3, face="si-koi-jantan").report.face == "si-koi-jantan"


def test_who_reports_stands_apart_sealed_and_nowhere_in_the_report(town: make.Town) -> None:
    receipt = make.send(who=FULL)
    identity = Identity.objects.get(voice__report=receipt.report)
    assert (identity.nik.clear, identity.name.clear) == ("3505105708950001", "Siti Aminah")
    row = Report.objects.filter(pk=receipt.report.pk).values().get()
    told = "".join(str(value) for value in row.values()) + "".join(
        f"{entry.note}{entry.data}{entry.by_name}" for entry in Entry.objects.all()
    )
    assert not any(secret in told for secret in ("3505105708950001", "Siti Aminah", "81234567877"))


def test_numbers_of_people_are_taken_out_of_what_everybody_reads(town: make.Town) -> None:
    text = "Lubang di depan rumah saya, hubungi 0812-3456-7877 atau NIK 3505105708950001 ya"
    report = make.send(text=text).report
    assert "7877" not in report.public_text and "3505" not in report.public_text
    assert report.words.clear == text


def test_a_secret_report_shows_nothing_to_everybody(town: make.Town) -> None:
    receipt = make.send(secret=True)
    actions.assign(by=town.receiver, report=receipt.report, office_code=make.ROADS)
    report = Report.objects.get()
    assert (report.public_text, report.is_listed, report.title) == ("", False, "Jalan rusak atau berlubang")
    assert not Evidence.objects.filter(is_public=True).exists()
    with pytest.raises(NotFound):
        finding.report_by_number(report.number)


def test_a_report_entered_from_a_letter_keeps_the_day_on_which_it_came(town: make.Town) -> None:
    came_at = datetime(2026, 11, 20, 3, tzinfo=UTC)
    receipt = actions.file(
        by=town.receiver.as_actor(),
        filing=actions.Filing(category=make.HOLE, text=make.TEXT, where=make.NEAR_SCHOOL),
        channel=Channel.LETTER,
        filed_at=came_at,
        channel_note="Surat RT 02 tanggal 19",
    )
    report = receipt.report
    assert (report.filed_at, report.channel, report.channel_note) == (
        came_at,
        "letter",
        "Surat RT 02 tanggal 19",
    )
    promise = work.clock_of(report.as_subject(), "acknowledge")
    assert promise is not None and promise.started_at == came_at


def test_forty_voices_are_one_report(town: make.Town) -> None:
    report = make.send().report
    for each in range(3):
        actions.join(by=NOBODY, report=report, who=Who(), device=f"hp-{each}")
    report.refresh_from_db()
    assert (report.voices, Voice.objects.filter(report=report).count()) == (4, 4)
    assert work.rounds_of(report.as_subject(), "completion").count() <= 1


def test_who_joins_has_a_slip_of_her_own(town: make.Town) -> None:
    report = make.send().report
    joined = actions.join(by=town.budi.as_actor(), report=report, who=Who(), citizen=town.budi)
    voice = finding.voice_by_pin(report.number, joined.pin)
    assert (voice.citizen_id, voice.is_first) == (town.budi.pk, False)


@pytest.mark.parametrize("by_device", [True, False])
def test_nobody_joins_twice(town: make.Town, by_device: bool) -> None:
    report = make.send().report
    how = {"device": "hp-1"} if by_device else {"citizen": town.budi}
    actions.join(by=NOBODY, report=report, who=Who(), **how)
    with pytest.raises(AlreadyJoined):
        actions.join(by=NOBODY, report=report, who=Who(), **how)
    report.refresh_from_db()
    assert report.voices == 2


def test_a_secret_report_and_one_that_is_over_take_no_more_voices(town: make.Town) -> None:
    secret = make.send(secret=True).report
    over = actions.reject(by=town.receiver, report=make.send().report, reason="private-matter")
    for report in (secret, over):
        with pytest.raises(NotJoinable):
            actions.join(by=NOBODY, report=report, who=Who())


def test_kind_can_be_chosen_but_never_whistleblowing(town: make.Town) -> None:
    assert make.send(kind=ReportKind.ASPIRATION).report.kind == "aspiration"
    assert make.send(who=Who(residency=Residency.DECLARED)).report.kind == "complaint"
