"""Which bytes a signature protects, judged by the bytes themselves (ISO 32000-2 §12.8.1).

A ByteRange that leaves out anything but the signature's own Contents lets somebody write there, so it is held
to its shape: from byte 0, one gap, the gap is one hexadecimal string, and that string is this signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

LARGEST_GAP = 4 * 1024 * 1024
_HEX = b"0123456789abcdefABCDEF"


@dataclass(frozen=True)
class Coverage:
    """Bytes 0 to `end` are protected but for [gap_start, gap_end); `is_sound` when that shape is honest."""

    gap_start: int
    gap_end: int
    end: int
    is_sound: bool


def measure(file: BinaryIO, size: int, byte_range: Sequence[object], contents: bytes) -> Coverage:
    """The bytes that this ByteRange protects in a file of `size` bytes."""
    if len(byte_range) != 4 or not all(isinstance(each, int) for each in byte_range):
        return Coverage(0, 0, 0, False)
    start, first, second, rest = (int(str(each)) for each in byte_range)
    end = second + rest
    is_ordered = start == 0 and 0 < first < second <= end <= size and second - first <= LARGEST_GAP
    if not is_ordered:
        return Coverage(max(first, 0), max(second, 0), min(max(end, 0), size), False)
    file.seek(first)
    return Coverage(first, second, end, _holds(file.read(second - first), contents))


def _holds(gap: bytes, contents: bytes) -> bool:
    if gap[:1] != b"<" or gap[-1:] != b">" or gap[1:-1].strip(_HEX):
        return False
    return bytes.fromhex(gap[1:-1].decode()) == contents if len(gap) % 2 == 0 else False
