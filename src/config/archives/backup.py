"""`./balai backup FILE`: a whole town in one file, while it runs."""

from __future__ import annotations

import argparse
import io
import os
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from balai.runtime.settings import RuntimeSettings, SettingsRefused, load_settings
from config.archives import snapshots
from config.archives.manifest import NAME, Entry, HashingReader, Manifest
from config.archives.sealing import SealingWriter
from config.databases import engine_name, sqlite_path
from config.refusals import Refused
from config.start import LOCK_NAME

# What a start makes again by itself.
LEFT_OUT = {"static", LOCK_NAME}
KEEP_IT_SAFE = """
This archive holds the KEYS of the town: whoever has it can read every citizen's data.
Keep it where only the person in charge can reach it, never beside the town itself, never in a mailbox.
Without it, and without the key folder, the data of a lost town can not be read by anyone, ever.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write an archive; return the exit code (2: refused with a sentence)."""
    parser = argparse.ArgumentParser(prog="./balai backup", description=__doc__)
    parser.add_argument("file", type=Path, help="the archive to write; it must not exist yet")
    parser.add_argument("--data", type=Path, help="the town's data folder (default: BALAI_DATA_DIR or ./var)")
    parser.add_argument("--passphrase-file", type=Path, help="encrypt under the first line of this file")
    chosen = parser.parse_args(arguments)
    if chosen.data:
        os.environ["BALAI_DATA_DIR"] = str(chosen.data.absolute())
    try:
        passphrase = read_passphrase(chosen.passphrase_file)
        manifest = back_up(load_settings(), chosen.file, passphrase)
    except (Refused, SettingsRefused) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(f"{chosen.file}: {len(manifest.entries)} files, {chosen.file.stat().st_size:,} bytes.")
    print(KEEP_IT_SAFE)
    if passphrase is None:
        print("It is NOT encrypted. Better: ./balai backup FILE --passphrase-file PASSPHRASE")
    return 0


def read_passphrase(path: Path | None) -> bytes | None:
    """The first line of a file; raise Refused when it is missing or too short to protect anything."""
    if path is None:
        return None
    try:
        passphrase = path.read_bytes().split(b"\n")[0].strip()
    except OSError as error:
        raise Refused(f"{path} can not be read: {error.strerror}.") from None
    if len(passphrase) < 12:
        raise Refused(f"The passphrase in {path} is shorter than 12 characters.")
    return passphrase


def back_up(settings: RuntimeSettings, target: Path, passphrase: bytes | None = None) -> Manifest:
    """Write the town of `settings` into `target`; return what went in.

    The database is copied first: every file that it names was stored before. A file that disappears
    meanwhile was discarded after that moment, and is left out.
    """
    if target.exists():
        raise Refused(f"{target} exists already; an archive is never overwritten.")
    refuse_own_folder(settings, target)
    with tempfile.TemporaryDirectory(prefix=".balai-backup-", dir=existing_folder(target)) as folder:
        copy, migrations = snapshots.take(settings, Path(folder))
        unfinished = Path(folder) / "archive"
        with private_file(unfinished) as file, compressed(file, passphrase) as archive:
            entries: dict[str, Entry] = {}
            for name, path in [(copy.name, copy), *town_files(settings)]:
                entry = add_file(archive, name, path)
                entries |= {name: entry} if entry else {}
            manifest = describe(settings, migrations, entries)
            add_bytes(archive, NAME, manifest.model_dump_json(indent=1).encode())
        unfinished.rename(target)
    return manifest


def refuse_own_folder(settings: RuntimeSettings, target: Path) -> None:
    """Raise Refused for an archive that would hold itself, and every archive before it."""
    for folder in (settings.data_dir, settings.keys_path):
        if target.resolve().is_relative_to(folder.resolve()):
            raise Refused(f"{target} lies in the town's own folder {folder}; write it outside.")


def existing_folder(target: Path) -> Path:
    """The folder that will hold the archive; raise Refused when there is none."""
    folder = target.absolute().parent
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}.")
    return folder


@contextmanager
def private_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner may read, on the disk for good when the block ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def compressed(file: IO[bytes], passphrase: bytes | None) -> Iterator[tarfile.TarFile]:
    """A compressed archive into `file`, sealed when there is a passphrase."""
    outer = io.BufferedWriter(SealingWriter(file, passphrase)) if passphrase else file
    with tarfile.open(fileobj=outer, mode="w|gz", format=tarfile.PAX_FORMAT) as archive:
        yield archive
    if passphrase:
        outer.close()


def town_files(settings: RuntimeSettings) -> Iterator[tuple[str, Path]]:
    """Name in the archive and place of every file of the town but its database: `keys/…`, `data/…`."""
    database = sqlite_path(settings)
    own_names = {f"{database.name}{end}" for end in ("", "-wal", "-shm", "-journal")} if database else set()
    for path in files_below(settings.keys_path):
        yield f"keys/{path.relative_to(settings.keys_path)}", path
    for path in files_below(settings.data_dir):
        name = path.relative_to(settings.data_dir)
        is_key = path.is_relative_to(settings.keys_path)
        if not is_key and name.parts[0] not in LEFT_OUT | own_names:
            yield f"data/{name}", path


def files_below(folder: Path) -> list[Path]:
    """Every file below a folder, in a steady order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def add_file(archive: tarfile.TarFile, name: str, path: Path) -> Entry | None:
    """Add a file; None when it disappeared meanwhile."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        described = tarfile.TarInfo(name)
        described.size = os.fstat(file.fileno()).st_size
        described.mode = 0o600
        reader = HashingReader(file)
        archive.addfile(described, reader)
        return reader.entry


def add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a small file made here."""
    described = tarfile.TarInfo(name)
    described.size = len(content)
    described.mode = 0o600
    archive.addfile(described, io.BytesIO(content))


def describe(
    settings: RuntimeSettings, migrations: list[tuple[str, str]], entries: dict[str, Entry]
) -> Manifest:
    """The manifest of a town."""
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        government=settings.government,
        mode=settings.mode,
        engine="sqlite" if engine_name(settings) == "sqlite" else "postgresql",
        migrations=migrations,
        entries=entries,
    )


if __name__ == "__main__":
    sys.exit(main())
