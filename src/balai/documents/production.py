"""From a requested letter to a published one, in steps that each survive the loss of the process.

    requested ─ reserve ─ reserved ─ render, store ─ rendered ─ publish ─ published ─ tell the owner

Every arrow is one short transaction; rendering and storing stand between them. Whatever is killed, the
job is delivered again, looks at the state, and goes on. Setting the same letter twice gives the same
bytes (the date is the reserved one), so nothing depends on how often it was tried.
"""

from __future__ import annotations

from uuid import UUID

from balai import audit
from balai.documents import owners, rendering
from balai.documents.enums import LetterState
from balai.documents.models import Letter
from balai.documents.numbering import reserve_number, settle_issued
from balai.files import actions as files
from balai.files.models import Upload
from balai.kernel.references import SYSTEM
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction


def produce(letter_id: UUID | str) -> Letter:
    """Bring a letter as far as it goes; idempotent. Raises RenderFailed when its template cannot be set."""
    letter = Letter.objects.get(pk=letter_id)
    if letter.state == LetterState.REQUESTED:
        letter = reserve_number(letter=letter)
    if letter.state == LetterState.RESERVED:
        letter = keep_rendering(letter=letter, upload=store_rendering(letter))
    if letter.state == LetterState.RENDERED:
        letter = publish(letter=letter)
    if letter.state == LetterState.PUBLISHED and letter.told_at is None:
        tell_owner(letter)
    return letter


def store_rendering(letter: Letter) -> Upload:
    """Set the letter and put the bytes away, outside any transaction; nobody attached, they expire."""
    pdf = rendering.render_letter(letter)
    name = f"{letter.title} {letter.id.hex[-6:]}.pdf"
    return files.store_bytes(
        by=SYSTEM, owner=letter.as_subject(), name=name, media_type="application/pdf", content=pdf
    )


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
    """Issue the number and open the letter to its readers, once."""
    fresh = lock(letter)
    if fresh.state != LetterState.RENDERED:
        return fresh
    settle_issued(fresh)
    fresh.enter(LetterState.PUBLISHED, published_at=clock.now())
    number = fresh.number.text if fresh.number else ""
    audit.record("documents.published", by=SYSTEM, about=fresh.owner, data={"number": number})
    return fresh


def tell_owner(letter: Letter) -> None:
    """Tell the package that asked for the letter; at least once, so its answer is idempotent."""
    owners.tell(letter.owner_label, letter.owner_id, str(letter.pk))
    _told(letter=letter)


@write_transaction
def _told(*, letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk, told_at=None).update(told_at=clock.now())


def note_failure(*, letter_id: str) -> None:
    """Every attempt failed: the number stays reserved and visible until an officer makes it void."""
    letter = Letter.objects.get(pk=letter_id)
    audit.record("documents.production_failed", by=SYSTEM, about=letter.owner)
