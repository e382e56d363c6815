"""Where stored bytes lie. One folder today; an S3-shaped store is another class with the same five methods.

Keys are made by `encryption.new_storage_key`, never by a person.
"""

from __future__ import annotations

import errno
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from balai.files.errors import FileRefused

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Storage(ABC):
    """Whole objects under a key: written once, read, removed. Never half an object."""

    @abstractmethod
    def write(self, key: str, pieces: Iterable[bytes]) -> None:
        """Store all pieces or nothing; raises FileRefused `files.disk_full` when there is no room."""

    @abstractmethod
    def open(self, key: str) -> BinaryIO:
        """A stream over the object; raises FileNotFoundError."""

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove the object; removing what is not there is no error."""

    @abstractmethod
    def exists(self, key: str) -> bool:
        """Whether the object is there."""

    @abstractmethod
    def keys_older_than(self, moment: datetime) -> Iterator[str]:
        """Keys (and leftovers of interrupted writes) last touched before this instant."""


class FolderStorage(Storage):
    """Files below one folder, readable by the town's own user alone."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, key: str, pieces: Iterable[bytes]) -> None:
        target = self.root / key
        partial = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write_durably(partial, pieces)
            partial.rename(target)
            _sync_folder(target.parent)
        except OSError as error:
            partial.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise FileRefused("files.disk_full") from error
            raise
        except BaseException:
            partial.unlink(missing_ok=True)
            raise

    def _write_durably(self, path: Path, pieces: Iterable[bytes]) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def open(self, key: str) -> BinaryIO:
        return (self.root / key).open("rb")

    def delete(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        return (self.root / key).is_file()

    def keys_older_than(self, moment: datetime) -> Iterator[str]:
        for path in self.root.glob("*/*"):
            try:
                touched = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
            except FileNotFoundError:
                continue
            if touched < moment:
                yield path.relative_to(self.root).as_posix()


def _sync_folder(folder: Path) -> None:
    """A rename is durable once its folder is written; needed for what is acknowledged to the citizen."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=1)
def current_storage() -> Storage:
    """The storage of this town: `<data_dir>/files`."""
    return FolderStorage(settings.BALAI.data_dir / "files")
