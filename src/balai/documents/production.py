"""From a requested letter in ink to a published one, in steps that each survive the loss of the process.

    requested ─ reserve ─ reserved ─ render, store ─ rendered ─ publish ─ published ─ tell the owner

Every arrow is one short transaction; rendering and storing stand between them. Whatever is killed, the
job is delivered again, looks at the state, and goes on. Setting the same letter twice gives the same
bytes (the date is the reserved one), so nothing depends on how often it was tried.
"""

from __future__ import annotations

import re
from uuid import UUID

from balai import audit
from balai.documents import rendering
from balai.documents.enums import LetterState, News, SignatureKind
from balai.documents.models import Letter
from balai.documents.news import announce, deliver
from balai.documents.numbering import reserve_number, settle_issued
from balai.documents.revocation import REPLACED
from balai.files import actions as files
from balai.files import queries as files_stored
from balai.files.models import Upload
from balai.kernel.references import SYSTEM, Actor
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction


def produce(letter_id: UUID | str) -> Letter:
    """Bring a letter as far as it goes; idempotent. Raises RenderFailed when its template cannot be set.

    A letter that is to be signed with a certificate is made by the batch that signs it (`live`), not here.
    """
    letter = Letter.objects.get(pk=letter_id)
    if letter.signature == SignatureKind.CERTIFIED and letter.state != LetterState.PUBLISHED:
        return letter
    if letter.state == LetterState.REQUESTED:
        letter = reserve_number(letter=letter)
    if letter.state == LetterState.RESERVED:
        letter = keep_rendering(letter=letter, upload=store_rendering(letter))
    if letter.state == LetterState.RENDERED:
        letter = publish(letter=letter)
    if letter.state == LetterState.PUBLISHED and letter.told_at is None:
        deliver(letter.pk, News.PUBLISHED, "")
    return letter


def store_rendering(letter: Letter) -> Upload:
    """Set the letter and put the bytes away, outside any transaction; nobody attached, they expire."""
    return store_pdf(letter, rendering.render_letter(letter))


def unsigned_or_last(letter: Letter) -> rendering.SetLetter:
    """What the next signature goes on: the letter as set, or with the signatures that it bears already."""
    if letter.state == LetterState.SIGNED and letter.upload_id is not None:
        return rendering.SetLetter(files_stored.open_content(Upload.objects.get(pk=letter.upload_id)))
    return rendering.set_letter(letter)


def store_pdf(letter: Letter, pdf: bytes) -> Upload:
    """Put the letter's bytes away, outside any transaction; nobody attached, they expire."""
    return files.store_bytes(
        by=SYSTEM,
        owner=letter.as_subject(),
        name=file_name(letter),
        media_type="application/pdf",
        content=pdf,
    )


def file_name(letter: Letter) -> str:
    """How the letter is named in a folder of downloads: "Surat keterangan usaha 003-SWT-2026.pdf".

    By title and number, so nothing of a person; only letters, digits, dots, hyphens and spaces.
    """
    title = letter.title.capitalize() if letter.title.isupper() else letter.title
    return f"{_safe(title)[:80].strip()} {_number_in_name(letter)}.pdf"


def _number_in_name(letter: Letter) -> str:
    """Sequence, office and year. Not the code of an area: so many digits in a name are taken for a NIK."""
    number, office = letter.number, _safe(letter.office_number_code)
    if number is None:
        return letter.id.hex[-6:]
    middle = " tahun " if any(sign.isdigit() for sign in office) or not office else f"-{office}-"
    return f"{number.sequence:03}{middle}{number.series.year}"


def _safe(text: str) -> str:
    return re.sub(r"[^\w.-]+", " ", text, flags=re.ASCII).strip(" .-")


@write_transaction(locks="letter")
def keep_rendering(*, letter: Letter, upload: Upload) -> Letter:
    """The stored bytes are the letter's; left to expire when another run was faster or it was made void."""
    fresh = lock(letter)
    if fresh.state != LetterState.RESERVED:
        return fresh
    files.attach(by=SYSTEM, ids=[upload.pk], to=fresh.as_subject())
    fresh.enter(LetterState.RENDERED, upload_id=upload.pk)
    return fresh


@write_transaction(locks=("letter", "number"))
def publish(*, letter: Letter) -> Letter:
    """Issue the number and open the letter to its readers, once; what it replaces is revoked by it."""
    fresh = lock(letter)
    publish_locked(fresh)
    return fresh


def publish_locked(letter: Letter) -> None:
    """The same for the letter as it is, within the transaction that holds its lock and declares "number"."""
    ready = LetterState.SIGNED if letter.signature == SignatureKind.CERTIFIED else LetterState.RENDERED
    if letter.state != ready:
        return
    settle_issued(letter)
    letter.enter(LetterState.PUBLISHED, published_at=clock.now())
    number = letter.number.text if letter.number else ""
    audit.record("documents.published", by=SYSTEM, about=letter.owner, data={"number": number})
    if letter.replaces is not None:
        _revoke_replaced(letter.replaces, number)


def _revoke_replaced(letter: Letter, number: str) -> None:
    """The letter before; somebody may have revoked it for another reason in the meantime."""
    old = lock(letter)
    if old.is_in_force:
        take_back(old, by=SYSTEM, code=REPLACED, note=number)


def take_back(letter: Letter, *, by: Actor, code: str, note: str = "") -> None:
    """A published letter counts no more; called within the transaction that holds its lock."""
    letter.revoked_at, letter.revoked_by_name = clock.now(), by.name
    letter.revocation_code, letter.revocation_note = code, note[:300]
    letter.save(update_fields=["revoked_at", "revoked_by_name", "revocation_code", "revocation_note"])
    number = letter.number.text if letter.number else ""
    data = {"letter": str(letter.pk), "number": number, "code": code}
    audit.record("documents.revoked", by=by, about=letter.owner, note=note, data=data)
    announce(letter, News.REVOKED)


def note_failure(*, letter_id: str) -> None:
    """Every attempt failed: the number stays reserved and visible until an officer makes it void."""
    letter = Letter.objects.get(pk=letter_id)
    audit.record("documents.production_failed", by=SYSTEM, about=letter.owner)
