"""After everything that has happened in the town: no identifier of anybody stands anywhere in the clear."""

from __future__ import annotations

import base64
import gzip
import re
import sqlite3
import subprocess
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.journeys.citizen import SITI, Citizen, newcomer
from tests.journeys.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.on_postgresql]

# NIK, No. KK and phone of everybody in the demo town (src/balai/demo/town/cast.py), written out here so that
# a fault there can not hide one here.
BORN = {
    "570895": "17",
    "120388": "12",
    "451191": "05",
    "210679": "21",
    "700168": "30",
    "140983": "14",
    "420499": "02",
}
NIKS = [f"350510{born}0001" for born in BORN]
KKS = [f"350510{day}01100001" for day in BORN.values()]
PHONES = [f"8123456780{number}" for number in range(1, 8)]
TYPED_HERE = newcomer(60)


def loosely(number: str) -> bytes:
    """The digits of a number, whatever people or programs put between them."""
    return rb"[\s.\-]{0,2}".join(digit.encode() for digit in number)


SECRETS = re.compile(
    b"|".join(loosely(number) for number in [*NIKS, *KKS, *PHONES, TYPED_HERE.nik, TYPED_HERE.contact[1:]])
)
HEX = re.compile(rb"(?:\\x|X')([0-9a-fA-F]{16,})")
PACKED = re.compile(rb"\.?eJ[\w-]{20,}")


def readings(content: bytes) -> Iterator[bytes]:
    """What the bytes say: as they are, wide characters, hexadecimals and packed sessions opened."""
    yield content
    yield from (bytes.fromhex(digits[: len(digits) // 2 * 2].decode()) for digits in HEX.findall(content))
    yield content.replace(b"\x00", b"")
    for packed in PACKED.findall(content):
        text = packed.lstrip(b".")
        with suppress(ValueError, zlib.error):
            yield zlib.decompress(base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4)))


def gives_away(content: bytes) -> bool:
    """Whether any identifier can be read out of it."""
    return any(SECRETS.search(reading) for reading in readings(content))


def everything_kept(town: Town, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of all that the town has written: tables, files, log, backup."""
    for line in dump(town).splitlines():
        yield f"database: {line[:60]!r}", line
    for path in town.data.rglob("*"):
        if path.is_file():
            yield f"file: {path.relative_to(town.data)}", path.read_bytes()
    yield "log", town.error_log.read_bytes()
    yield "output", "".join(town.said[: greeting(town.said)]).encode()
    archive = folder / "town.balai"
    town.back_up(archive)
    yield "archive as it is", archive.read_bytes()
    with gzip.open(archive) as unpacked, tarfile.open(fileobj=unpacked) as members:
        for member in members:
            file = members.extractfile(member)
            yield f"archive: {member.name}", file.read() if file else b""
    archive.unlink()


def dump(town: Town) -> bytes:
    """Every row of every table, jobs and their payloads among them."""
    if town.database_url:
        command = ["pg_dump", "--data-only", "--inserts", town.database_url]
        return subprocess.run(command, capture_output=True, check=True).stdout
    with closing(sqlite3.connect(f"file:{town.data / 'balai.sqlite3'}?mode=ro", uri=True)) as file:
        return "\n".join(file.iterdump()).encode()


def greeting(said: list[str]) -> int:
    """Where the demo town begins to print who lives in it, as it is meant to."""
    return next(number for number, line in enumerate(said) if line.startswith("Citizens"))


def test_scanner_sees_identifiers_however_they_are_written() -> None:
    session = base64.urlsafe_b64encode(zlib.compress(b'{"nik": "3505105708950001", "filler": "aaaaaaaaaa"}'))
    seen = {
        "plain": b"NIK 3505105708950001 of Siti",
        "spaced": b"3505 1057 0895 0001",
        "dotted": b"35.05.10.570895.0001",
        "abroad": b"+62 812-3456-7801",
        "wide": "081234567801".encode("utf-16"),
        "blob on SQLite": b"X'" + b"3505105708950001".hex().encode() + b"'",
        "blob on PostgreSQL": rb"'\x" + b"3505105708950001".hex().encode() + b"'",
        "family": b"3505101701100001",
        "session": b"." + session.rstrip(b"="),
    }
    assert [name for name, content in seen.items() if not gives_away(content)] == []
    assert not gives_away("3505••••••••0001 0812••••••01".encode())


def test_no_identifier_stands_anywhere_in_the_clear(
    citizen: Callable[..., Citizen], town: Town, photo: Path, tmp_path: Path
) -> None:
    applicant = citizen()
    applicant.start(TYPED_HERE)
    applicant.fill_all(TYPED_HERE, photo)
    number, pin = applicant.send()
    applicant.track(number, pin)
    applicant.open(f"/layanan/?q={SITI.nik}")

    assert where_given_away(town, tmp_path) == []
    # And it would have been found:
    (town.data / "planted.txt").write_text("catatan: 3505 1057 0895 0001")
    town.rows("CREATE TABLE planted (words text)")
    town.rows("INSERT INTO planted VALUES ('hubungi 0812-3456-7801')")
    with town.error_log.open("a") as log:
        log.write("INFO +6281234567802\n")
    kinds = {name.partition(":")[0] for name in where_given_away(town, tmp_path)}
    assert kinds == {"database", "file", "log", "archive"}


def where_given_away(town: Town, folder: Path) -> list[str]:
    """Each place where an identifier can be read."""
    return [name for name, content in everything_kept(town, folder) if gives_away(content)]
