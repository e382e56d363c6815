"""Asking for a letter, and saying who initials and signs it in which order."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings

from balai import audit
from balai.documents import sources, turning
from balai.documents.enums import SignatureKind, TurnKind
from balai.documents.errors import BeingReplaced, NotInForce, OfficeUnknown
from balai.documents.letterhead import letterhead_facts
from balai.documents.models import Letter, LetterSource, Turn
from balai.documents.permissions import INITIAL, SIGN, TURN_PERMISSIONS
from balai.documents.signer import Signer
from balai.kernel.letter_number import check_pattern
from balai.kernel.references import Actor, Subject
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.jobs import enqueue
from balai.runtime.transaction import lock, write_transaction

# Crockford's base 32 without I, L, O, U: read aloud and typed back without mistakes; 60 bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12


@dataclass(frozen=True)
class TurnPlan:
    """One turn to come: who holds `permission` at `office_code` initials or signs, as `title`.

    Without a permission it is the one of the kind: `documents.initial`, `documents.sign`.
    """

    kind: Literal["initial", "sign"]
    office_code: str
    title: str = ""
    permission: str = ""

    def __post_init__(self) -> None:
        if self.kind not in TurnKind.values:
            raise ValueError(f"a turn is to initial or to sign, not to {self.kind}")
        if self.permission and self.permission not in TURN_PERMISSIONS:
            raise ValueError(f"{self.permission} opens no turn; the trays know {TURN_PERMISSIONS}")

    @property
    def is_to_sign(self) -> bool:
        """Whether it is the turn of a signer."""
        return TurnKind(self.kind) is TurnKind.SIGN

    @property
    def needs(self) -> str:
        """The permission that opens this turn."""
        return self.permission or (SIGN if self.is_to_sign else INITIAL)


@write_transaction(locks="letter")
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
    signature: Literal["wet", "certified"] = "wet",
    level: Literal["", "b-b", "b-t", "b-lta"] = "",
    turns: Sequence[TurnPlan] = (),
    due_at: datetime | None = None,
    holder: Subject | None = None,
    replaces: Letter | None = None,
) -> Letter:
    """Ask for a letter: the row, and its turns or the job `documents.produce` that makes it without any.

    `files` are Typst sources by path, `template` the entry among them; `data` is plain JSON that the
    template reads as `json(bytes(sys.inputs.data))`, to which this package adds `letter` (title, number,
    date, validity, signer), `office` and `government` (the letterhead). Letterhead and sources are kept
    with the letter as they are now. `turns` are taken in the order given, and the letter gets its number
    when its signing begins; a certified letter ends with a turn to sign (ValueError). Whoever signs is
    printed as signer; `signer` says what is known now. `level` is the PAdES level, else the one that the
    town has set.
    `due_at` puts the turns in order of urgency. `holder` is whom it is issued to; the name is kept sealed.
    `replaces` is a letter in force that is revoked ("replaced") when this one is published.

    Raises ValueRefused for the pattern, TemplateRefused for the sources, OfficeUnknown, NotInForce and
    BeingReplaced for the letter to be replaced.
    """
    check_pattern(pattern)
    is_certified = SignatureKind(signature) is SignatureKind.CERTIFIED
    if is_certified and not (turns and turns[-1].is_to_sign):
        raise ValueError("a certified letter needs somebody's turn to sign, as the last")
    office = region.office(office_code)
    if office is None:
        raise OfficeUnknown(office=office_code)
    replaced = _replaceable(replaces) if replaces is not None else None
    holder = holder or (replaced.holder_with_name if replaced else None)
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
        holder_label=holder.label if holder else "",
        holder_id=holder.id if holder else "",
        signature=signature,
        level=(level or settings.BALAI.signature_level) if is_certified else "",
        signer_name=signer.name,
        signer_title=signer.full_title,
        verification_code="".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)),
        requested_at=clock.now(),
        valid_until_on=valid_until_on,
        replaces=replaced,
    )
    row.data = {**data, **letterhead_facts(office), "signer": asdict(signer)}
    row.holder_name = holder.name if holder and holder.name else None
    row.save(force_insert=True)
    audit.record("documents.requested", by=by, about=owner, data={"letter": str(row.pk)})
    _plan(row, turns, due_at)
    return row


def _plan(letter: Letter, turns: Sequence[TurnPlan], due_at: datetime | None) -> None:
    """The turns, the first of them open; a letter that nobody has a turn at is made at once."""
    if not turns:
        enqueue("documents.produce", key=str(letter.pk), letter_id=letter.pk)
        return
    Turn.objects.bulk_create(
        Turn(
            letter=letter,
            position=position,
            kind=plan.kind,
            title=plan.title,
            office_code=plan.office_code,
            permission=plan.needs,
            due_at=due_at,
        )
        for position, plan in enumerate(turns, start=1)
    )
    turning.open_next(letter)


def _replaceable(letter: Letter) -> Letter:
    """The letter to be replaced, locked: in force, and without a successor in the making."""
    fresh = lock(letter)
    if not fresh.is_in_force:
        raise NotInForce()
    if Letter.objects.filter(replaces=fresh).exists():
        raise BeingReplaced()
    return fresh


def _kept_source(files: dict[str, str]) -> LetterSource:
    """The sources as a row, made once for each content."""
    row = LetterSource(hash=sources.fingerprint(files), files=files)
    LetterSource.objects.bulk_create([row], ignore_conflicts=True)
    return row
