"""What the reception does with what came in: route, refuse, join, split, hand to another body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from balai.engines.reports.actions import calling, keeping, moving
from balai.engines.reports.actions.filing import index
from balai.engines.reports.actions.moving import RESPOND, TRIAGE
from balai.engines.reports.enums import (
    OPEN,
    OVER,
    ClockName,
    EventKind,
    Relation,
    ReportKind,
    ReportState,
    Visibility,
)
from balai.engines.reports.errors import NoSuchOffice, NotTogether, ReasonUnknown
from balai.engines.reports.models import Evidence, Report, SearchText, Voice
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import access, numbers
from balai.engines.reports.rules.categories import Category
from balai.engines.reports.rules.endings import Ending
from balai.engines.reports.rules.searching import plain
from balai.kernel.case_number import make_case_number
from balai.kernel.references import Actor
from balai.kernel.uuid7 import uuid7
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Officer


@write_transaction(locks="report")
def assign(*, by: Officer, report: Report, office_code: str, note: str = "", why: str = "") -> Report:
    """Hand the report to the office in charge; its clocks go on there, with what is left of them.

    By the reception, or by the office in charge to another one. `why` is the route's reason, shown to
    everybody; `note` is for colleagues. Raises NotYourReport, NoSuchOffice, Moved.
    """
    report, at = lock(report), clock.now()
    if not access.may_handle(by, report):
        access.require_triage(by, report)
    office = region.office(office_code)
    if office is None or not office.is_current or report.kind == ReportKind.WHISTLE:
        raise NoSuchOffice()
    was_over = report.state in OVER
    moving.enter(report, ReportState.ASSIGNED, at)
    report.office_code, report.assigned_at = office_code, at
    report.reason = ""
    actor = by.as_actor()
    work.cancel_items(by=actor, subject=report.as_subject(), outcome="assigned", at=at)
    _move_clocks(report, actor, at, was_over=was_over)
    due_at = moving.promised_by(report, ClockName.FIRST_RESPONSE, at)
    moving.open_item(report, RESPOND, by=actor, at=at, due_at=due_at)
    moving.keep(report, at)
    text = _("Diteruskan kepada %(office)s.") % {"office": office.name}
    text = f"{text} {why}" if why else text
    moving.tell(
        report, EventKind.ASSIGNED, by=actor, at=at, text=text, note=note, data={"office": office_code}
    )
    moving.tell_voices(report, "assigned", mark=str(report.version))
    calling.call_office(report, by=actor)
    return report


def _move_clocks(report: Report, by: Actor, at: datetime, *, was_over: bool) -> None:
    """The check is done; what runs goes on by the new office's calendar, what begins there begins.

    An office that gets what another has answered owes a first response of its own.
    """
    subject = report.as_subject()
    work.resume_clock(by=by, subject=subject, at=at)
    if was_over:
        moving.start_clocks(report, "filed", by=by, at=at)
    ending = Ending.EXCUSED if was_over else Ending.KEPT
    keeping.stop(report, by=by, at=at, ending=ending, names=(ClockName.ACKNOWLEDGE,))
    for name in (ClockName.FIRST_RESPONSE, ClockName.COMPLETION):
        work.move_clock(by=by, subject=subject, name=name, office_code=report.office_code, at=at)
    moving.start_clocks(report, "assigned", by=by, at=at)


@write_transaction(locks="report")
def reject(*, by: Officer, report: Report, reason: str, note: str = "") -> Report:
    """Nothing can be done here, and the reporter reads why. Raises NotYourReport, ReasonUnknown, Moved."""
    return _lay_aside(by, report, ReportState.REJECTED, EventKind.REJECTED, reason, note)


@write_transaction(locks="report")
def archive(*, by: Officer, report: Report, reason: str, note: str = "") -> Report:
    """Too vague, not a report, said elsewhere: kept, but nobody works on it. Raises as `reject`."""
    return _lay_aside(by, report, ReportState.ARCHIVED, EventKind.ARCHIVED, reason, note)


def _lay_aside(
    by: Officer, report: Report, state: ReportState, kind: EventKind, reason: str, note: str
) -> Report:
    report, at = lock(report), clock.now()
    access.require_triage(by, report)
    known = definitions.current().reasons
    listed = known.reject if state == ReportState.REJECTED else known.archive
    words = next((each for each in listed if each.code == reason), None)
    if words is None:
        raise ReasonUnknown()
    moving.enter(report, state, at)
    report.reason = reason
    end_work(report, by.as_actor(), at, outcome=state, ending=Ending.LAID_ASIDE)
    moving.keep(report, at)
    text = f"{words.text} {note}".strip()
    moving.tell(report, kind, by=by.as_actor(), at=at, text=text, data={"reason": reason})
    moving.tell_voices(report, state, mark=str(report.version))
    return report


def end_work(report: Report, by: Actor, at: datetime, *, outcome: str, ending: Ending) -> None:
    """Nobody owes anything any more: items go, clocks stop."""
    work.cancel_items(by=by, subject=report.as_subject(), outcome=outcome, at=at)
    keeping.stop(report, by=by, at=at, ending=ending)


@write_transaction(locks="report")
def merge(*, by: Officer, report: Report, into: Report) -> Report:
    """The same trouble reported twice: its voices go over, and follow the other from now on.

    Raises NotYourReport, NotTogether (secret, over, itself joined), Moved.
    """
    locked = {each.pk: each for each in lock(Report.objects.filter(pk__in=[report.pk, into.pk]))}
    report, into, at = locked[report.pk], locked.get(into.pk, into), clock.now()
    access.require_triage(by, report)
    access.require_triage(by, into)
    if (
        report.pk in (into.pk, into.parent_id)
        or into.state not in OPEN
        or Visibility.SECRET in (report.visibility, into.visibility)
    ):
        raise NotTogether()
    moving.enter(report, ReportState.JOINED, at)
    report.parent, report.relation = into, Relation.DUPLICATE
    end_work(report, by.as_actor(), at, outcome="merged", ending=Ending.EXCUSED)
    gone_over, report.voices = report.voices, Voice.objects.filter(report=report).count()
    moving.keep(report, at)
    # What hangs on what is joined hangs on what it is joined to, with the voices that it counts for.
    Report.objects.filter(parent=report).update(parent=into)
    Report.objects.filter(pk=into.pk).update(voices=F("voices") + gone_over, updated_at=at)
    into.refresh_from_db()
    told = {"number": into.number}
    moving.tell(
        report,
        EventKind.MERGED,
        by=by.as_actor(),
        at=at,
        text=_("Digabung dengan laporan %(number)s tentang hal yang sama.") % told,
    )
    moving.tell(
        into,
        EventKind.MERGED,
        by=by.as_actor(),
        at=at,
        text=_("Laporan %(number)s tentang hal yang sama digabung ke sini.") % {"number": report.number},
    )
    moving.tell_voices(report, "merged", mark=str(report.version))
    return into


@write_transaction(locks="report")
def separate(*, by: Officer, report: Report) -> Report:
    """A merge was wrong: the report runs again by itself, on new clocks."""
    report, at = lock(report), clock.now()
    access.require_triage(by, report)
    parent = report.parent
    moving.enter(report, ReportState.RECEIVED, at)
    report.parent, report.relation = None, ""
    report.office_code, report.assigned_at = report.reception_code, None
    moving.keep(report, at)
    if parent is not None:
        Report.objects.filter(pk=parent.pk).update(voices=F("voices") - report.voices)
    actor = by.as_actor()
    due_at = moving.due_of(report, ClockName.ACKNOWLEDGE, at)
    moving.start_clocks(report, "filed", by=actor, at=at)
    moving.open_item(report, TRIAGE, by=actor, at=at, due_at=due_at)
    moving.tell(report, EventKind.SPLIT, by=actor, at=at, text=_("Berdiri sendiri lagi."))
    return report


@write_transaction(locks="report")
def split(*, by: Officer, report: Report, category: str, text: str, office_code: str = "") -> Report:
    """One report holds two matters: make a part with its own kind, office and clocks; returns the part.

    It carries the same place and reporter. What is of a secret kind is secret, and what is about officers
    goes to the inspectorate, whatever the whole is. Raises NotYourReport, CategoryUnknown, Moved.
    """
    report, at = lock(report), clock.now()
    access.require_triage(by, report)
    moving.require_state(report, *OPEN)
    kind = definitions.current().category(category)
    part = _part(report, kind, text, at)
    part.save(force_insert=True)
    _copy_voices(report, part)
    index(part)
    actor = by.as_actor()
    moving.start_clocks(part, "filed", by=actor, at=at, is_new=True)
    moving.open_item(part, TRIAGE, by=actor, at=at, due_at=moving.due_of(part, ClockName.ACKNOWLEDGE, at))
    told = {"number": report.number}
    moving.tell(part, EventKind.SPLIT, by=actor, at=at, text=_("Bagian dari laporan %(number)s.") % told)
    text = _("Sebagian dari laporan ini ditangani sendiri: %(number)s.") % {"number": part.number}
    is_told = part.visibility == report.visibility
    moving.tell(report, EventKind.SPLIT, by=actor, at=at, text=text, public=is_told)
    is_routed = bool(office_code) and part.kind != ReportKind.WHISTLE
    return assign(by=by, report=part, office_code=office_code) if is_routed else part


def _part(report: Report, kind: Category, text: str, at: datetime) -> Report:
    is_secret = kind.secret or report.visibility == Visibility.SECRET
    is_whistle = ReportKind.WHISTLE in (kind.kind, report.kind)
    office = definitions.current().here.inspectorate if is_whistle else report.reception_code
    return Report(
        id=uuid7(),
        number=_free_number(at),
        category=kind.slug,
        kind=ReportKind.WHISTLE if is_whistle else report.kind,
        title=kind.title if is_secret else numbers.title_of(text, kind.title),
        words=text,
        public_text="" if is_secret else text,
        visibility=Visibility.SECRET if is_secret else Visibility.PUBLIC,
        parent=report,
        relation=Relation.PART,
        filed_at=report.filed_at,
        updated_at=at,
        reception_code=office,
        office_code=office,
        **{name: getattr(report, name) for name in _CARRIED},
    )


def _free_number(at: datetime) -> str:
    while True:
        number = make_case_number(numbers.PREFIX, moving.local(at).year, numbers.random_digits())
        if not Report.objects.filter(number=number).exists():
            return number


_CARRIED = (
    "channel",
    "face",
    "area_code",
    "place_note",
    "lat",
    "lon",
    "cell",
    "road_name",
    "road_status",
    "in_charge_by",
    "happened_on",
)


def _copy_voices(report: Report, part: Report) -> None:
    """Whoever filed the whole is told of its part, and opens it with the PIN of the same slip's voice."""
    first = Voice.objects.get(report=report, is_first=True)
    voice = Voice(report=part, citizen=first.citizen, is_first=True, hides_name=first.hides_name, at=first.at)
    voice.pin_hash = numbers.pin_hash(part.pk, numbers.pin_of(first.pk))
    voice.save(force_insert=True)
    identity = getattr(first, "identity", None)
    if identity is not None:
        identity.pk = voice.pk
        identity.voice = voice
        identity.save(force_insert=True)


