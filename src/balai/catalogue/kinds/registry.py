"""Where field kinds are found by their codes."""

from __future__ import annotations

from balai.catalogue.kinds.base import FieldKind

_kinds: dict[str, FieldKind] = {}


def register(kind: type[FieldKind]) -> type[FieldKind]:
    """Add a kind; the same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"field kind {kind.code!r} is registered twice")
    _kinds[kind.code] = kind()
    return kind


def kind(code: str) -> FieldKind:
    """The kind of this code; raise LookupError."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"no field kind {code!r}") from None


def codes() -> tuple[str, ...]:
    """Codes of every kind, in order of registration."""
    return tuple(_kinds)
