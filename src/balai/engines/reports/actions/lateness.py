"""What the clocks have to say: a promise is broken, or a reporter was waited for long enough.

Called by `work` in the transaction that marks it as told, which holds the report (`hold`).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from balai.engines.reports.actions import calling, moving, triage
from balai.engines.reports.enums import ClockName, EventKind, ReportState
from balai.engines.reports.models import Report
from balai.engines.reports.queries.finding import report_by_id
from balai.engines.reports.rules.endings import Ending
from balai.kernel.references import SYSTEM
from balai.runtime.transaction import lock
from balai.work.subjects import ClockLate, PauseOver

ARCHIVED_FOR_SILENCE = "no-reply"


def hold(report_id: str) -> None:
    """Lock a report, so that what the worker does waits for what an officer does."""
    lock(Report.objects.filter(pk=report_id))


def promise_late(late: ClockLate) -> None:
    """A promise is broken: everybody reads it, and each level higher up is told once."""
    report = report_by_id(late.subject_id)
    if report is None:
        return
    promise = str(ClockName(late.name).label)
    if late.level == 0:
        text = _("%(promise)s lewat waktu.") % {"promise": promise}
        moving.tell(report, EventKind.LATE, by=SYSTEM, at=late.at, text=text, automatic=True)
    calling.call_late(report, level=late.level, words=_("%(promise)s lewat waktu.") % {"promise": promise})


def pause_over(over: PauseOver) -> None:
    """The reporter did not answer in time: the clock runs again, or the report is laid aside, as ruled."""
    report = report_by_id(over.subject_id)
    if report is None or report.state != ReportState.WAITING:
        return
    patience = moving.patience_for(report)
    if patience is not None and patience.on_no_reply == "archive":
        _lay_aside(report, over)
        return
    moving.enter(report, ReportState.WORKING, over.at)
    moving.keep(report, over.at)
    text = _("Pelapor belum menjawab; waktu berjalan lagi.")
    moving.tell(report, EventKind.RESUMED, by=SYSTEM, at=over.at, text=text, automatic=True)


def _lay_aside(report: Report, over: PauseOver) -> None:
    moving.enter(report, ReportState.ARCHIVED, over.at)
    report.reason = ARCHIVED_FOR_SILENCE
    triage.end_work(report, SYSTEM, over.at, outcome="no_reply", ending=Ending.EXCUSED)
    moving.keep(report, over.at)
    text = _("Diarsipkan karena pelapor tidak menjawab pertanyaan.")
    moving.tell(report, EventKind.ARCHIVED, by=SYSTEM, at=over.at, text=text, automatic=True)
    moving.tell_voices(report, "archived", mark=str(report.version))
