"""Writing down who looked at a letter, for the person it is about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from balai import audit
from balai.documents.models import Letter
from balai.kernel.references import Subject
from balai.people.models import Officer
from balai.runtime.transaction import write_transaction


@write_transaction
def note_reading(*, by: Officer, letter: Letter) -> None:
    """The officer has the letter before her, to initial or to sign it."""
    audit.record_reading(
        by=by.as_actor(),
        about=letter.holder or letter.owner,
        what=_("Isi %(title)s") % {"title": letter.title},
        purpose=_("Memaraf atau menandatangani surat"),
        office=by.office_name,
    )


@write_transaction
def note_book_taken(*, by: Officer, office_code: str, book: str, year: int, form: str) -> None:
    """The officer took the year's book of an office along as a file; it names whom letters went to."""
    about = Subject("region.office", office_code)
    data = {"book": book, "year": year, "form": form}
    audit.record("documents.book_taken", by=by.as_actor(), about=about, data=data)
