"""Letters that are being replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balai.engines.cases.enums import CaseState

if TYPE_CHECKING:
    from balai.catalogue.schema import FieldSpec, ServiceDefinition
    from balai.engines.cases.models import Case, Replacement

# Another NIK, or another village, is another application.
NEVER_CORRECTED = frozenset({"nik", "area_code"})
REPLACING = (CaseState.REPLACING, CaseState.APPROVED)


def open_replacement(case: Case) -> Replacement | None:
    """The replacement that is under way, or None; only a case in the states of one is asked about."""
    return case.replacements.filter(done_at=None).first() if case.state in REPLACING else None


def clock_name(case: Case) -> str:
    """The name of the lawful time of the newest replacement: each has one of its own."""
    return f"replacement-{case.replacements.count()}"


def correctable(service: ServiceDefinition, case: Case) -> list[FieldSpec]:
    """Answers that a replacement may correct."""
    answers = case.answers.clear
    return [spec for spec in service.fields if spec.id in answers and spec.fact not in NEVER_CORRECTED]
