"""`./balai restore FILE --data FOLDER`: bring a town back, and prove that it is whole."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from balai.runtime.settings import PROJECT, RuntimeSettings, SettingsRefused, load_settings
from config.archives import snapshots
from config.archives.backup import read_passphrase
from config.archives.manifest import Manifest, read_manifest, refuse_differences, refuse_newer_tables
from config.archives.sealing import OpeningReader, is_sealed
from config.databases import engine_name
from config.refusals import Refused
from config.start import LOCK_NAME, only_town

# In this order: the code fits (`migrate` runs every check of `manage check` first) and the tables are of this
# version; the journal is what it was.
PROOFS = (("migrate", "--verbosity", "0"), ("audit_verify",))


def main(arguments: Sequence[str] | None = None) -> int:
    """Restore an archive; return the exit code (1: restored but not proven, 2: refused)."""
    parser = argparse.ArgumentParser(prog="./balai restore", description=__doc__)
    parser.add_argument("file", type=Path, help="the archive")
    parser.add_argument("--data", type=Path, required=True, help="the folder to restore into")
    parser.add_argument("--force", action="store_true", help="set a town that stands there aside first")
    parser.add_argument("--passphrase-file", type=Path, help="the passphrase of an encrypted archive")
    chosen = parser.parse_args(arguments)
    os.environ["BALAI_DATA_DIR"] = str(chosen.data.absolute())
    try:
        settings = load_settings()
        passphrase = read_passphrase(chosen.passphrase_file)
        with only_town(settings.data_dir):
            manifest = restore(settings, chosen.file, passphrase, force=chosen.force)
            print(
                f"Restored {len(manifest.entries)} files of {manifest.made_at}. Proving them ...", flush=True
            )
            is_proven = prove()
    except (Refused, SettingsRefused) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print("The town is whole." if is_proven else "The town was restored, but a proof failed; see above.")
    return 0 if is_proven else 1


def restore(settings: RuntimeSettings, file: Path, passphrase: bytes | None, *, force: bool) -> Manifest:
    """Put the archive's town in the place that `settings` names; the caller holds the data folder.

    Everything is unpacked and compared with the manifest before anything is touched.
    """
    with tempfile.TemporaryDirectory(prefix=".balai-restore-", dir=settings.data_dir.parent) as temporary:
        folder = Path(temporary)
        unpack(file, passphrase, folder)
        manifest = read_manifest(folder)
        refuse_differences(folder, manifest)
        refuse_newer_tables(manifest)
        refuse_other_town(settings, manifest)
        make_room(settings, force=force)
        put_in_place(settings, manifest, folder)
    return manifest


def unpack(file: Path, passphrase: bytes | None, folder: Path) -> None:
    """Unpack into `folder`; raise Refused for anything that is not a plain file below it."""
    try:
        with (
            file.open("rb") as source,
            tarfile.open(fileobj=opened(source, passphrase), mode="r|gz") as archive,
        ):
            for member in archive:
                unpack_member(archive, member, folder)
    except OSError as error:
        raise Refused(f"{file} can not be read: {error.strerror or error}.") from None
    except (tarfile.TarError, EOFError, zlib.error):
        raise Refused(f"{file} is not an archive of Balai, or it is damaged.") from None


def opened(source: IO[bytes], passphrase: bytes | None) -> IO[bytes]:
    """The compressed stream; raise Refused when a passphrase is needed and missing."""
    if not is_sealed(source):
        return source
    if passphrase is None:
        raise Refused("The archive is encrypted: give its passphrase with --passphrase-file.")
    return io.BufferedReader(OpeningReader(source, passphrase))


def unpack_member(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file, readable by its owner only."""
    name = PurePosixPath(member.name)
    content = archive.extractfile(member) if member.isfile() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise Refused(f"The archive holds something that does not belong there: {member.name}")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)


def refuse_other_town(settings: RuntimeSettings, manifest: Manifest) -> None:
    """Raise Refused unless the settings are those of the archive's town: a drill must not become a demo."""
    ours = {"BALAI_GOVERNMENT": settings.government, "BALAI_MODE": settings.mode}
    theirs = {"BALAI_GOVERNMENT": manifest.government, "BALAI_MODE": manifest.mode}
    if engine_name(settings) != manifest.engine:
        raise Refused(
            f"The archive holds a town on {manifest.engine}, and BALAI_DATABASE_URL names "
            f"{engine_name(settings)}. Restore onto the same one."
        )
    differing = [f"{name}={theirs[name]}" for name in ours if ours[name] != theirs[name]]
    if differing:
        raise Refused(f"The archive is of another town. Restore it with {' '.join(differing)} set.")


def make_room(settings: RuntimeSettings, *, force: bool) -> None:
    """Leave the place empty: raise Refused when a town stands there, or set it aside by `force`."""
    occupied = [folder for folder in (settings.data_dir, settings.keys_path) if contents(folder)]
    has_tables = not snapshots.is_empty(settings)
    if not occupied and not has_tables:
        return
    if not force:
        raise Refused("A town stands there already. To set it aside and restore: --force")
    for folder in occupied:
        set_aside(folder)
    if not snapshots.is_empty(settings):
        print(snapshots.set_aside(settings))


def contents(folder: Path) -> list[Path]:
    """What a folder holds, but for the lock that we hold ourselves."""
    return [path for path in folder.iterdir() if path.name != LOCK_NAME] if folder.is_dir() else []


def set_aside(folder: Path) -> None:
    """Move what a folder holds into a new one beside it: force never destroys."""
    found = contents(folder)
    if not found:
        return
    aside = folder.with_name(f"{folder.name}.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    aside.mkdir(mode=0o700)
    for path in found:
        path.rename(aside / path.name)
    print(f"What stood in {folder} is now in {aside}.")


def put_in_place(settings: RuntimeSettings, manifest: Manifest, folder: Path) -> None:
    """Move database, files and keys where the settings want them."""
    snapshots.put_back(settings, folder / snapshots.NAMES[manifest.engine])
    for source, target in ((folder / "data", settings.data_dir), (folder / "keys", settings.keys_path)):
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in source.iterdir() if source.is_dir() else ():
            shutil.move(path, target / path.name)


def prove() -> bool:
    """Run the proofs on the restored town, each in a process of its own; whether all held."""
    manage = [sys.executable, str(PROJECT / "manage.py")]
    return all(subprocess.run([*manage, *proof], check=False).returncode == 0 for proof in PROOFS)


if __name__ == "__main__":
    sys.exit(main())
