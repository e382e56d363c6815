"""Templates cannot fail quietly (house rule 11): an undefined name raises instead of drawing nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template import engines


class UndefinedName(AssertionError):
    """A template used a name that its view does not give."""


class FailingText(str):
    """What Django puts in place of an undefined name; Django formats it with the name, and that raises."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise UndefinedName(f"undefined in a template: {name}")


@pytest.fixture
def strict_templates() -> Iterator[None]:
    """Fail on undefined names for the length of a test; use it wherever pages are drawn."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # ours is Django's backend
    before, engine.string_if_invalid = engine.string_if_invalid, FailingText("%s")
    yield
    engine.string_if_invalid = before
