"""Asking for a letter, and making its number void."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from balai import audit
from balai.documents import sources
from balai.documents.errors import OfficeUnknown
from balai.documents.letterhead import letterhead_facts
from balai.documents.models import Letter, LetterSource
from balai.documents.numbering import void_letter, void_number
from balai.kernel.letter_number import check_pattern
from balai.kernel.references import Actor, Subject
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import write_transaction

__all__ = ("Signer", "request_letter", "void_letter", "void_number")

# Crockford's base 32 without I, L, O, U: read aloud and typed back without mistakes; 60 bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12


@dataclass(frozen=True)
class Signer:
    """Who signs: the name as printed, the office held ("Kepala Desa Sawentar"), and what else is printed.

    `on_behalf` is the line above the title ("a.n. Kepala Desa Sawentar"), `nip` the civil servant's number.
    """

    name: str
    title: str
    nip: str = ""
    on_behalf: str = ""


@write_transaction
def request_letter(
    *,
    by: Actor,
    owner: Subject,
    office_code: str,
    title: str,
    classification: str,
    pattern: str,
    files: Mapping[str, str],
    data: Mapping[str, Any],
    signer: Signer,
    valid_until_on: date | None,
    book: str = "letters-out",
    template: str = "letter.typ",
) -> Letter:
    """Ask for a letter: the row and the job `documents.produce` that numbers, sets and publishes it.

    `files` are Typst sources by path, `template` the entry among them; `data` is plain JSON that the
    template reads as `json(bytes(sys.inputs.data))`, to which this package adds `letter` (title, number,
    date, validity, signer), `office` and `government` (the letterhead). Letterhead and sources are kept
    with the letter as they are now. Raises ValueRefused for the pattern, TemplateRefused for the sources.
    """
    check_pattern(pattern)
    office = region.office(office_code)
    if office is None:
        raise OfficeUnknown(office=office_code)
    row = Letter(
        owner_label=owner.label,
        owner_id=owner.id,
        title=title,
        office_code=office_code,
        book=book,
        classification=classification,
        pattern=pattern,
        office_number_code=office.number_code or office_code,
        source=_kept_source(sources.checked(files, template)),
        template=template,
        signer_name=signer.name,
        signer_title=signer.title,
        verification_code="".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)),
        requested_at=clock.now(),
        valid_until_on=valid_until_on,
    )
    row.data = {**data, **letterhead_facts(office), "signer": asdict(signer)}
    row.save(force_insert=True)
    audit.record("documents.requested", by=by, about=owner, data={"letter": str(row.pk)})
    enqueue("documents.produce", key=str(row.pk), letter_id=row.pk)
    return row


def _kept_source(files: dict[str, str]) -> LetterSource:
    """The sources as a row, made once for each content."""
    row = LetterSource(hash=sources.fingerprint(files), files=files)
    LetterSource.objects.bulk_create([row], ignore_conflicts=True)
    return row
