"""Reading who is behind a report: with a purpose, journalled, and shown to the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from balai import audit
from balai.engines.reports.enums import ReportKind
from balai.engines.reports.errors import NotYourReport
from balai.engines.reports.models import Identity, Report, Voice
from balai.engines.reports.models.voices import IDENTITY_LABEL
from balai.engines.reports.rules import access
from balai.kernel.references import Subject
from balai.runtime.transaction import write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer


@write_transaction
def identify(*, by: Officer, voice: Voice, purpose: str) -> Identity | None:
    """Who she said she is; None where she said nothing (her account, if she has one, is read then).

    Each reading is one row of the journal.

    The reception alone, with its own permission; of a report about officers the inspectorate alone; and
    the agency never, whatever it handles. Raises NotYourReport.
    """
    report = voice.report
    place = report.office_code if report.kind == ReportKind.WHISTLE else report.reception_code
    need = access.INVESTIGATE if report.kind == ReportKind.WHISTLE else access.IDENTIFY
    if not by.has_permission(need, place) or not purpose.strip():
        raise NotYourReport()
    found = Identity.objects.filter(voice=voice).first()
    if found is not None or voice.citizen is not None:
        subject = voice.citizen.as_subject() if voice.citizen else Subject(IDENTITY_LABEL, str(voice.pk))
        audit.record_reading(
            by=by.as_actor(), about=subject, what="pelapor", purpose=purpose.strip(), office=by.office_name
        )
    return found


@write_transaction
def note_reading(*, by: Officer, report: Report) -> None:
    """The officer has the report's own words before her; journalled about the report, never a person."""
    audit.record_reading(
        by=by.as_actor(),
        about=report.as_subject(),
        what="laporan",
        purpose=_("Menangani laporan %(number)s") % {"number": report.number},
        office=by.office_name,
    )


@write_transaction
def note_register_taken(*, by: Officer, form: str, asked: Mapping[str, str]) -> None:
    """The register, or a part of it, left the house as a file."""
    audit.record(
        "reports.register_taken", by=by.as_actor(), about=by.as_subject(), data={"form": form, **asked}
    )
