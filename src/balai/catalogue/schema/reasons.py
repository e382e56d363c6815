"""Why an application comes back or is refused, as sentences a citizen can act on."""

from __future__ import annotations

from pydantic import Field

from balai.catalogue.schema.base import Key, Line, Part, Prose


class Reason(Part):
    """One listed reason; the officer picks it, the citizen reads the sentence."""

    code: Key
    title: Line = Field(description="short, for the officer's list")
    sentence: Prose = Field(description="what the citizen reads")
    example: Prose | None = Field(default=None, description="what it looks like")
    hint: Prose | None = Field(default=None, description="how to repair it")
