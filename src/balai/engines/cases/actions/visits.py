"""Visits: planned, so that the applicant knows who comes when, then reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema import Report
from balai.catalogue.schema.conditions import holds
from balai.catalogue.schema.form import is_upload
from balai.engines.cases.actions import moving
from balai.engines.cases.actions.acts import Move, StepAct, act_of, register
from balai.engines.cases.actions.letters import is_promised
from balai.engines.cases.actions.steps import open_step, perform
from balai.engines.cases.enums import CaseState, EventKind
from balai.engines.cases.errors import FileNotAsked, OpinionRefused, ReportMissing, VisitRefused
from balai.engines.cases.models import Case
from balai.engines.cases.queries import finding
from balai.engines.cases.rules import home
from balai.files import actions as files
from balai.government import current as government
from balai.kernel.dates import format_datetime
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer

FURTHEST = timedelta(days=366)
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Found:
    """What was found: stored answers to the report's questions, staged files by question, and words."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    note: str = ""


@register
class Visit(StepAct):
    """Somebody goes and looks. `facts` is a Found."""

    code = "visit"
    # At the applicant's home also after the decision, when the letter is brought along.
    states = frozenset(
        {
            *(CaseState.SUBMITTED, CaseState.APPROVED, CaseState.ISSUED),
            *(CaseState.READY, CaseState.REPLACING),
        }
    )
    event = EventKind.VISITED
    waiting_label = _("Menunggu kunjungan petugas")
    done_text = _("Petugas sudah datang meninjau.")
    informs = True

    def told(self, move: Move) -> str | Promise:
        """Where she was."""
        if move.step.step_id == home.STEP.id:
            return _("Petugas sudah datang ke rumah pemohon.")
        return self.done_text

    def perform(self, move: Move) -> bool:
        """Raises ReportMissing, FileNotAsked, OpinionRefused (a note that cannot be kept), FileRefused.

        False while an approved letter is made: what follows opens when it is out (`turns.letter_published`).
        """
        found: Found = move.facts
        report = report_of(move)
        uploads = {name: [str(each) for each in ids] for name, ids in found.uploads.items() if ids}
        if report is not None:
            _require_photos(report, found.answers, uploads, finding.filed_on(move.case))
        elif uploads or found.answers:
            raise FileNotAsked()
        try:
            note = clean_text(found.note, multiline=True)[:LONGEST_NOTE]
        except ValueRefused:
            raise OpinionRefused() from None
        sent = [UUID(each) for ids in uploads.values() for each in ids]
        if sent:
            files.attach(by=move.by.as_actor(), ids=sent, to=move.case.as_subject())
        move.step.report = {"answers": dict(found.answers), "uploads": uploads}
        move.step.note = note or None
        move.step.save(update_fields=["report", "note"])
        return not (move.case.state == CaseState.APPROVED and is_promised(move.case, move.service))


def report_of(move: Move) -> Report | None:
    """The form of this visit, where its definition names one."""
    planned = next((step for step in move.service.step if step.id == move.step.step_id), None)
    return move.service.report_of(planned.report) if planned is not None and planned.report else None


def _require_photos(
    report: Report, answers: Mapping[str, Any], uploads: Mapping[str, Sequence[str]], day: Any
) -> None:
    asked = {
        spec.id: spec
        for page in report.page
        for spec in page.field
        if is_upload(spec) and holds((*page.when, *spec.when), answers, day)
    }
    if any(name not in asked or len(ids) > (asked[name].max or 1) for name, ids in uploads.items()):
        raise FileNotAsked()
    missing = [spec for name, spec in asked.items() if spec.required and name not in uploads]
    if missing:
        titles = ", ".join(spec.label for spec in missing)
        raise ReportMissing(fields=tuple(spec.id for spec in missing), titles=titles)


@write_transaction(locks="case")
def plan_visit(*, by: Officer, case: Case, planned_at: datetime, step_id: str = "") -> Case:
    """Say when somebody comes; the applicant is told, also when it is put off.

    VisitRefused (a time gone by, or more than a year ahead), NotYourStep, Overtaken, NotNow.
    """
    case, at = lock(case), clock.now()
    step = open_step(by, case, act_of("visit"), step_id)
    if not at < planned_at <= at + FURTHEST:
        raise VisitRefused()
    if step.planned_at == planned_at:
        return case
    step.planned_at = planned_at
    step.save(update_fields=["planned_at"])
    told = case.events.filter(kind=EventKind.PLANNED).count()
    when = format_datetime(planned_at, government().tzinfo)
    text = _("Petugas akan datang %(when)s.") % {"when": when}
    data = {"step": step.step_id, "at": planned_at.isoformat()}
    moving.tell(case, EventKind.PLANNED, by=by.as_actor(), at=at, text=text, data=data)
    moving.notify_applicant(case, "visit", again=told)
    moving.keep(case, at)
    return case


def report_visit(*, by: Officer, case: Case, found: Found, step_id: str = "") -> Case:
    """Write down what was found, with photos; whoever decides reads it.

    `found.answers` have passed `queries.reports.clean_report`. ReportMissing, FileNotAsked, FileRefused,
    NotYourStep, Overtaken, NotNow.
    """
    return _report(by=by, case=case, found=found, step_id=step_id)


@write_transaction(locks=("case", "letter", "turn", "upload", "number"))
def _report(*, by: Officer, case: Case, found: Found, step_id: str) -> Case:
    return perform(by=by, case=case, act="visit", facts=found, step_id=step_id)
