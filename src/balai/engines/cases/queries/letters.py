"""What a letter's template is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from balai.catalogue import forms
from balai.catalogue.schema import ServiceDefinition
from balai.documents import queries as documents
from balai.documents.enums import SignatureKind
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


def letter_data(
    service: ServiceDefinition, answers: Mapping[str, Any], *, number: str, filed_on: date
) -> dict[str, Any]:
    """Every answer as people read it, by question, and `case` (number, filed_on).

    A letter says what the applicant declared and the officer checked, never what is merely on record.
    `documents` adds letter, office, government and signer.
    """
    return {
        **forms.letter_data(service, answers),
        "case": {"number": number, "filed_on": format_date(filed_on)},
    }
