"""What the office in charge does: answer, ask, say how far it is, and call it done with proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from balai.engines.reports.actions import keeping, moving
from balai.engines.reports.actions.filing import Taken, attach, distance_m
from balai.engines.reports.actions.moving import COMPLETE
from balai.engines.reports.enums import (
    AT_WORK,
    ClockName,
    EventKind,
    EvidenceRole,
    ReportKind,
    ReportState,
)
from balai.engines.reports.errors import (
    ProofElsewhere,
    ProofMissing,
    ReasonUnknown,
    StagePhotoMissing,
    TextMissing,
)
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions, places
from balai.engines.reports.rules import access
from balai.engines.reports.rules.endings import Ending
from balai.kernel.errors import ValueRefused
from balai.kernel.references import Actor, Subject
from balai.kernel.text import clean_text
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Officer

HAZARD_SIGN = "hazard-sign"
MOST_TOGETHER = 200


@dataclass(frozen=True)
class Proof:
    """Files that show that it is done, and where the device was; `no_place` says why that is not known."""

    uploads: Sequence[UUID] = ()
    lat: float | None = None
    lon: float | None = None
    no_place: str = ""


@write_transaction(locks="report")
def answer(*, by: Officer, report: Report, text: str) -> Report:
    """A person of the office answers in public; the first answer stops the clock of the first response.

    Raises NotYourReport, TextMissing, Moved.
    """
    return _answer(lock(report), by=by, text=_said(text), at=clock.now())


def _answer(report: Report, *, by: Officer, text: str, at: datetime) -> Report:
    access.require_handle(by, report)
    # The inspectorate has no reception before it.
    first = (ReportState.RECEIVED,) if report.kind == ReportKind.WHISTLE else ()
    moving.require_state(report, *AT_WORK, *first)
    actor = by.as_actor()
    if report.answered_at is None:
        report.answered_at = at
    _respond(report, actor, at)
    moving.keep(report, at)
    moving.tell(report, EventKind.ANSWERED, by=actor, at=at, text=text)
    moving.tell_voices(report, "answered", mark=str(report.version))
    return report


def _respond(report: Report, by: Actor, at: datetime) -> None:
    """From here on it is being worked on: one promise is kept, the next is due."""
    subject = report.as_subject()
    first = (ClockName.ACKNOWLEDGE, ClockName.FIRST_RESPONSE)
    keeping.stop(report, by=by, at=at, ending=Ending.KEPT, names=first)
    if report.state == ReportState.WORKING:
        return
    if report.state == ReportState.RECEIVED:
        moving.enter(report, ReportState.ASSIGNED, at)
        report.assigned_at = at
    moving.enter(report, ReportState.WORKING, at)
    work.cancel_items(by=by, subject=subject, outcome="answered", at=at)
    due_at = moving.promised_by(report, ClockName.COMPLETION, at)
    moving.open_item(report, COMPLETE, by=by, at=at, due_at=due_at)


@write_transaction(locks="report")
def answer_many(*, by: Officer, reports: Sequence[Report], text: str) -> list[Report]:
    """One answer for many reports of one event, all or none. Raises as `answer`."""
    said, at = _said(text), clock.now()
    rows = lock(Report.objects.filter(pk__in=[each.pk for each in reports[:MOST_TOGETHER]]))
    return [_answer(row, by=by, text=said, at=at) for row in rows]


@write_transaction(locks="report")
def ask(*, by: Officer, report: Report, text: str) -> Report:
    """Ask the reporter; the clock of completion waits for her, and not for ever. Counts as an answer.

    Raises NotYourReport, TextMissing, Moved.
    """
    report, at, said = lock(report), clock.now(), _said(text)
    access.require_handle(by, report)
    moving.require_state(report, *AT_WORK)
    actor = by.as_actor()
    if report.answered_at is None:
        report.answered_at = at
    _respond(report, actor, at)
    moving.enter(report, ReportState.WAITING, at)
    patience = moving.patience_for(report)
    until = moving.term_end(report, patience.reply, at) if patience else None
    work.pause_clock(
        by=actor,
        subject=report.as_subject(),
        reason="reporter",
        at=at,
        names=(ClockName.COMPLETION,),
        until_at=until,
    )
    moving.keep(report, at)
    moving.tell(report, EventKind.ASKED, by=actor, at=at, text=said)
    moving.tell_voices(report, "asked", mark=str(report.version))
    return report


@write_transaction(locks=("report", "upload"))
def reply(
    *, by: Actor, report: Report, text: str, uploads: Sequence[UUID] = (), owner: Subject | None = None
) -> Report:
    """The reporter answers; the clock goes on. The caller has asked whether she is behind the report.

    Raises TextMissing, Moved, FileRefused.
    """
    report, at, said = lock(report), clock.now(), _said(text)
    moving.require_state(report, ReportState.WAITING)
    attach(report, uploads, EvidenceRole.REPORTED, by=by, at=at, owner=owner, is_looked_at=False)
    work.resume_clock(by=by, subject=report.as_subject(), at=at)
    moving.enter(report, ReportState.WORKING, at)
    moving.keep(report, at)
    moving.tell(report, EventKind.REPLIED, by=by, at=at, text=said, public=False)
    return report


@write_transaction(locks=("report", "upload"))
def say_stage(*, by: Officer, report: Report, stage: str, text: str = "", proof: Proof = Proof()) -> Report:
    """Say how far it is, by a stage of its kind (such as a sign before the danger), with a photo where asked.

    Raises NotYourReport, ReasonUnknown (no such stage), StagePhotoMissing, Moved.
    """
    report, at = lock(report), clock.now()
    access.require_handle(by, report)
    moving.require_state(report, *AT_WORK)
    category = definitions.current().any_category(report.category)
    chosen = next((each for each in (category.stage if category else ()) if each.code == stage), None)
    if chosen is None:
        raise ReasonUnknown()
    if chosen.photo and not places.pictures_among(proof.uploads):
        raise StagePhotoMissing()
    actor = by.as_actor()
    attach(
        report,
        proof.uploads,
        EvidenceRole.STAGE,
        by=actor,
        at=at,
        stage=stage,
        taken=_taken_at(report, proof),
    )
    if report.answered_at is None:
        report.answered_at = at
    _respond(report, actor, at)
    report.stage = stage
    if stage == HAZARD_SIGN:
        report.hazard_sign_at = at
    moving.keep(report, at)
    words = f"{chosen.title}. {text.strip()}".strip()
    moving.tell(report, EventKind.STAGE, by=actor, at=at, text=words, data={"stage": stage})
    moving.tell_voices(report, "stage", mark=str(report.version))
    return report


@write_transaction(locks=("report", "upload"))
def resolve(*, by: Officer, report: Report, text: str, proof: Proof) -> Report:
    """Call it done, with proof; the reporter has the last word (`judging.judge`).

    A photo from elsewhere is refused unless `proof.no_place` says why it could not be taken there, which
    everybody reads. Raises NotYourReport, TextMissing, ProofMissing, ProofElsewhere, Moved.
    """
    report, at, said = lock(report), clock.now(), _said(text)
    if report.state == ReportState.FORWARDED:
        access.require_triage(by, report)
    else:
        access.require_handle(by, report)
    moving.require_state(report, *AT_WORK, ReportState.WAITING, ReportState.FORWARDED)
    # What another body has mended is no work of this town's.
    ending = Ending.EXCUSED if report.state == ReportState.FORWARDED else Ending.KEPT
    taken = _taken_at(report, proof)
    _require_proof(report, proof, taken.metres)
    actor = by.as_actor()
    attach(report, proof.uploads, EvidenceRole.PROOF, by=actor, at=at, taken=taken)
    if report.answered_at is None:
        report.answered_at = at
    if report.state == ReportState.ASSIGNED:
        _respond(report, actor, at)
    moving.enter(report, ReportState.RESOLVED, at)
    report.resolved_at = at
    is_there = taken.metres is not None and taken.metres <= definitions.current().here.same_place_m
    report.resolved_without_place = "" if is_there else proof.no_place.strip()[:200]
    keeping.stop(report, by=actor, at=at, ending=ending)
    work.close_item(by=actor, subject=report.as_subject(), outcome="resolved", at=at)
    moving.keep(report, at)
    moving.tell(report, EventKind.RESOLVED, by=actor, at=at, text=said)
    moving.tell_voices(report, "resolved", mark=str(report.version))
    return report


def _taken_at(report: Report, proof: Proof) -> Taken:
    if proof.lat is None or proof.lon is None:
        return Taken()
    return Taken(proof.lat, proof.lon, distance_m(report, proof.lat, proof.lon))


def _require_proof(report: Report, proof: Proof, metres: int | None) -> None:
    """A photo of the place, or a paper, as the kind of report asks; questions are answered by words alone."""
    category = definitions.current().any_category(report.category)
    if report.kind != ReportKind.COMPLAINT and not (category and category.proof != "any"):
        return
    wanted = category.proof if category else "any"
    pictures = places.pictures_among(proof.uploads)
    if wanted == "photo" and not pictures:
        raise ProofMissing(wanted=_("foto di tempat yang sama"))
    if not proof.uploads:
        raise ProofMissing(wanted=_("foto atau dokumen"))
    if wanted == "document" or report.lat is None or not pictures:
        return
    most = definitions.current().here.same_place_m
    if metres is None and not proof.no_place.strip():
        raise ProofMissing(wanted=_("lokasi foto, atau alasan mengapa lokasi tidak ada,"))
    if metres is not None and metres > most and not proof.no_place.strip():
        raise ProofElsewhere(distance=metres, most=most)


def _said(text: str) -> str:
    try:
        cleaned = clean_text(text, multiline=True)
    except ValueRefused:
        raise TextMissing() from None
    if not cleaned:
        raise TextMissing()
    return cleaned[:4000]
