"""Time-ordered identifiers that a phone may make before it has signal (RFC 9562, version 7)."""

from __future__ import annotations

import os
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

_RANDOM_BITS = 74
_STEP_BITS = 32
CLOCK_MAY_RUN_AHEAD = timedelta(days=1)
CLIENT_MAY_WAIT = timedelta(days=366)


class _Sequence:
    """Last timestamp and random part handed out, so that ids rise even within one millisecond."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.milliseconds = 0
        self.random = 0

    def next(self, milliseconds: int) -> tuple[int, int]:
        """RFC 9562 §6.2, method 2: count up by a random step; on overflow borrow a millisecond."""
        with self.lock:
            if milliseconds > self.milliseconds:
                self.milliseconds, self.random = milliseconds, secrets.randbits(_RANDOM_BITS)
            else:
                self.random += 1 + secrets.randbits(_STEP_BITS)
                if self.random >> _RANDOM_BITS:
                    self.milliseconds += 1
                    self.random = secrets.randbits(_RANDOM_BITS - 1)
            return self.milliseconds, self.random


_sequence = _Sequence()


def _forget_parent() -> None:
    """A forked worker must not continue its parent's count, nor wait for a lock its parent held."""
    global _sequence
    _sequence = _Sequence()


os.register_at_fork(after_in_child=_forget_parent)


def compose(milliseconds: int, random: int) -> UUID:
    """Lay 48 bits of time and 74 random bits around the version and variant marks."""
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def uuid7() -> UUID:
    """A new id; ids made by one process rise strictly, even when the wall clock steps back."""
    return compose(*_sequence.next(time.time_ns() // 1_000_000))


def made_at(value: UUID) -> datetime:
    """The instant written in a version-7 id, in UTC."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=value.int >> 80)


def client_id_problem(value: UUID, now: datetime) -> str | None:
    """Why an id made by a client is not taken: "id.version", "id.time", or None when it is fine.

    Clocks of phones are wrong and drafts wait for signal, hence a day ahead and a year behind.
    """
    if value.version != 7:
        return "id.version"
    ahead = timedelta(milliseconds=value.int >> 80) - (now - datetime.fromtimestamp(0, UTC))
    return None if -CLIENT_MAY_WAIT <= ahead <= CLOCK_MAY_RUN_AHEAD else "id.time"
