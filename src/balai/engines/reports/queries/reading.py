"""What a citizen reads of her own reports, and who reads their files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from balai.engines.reports.enums import EvidenceRole, ReportState
from balai.engines.reports.models import Evidence, Judgement, Report, Voice
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
    """Officers with a part in it, and the citizen who filed it; anybody may join, so joining opens none."""
    report = report_by_id(report_id)
    if report is None:
        return False
    if officer is not None and access.may_see(officer, report):
        return True
    return (
        citizen is not None and Voice.objects.filter(report=report, citizen=citizen, is_first=True).exists()
    )


def evidence_of(number: str, upload_id: UUID) -> Evidence | None:
    """A file of the report with this number."""
    found = Evidence.objects.select_related("report").filter(upload_id=upload_id, report__number=number)
    return found.first()


def reported_files(report_id: UUID) -> tuple[UUID, ...]:
    """The files that came with a report, in the order in which they were sent."""
    rows = Evidence.objects.filter(report=report_id, role=EvidenceRole.REPORTED, round=0)
    return tuple(rows.order_by("id").values_list("upload_id", flat=True))


def evidence_by_upload(upload_id: str | UUID) -> Evidence | None:
    """Which part of a report a file is."""
    return Evidence.objects.select_related("report").filter(upload_id=upload_id).first()


def is_for_everybody(evidence: Evidence) -> bool:
    """Whether everybody sees this photo: it is public, and so is its report now."""
    return evidence.is_public and evidence.report.is_listed


def followed(voice: Voice) -> Report:
    """The report that she follows: her own, or the one that it was joined to."""
    own = voice.report
    return own.parent if own.state == ReportState.JOINED and own.parent is not None else own


def has_judged(voice: Voice) -> bool:
    """Whether she has said what she thinks of this repair."""
    return Judgement.objects.filter(voice=voice, round=followed(voice).reopened).exists()


def listed_parent(report: Report) -> Report | None:
    """The report that this one was joined to, where everybody reads that one."""
    if report.parent_id is None:
        return None
    return Report.objects.filter(pk=report.parent_id, is_listed=True).first()
