"""The process that waits with pyHanko loaded and forks a closed-in child for each file.

A child costs a few milliseconds instead of the half second that the libraries take to load. What arrives on
the socket comes from our own web process; what a child reads comes from strangers. The answer of a child goes
into a pipe, and when it has ended this process adds how it ended and what it used, whatever the child did.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import socket
import sys
import warnings
from contextlib import suppress
from datetime import datetime
from typing import Any

from balai.documents.verification.chamber import limits
from balai.documents.verification.chamber.loading import warm_up
from balai.documents.verification.chamber.materials import Materials
from balai.documents.verification.chamber.reading import examine
from balai.documents.verification.chamber.trusting import Trust

LARGEST_ORDER = 4096
IDLE_SECONDS = 600.0


class Server:
    """Forks for each order; ends when the other end of the socket closes, or after long idling."""

    def __init__(self, orders: socket.socket, trust: Trust) -> None:
        self._orders = orders
        self._trust = trust
        self._selector = selectors.DefaultSelector()
        self._answers: dict[int, tuple[int, int]] = {}

    def run(self) -> None:
        """Serve until the other end closes, then wait for what is under way."""
        self._selector.register(self._orders, selectors.EVENT_READ)
        is_open = True
        while is_open or self._answers:
            events = self._selector.select(IDLE_SECONDS)
            if not events and not self._answers:
                return
            for key, _ in events:
                if key.fileobj is self._orders:
                    is_open = self._take()
                else:
                    self._settle(key.fd)

    def _take(self) -> bool:
        raw, given, _, _ = socket.recv_fds(self._orders, LARGEST_ORDER, 2)
        if not raw:
            self._selector.unregister(self._orders)
            return False
        file, answer = given
        child = os.fork()
        if child == 0:
            self._be_child(json.loads(raw), file, answer)
        os.close(file)
        handle = os.pidfd_open(child)
        self._answers[handle] = (child, answer)
        self._selector.register(handle, selectors.EVENT_READ)
        return True

    def _be_child(self, order: dict[str, Any], file: int, answer: int) -> None:
        """Never returns."""
        status = 1
        try:
            self._orders.close()
            self._let_go_of_others()
            limits.close_in()
            written = _answer(order, file, self._trust)
            while written:
                written = written[os.write(answer, written) :]
            status = 0
        finally:
            os._exit(status)

    def _let_go_of_others(self) -> None:
        """The ways of other files' answers: who holds one could write to it, and keeps its reader waiting."""
        for handle, (_, answer) in self._answers.items():
            os.close(handle)
            os.close(answer)

    def _settle(self, handle: int) -> None:
        child, answer = self._answers.pop(handle)
        self._selector.unregister(handle)
        os.close(handle)
        _, status, used = os.wait4(child, 0)
        ended = {
            "exit": os.waitstatus_to_exitcode(status),
            "cpu": round(used.ru_utime + used.ru_stime, 3),
            "peak_kib": used.ru_maxrss,
        }
        with suppress(OSError):  # perhaps nobody waits for it any more
            os.write(answer, b"\n" + json.dumps(ended).encode())
        os.close(answer)


def _answer(order: dict[str, Any], file: int, trust: Trust) -> bytes:
    try:
        facts = examine(file, trust, datetime.fromisoformat(order["moment"])).plain()
    except MemoryError:
        return b'{"fault": "memory"}'
    return json.dumps(facts).encode()


def main() -> None:
    """Orders come through the socket whose number is the argument, what to trust through standard input."""
    warnings.simplefilter("ignore")
    orders = socket.socket(fileno=int(sys.argv[1]))
    trust = Trust(Materials.unpacked(sys.stdin.buffer.read()))
    warm_up(trust)
    gc.collect()
    gc.freeze()
    gc.disable()
    Server(orders, trust).run()
