"""A file that somebody wants checked: in anonymous memory, once, outside of this process's own.

The bytes go straight into a memory file as they arrive and are handed to the checking process by number, so
the web process never holds a file of 100 MB, and nothing of it touches a disk.
"""

from __future__ import annotations

import os
from hashlib import sha256
from threading import Lock
from types import TracebackType

MEGABYTE = 1024 * 1024
LARGEST_BYTES = 100 * MEGABYTE
HEAD_BYTES = 64
# Of all files that this process holds at one moment; a small machine runs several such processes.
MOST_HELD_BYTES = 256 * MEGABYTE
# Of the files that one address is sending: one of the largest and some small ones, so that nobody who sends
# slowly keeps everybody else out.
MOST_HELD_OF_ONE = 128 * MEGABYTE


class NoRoom(Exception):
    """Other files that are being checked take all the room there is, or all that one address may have."""


class _Room:
    """How many bytes the held files of this process have together."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = 0
        self._of: dict[str, int] = {}

    def take(self, size: int, address: str) -> None:
        """Claim room for so many bytes more, or raise NoRoom; an address of "" is the town's own."""
        with self._lock:
            of_one = self._of.get(address, 0) + size
            if self._taken + size > MOST_HELD_BYTES or (address and of_one > MOST_HELD_OF_ONE):
                raise NoRoom()
            self._taken += size
            self._of[address] = of_one

    def give(self, size: int, address: str) -> None:
        """Give room back; an address that holds nothing more is forgotten."""
        with self._lock:
            self._taken -= size
            left = self._of.pop(address, 0) - size
            if left > 0:
                self._of[address] = left


_room = _Room()


class HeldFile:
    """Bytes kept until `close`, sent from `address`. Beyond LARGEST_BYTES they are counted and let go."""

    def __init__(self, address: str = "") -> None:
        self._address = address
        self.descriptor = os.memfd_create("balai-verify", os.MFD_CLOEXEC)
        self.size = 0
        self.head = b""
        self._digest = sha256()
        self._kept = 0

    @classmethod
    def of(cls, content: bytes) -> HeldFile:
        """A file that is in memory already."""
        held = cls()
        held.write(content)
        return held

    def write(self, chunk: bytes) -> None:
        """Append; what makes the file too large empties it, for nothing of it will be read. Raises NoRoom."""
        self.size += len(chunk)
        if self.is_too_large:
            os.ftruncate(self.descriptor, 0)
            self._give_back()
            return
        _room.take(len(chunk), self._address)
        self._kept += len(chunk)
        self.head += chunk[: HEAD_BYTES - len(self.head)]
        self._digest.update(chunk)
        rest = memoryview(chunk)
        while rest:
            rest = rest[os.write(self.descriptor, rest) :]

    @property
    def is_too_large(self) -> bool:
        """Whether it grew beyond the bound."""
        return self.size > LARGEST_BYTES

    @property
    def sha256(self) -> str:
        """Fingerprint of the whole file, in hex; "" for one that was let go of before its end."""
        return "" if self.is_too_large else self._digest.hexdigest()

    def close(self) -> None:
        """Let go of the bytes; again is no error."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1
            self._give_back()

    def _give_back(self) -> None:
        _room.give(self._kept, self._address)
        self._kept = 0

    def __enter__(self) -> HeldFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()
