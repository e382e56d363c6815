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
class Received:
    """A text that somebody sent; `address` as the other side writes it, not yet normalised."""

    remote_id: str
    address: str
    text: str
    at: datetime | None = None


Event: TypeAlias = Receipt | Received
