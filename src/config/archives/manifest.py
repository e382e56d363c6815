"""What an archive says about itself: which town, which database, which tables, and every file's hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from balai.runtime.settings import PROJECT
from config.refusals import Refused

NAME = "manifest.json"


class Entry(BaseModel):
    """One file of the archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int
    sha256: str


class Manifest(BaseModel):
    """Written last into an archive and checked before anything is put in its place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    made_at: str
    government: str
    mode: str
    engine: Literal["sqlite", "postgresql"]
    migrations: list[tuple[str, str]]
    entries: dict[str, Entry]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an unpacked archive; raise Refused when it is not one of ours."""
    try:
        return Manifest.model_validate_json((folder / NAME).read_bytes())
    except (FileNotFoundError, ValidationError):
        raise Refused("This is not an archive of Balai, or not one that this version can read.") from None


def refuse_differences(folder: Path, manifest: Manifest) -> None:
    """Raise Refused unless the unpacked files are exactly those of the manifest, bit for bit."""
    found = {
        str(path.relative_to(folder)): path
        for path in folder.rglob("*")
        if path.is_file() and path != folder / NAME
    }
    faults = [f"{name}: missing" for name in manifest.entries.keys() - found.keys()]
    faults += [f"{name}: not in the manifest" for name in found.keys() - manifest.entries.keys()]
    faults += [
        f"{name}: content differs"
        for name in manifest.entries.keys() & found.keys()
        if sha256_of(found[name]) != manifest.entries[name].sha256
    ]
    if faults:
        raise Refused("\n".join(["The archive is damaged; nothing was restored:", *sorted(faults)]))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def refuse_newer_tables(manifest: Manifest) -> None:
    """Raise Refused when the archive holds tables that this version of the code does not know."""
    ours = {app for app, _ in known_migrations()}
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if app in ours]
    unknown = sorted(set(unknown) - {f"{app}.{name}" for app, name in known_migrations()})
    if unknown:
        raise Refused(
            f"The archive was made by a newer version of Balai (it holds {', '.join(unknown)}). "
            "Update the code, then restore."
        )


def known_migrations() -> set[tuple[str, str]]:
    """App label and name of every migration of this code."""
    files = (PROJECT / "src" / "balai").rglob("migrations/[0-9]*.py")
    return {(path.parent.parent.name, path.stem) for path in files}


class HashingReader:
    """A file as `tarfile` reads it, hashed on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def read(self, count: int = -1) -> bytes:
        """Read on, and remember what passed."""
        data = self._file.read(count)
        self._digest.update(data)
        self._size += len(data)
        return data

    @property
    def entry(self) -> Entry:
        """Size and hash of all that was read."""
        return Entry(size=self._size, sha256=self._digest.hexdigest())
