"""What the summary of a letter says: the claims of a CBOR Web Token (RFC 8392), to and from bytes.

Only what stands on the paper, never a NIK. Registered claims: 1 iss (the government's name), 4 exp (the end
of the last day of validity), 6 iat (when the number was reserved), 7 cti (the verification code). The private
claim -65537 is a map of the facts below. docs/letter-codes.md is the page for those who write a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from balai.documents.compact.cbor import Tag
from balai.documents.compact.errors import NotASummary
from balai.documents.enums import SignatureKind

ISS, EXP, IAT, CTI, LETTER = 1, 4, 6, 7, -65537
_TITLE, _NUMBER, _DATED, _VALID, _HOLDER, _SIGNER, _SIGNER_TITLE, _SIGNATURE, _INDEX = range(1, 10)
_SIGNATURES: Final = (SignatureKind.WET, SignatureKind.CERTIFIED)
_DAY_TAG: Final = 100  # RFC 8943: days since 1 January 1970, without a zone
_EPOCH: Final = date(1970, 1, 1)
_CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")
_LAST_SECOND: Final = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Summary:
    """The facts that a QR code proves. `index` is its place in the status list; `kid` is "" unless read."""

    title: str
    number: str
    dated_on: date
    valid_until_on: date | None
    holder: str
    signer_name: str
    signer_title: str
    signature: SignatureKind
    code: str
    government: str
    issued_at: datetime
    index: int
    kid: str = ""

    def is_expired(self, on: date) -> bool:
        """Whether its last day of validity lies before `on` (a day of the government's calendar)."""
        return self.valid_until_on is not None and self.valid_until_on < on


def claims_of(summary: Summary, zone: tzinfo) -> dict[int, Any]:
    """The claims in the order-free form that `cbor.encode` makes one sequence of bytes of."""
    facts: dict[int, Any] = {
        _TITLE: summary.title,
        _NUMBER: summary.number,
        _DATED: _day(summary.dated_on),
        _SIGNER: summary.signer_name,
        _SIGNER_TITLE: summary.signer_title,
        _SIGNATURE: _SIGNATURES.index(summary.signature),
        _INDEX: summary.index,
    }
    if summary.holder:
        facts[_HOLDER] = summary.holder
    claims: dict[int, Any] = {
        ISS: summary.government,
        IAT: int(summary.issued_at.timestamp()),
        CTI: summary.code.encode(),
        LETTER: facts,
    }
    if summary.valid_until_on is not None:
        facts[_VALID] = _day(summary.valid_until_on)
        over = datetime.combine(summary.valid_until_on + timedelta(days=1), time(), zone)
        claims[EXP] = int(over.timestamp())
    return claims


def summary_of(claims: dict[Any, Any], kid: bytes) -> Summary:
    """The facts of claims whose signature was found good; raises NotASummary for claims of another kind."""
    facts = claims.get(LETTER)
    if not isinstance(facts, dict) or not set(claims) <= {ISS, EXP, IAT, CTI, LETTER}:
        raise NotASummary()
    signature = _number(facts, _SIGNATURE, len(_SIGNATURES) - 1)
    code = claims.get(CTI)
    if not isinstance(code, bytes) or not _CODE.fullmatch(code.decode("ascii", "replace")):
        raise NotASummary()
    return Summary(
        title=_text(facts, _TITLE),
        number=_text(facts, _NUMBER),
        dated_on=_date(facts, _DATED),
        valid_until_on=_date(facts, _VALID) if _VALID in facts else None,
        holder=_text(facts, _HOLDER) if _HOLDER in facts else "",
        signer_name=_text(facts, _SIGNER),
        signer_title=_text(facts, _SIGNER_TITLE),
        signature=_SIGNATURES[signature],
        code=code.decode(),
        government=_text(claims, ISS),
        issued_at=datetime.fromtimestamp(_number(claims, IAT, _LAST_SECOND), UTC),
        index=_number(facts, _INDEX, 2**53),
        kid=kid.decode(),
    )


def _day(day: date) -> Tag:
    return Tag(_DAY_TAG, (day - _EPOCH).days)


def _date(values: dict[Any, Any], name: int) -> date:
    found = values.get(name)
    if not (isinstance(found, Tag) and found.number == _DAY_TAG and type(found.value) is int):
        raise NotASummary()
    try:
        return _EPOCH + timedelta(days=found.value)
    except OverflowError:
        raise NotASummary() from None


def _text(values: dict[Any, Any], name: int) -> str:
    found = values.get(name)
    if not isinstance(found, str):
        raise NotASummary()
    return found


def _number(values: dict[Any, Any], name: int, most: int) -> int:
    found = values.get(name)
    if type(found) is not int or not 0 <= found <= most:
        raise NotASummary()
    return found
