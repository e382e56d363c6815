"""Backup and restore of a real town; on PostgreSQL when the run stands on PostgreSQL."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.archives import snapshots
from config.archives.backup import back_up
from config.archives.restore import restore
from config.refusals import Refused
from config.tests.town import Town, empty_place

PASSPHRASE = b"a village by the river"


@dataclass(frozen=True)
class Source:
    """A town to copy, and what its journal says of itself."""

    town: Town
    journal: str


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    with empty_place(tmp_path_factory.mktemp("town"), "source") as town:
        journal = town.journal("first", migrate_first=True)
        (town.data_dir / "files" / "ab").mkdir(parents=True)
        (town.data_dir / "files" / "ab" / "cd").write_bytes(b"sealed photo")
        yield Source(town, journal)


@pytest.fixture
def town(source: Source) -> Town:
    """The town that is copied; tests leave its files alone."""
    return source.town


@pytest.fixture(scope="module")
def archive_of_town(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One archive for the tests that only read it."""
    archive = tmp_path_factory.mktemp("archive") / "town.balai"
    back_up(source.town.settings, archive)
    return archive


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    with empty_place(tmp_path / "place", "target") as place:
        place.data_dir.mkdir()
        yield place


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def restore_by_command(place: Town, archive: Path, *options: str) -> tuple[int, str]:
    arguments = (str(archive), "--data", str(place.data_dir), *options)
    done = place.run("-m", "config.archives.restore", *arguments)
    return done.returncode, done.stdout + done.stderr


def test_a_restored_town_is_whole_without_what_was_written_after_the_backup(
    source: Source, place: Town, tmp_path: Path
) -> None:
    town, archive = source.town, tmp_path / "town.balai"
    done = town.run("-m", "config.archives.backup", str(archive))
    assert done.returncode == 0, done.stderr
    assert "holds the KEYS of the town" in done.stdout
    assert "NOT encrypted" in done.stdout
    assert town.journal("second") != source.journal
    code, said = restore_by_command(place, archive)
    assert (code, said.splitlines()[-1]) == (0, "The town is whole."), said
    assert source.journal in said
    assert not snapshots.is_empty(place.settings)
    assert {name: text for name, text in tree(place.data_dir).items() if name != "town.lock"} == tree(
        town.data_dir
    )


def test_an_archive_is_readable_by_its_owner_only(town: Town, tmp_path: Path) -> None:
    back_up(town.settings, tmp_path / "town.balai")
    assert (tmp_path / "town.balai").stat().st_mode & 0o777 == 0o600


