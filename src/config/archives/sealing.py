"""An archive under a passphrase: scrypt for the key, AES-GCM in chunks, so that any size fits any memory.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): each chunk's nonce holds a random
prefix, a counter and a flag for the last one, so that chunks can not be reordered, dropped or cut off.
"""

from __future__ import annotations

import io
import os
import secrets
from typing import IO, TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from config.refusals import Refused

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"BALAI-SEALED-1\n"
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 16, 7, 16
CHUNK_BYTES = 1 << 20
SCRYPT_ROUNDS = 1 << 16  # 64 MB and a fifth of a second for every guess
HEADER_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES


def _cipher(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=SCRYPT_ROUNDS, r=8, p=1).derive(passphrase))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


class SealingWriter(io.RawIOBase):
    """Encrypts what is written to it and passes it on; `close` writes the last chunk."""

    def __init__(self, target: IO[bytes], passphrase: bytes) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self._prefix = secrets.token_bytes(PREFIX_BYTES)
        self._header = MAGIC + salt + self._prefix
        self._cipher = _cipher(passphrase, salt)
        self._target = target
        self._buffer = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: ReadableBuffer) -> int:
        """Take any amount of bytes; whole chunks go on at once."""
        view = memoryview(data)
        self._buffer += view
        while len(self._buffer) > CHUNK_BYTES:
            self._pass_on(bytes(self._buffer[:CHUNK_BYTES]), last=False)
            del self._buffer[:CHUNK_BYTES]
        return view.nbytes

    def close(self) -> None:
        """Write the last chunk; the target stays open."""
        if not self.closed:
            self._pass_on(bytes(self._buffer), last=True)
        super().close()

    def _pass_on(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._header))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Decrypts a sealed stream; raises Refused when the passphrase or a single bit is wrong."""

    def __init__(self, source: IO[bytes], passphrase: bytes) -> None:
        self._header = source.read(HEADER_BYTES)
        salt = self._header[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        self._prefix = self._header[-PREFIX_BYTES:]
        self._cipher = _cipher(passphrase, salt)
        self._source = source
        self._next = source.read(CHUNK_BYTES + TAG_BYTES)
        self._clear = b""
        self._number = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, target: WriteableBuffer) -> int:
        """Fill a buffer with clear bytes; 0 at the end."""
        view = memoryview(target).cast("B")
        while not self._clear and self._next:
            self._clear = self._open_next()
        count = min(len(view), len(self._clear))
        view[:count] = self._clear[:count]
        self._clear = self._clear[count:]
        return count

    def _open_next(self) -> bytes:
        sealed, self._next = self._next, self._source.read(CHUNK_BYTES + TAG_BYTES)
        nonce = _nonce(self._prefix, self._number, last=not self._next)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, self._header)
        except InvalidTag:
            raise Refused("The archive can not be opened: wrong passphrase, or a damaged file.") from None


def is_sealed(source: IO[bytes]) -> bool:
    """Whether a stream begins like a sealed archive; it is rewound."""
    found = source.read(len(MAGIC)) == MAGIC
    source.seek(-source.tell(), os.SEEK_CUR)
    return found
