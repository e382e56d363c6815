"""What the other side of a channel tells: a receipt for a message of ours, or a message of somebody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Receipt:
    """What became of a message: found by our own `reference` where it comes back, else by `remote_id`.

    `is_doubtful`: it failed because of the address.
    """

    state: Literal["accepted", "delivered", "failed"]
    reference: str = ""
    remote_id: str = ""
    fault: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True)
class Media:
    """A file that came along, still at the other side: `remote_id` is what it is fetched by."""

    remote_id: str
    media_type: str
    name: str = ""


@dataclass(frozen=True)
class Received:
    """A text that somebody sent; `address` as the other side writes it, not yet normalised.

    `answers` is the other side's id of the message of ours to which it answers, where it says so.
    """

    remote_id: str
    address: str
    text: str
    at: datetime | None = None
    media: tuple[Media, ...] = ()
    answers: str = ""


Event: TypeAlias = Receipt | Received
