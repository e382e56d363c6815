"""What a citizen reads of her own reports, and who reads their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from balai.engines.reports.models import Voice
from balai.engines.reports.queries.finding import report_by_id
from balai.engines.reports.rules import access

if TYPE_CHECKING:
    from balai.people.models import Citizen, Officer

MOST_AFFAIRS = 50


def voices_of(citizen: Citizen) -> QuerySet[Voice]:
    """Her parts in reports, newest first."""
    mine = Voice.objects.filter(citizen=citizen).select_related("report")
    return mine.order_by("-report__updated_at", "pk")[:MOST_AFFAIRS]


def may_read_files(citizen: Citizen | None, officer: Officer | None, report_id: str) -> bool:
    """Officers with a part in the report, and citizens behind it."""
    report = report_by_id(report_id)
    if report is None:
        return False
    if officer is not None and access.may_see(officer, report):
        return True
    return citizen is not None and Voice.objects.filter(report=report, citizen=citizen).exists()
