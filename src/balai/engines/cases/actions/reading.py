"""That an officer looked: journalled, and shown to the applicant at /saya/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from balai import audit
from balai.engines.cases.models import Case
from balai.people import actions as people
from balai.people.enums import Purpose
from balai.runtime.transaction import write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer


@write_transaction
def note_reading(
    *, by: Officer, case: Case, what: str = "", purpose: Purpose | str = Purpose.CASE_CHECK
) -> None:
    """The officer has `what` of the application before her: answers and files, unless it says otherwise."""
    audit.record_reading(
        by=by.as_actor(),
        about=case.applicant.as_subject(),
        what=what or _("Isian dan lampiran berkas %(number)s") % {"number": case.number},
        purpose=str(Purpose(purpose).label),
        office=by.office_name,
    )


@write_transaction
def reveal(*, by: Officer, case: Case, purpose: Purpose | str, also: Sequence[str] = ()) -> str:
    """The applicant's whole NIK; `also` names the other masked answers that are opened with it.

    Each is one line in what the applicant reads. Raises what `people.actions.reveal` raises.
    """
    nik = people.reveal(by=by, person_or_citizen=case.applicant, field="nik", purpose=purpose)
    for what in also:
        note_reading(by=by, case=case, what=f"{what} ({case.number})", purpose=purpose)
    return nik
