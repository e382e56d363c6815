"""Chunks at rest: what was put away comes back, and nothing else does."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.files.encryption import CHUNK, StoredFileDamaged, decrypt, encrypt
from balai.files.errors import FileRefused
from balai.files.storage import FolderStorage
from balai.kernel.uuid7 import uuid7
from balai.runtime.keyring import KeyMissing

SIZES = [1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]


def opened(stored: bytes, upload_id: object) -> bytes:
    return b"".join(decrypt(BytesIO(stored), upload_id))


@pytest.mark.parametrize("size", SIZES)
def test_content_comes_back_as_it_was(size: int) -> None:
    key, content = uuid7(), os.urandom(size)
    stored = b"".join(encrypt(BytesIO(content), key))
    assert len(content) < 15 or content not in stored
    assert opened(stored, key) == content


def test_file_of_another_upload_does_not_open() -> None:
    stored = b"".join(encrypt(BytesIO(b"ktp"), uuid7()))
    with pytest.raises(StoredFileDamaged, match="data key"):
        opened(stored, uuid7())


def pieces(size: int) -> tuple[object, list[bytes]]:
    key = uuid7()
    return key, list(encrypt(BytesIO(os.urandom(size)), key))


def test_swapped_chunks_do_not_open() -> None:
    key, (head, first, second, third) = pieces(3 * CHUNK)
    with pytest.raises(StoredFileDamaged, match="chunk 0"):
        opened(head + second + first + third, key)


def test_cut_off_at_a_chunk_does_not_open_as_a_shorter_file() -> None:
    key, (head, first, second, _third) = pieces(3 * CHUNK)
    with pytest.raises(StoredFileDamaged, match="chunk 1"):
        opened(head + first + second, key)


def test_repeated_last_chunk_does_not_open() -> None:
    key, (head, first, second) = pieces(2 * CHUNK)
    with pytest.raises(StoredFileDamaged):
        opened(head + first + second + second, key)


def test_foreign_file_is_named_as_such() -> None:
    with pytest.raises(StoredFileDamaged, match="does not begin"):
        opened(b"%PDF-1.7", uuid7())


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_found(place: int, bit: int) -> None:
    key = uuid7()
    stored = bytearray(b"".join(encrypt(BytesIO(b"surat keterangan"), key)))
    stored[place % len(stored)] ^= 1 << bit
    with pytest.raises((StoredFileDamaged, KeyMissing)):
        opened(bytes(stored), key)


def full_disk(after: int) -> Iterator[bytes]:
    yield b"x" * after
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_disk_gives_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        FolderStorage(tmp_path).write("ab/key", full_disk(100))
    assert (caught.value.code, caught.value.status) == ("files.disk_full", 507)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.fixture
def room_of_a_kilobyte() -> Iterator[None]:
    """The operating system itself refuses the write, as it does on a full disk or at a quota's end."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("room_of_a_kilobyte")
def test_write_refused_by_the_system_gives_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="disk_full"):
        FolderStorage(tmp_path).write("ab/key", [b"x" * 600, b"y" * 600])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def broken_source() -> Iterator[bytes]:
    yield b"half"
    raise StoredFileDamaged("source")


def test_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoredFileDamaged):
        FolderStorage(tmp_path).write("ab/key", broken_source())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_stored_file_is_for_the_town_alone(tmp_path: Path) -> None:
    FolderStorage(tmp_path).write("ab/key", [b"isi"])
    assert (tmp_path / "ab" / "key").stat().st_mode & 0o777 == 0o600


def test_leftovers_of_a_kill_are_listed_with_their_age(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    storage.write("ab/key", [b"isi"])
    (tmp_path / "ab" / "key.0011.part").write_bytes(b"half")
    moment = datetime.now(UTC) + timedelta(minutes=1)
    assert sorted(storage.keys_older_than(moment)) == ["ab/key", "ab/key.0011.part"]
    assert list(storage.keys_older_than(moment - timedelta(days=1))) == []
