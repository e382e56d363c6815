"""Several moves in one go: answering at the reception itself, and handing on many reports at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from balai.engines.reports.actions.handling import MOST_TOGETHER, answer
from balai.engines.reports.actions.triage import assign
from balai.engines.reports.models import Report
from balai.runtime.transaction import write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer


@write_transaction(locks="report")
def answer_here(*, by: Officer, report: Report, text: str) -> Report:
    """The reception knows the answer itself: it takes the report over and answers. Raises as both do."""
    why = _("Dijawab langsung oleh penerima laporan.")
    report = assign(by=by, report=report, office_code=report.reception_code, why=why)
    return answer(by=by, report=report, text=text)


@write_transaction(locks="report")
def assign_many(*, by: Officer, reports: Sequence[Report], office_code: str, note: str = "") -> list[Report]:
    """Hand on many reports of one event, all or none. Raises as `assign`."""
    rows = sorted(reports[:MOST_TOGETHER], key=lambda each: each.pk)
    return [assign(by=by, report=row, office_code=office_code, note=note) for row in rows]