@write_transaction(locks="report")
def forward_out(*, by: Officer, report: Report, body: str, reference: str = "", note: str = "") -> Report:
    """Not ours: hand it to the body in charge, with a reference, and keep a copy (the town's clock waits).

    Raises NotYourReport, NoSuchOffice, Moved.
    """
    report, at = lock(report), clock.now()
    if not access.may_handle(by, report):
        access.require_triage(by, report)
    found = definitions.current().body(body)
    if found is None:
        raise NoSuchOffice()
    moving.enter(report, ReportState.FORWARDED, at)
    report.body, report.body_reference = body, reference[:100]
    actor = by.as_actor()
    keeping.stop(report, by=actor, at=at, ending=Ending.KEPT, names=(ClockName.ACKNOWLEDGE,))
    work.pause_clock(by=actor, subject=report.as_subject(), reason="forwarded", at=at)
    work.cancel_items(by=actor, subject=report.as_subject(), outcome="forwarded", at=at)
    moving.keep(report, at)
    text = _("Diteruskan kepada %(body)s, yang berwenang menurut %(source)s.")
    filled = text % {"body": found.name, "source": found.source}
    if reference:
        filled = f"{filled} {_('Nomor di sana: %(reference)s.') % {'reference': reference}}"
    moving.tell(report, EventKind.FORWARDED, by=actor, at=at, text=filled, note=note, data={"body": body})
    moving.tell_voices(report, "forwarded", mark=str(report.version))
    return report


