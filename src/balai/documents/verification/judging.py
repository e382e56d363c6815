"""What the findings mean: from facts about a file, and what our book says of it, to one outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from balai.documents.verification.facts import FileFacts, SignatureFacts
from balai.documents.verification.outcomes import Outcome, Remark, Standing
from balai.documents.verification.records import Record, State

FAULTS: Final = {
    "empty": Outcome.EMPTY,
    "too_large": Outcome.TOO_LARGE,
    "not_pdf": Outcome.NOT_PDF,
    "locked": Outcome.LOCKED,
    "too_complex": Outcome.TOO_COMPLEX,
    "too_long": Outcome.TOO_LONG,
    "crashed": Outcome.CRASHED,
}
_SIGNATURE_FAULTS: Final = {
    "broken": Outcome.SIGNATURE_BROKEN,
    "unsupported": Outcome.UNSUPPORTED,
    "skips": Outcome.SKIPS_CONTENT,
    "irregular": Outcome.IRREGULAR,
}
_CHAINS: Final = {
    "untrusted": Outcome.UNTRUSTED,
    "self_signed": Outcome.SELF_SIGNED,
    "not_yet": Outcome.CERTIFICATE_NOT_YET,
    "revoked": Outcome.CERTIFICATE_REVOKED,
    "unfit": Outcome.CERTIFICATE_UNFIT,
    "weak": Outcome.WEAK_ALGORITHM,
    "unclear": Outcome.CERTIFICATE_UNCLEAR,
}
_STATES: Final = {
    State.EXPIRED: Outcome.LETTER_EXPIRED,
    State.REPLACED: Outcome.LETTER_REPLACED,
    State.REVOKED: Outcome.LETTER_REVOKED,
}
# Of several signatures the gravest decides; what tells of forgery comes before what tells of carelessness.
GRAVITY: Final = (
    Outcome.IRREGULAR,
    Outcome.SKIPS_CONTENT,
    Outcome.ALTERED,
    Outcome.SIGNATURE_BROKEN,
    Outcome.CHANGED_AFTER,
    Outcome.FILLED_AFTER,
    Outcome.WEAK_ALGORITHM,
    Outcome.SELF_SIGNED,
    Outcome.UNTRUSTED,
    Outcome.CERTIFICATE_REVOKED,
    Outcome.CERTIFICATE_EXPIRED,
    Outcome.CERTIFICATE_NOT_YET,
    Outcome.CERTIFICATE_UNFIT,
    Outcome.UNSUPPORTED,
    Outcome.CERTIFICATE_UNCLEAR,
    Outcome.EXPIRED_UNPROVEN,
    Outcome.TIMESTAMP_BROKEN,
    Outcome.REVOCATION_UNCHECKED,
    Outcome.VALID,
)


@dataclass(frozen=True)
class Judgement:
    """The outcome, and the signature that it is about (None: about the whole file)."""

    outcome: Outcome
    about: SignatureFacts | None = None


def judge(facts: FileFacts, record: Record | None, trial_anchors: frozenset[str]) -> Judgement:
    """One outcome for a file. `record` is the letter of ours that it is, or was before it was changed."""
    if facts.fault == "damaged":
        return Judgement(Outcome.DAMAGED_SIGNED if facts.mentions_signature else Outcome.DAMAGED)
    if facts.fault:
        return Judgement(FAULTS.get(facts.fault, Outcome.CRASHED))
    whole = record if record and record.is_whole else None
    if not facts.signatures:
        return Judgement(_unsigned(facts, whole))
    of_each = [(of_signature(each, whole), each) for each in facts.signatures]
    worst, about = min(of_each, key=lambda pair: GRAVITY.index(pair[0]))
    if facts.trailing and worst.standing != Standing.NOT:
        return Judgement(Outcome.ADDED_BEHIND, about)
    if worst.standing == Standing.NOT:
        return Judgement(worst, about)
    # Also when it is not byte for byte ours: what may follow a signature must not bring a letter back.
    if record is not None and record.state in _STATES:
        return Judgement(_STATES[record.state])
    if worst != Outcome.VALID:
        return Judgement(worst, about)
    return Judgement(_valid(facts, whole, trial_anchors), about)


def _unsigned(facts: FileFacts, whole: Record | None) -> Outcome:
    if whole is not None:
        return _STATES.get(whole.state, Outcome.LETTER_PRINTED)
    if facts.stamps:
        return Outcome.TIMESTAMP_ONLY
    if facts.mentions_signature:
        return Outcome.DAMAGED_SIGNED if facts.trailing else Outcome.SIGNATURE_REMOVED
    return Outcome.UNSIGNED


def of_signature(signature: SignatureFacts, whole: Record | None) -> Outcome:
    """The outcome of one signature alone."""
    if signature.fault:
        return _SIGNATURE_FAULTS.get(signature.fault, Outcome.SIGNATURE_BROKEN)
    if not signature.intact:
        return Outcome.ALTERED
    if not signature.sound:
        return Outcome.SIGNATURE_BROKEN
    if signature.after == "changed":
        return Outcome.CHANGED_AFTER
    if signature.after == "filled":
        return Outcome.FILLED_AFTER
    return _of_chain(signature, whole)


def _of_chain(signature: SignatureFacts, whole: Record | None) -> Outcome:
    known_at = _time_in_register(signature, whole)
    if signature.chain == "expired" and not known_at:
        moment = signature.stamped_at or signature.claimed_at
        is_unproven = bool(moment) and moment <= signature.ends_at and not signature.stamped_at
        return Outcome.EXPIRED_UNPROVEN if is_unproven else Outcome.CERTIFICATE_EXPIRED
    if signature.chain == "revoked" and known_at and known_at < signature.revoked_at:
        return Outcome.VALID
    if signature.chain in _CHAINS:
        return _CHAINS[signature.chain]
    if not signature.stamped_at and "" < signature.claimed_at < signature.starts_at:
        return Outcome.CERTIFICATE_NOT_YET
    if signature.stamp == "broken":
        return Outcome.TIMESTAMP_BROKEN
    return Outcome.REVOCATION_UNCHECKED if "revocation" in signature.unchecked else Outcome.VALID


def _time_in_register(signature: SignatureFacts, whole: Record | None) -> str:
    """When our book proves the file to have existed, if the certificate was valid then; else ""."""
    if whole is None or not whole.published_at:
        return ""
    return whole.published_at if signature.starts_at <= whole.published_at <= signature.ends_at else ""


def _valid(facts: FileFacts, whole: Record | None, trial_anchors: frozenset[str]) -> Outcome:
    if facts.has_script:
        return Outcome.SIGNED_WITH_SCRIPT
    if any(each.anchor in trial_anchors for each in facts.signatures):
        return Outcome.VALID_TRIAL
    if whole is not None:
        return Outcome.VALID_OURS
    if facts.attachments:
        return Outcome.VALID_WITH_ATTACHMENTS
    return Outcome.VALID_SEVERAL if len(facts.signatures) > 1 else Outcome.VALID


def remarks(
    facts: FileFacts, record: Record | None, trial_anchors: frozenset[str], *, has_register: bool
) -> list[Remark]:
    """What a reader should know besides, in the order in which it matters."""
    return list(dict.fromkeys(_remarks(facts, record, trial_anchors, has_register=has_register)))


def _remarks(
    facts: FileFacts, record: Record | None, trial_anchors: frozenset[str], *, has_register: bool
) -> Iterator[Remark]:
    if not has_register:
        yield Remark.NO_REGISTER
    if record is not None and not record.is_whole:
        yield Remark.EARLIER_STATE
    if any(each.anchor in trial_anchors for each in facts.signatures if each.anchor):
        yield Remark.TRIAL
    yield from _remarks_on_contents(facts)
    yield from _remarks_on_time(facts.signatures, record)


def _remarks_on_contents(facts: FileFacts) -> Iterator[Remark]:
    found = {
        Remark.SCRIPT: facts.has_script,
        Remark.ATTACHMENTS: bool(facts.attachments),
        Remark.NOT_SEARCHED: not facts.is_searched,
        Remark.ENCRYPTED: facts.is_encrypted,
        Remark.EMPTY_FIELDS: bool(facts.empty_fields),
    }
    yield from (remark for remark, holds in found.items() if holds)


def _remarks_on_time(signatures: Sequence[SignatureFacts], record: Record | None) -> Iterator[Remark]:
    for each in signatures:
        if each.intact and each.stamp == "none":
            is_ours = record is not None and record.is_whole and bool(record.published_at)
            yield Remark.REGISTER_TIME if is_ours else Remark.TIME_CLAIMED
        if each.stamp == "untrusted":
            yield Remark.STAMP_UNTRUSTED
        if "stamp_revocation" in each.unchecked:
            yield Remark.STAMP_REVOCATION
        if "revocation" in each.unchecked:
            yield Remark.REVOCATION
