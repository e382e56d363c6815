"""Waiting for what another process does: ask again and again until it is true, never a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

Answer = TypeVar("Answer")
PACE_SECONDS = 0.1


def wait_until(ask: Callable[[], Answer], what: str, *, seconds: float = 30) -> Answer:
    """The first answer of `ask` that is true; AssertionError naming `what` when time is up."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {what}"
        Event().wait(PACE_SECONDS)
