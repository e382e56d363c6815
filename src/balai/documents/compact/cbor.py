"""CBOR as letters need it: the deterministic encoding of RFC 8949 §4.2.1, written and read strictly.

Integers, byte and text strings, arrays, maps, tags, true, false and null; no floats, nothing of indefinite
length. `decode` takes only what `encode` would write, so a signed text has one form and no second reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_WHOLE, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_SIMPLE_VALUES: Final = {20: False, 21: True, 22: None}
_SIMPLE_CODES: Final = {value: code for code, value in _SIMPLE_VALUES.items()}
MOST_DEPTH: Final = 8


class CborRefused(ValueError):
    """The bytes are not CBOR, or not the form that `encode` writes."""


@dataclass(frozen=True)
class Tag:
    """A value with a tag of the IANA registry."""

    number: int
    value: Any


def encode(value: Any) -> bytes:
    """The one deterministic form of a value; raises TypeError for what has none here."""
    if value is None or isinstance(value, bool):
        return bytes([_SIMPLE << 5 | _SIMPLE_CODES[value]])
    if isinstance(value, int):
        return _head(_WHOLE, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    if isinstance(value, list | tuple):
        return _head(_ARRAY, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return _head(_MAP, len(pairs)) + b"".join(key + item for key, item in pairs)
    if isinstance(value, Tag):
        return _head(_TAG, value.number) + encode(value.value)
    raise TypeError(f"no CBOR for {type(value).__name__}")


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for extra, length in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * length):
            return bytes([major << 5 | extra]) + argument.to_bytes(length)
    raise TypeError("CBOR's integers have 64 bits")


def decode(data: bytes) -> Any:
    """The value of these bytes, all of them; raises CborRefused."""
    reader = _Reader(data)
    value = reader.value(MOST_DEPTH)
    if reader.at != len(data) or encode(value) != data:
        raise CborRefused("not the deterministic form")
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        """The next bytes; never reserves more than there are."""
        part = self.data[self.at : self.at + count]
        if len(part) != count:
            raise CborRefused("the bytes end too early")
        self.at += count
        return part

    def head(self) -> tuple[int, int]:
        """Major type and argument."""
        first = self.take(1)[0]
        major, small = first >> 5, first & 31
        if small < 24:
            return major, small
        if small > 27:
            raise CborRefused("of indefinite length")
        return major, int.from_bytes(self.take(1 << (small - 24)))

    def value(self, depth: int) -> Any:
        """The next value, nested at most `depth` times."""
        if depth == 0:
            raise CborRefused("nested too deep")
        major, argument = self.head()
        if major == _WHOLE:
            return argument
        if major == _NEGATIVE:
            return -1 - argument
        if major == _BYTES:
            return self.take(argument)
        if major == _TEXT:
            return self.text(argument)
        if major == _SIMPLE:
            return self.simple(argument)
        return self.nested(major, argument, depth - 1)

    def text(self, length: int) -> str:
        """A text string of so many bytes."""
        try:
            return self.take(length).decode()
        except UnicodeDecodeError:
            raise CborRefused("a text that is not UTF-8") from None

    def simple(self, code: int) -> bool | None:
        """True, false or null."""
        if code not in _SIMPLE_VALUES:
            raise CborRefused("a float or an unknown simple value")
        return _SIMPLE_VALUES[code]

    def nested(self, major: int, count: int, depth: int) -> Any:
        """An array, a map or a tagged value."""
        if major == _TAG:
            return Tag(count, self.value(depth))
        if major == _ARRAY:
            if count > len(self.data):
                raise CborRefused("the bytes end too early")
            return [self.value(depth) for _ in range(count)]
        found: dict[Any, Any] = {}
        for _ in range(count):
            key = self.value(depth)
            if not isinstance(key, int | str | bytes):
                raise CborRefused("a key that is no plain value")
            found[key] = self.value(depth)
        return found
