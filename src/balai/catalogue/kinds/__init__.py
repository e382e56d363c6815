"""The registry of field kinds: how each is asked, checked, stored and shown."""

from __future__ import annotations

from balai.catalogue.kinds.base import FieldKind, FormContext
from balai.catalogue.kinds.choices import Area, Choice, YesNo
from balai.catalogue.kinds.contacts import Email, Phone
from balai.catalogue.kinds.identity import Kk, Name, Nik
from balai.catalogue.kinds.numbers import Number, Rupiah
from balai.catalogue.kinds.texts import Date, Paragraph, Text, Time
from balai.catalogue.kinds.uploads import Document, Photo

_kinds: dict[str, FieldKind] = {}


def register(kind: type[FieldKind]) -> type[FieldKind]:
    """Add a kind; the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"field kind {kind.code!r} is registered twice")
    _kinds[kind.code] = kind()
    return kind


_OWN: tuple[type[FieldKind], ...] = (
    *(Text, Paragraph, Date, Time, Choice, YesNo, Area, Nik, Kk, Name),
    *(Number, Rupiah, Phone, Email, Photo, Document),
)
for _kind in _OWN:
    register(_kind)


def kind(code: str) -> FieldKind:
    """The kind of this code; raise LookupError."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"no field kind {code!r}") from None


def codes() -> tuple[str, ...]:
    """Codes of every kind, in order of registration."""
    return tuple(_kinds)


__all__ = ["FieldKind", "FormContext", "codes", "kind", "register"]
