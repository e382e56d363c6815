"""What a letter's template is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from balai.catalogue import forms
from balai.catalogue.schema import ServiceDefinition
from balai.documents import queries as documents
from balai.documents.enums import SignatureKind
from balai.engines.cases.enums import StepState
from balai.kernel.dates import format_date

if TYPE_CHECKING:
    from balai.engines.cases.models import Case


def is_signed(case: Case) -> bool:
    """Whether the case's letter is signed with a certificate, so that its print needs no pen."""
    letter = documents.letter(case.letter_id) if case.letter_id else None
    return letter is not None and letter.signature == SignatureKind.CERTIFIED


def is_usable(case: Case) -> bool:
    """Whether the case's letter is a file that counts: signed with a certificate, and not revoked since."""
    letter = documents.letter(case.letter_id) if case.letter_id else None
    return letter is not None and letter.signature == SignatureKind.CERTIFIED and not letter.is_revoked


def found_on_visits(case: Case, service: ServiceDefinition, day: date) -> dict[str, Any]:
    """What officers answered after the visits that these answers call for; the newest report of each."""
    asked = {step.id for step in service.steps_for(case.answers.clear, day) if step.report}
    if not asked:
        return {}
    rows = case.steps.filter(state=StepState.DONE, step_id__in=asked, report__isnull=False)
    newest = {row.step_id: row.report.clear["answers"] for row in rows.order_by("done_at", "id")}
    return {name: answer for answers in newest.values() for name, answer in answers.items()}


def letter_data(
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    *,
    number: str,
    filed_on: date,
    found: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Every answer as people read it, by question, and `case` (number, filed_on); `found` on visits likewise.

    A letter says what the applicant declared, the officer checked and a visit found, never what is merely on
    record.
    `documents` adds letter, office, government and signer.
    """
    return {
        **forms.letter_data(service, answers, found),
        "case": {"number": number, "filed_on": format_date(filed_on)},
    }
