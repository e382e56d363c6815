"""What our book says: which letter a file is, found by its fingerprint, and what a code stands for.

Only what anybody who holds the letter may know: nothing of the person it was issued to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from balai import government
from balai.documents import revocation
from balai.documents.enums import LetterState, SignatureKind, TurnKind, TurnState
from balai.documents.models import Credential, Letter, Turn
from balai.documents.signing.demo import REASON_SUFFIX as TRIAL_SUFFIX
from balai.documents.verification.codes import tidy_code
from balai.documents.wallet.rules import Standing as State
from balai.documents.wallet.rules import standing
from balai.files.enums import UploadState
from balai.files.models import Upload
from balai.people.today import local_today
from balai.region import queries as region

__all__ = [
    "STATE_SENTENCES",
    "Record",
    "State",
    "record_of",
    "record_signed_as",
    "record_with_code",
    "record_with_hash",
]

STATE_SENTENCES = {
    State.VALID: _("Surat dengan kode ini kami terbitkan dan masih berlaku."),
    State.EXPIRED: _("Surat dengan kode ini kami terbitkan, tetapi masa berlakunya sudah lewat."),
    State.REVOKED: _("Surat dengan kode ini sudah dicabut dan tidak berlaku lagi."),
    State.REPLACED: _("Surat dengan kode ini sudah diganti dengan surat baru dan tidak berlaku lagi."),
}


@dataclass(frozen=True)
class Record:
    """A published letter of ours. `is_whole` is False when a file was it before it was changed.

    `reason` is the title of the reason why it was revoked; the officer's own note is never told.
    """

    title: str
    number: str
    office: str
    dated_on: date | None
    signer: str
    is_certified: bool
    valid_until_on: date | None
    state: State
    ended_on: date | None
    published_at: str
    replaced_by: str
    code: str
    reason: str = ""
    is_whole: bool = True


def record_with_code(typed: str) -> Record | None:
    """The published letter with this verification code, however it was typed."""
    code = tidy_code(typed)
    letter = _published().filter(verification_code=code).first() if code else None
    return record_of(letter) if letter else None


def record_with_hash(whole: str, earlier: Iterable[str] = ()) -> Record | None:
    """The published letter whose file has this SHA-256, or had it before something was appended."""
    hashes = [whole, *earlier]
    rows = Upload.objects.filter(
        sha256__in=hashes, owner_label="documents.letter", state=UploadState.ATTACHED
    ).values_list("id", "sha256")
    found = {digest: id for id, digest in rows}
    for digest in hashes:
        letter = _published().filter(upload_id=found[digest]).first() if digest in found else None
        if letter is not None:
            return record_of(letter, is_whole=digest == whole)
    return None


def record_signed_as(reason: str, serial: str) -> Record | None:
    """A letter of ours that counts no more, known by its signature alone: what that says, and whose it is.

    The bytes of a file can be others without touching what is signed (the room that a signature leaves
    unused, a revision more or less behind it), and so lead past `record_with_hash`. Ask only for a signature
    that holds and comes from an authority that is believed.
    """
    said = Concat("title", Value(" "), "number__text")
    officers = Credential.objects.filter(serial=serial).values("officer")
    signed = Turn.objects.filter(officer__in=officers, kind=TurnKind.SIGN, state=TurnState.TAKEN)
    found = _published().filter(pk__in=signed.values("letter")).annotate(said=said)
    letter = found.filter(said=reason.removesuffix(TRIAL_SUFFIX)).first() if reason and serial else None
    record = record_of(letter, is_whole=False) if letter is not None else None
    return record if record is not None and record.state != State.VALID else None


def record_of(letter: Letter, *, is_whole: bool = True) -> Record:
    """What may be told of a published letter to whoever holds it."""
    today = local_today()
    state = standing(letter, today)
    successor = Letter.objects.filter(replaces=letter).select_related("number").first()
    office = region.office(letter.office_code)
    return Record(
        title=letter.title.capitalize() if letter.title.isupper() else letter.title,
        number=letter.number.text if letter.number else "",
        office=office.name if office else letter.office_code,
        dated_on=letter.dated_on,
        signer=f"{letter.signer_name}, {letter.signer_title}",
        is_certified=letter.signature == SignatureKind.CERTIFIED,
        valid_until_on=letter.valid_until_on,
        state=state,
        ended_on=_ended_on(letter, state),
        published_at=_iso(letter.published_at),
        replaced_by=successor.number.text if successor and successor.number else "",
        code=letter.verification_code,
        reason=revocation.title_of(letter.revocation_code) if state == State.REVOKED else "",
        is_whole=is_whole,
    )


def _published() -> QuerySet[Letter]:
    return Letter.objects.filter(state=LetterState.PUBLISHED).select_related("number")


def _iso(moment: datetime | None) -> str:
    """An instant as `facts` writes them."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def _ended_on(letter: Letter, state: State) -> date | None:
    if letter.revoked_at is not None:
        return letter.revoked_at.astimezone(government.current().tzinfo).date()
    return letter.valid_until_on if state == State.EXPIRED else None