@write_transaction(locks="report")
def come_back(*, by: Officer, report: Report, office_code: str, note: str = "") -> Report:
    """The other body sends it back: the clocks go on, at the office named. Raises as `assign`."""
    report, at = lock(report), clock.now()
    access.require_triage(by, report)
    moving.require_state(report, ReportState.FORWARDED)
    moving.tell(report, EventKind.RETURNED, by=by.as_actor(), at=at, text=_("Kembali dari instansi lain."))
    return assign(by=by, report=report, office_code=office_code, note=note)


@write_transaction(locks="report")
def edit_public(
    *, by: Officer, report: Report, text: str, title: str = "", shown: Sequence[str] = ()
) -> Report:
    """What everybody reads of the report, without names and insults; `shown` are the public pictures' ids.

    What the reporter wrote stays as it is. Raises NotYourReport.
    """
    report, at = lock(report), clock.now()
    access.require_triage(by, report)
    if report.visibility == Visibility.SECRET:
        raise NotTogether()
    report.public_text, report.title = text.strip(), (title.strip() or report.title)[:160]
    words = plain(report.title, report.public_text)
    SearchText.objects.filter(report=report).update(words=words)
    pictures = Evidence.objects.filter(report=report, is_picture=True)
    pictures.update(is_public=False)
    pictures.filter(upload_id__in=list(shown)).update(is_public=True)
    moving.keep(report, at)
    moving.tell(
        report,
        EventKind.EDITED,
        by=by.as_actor(),
        at=at,
        text=_("Disunting sebelum ditampilkan."),
        public=False,
    )
    return report
