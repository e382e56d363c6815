"""Which characters the shipped fonts can draw. PDF/A refuses a character without a glyph, and so would
refuse a whole letter because of one emoji in a name: what cannot be drawn is shown as □ instead.

Reads the `cmap` table (OpenType 1.9, formats 4 and 12), as no library for fonts is needed elsewhere.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

FONT_FOLDER = Path(__file__).parent / "fonts"
MISSING = "□"
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def drawable(value: Any) -> Any:
    """A JSON value in which every text can be set: characters without glyph replaced, invisible ones gone."""
    if isinstance(value, str):
        return _drawable_text(value)
    if isinstance(value, dict):
        return {key: drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(item) for item in value]
    return value


def _drawable_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    known = characters()
    composed = unicodedata.normalize("NFC", text.replace("\t", " "))
    return "".join(_drawn(character, known) for character in composed)


def _drawn(character: str, known: frozenset[int]) -> str:
    if character == "\n":
        return character
    if unicodedata.category(character) in _REMOVED:
        return ""
    if character.isspace():
        return " "
    return character if ord(character) in known else MISSING


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """Code points that at least one shipped font draws."""
    return frozenset().union(
        *(_font_characters(path) for path in sorted(FONT_FOLDER.glob("*-Regular.ttf"))),
        _font_characters(FONT_FOLDER / "DejaVuSans.ttf"),
    )


def _font_characters(path: Path) -> set[int]:
    table = _cmap(path.read_bytes())
    count = struct.unpack_from(">H", table, 2)[0]
    records = [struct.unpack_from(">HHI", table, 4 + 8 * at) for at in range(count)]
    found: set[int] = set()
    for _platform, _encoding, offset in records:
        kind = struct.unpack_from(">H", table, offset)[0]
        if kind == 4:
            found |= _format_4(table, offset)
        elif kind == 12:
            found |= _format_12(table, offset)
    return found


def _cmap(font: bytes) -> bytes:
    count = struct.unpack_from(">H", font, 4)[0]
    for at in range(count):
        tag, _checksum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * at)
        if tag == b"cmap":
            return font[offset : offset + length]
    raise ValueError("a font without a cmap table")


def _format_4(table: bytes, offset: int) -> set[int]:
    segments = struct.unpack_from(">H", table, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", table, offset + 14)
    starts = struct.unpack_from(f">{segments}H", table, offset + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", table, offset + 16 + 4 * segments)
    at_ranges = offset + 16 + 6 * segments
    found: set[int] = set()
    for at, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        place = at_ranges + 2 * at
        shift = struct.unpack_from(">H", table, place)[0]
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if shift:
                glyph = struct.unpack_from(">H", table, place + shift + 2 * (code - start))[0]
            if (glyph + delta) & 0xFFFF and (glyph or not shift):
                found.add(code)
    return found


def _format_12(table: bytes, offset: int) -> set[int]:
    groups = struct.unpack_from(">I", table, offset + 12)[0]
    found: set[int] = set()
    for at in range(groups):
        start, end, first_glyph = struct.unpack_from(">III", table, offset + 16 + 12 * at)
        found.update(range(start if first_glyph else start + 1, end + 1))
    return found
