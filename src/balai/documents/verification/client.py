"""Asking the checking process: started on first use, kept warm, started anew when it is gone.

One for each web process and set of materials. A file that kills its child is an answer, not a fault.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from balai.documents.verification.chamber.materials import Materials
from balai.documents.verification.facts import FileFacts, from_plain
from balai.documents.verification.held import HeldFile
from balai.runtime.settings import PROJECT

# Longer than the child may live (`chamber.limits.WALL_SECONDS`), with time to start the process itself.
PATIENCE_SECONDS = 20.0
LONGEST_ANSWER = 4 * 1024 * 1024
_TOO_LONG = {-signal.SIGPROF, -signal.SIGALRM, -signal.SIGXCPU}


@dataclass(frozen=True)
class Answer:
    """What was found, and what finding it took (seconds of processor, KiB of memory at most)."""

    facts: FileFacts
    cpu_seconds: float = 0.0
    peak_kib: int = 0


class Chamber:
    """The checking process for one set of materials."""

    def __init__(self, materials: Materials) -> None:
        self.fingerprint = materials.fingerprint()
        self.owner = os.getpid()
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, os.fdopen(os.memfd_create("balai-trust", os.MFD_CLOEXEC), "w+b") as given:
            given.write(materials.packed())
            given.seek(0)
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, nothing of a stranger's
                [sys.executable, "-m", "balai.documents.verification.chamber", str(theirs.fileno())],
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": str(PROJECT / "src"), "LANG": "C.UTF-8"},
                pass_fds=[theirs.fileno()],
            )

    @property
    def is_usable(self) -> bool:
        """Whether it runs, and is this process's own (a forked web worker starts its own)."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, file: HeldFile, moment: datetime) -> Answer:
        """What is in this file as of `moment`; raises OSError when the process is gone."""
        reading, writing = os.pipe()
        try:
            order = json.dumps({"moment": moment.isoformat()}).encode()
            try:
                socket.send_fds(self._orders, [order], [file.descriptor, writing])
            finally:
                os.close(writing)
            return _understood(_read_all(reading, time.monotonic() + PATIENCE_SECONDS))
        finally:
            os.close(reading)

    def close(self) -> None:
        """Let it end: it goes when the socket is shut, what is under way is finished first.

        Shut and not only closed: a process that was forked meanwhile holds the socket too.
        """
        if self.owner == os.getpid():
            with suppress(OSError):
                self._orders.shutdown(socket.SHUT_RDWR)
        self._orders.close()

    @property
    def is_gone(self) -> bool:
        """Whether it has ended; asking this also clears it away."""
        return self.owner != os.getpid() or self._process.poll() is not None

    def wait(self) -> None:
        """Wait for the end after `close`; one that does not come is brought about."""
        if self.owner != os.getpid():
            return
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _read_all(reading: int, deadline: float) -> bytes | None:
    """Everything until the other side closes; None when it takes too long or is too much."""
    parts: list[bytes] = []
    total = 0
    while total <= LONGEST_ANSWER:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return None
        part = os.read(reading, 65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        total += len(part)
    return None


def _understood(raw: bytes | None) -> Answer:
    """The child's line and, last, how it ended."""
    if raw is None:
        return Answer(FileFacts(fault="too_long"))
    said, _, ending = raw.rpartition(b"\n")
    try:
        ended: dict[str, Any] = json.loads(ending)
    except ValueError:
        return Answer(FileFacts(fault="crashed"))
    return Answer(_facts(said, int(ended["exit"])), ended["cpu"], ended["peak_kib"])


def _facts(said: bytes, status: int) -> FileFacts:
    if status in _TOO_LONG:
        return FileFacts(fault="too_long")
    if status == -signal.SIGKILL:
        return FileFacts(fault="too_complex", note="memory")
    try:
        plain = json.loads(said)
        return (
            FileFacts(fault="too_complex", note="memory")
            if "fault" in plain and len(plain) == 1
            else from_plain(plain)
        )
    except (ValueError, TypeError, KeyError):
        return FileFacts(fault="crashed", note=str(status))


_lock = Lock()
_current: list[Chamber] = []
_leaving: list[Chamber] = []


def ask(file: HeldFile, materials: Materials, moment: datetime) -> Answer:
    """What is in this file; a checking process that is gone is started anew once."""
    for _attempt in range(2):
        try:
            return _chamber(materials).ask(file, moment)
        except OSError:
            continue
    return Answer(FileFacts(fault="crashed", note="not started"))


def _chamber(materials: Materials) -> Chamber:
    with _lock:
        _leaving[:] = [each for each in _leaving if not each.is_gone]
        if _current and _current[0].is_usable and _current[0].fingerprint == materials.fingerprint():
            return _current[0]
        _replace([Chamber(materials)])
        return _current[0]


def _replace(by: list[Chamber]) -> None:
    for each in _current:
        each.close()
    _leaving.extend(_current)
    _current[:] = by


@atexit.register
def stop() -> None:
    """End the checking process; the next file starts one anew."""
    with _lock:
        _replace([])
        for each in _leaving:
            each.wait()
        _leaving.clear()
