"""`examples/*.toml`: answers in, outcome expected; walked by tests and by the check command."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from balai.catalogue.schema.base import Key, Line, Part


class Expectation(Part):
    """What must come out. `errors` maps a field to the code of its fault; none means good answers."""

    valid: bool | None = None
    errors: dict[str, str] = Field(default_factory=dict)
    due_in_working_days: int | None = None
    asks_for: tuple[Key, ...] | None = Field(default=None, description="requirements, in order")
    letter_contains: tuple[Line, ...] = ()


class Example(Part):
    """One worked example. `filed_on` is the day of filing; today when left out."""

    title: Line
    filed_on: date | None = None
    answers: dict[str, Any]
    report: dict[str, Any] = Field(
        default_factory=dict, description="what officers found on visits, by question"
    )
    expect: Expectation = Expectation()
    name: str = Field(default="", exclude=True, description="file name without ending; given by the loader")
