from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.archives import sealing
from config.archives.sealing import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    OpeningReader,
    SealingWriter,
    is_sealed,
)
from config.refusals import Refused

PASSPHRASE = b"a village by the river"


@pytest.fixture(autouse=True, scope="module")
def _quick_guesses() -> Iterator[None]:
    """Few rounds for the key: these tests are about chunks. test_archives.py seals with all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "SCRYPT_ROUNDS", 1 << 8)
        yield


def seal(clear: bytes) -> bytes:
    target = io.BytesIO()
    with SealingWriter(target, PASSPHRASE) as writer:
        writer.write(clear)
    return target.getvalue()


def unseal(sealed: bytes, passphrase: bytes = PASSPHRASE) -> bytes:
    return OpeningReader(io.BytesIO(sealed), passphrase).readall() or b""


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_was_sealed_opens(size: int) -> None:
    clear = bytes(range(256)) * (size // 256 + 1)
    assert unseal(seal(clear[:size])) == clear[:size]


@settings(max_examples=50, deadline=None)
@given(place=st.integers(min_value=0), clear=st.binary(max_size=200))
def test_one_changed_bit_is_refused(place: int, clear: bytes) -> None:
    sealed = bytearray(seal(clear))
    sealed[len(b"BALAI-SEALED-1\n") + place % (len(sealed) - len(b"BALAI-SEALED-1\n"))] ^= 1
    with pytest.raises(Refused):
        unseal(bytes(sealed))


def test_another_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="wrong passphrase"):
        unseal(seal(b"clear"), b"another passphrase")


def test_an_archive_cut_off_between_chunks_is_refused() -> None:
    sealed = seal(b"x" * (2 * CHUNK_BYTES))
    with pytest.raises(Refused):
        unseal(sealed[: HEADER_BYTES + CHUNK_BYTES + TAG_BYTES])


def test_the_clear_text_is_not_in_the_archive() -> None:
    assert b"3505105708950001" not in seal(b"nik 3505105708950001")


def test_a_sealed_archive_is_known_by_its_first_bytes() -> None:
    stream = io.BytesIO(seal(b""))
    assert is_sealed(stream)
    assert stream.tell() == 0
    assert not is_sealed(io.BytesIO(b"\x1f\x8b"))
