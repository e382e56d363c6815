"""Files at rest: AES-256-GCM in chunks, so that reading streams and no page of plain text touches the disk.

Layout of one stored file: magic, length and bytes of the sealed data key, then the chunks. Every file
has a data key of its own, sealed by the key ring (`runtime.crypto`), so a rotated ring re-seals headers
and never contents. Nonces count up under a key that is used once. The additional data binds each chunk
to its upload, its place and whether it is the last (the STREAM construction of Hoang, Reyhanitabar,
Rogaway, Vizár 2015): a chunk swapped, repeated, cut off or moved between files does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from balai.runtime import crypto

MAGIC = b"BALAI-F1"
CHUNK = 64 * 1024
_TAG = 16


class StoredFileDamaged(Exception):
    """What lies in the storage is not what was put there."""


def _context(upload_id: UUID) -> str:
    return f"files.upload.{upload_id}"


def _bound(upload_id: UUID, index: int, last: bool) -> bytes:
    return upload_id.bytes + index.to_bytes(8, "big") + (b"\x01" if last else b"\x00")


def encrypt(content: BinaryIO, upload_id: UUID) -> Iterator[bytes]:
    """The stored form of `content`, piece by piece."""
    key = AESGCM.generate_key(bit_length=256)
    sealed = crypto.seal_bytes(key, context=_context(upload_id))
    yield MAGIC + len(sealed).to_bytes(2, "big") + sealed
    cipher, index, chunk = AESGCM(key), 0, content.read(CHUNK)
    while True:
        following = content.read(CHUNK)
        last = not following
        yield cipher.encrypt(index.to_bytes(12, "big"), chunk, _bound(upload_id, index, last))
        if last:
            return
        index, chunk = index + 1, following


def decrypt(stored: BinaryIO, upload_id: UUID) -> Iterator[bytes]:
    """The plain content, chunk by chunk; raises StoredFileDamaged at the first chunk that does not open."""
    cipher = AESGCM(_data_key(stored, upload_id))
    index, chunk = 0, stored.read(CHUNK + _TAG)
    while True:
        following = stored.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(index.to_bytes(12, "big"), chunk, _bound(upload_id, index, not following))
        except InvalidTag:
            raise StoredFileDamaged(f"chunk {index} of {upload_id}") from None
        if not following:
            return
        index, chunk = index + 1, following


def _data_key(stored: BinaryIO, upload_id: UUID) -> bytes:
    head = stored.read(len(MAGIC) + 2)
    if not head.startswith(MAGIC):
        raise StoredFileDamaged(f"{upload_id} does not begin as a stored file")
    sealed = stored.read(int.from_bytes(head[-2:], "big"))
    try:
        return crypto.open_bytes(sealed, context=_context(upload_id))
    except crypto.SealBroken:
        raise StoredFileDamaged(f"the data key of {upload_id} does not open") from None


def new_storage_key(upload_id: UUID) -> str:
    """A place of its own for each attempt, so that two senders of one id never write the same file."""
    return f"{upload_id.hex[-2:]}/{upload_id.hex}-{secrets.token_hex(6)}"
