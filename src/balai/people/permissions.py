"""The registry of permissions: every package declares its own acts in `apps.ready()`.

A permission is named after the act ("cases.check"), never after a job title. Roles bundle them, as data.
"""

from __future__ import annotations

_labels: dict[str, object] = {}


def register(name: str, label: object) -> None:
    """Declare an act and its label (a lazy translation); the same name twice must mean the same act."""
    if name in _labels and str(_labels[name]) != str(label):
        raise ValueError(f"Permission {name} is already registered with another label.")
    _labels[name] = label


def names() -> frozenset[str]:
    """Every declared permission."""
    return frozenset(_labels)


def label(name: str) -> str:
    """The label in the reader's language; the name itself when nobody declared it."""
    return str(_labels.get(name, name))
