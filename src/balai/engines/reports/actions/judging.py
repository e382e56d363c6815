"""The last word is the citizens': what they say of a repair, what silence means, and who looks again."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from balai.engines.reports.actions import keeping, moving
from balai.engines.reports.actions.filing import attach
from balai.engines.reports.actions.moving import COMPLETE, RECHECK
from balai.engines.reports.enums import ClockName, EventKind, EvidenceRole, ReportKind, ReportState, Verdict
from balai.engines.reports.errors import Moved, VerdictTaken
from balai.engines.reports.models import Event, Judgement, Report, Voice
from balai.engines.reports.queries import definitions, reading
from balai.engines.reports.rules import access
from balai.engines.reports.rules.endings import Ending
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work
from balai.work import queries as items

if TYPE_CHECKING:
    from balai.people.models import Officer

JOINED_NEEDED = 3
"""So many who joined must say that it is not done before that opens a report whose filer is silent."""
MOST_AT_ONCE = 200


@write_transaction(locks=("report", "upload"))
def judge(
    *,
    by: Actor,
    voice: Voice,
    verdict: Verdict,
    note: str = "",
    uploads: Sequence[UUID] = (),
    owner: Subject | None = None,
) -> Report:
    """What somebody behind the report says of the repair: done closes it, partly or not opens it again.

    The filer's word counts at once, also after silence; of those who joined, three must agree that it is
    not done. Whose report was joined to another judges that one, as one who joined. What she notes is for
    officers. Raises Moved (nothing to judge), VerdictTaken, FileRefused.
    """
    report, at, note = lock(reading.followed(voice)), clock.now(), note.strip()[:500]
    is_filer = voice.is_first and voice.report_id == report.pk
    moving.require_state(report, ReportState.RESOLVED, ReportState.UNCONFIRMED)
    if Judgement.objects.filter(voice=voice, round=report.reopened).exists():
        raise VerdictTaken()
    Judgement.objects.create(
        report=report, voice=voice, round=report.reopened, verdict=verdict, note=note, at=at
    )
    attach(report, uploads, EvidenceRole.DISPUTE, by=by, at=at, owner=owner, is_looked_at=False)
    words = str(Verdict(verdict).label)
    moving.tell(report, EventKind.VERDICT, by=by, at=at, text=words, data={"verdict": str(verdict)})
    if note:
        told = {"at": at, "office_code": report.office_code, "text": note}
        Event.objects.create(report=report, kind=EventKind.VERDICT, public=False, **told)
    if verdict == Verdict.DONE and is_filer:
        _close(report, by, at)
    elif verdict != Verdict.DONE and (is_filer or _joined_disagree(report)):
        _open_again(report, by, at, text=_("Dibuka lagi karena pelapor menilai belum beres."))
    return report


def _joined_disagree(report: Report) -> bool:
    said = Judgement.objects.filter(report=report, round=report.reopened).exclude(verdict=Verdict.DONE)
    return said.count() >= JOINED_NEEDED


def _close(report: Report, by: Actor, at: datetime) -> None:
    moving.enter(report, ReportState.CLOSED, at)
    moving.keep(report, at)
    keeping.mark_confirmed(report)
    moving.tell(report, EventKind.CLOSED, by=by, at=at, text=_("Selesai: dibenarkan pelapor."))
    _owe_draw(report)


def _owe_draw(report: Report) -> None:
    """Chance decides later, outside, whether somebody looks again; once for each repair."""
    enqueue("reports.draw_recheck", key=f"{report.pk}:{report.reopened}", report_id=report.pk)


def _open_again(report: Report, by: Actor, at: datetime, *, text: str) -> None:
    """The work begins anew, on a new round of its clock, at the office that called it done."""
    moving.enter(report, ReportState.WORKING, at)
    report.reopened += 1
    report.stage = ""
    moving.keep(report, at)
    keeping.mark_reopened(report)
    moving.restart_clock(report, ClockName.COMPLETION, by=by, at=at)
    work.cancel_items(by=by, subject=report.as_subject(), outcome="reopened", at=at)
    due_at = moving.due_of(report, ClockName.COMPLETION, at)
    moving.open_item(report, COMPLETE, by=by, at=at, due_at=due_at)
    moving.tell(report, EventKind.REOPENED, by=by, at=at, text=text)
    moving.tell_voices(report, "reopened", mark=str(report.version))


def close_silent(*, at: datetime | None = None) -> int:
    """Reports whose reporters stayed silent long enough are over, unconfirmed; how many. Run by the worker.

    Silence closes as *unconfirmed*, never as *solved*. Some of them, by chance, are looked at again.
    """
    at = at or clock.now()
    waiting = Report.objects.filter(state=ReportState.RESOLVED, resolved_at__lt=at).order_by("resolved_at")
    return sum(_close_silent(row, at) for row in waiting[:MOST_AT_ONCE])


@write_transaction(locks="report")
def _close_silent(row: Report, at: datetime) -> bool:
    report = lock(row)
    patience = moving.patience_for(report)
    if report.state != ReportState.RESOLVED or report.resolved_at is None or patience is None:
        return False
    if moving.term_end(report, patience.verdict, report.resolved_at) > at:
        return False
    moving.enter(report, ReportState.UNCONFIRMED, at)
    moving.keep(report, at)
    keeping.mark_unconfirmed(report)
    text = _("Ditutup tanpa penilaian pelapor. Pelapor masih dapat menilai.")
    moving.tell(report, EventKind.CLOSED, by=SYSTEM, at=at, text=text, automatic=True)
    _owe_draw(report)
    return True


@write_transaction(locks="report")
def draw_recheck(
    *, report: Report, chance: Callable[[], float] = random.random, at: datetime | None = None
) -> bool:
    """Perhaps let an inspector look at a repair again; whether this one was drawn. Once, if called again.

    What the inspectorate itself has finished is for no inspector of repairs.
    `chance` gives a number from 0 to below 1; the share is the government's `recheck_percent`.
    """
    if chance() * 100 >= definitions.current().here.recheck_percent:
        return False
    report, at = lock(report), at or clock.now()
    is_over = report.state in (ReportState.UNCONFIRMED, ReportState.CLOSED)
    if not is_over or report.kind == ReportKind.WHISTLE or items.items_of(report.as_subject()):
        return False
    due_at = moving.due_of(report, ClockName.COMPLETION, at)
    moving.open_item(report, RECHECK, by=SYSTEM, at=at, due_at=due_at, office=report.reception_code)
    return True


@write_transaction(locks=("report", "upload"))
def recheck(*, by: Officer, report: Report, is_done: bool, note: str, uploads: Sequence[UUID] = ()) -> Report:
    """What the inspector found: it stands, or the work begins anew. Raises NotYourReport, Moved."""
    report, at = lock(report), clock.now()
    access.require_recheck(by, report)
    moving.require_state(report, ReportState.UNCONFIRMED, ReportState.CLOSED)
    actor = by.as_actor()
    attach(report, uploads, EvidenceRole.RECHECK, by=actor, at=at)
    work.close_item(by=actor, subject=report.as_subject(), kind=RECHECK, outcome="done", at=at)
    found = (
        _("Diperiksa ulang: pekerjaan benar selesai.") if is_done else _("Diperiksa ulang: belum selesai.")
    )
    text = f"{found} {note.strip()}".strip()
    moving.tell(report, EventKind.RECHECKED, by=actor, at=at, text=text, data={"is_done": is_done})
    if is_done:
        Report.objects.filter(pk=report.pk).update(updated_at=at, version=F("version") + 1)
    else:
        _open_again(report, actor, at, text=_("Dibuka lagi setelah pemeriksaan ulang."))
    return report


@write_transaction(locks="report")
def withdraw(*, by: Actor, report: Report) -> Report:
    """The filer takes it back while nobody has called it done; others' voices keep it open.

    The caller has asked whether she filed it. Raises Moved.
    """
    report, at = lock(report), clock.now()
    if report.voices > 1:
        raise Moved(state=_("warga lain sudah ikut melapor"))
    moving.enter(report, ReportState.WITHDRAWN, at)
    work.cancel_items(by=by, subject=report.as_subject(), outcome="withdrawn", at=at)
    keeping.stop(report, by=by, at=at, ending=Ending.LAID_ASIDE)
    moving.keep(report, at)
    moving.tell(report, EventKind.WITHDRAWN, by=by, at=at, text=_("Laporan ditarik oleh pelapor."))
    return report
