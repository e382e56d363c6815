"""That an officer looked: journalled, and shown to the applicant at /saya/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from balai import audit
from balai.engines.cases.models import Case
from balai.people.enums import Purpose
from balai.runtime.transaction import write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer


@write_transaction
def note_reading(*, by: Officer, case: Case) -> None:
    """The officer has the application before her: answers, files, masked NIK."""
    audit.record_reading(
        by=by.as_actor(),
        about=case.applicant.as_subject(),
        what=_("Isian dan lampiran berkas %(number)s") % {"number": case.number},
        purpose=str(Purpose.CASE_CHECK.label),
        office=by.office_name,
    )
