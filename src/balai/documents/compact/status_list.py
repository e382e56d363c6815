"""Which letters were taken back: one small signed list, as a Status List Token (IETF Token Status List).

Two bits for each number that was ever reserved, at the place that the letter's summary names: 0 in force,
1 revoked or made void, 3 replaced by another letter. Compressed it stays small, and it names nobody. It is
a CWT signed like the summaries: 2 sub (its own address), 6 iat, 4 exp, 65534 ttl, 65533 the list.

The same list has the same bytes: iat is the last full hour, or the last change when that is later.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from django.db.models import Max

from balai.documents.compact import sign1
from balai.documents.compact.errors import NotASummary
from balai.documents.compact.keys import PublicKeys
from balai.documents.enums import NumberState
from balai.documents.models import Letter, Number
from balai.documents.revocation import REPLACED

MEDIA_TYPE: Final = "application/statuslist+cwt"
SUB, EXP, IAT, TTL, STATUS_LIST = 2, 4, 6, 65534, 65533
BITS: Final = 2
# After this long a list says nothing about today; a reader must say so.
MOST_AGE: Final = timedelta(days=7)
FRESH: Final = timedelta(minutes=5)
_PER_BYTE: Final = 8 // BITS
# The list grows in steps, so that it does not tell how many letters the day had.
_STEP: Final = 4096
_MOST_BYTES: Final = 64 * 1024 * 1024


class Status(IntEnum):
    """What the list says about one letter; 2 ("suspended" in the standard) is not used."""

    IN_FORCE = 0
    REVOKED = 1
    REPLACED = 3


_STATUSES: Final = {int(status): status for status in Status}


@dataclass(frozen=True)
class StatusList:
    """A list that was read and whose signature holds."""

    made_at: datetime
    ends_at: datetime
    data: bytes

    def status(self, index: int) -> Status | None:
        """What it says, None for a letter that is newer than the list."""
        place, shift = divmod(index, _PER_BYTE)
        if place >= len(self.data):
            return None
        value = self.data[place] >> (shift * BITS) & (1 << BITS) - 1
        return _STATUSES.get(value, Status.REVOKED)

    def is_old(self, at: datetime) -> bool:
        """Whether later revocations may be missing."""
        return at >= self.ends_at


def issue_list(address: str, at: datetime) -> bytes:
    """The signed list as it is at `at`; `address` is where it is found."""
    revoked = list(
        Letter.objects.filter(revoked_at__isnull=False)
        .order_by("number_id")
        .values_list("number_id", "revocation_code", "revoked_at")
    )
    void = list(Number.objects.filter(state=NumberState.VOID).order_by("id").values_list("id", "settled_at"))
    last = Number.objects.aggregate(last=Max("id"))["last"] or 0
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    changes = [when for _, _, when in revoked] + [when for _, when in void]
    made_at = int(max([hour, *filter(None, changes)]).timestamp())
    taken_back = [(number, code) for number, code, _ in revoked] + [(number, "") for number, _ in void]
    packed = zlib.compress(_packed(last, taken_back), 9)
    claims: dict[int, Any] = {
        SUB: address,
        IAT: made_at,
        EXP: made_at + int(MOST_AGE.total_seconds()),
        TTL: int(FRESH.total_seconds()),
        STATUS_LIST: {"bits": BITS, "lst": packed},
    }
    return sign1.sign(claims, media_type=MEDIA_TYPE)


def _packed(last: int, revoked: Iterable[tuple[int | None, str]]) -> bytearray:
    """Two bits for each number up to the last one and some beyond, least significant first."""
    steps = last // (_STEP * _PER_BYTE) + 1
    data = bytearray(steps * _STEP)
    for number, code in revoked:
        if number is not None:
            place, shift = divmod(number, _PER_BYTE)
            status = Status.REPLACED if code == REPLACED else Status.REVOKED
            data[place] |= status << (shift * BITS)
    return data


def read_list(token: bytes, keys: PublicKeys) -> StatusList:
    """The list in a token; raises NotASummary, KeyUnknown, SummaryAltered."""
    _kid, claims = sign1.opened(token, keys, media_type=MEDIA_TYPE)
    match claims:
        case {4: int() as ends, 6: int() as made, 65533: {"bits": 2, "lst": bytes() as packed}}:
            unpacking = zlib.decompressobj()
            try:
                data = unpacking.decompress(packed, _MOST_BYTES)
            except zlib.error:
                raise NotASummary() from None
            return StatusList(datetime.fromtimestamp(made, UTC), datetime.fromtimestamp(ends, UTC), data)
    raise NotASummary()
