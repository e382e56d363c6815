"""What a case says when its time is over: to the citizen about the service, to the office about a step.

Called by `work` in the transaction that marks the deadline as told, so each is said once. The case is not
locked: a line is added, nothing is changed.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from balai.engines.cases.actions import moving
from balai.engines.cases.enums import EventKind
from balai.engines.cases.models import Event
from balai.engines.cases.queries import finding
from balai.kernel.references import SYSTEM
from balai.work.subjects import ClockLate, ItemDue, News


def service_late(late: ClockLate) -> None:
    """The lawful time is over: the citizen hears it from us, with an apology, and sees it in her timeline."""
    case = finding.case_by_id(late.subject_id)
    if case is None:
        return
    text = _("Maaf, janji waktu kami terlewat. Berkas Anda tetap kami kerjakan.")
    moving.tell(case, EventKind.LATE, by=SYSTEM, at=late.at, text=text)
    moving.notify_applicant(case, "late")


def step_due(due: ItemDue) -> None:
    """A step is late: colleagues see in the history that whoever minds the office was told."""
    case = finding.case_by_id(due.subject_id) if due.news is News.LATE else None
    if case is None:
        return
    with override(moving.STORED_LANGUAGE):
        text = _("%(stage)s lewat batas waktunya. Pimpinan kantor diberi tahu.") % {"stage": due.stage}
        Event.objects.create(case=case, at=due.at, kind=EventKind.OVERDUE, text=text[:300], public=False)