def test_nothing_but_the_archive_is_left_behind(town: Town, tmp_path: Path) -> None:
    back_up(town.settings, tmp_path / "town.balai", PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["town.balai"]


def test_an_archive_is_never_overwritten(town: Town, tmp_path: Path) -> None:
    (tmp_path / "town.balai").write_text("last week's")
    with pytest.raises(Refused, match="exists already"):
        back_up(town.settings, tmp_path / "town.balai")
    assert (tmp_path / "town.balai").read_text() == "last week's"


@pytest.mark.parametrize("inside", [".", "files"])
def test_an_archive_is_not_laid_into_the_town_itself(town: Town, inside: str) -> None:
    with pytest.raises(Refused, match="outside"):
        back_up(town.settings, town.data_dir / inside / "town.balai")
    assert not list(town.data_dir.rglob("*.balai"))


def test_an_encrypted_archive_needs_its_passphrase(town: Town, place: Town, tmp_path: Path) -> None:
    archive = tmp_path / "town.balai"
    back_up(town.settings, archive, PASSPHRASE)
    with pytest.raises(Refused, match="--passphrase-file"):
        restore(place.settings, archive, None, force=False)
    with pytest.raises(Refused, match="wrong passphrase"):
        restore(place.settings, archive, b"another passphrase", force=False)
    assert tree(place.data_dir) == {}
    restore(place.settings, archive, PASSPHRASE, force=False)
    assert tree(place.data_dir) == tree(town.data_dir)


def test_a_town_is_not_overwritten_without_force(archive_of_town: Path, place: Town) -> None:
    restore(place.settings, archive_of_town, None, force=False)
    (place.data_dir / "files" / "ab" / "cd").write_bytes(b"changed since")
    with pytest.raises(Refused, match="--force"):
        restore(place.settings, archive_of_town, None, force=False)
    assert (place.data_dir / "files" / "ab" / "cd").read_bytes() == b"changed since"


def test_force_sets_the_old_town_aside(
    archive_of_town: Path, town: Town, place: Town, tmp_path: Path
) -> None:
    restore(place.settings, archive_of_town, None, force=False)
    (place.data_dir / "files" / "ab" / "cd").write_bytes(b"changed since")
    restore(place.settings, archive_of_town, None, force=True)
    assert tree(place.data_dir) == tree(town.data_dir)
    [aside] = tmp_path.glob("place.before-restore-*")
    assert (aside / "files" / "ab" / "cd").read_bytes() == b"changed since"


def test_a_damaged_archive_changes_nothing(archive_of_town: Path, place: Town, tmp_path: Path) -> None:
    archive = tmp_path / "town.balai"
    archive.write_bytes(archive_of_town.read_bytes()[:-2000])
    with pytest.raises(Refused, match="damaged"):
        restore(place.settings, archive, None, force=False)
    assert tree(place.data_dir) == {}


def rewrite(archive: Path, target: Path, name: str, content: bytes | None) -> None:
    """Copy an archive with one file's content replaced, or left out."""
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as copy:
        for member in source:
            if member.name == name and content is None:
                continue
            data = source.extractfile(member)
            assert data is not None
            text = data.read() if member.name != name or content is None else content
            (target.parent / "part").write_bytes(text)
            copy.add(target.parent / "part", arcname=member.name)


@pytest.mark.parametrize(("content", "said"), [(b"forged photo", "content differs"), (None, "missing")])
def test_a_file_that_differs_from_the_manifest_is_refused(
    content: bytes | None, said: str, archive_of_town: Path, place: Town, tmp_path: Path
) -> None:
    rewrite(archive_of_town, tmp_path / "forged.balai", "data/files/ab/cd", content)
    with pytest.raises(Refused, match=f"data/files/ab/cd: {said}"):
        restore(place.settings, tmp_path / "forged.balai", None, force=False)
    assert tree(place.data_dir) == {}


def test_a_path_out_of_the_folder_is_refused(place: Town, tmp_path: Path) -> None:
    (tmp_path / "evil").write_text("x")
    with tarfile.open(tmp_path / "evil.balai", "w:gz") as archive:
        archive.add(tmp_path / "evil", arcname="../../evil-restored")
    with pytest.raises(Refused, match="does not belong there"):
        restore(place.settings, tmp_path / "evil.balai", None, force=False)


def test_a_file_of_another_kind_is_refused(place: Town, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(Refused, match="not an archive of Balai"):
        restore(place.settings, tmp_path / "letter.pdf", None, force=False)


def test_an_archive_of_another_government_is_refused(archive_of_town: Path, place: Town) -> None:
    elsewhere = place.settings.model_copy(update={"government": "3575-kota-pasuruan"})
    with pytest.raises(Refused, match="BALAI_GOVERNMENT=3505-kab-blitar"):
        restore(elsewhere, archive_of_town, None, force=False)


def test_an_archive_of_a_newer_version_is_refused(town: Town, place: Town, tmp_path: Path) -> None:
    manifest = back_up(town.settings, tmp_path / "town.balai")
    newer = manifest.model_copy(update={"migrations": [*manifest.migrations, ("people", "9999_future")]})
    rewrite(
        tmp_path / "town.balai", tmp_path / "newer.balai", "manifest.json", newer.model_dump_json().encode()
    )
    with pytest.raises(Refused, match=r"newer version of Balai .it holds people.9999_future"):
        restore(place.settings, tmp_path / "newer.balai", None, force=False)


def test_a_folder_without_a_town_has_no_backup(place: Town, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        back_up(place.settings, tmp_path / "town.balai")
