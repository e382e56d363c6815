"""What a letter's template is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from balai.catalogue import forms
from balai.catalogue.schema import ServiceDefinition
from balai.kernel.dates import format_date


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
