"""The key ring: one file outside the database, made on first use, readable by its owner alone.

Shape of `ring.json`: `{"seal": {"current": kid, "keys": {kid: base64}}, "lookup": {…}, "journal": {…},
"letters": {…}}`. Every key is 32 bytes; one of "letters" is the private number of a P-256 key (see
`documents.compact`), and its old public keys are published for as long as letters name them.
`"mode"` is the mode it was made in: production refuses a ring that a demo made, since demo data and demo
keys travel freely. A kid is eight hexadecimal characters. Rotation adds a key and makes it current; old
keys stay, because rows sealed with them stay. The lookup key is never rotated: every stored hash would be
lost with it. A ring made before a purpose existed gets a key for it at the next reading; the keys that it
holds stay as they are.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

Purpose = Literal["seal", "lookup", "journal", "letters"]
PURPOSES: tuple[Purpose, ...] = ("seal", "lookup", "journal", "letters")
ROTATABLE: tuple[Purpose, ...] = ("seal", "journal", "letters")
FILE_NAME = "ring.json"
KEY_BYTES = 32


class KeyMissing(Exception):
    """A ciphertext names a key that this ring does not hold."""


class RingRefused(Exception):
    """The ring cannot be used as it is; the message is a sentence for the operator, with what to do."""


@dataclass(frozen=True)
class KeySet:
    """The keys of one purpose, by kid, and the one that is used for new values."""

    current: str
    keys: dict[str, bytes]

    def key(self, kid: str) -> bytes:
        """The key named `kid`; raises KeyMissing."""
        try:
            return self.keys[kid]
        except KeyError:
            raise KeyMissing(kid) from None


_rings: dict[Path, dict[Purpose, KeySet]] = {}


def ring_path() -> Path:
    """Where this deployment's ring lies."""
    folder: Path = settings.BALAI.keys_path
    return folder / FILE_NAME


def key_set(purpose: Purpose) -> KeySet:
    """Keys of a purpose; the ring is made when there is none, and read once by each process."""
    path = ring_path()
    ring = _rings.get(path)
    if ring is None:
        ring = _rings[path] = _read_or_make(path)
    return ring[purpose]


def find_key(purpose: Purpose, kid: str) -> bytes:
    """The key named `kid`; looks into the file again once, since another process may have rotated."""
    try:
        return key_set(purpose).key(kid)
    except KeyMissing:
        forget()
        return key_set(purpose).key(kid)


def fresh_key_set(purpose: Purpose) -> KeySet:
    """Keys of a purpose as they are in the file now, for whoever publishes them."""
    forget()
    return key_set(purpose)


def forget() -> None:
    """Read the file again at the next use."""
    _rings.clear()


def rotate(purpose: Purpose) -> str:
    """Add a key, make it current, return its kid. Raises ValueError for a purpose that cannot rotate."""
    if purpose not in ROTATABLE:
        raise ValueError(f"{purpose} keys cannot be rotated")
    key_set(purpose)
    with _rewriting(ring_path()) as content:
        kid, key = _new_key(purpose)
        content[purpose]["keys"][kid] = key
        content[purpose]["current"] = kid
    forget()
    return kid


@contextmanager
def _rewriting(path: Path) -> Iterator[dict[str, Any]]:
    """The ring's content to be changed, while no other process changes it; the file is replaced whole."""
    with path.with_suffix(".lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        content: dict[str, Any] = json.loads(path.read_text())
        yield content
        draft = _write_beside(path, content)
        draft.replace(path)
        _sync_folder(path.parent)


def _new_key(purpose: Purpose) -> tuple[str, str]:
    key = secrets.token_bytes(KEY_BYTES)
    if purpose == "letters":
        key = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(KEY_BYTES)
    return secrets.token_hex(4), base64.b64encode(key).decode()


def _with_every_purpose(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The content with a first key for each purpose that is newer than the ring, written to the file.

    Raises RingRefused where the file cannot be written: a key that only this process knows would be lost.
    """
    missing = [purpose for purpose in PURPOSES if purpose not in content]
    if not missing:
        return content
    try:
        with _rewriting(path) as content:
            for purpose in PURPOSES:
                if purpose not in content:  # not added by a faster process
                    kid, key = _new_key(purpose)
                    content[purpose] = {"current": kid, "keys": {kid: key}}
    except OSError as error:
        raise RingRefused(
            f"{path} has no key yet for {', '.join(missing)}, and one cannot be added ({error.strerror}); "
            f"make {path.parent} writable for the user who runs Balai and start it once, then it may be "
            "read-only again"
        ) from error
    return content


def _read_or_make(path: Path) -> dict[Purpose, KeySet]:
    if not path.exists():
        _make(path)
    content = json.loads(path.read_text())
    if settings.BALAI.mode == "production" and content["mode"] != "production":
        raise RingRefused(
            f"{path} was made in {content['mode']} mode; give production its own BALAI_KEYS_DIR"
        )
    content = _with_every_purpose(path, content)
    return {
        purpose: KeySet(
            current=content[purpose]["current"],
            keys={kid: base64.b64decode(key) for kid, key in content[purpose]["keys"].items()},
        )
        for purpose in PURPOSES
    }


def _make(path: Path) -> None:
    """Make the first ring; of several processes that try at once exactly one wins (link is atomic)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content: dict[str, Any] = {"mode": settings.BALAI.mode}
    for purpose in PURPOSES:
        kid, key = _new_key(purpose)
        content[purpose] = {"current": kid, "keys": {kid: key}}
    draft = _write_beside(path, content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _write_beside(path: Path, content: object) -> Path:
    """Write a draft with mode 0600 (mkstemp's own) and bring it to the disk before anything uses it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ring-")
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
