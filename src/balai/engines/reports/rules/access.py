"""Which permissions there are, and who may read or do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext_lazy as _

from balai.engines.reports.enums import ReportKind
from balai.engines.reports.errors import NotYourReport

if TYPE_CHECKING:
    from balai.people.models import Officer

TRIAGE = "reports.triage"
HANDLE = "reports.handle"
ENTER = "reports.enter"
RECHECK = "reports.recheck"
INVESTIGATE = "reports.investigate"
IDENTIFY = "reports.identify"
LEAGUE = "reports.league"

PERMISSIONS = {
    TRIAGE: _("Memeriksa dan meneruskan laporan warga"),
    HANDLE: _("Menjawab dan menyelesaikan laporan warga"),
    ENTER: _("Mencatat laporan dari telepon, loket, surat, radio, atau media sosial"),
    RECHECK: _("Memeriksa ulang laporan yang dinyatakan selesai"),
    INVESTIGATE: _("Menangani laporan tentang pelanggaran petugas"),
    IDENTIFY: _("Membuka identitas pelapor"),
    LEAGUE: _("Menyusun daftar penghargaan dan sanksi"),
}
TRAYS = (TRIAGE, HANDLE, RECHECK, INVESTIGATE)
AT_THE_DESK = (*TRAYS, ENTER, LEAGUE)
"""Whoever holds one of these finds reports in the menu."""


class Report(Protocol):
    """What access asks of a report."""

    kind: str
    office_code: str
    reception_code: str


def may_see(officer: Officer, report: Report) -> bool:
    """The reception and the office in charge see a report; one about officers only the inspectorate."""
    if report.kind == ReportKind.WHISTLE:
        return officer.has_permission(INVESTIGATE, report.office_code)
    return (
        officer.has_permission(TRIAGE, report.reception_code)
        or officer.has_permission(HANDLE, report.office_code)
        or officer.has_permission(RECHECK, report.reception_code)
    )


def may_triage(officer: Officer, report: Report) -> bool:
    """Whether the officer may route, merge, split, reject and lay aside."""
    if report.kind == ReportKind.WHISTLE:
        return officer.has_permission(INVESTIGATE, report.office_code)
    return officer.has_permission(TRIAGE, report.reception_code)


def may_handle(officer: Officer, report: Report) -> bool:
    """Whether the officer may answer and finish it for the office in charge."""
    need = INVESTIGATE if report.kind == ReportKind.WHISTLE else HANDLE
    return officer.has_permission(need, report.office_code)


def may_recheck(officer: Officer, report: Report) -> bool:
    """Whether the officer looks again at repairs; what is about officers is for the inspectorate alone."""
    return report.kind != ReportKind.WHISTLE and officer.has_permission(RECHECK, report.reception_code)


def require_recheck(officer: Officer, report: Report) -> None:
    """Raise NotYourReport unless the officer may look again."""
    if not may_recheck(officer, report):
        raise NotYourReport()


def require_reception(officer: Officer, office_code: str) -> None:
    """Raise NotYourReport unless the officer checks what comes in at this office."""
    if not officer.has_permission(TRIAGE, office_code):
        raise NotYourReport()


def require_triage(officer: Officer, report: Report) -> None:
    """Raise NotYourReport unless the officer may triage it."""
    if not may_triage(officer, report):
        raise NotYourReport()


def require_handle(officer: Officer, report: Report) -> None:
    """Raise NotYourReport unless the officer may handle it."""
    if not may_handle(officer, report):
        raise NotYourReport()
