"""A service that somebody else does: what to bring, what it costs, where the door is.

`service.toml` says what holds wherever one goes; address, telephone and hours of the door are local and
stand in the government's folder. What nobody has checked is left out, and the page says "tanyakan".
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from balai.catalogue.schema.base import FileText, Key, LifeEvent, Line, Part, Prose, Slug
from balai.catalogue.schema.service import Attendance, ServiceId

ELSEWHERE = "elsewhere"
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s\"<>]+$", max_length=500)]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9+ -]{1,20}$")]


class Checked(Part):
    """Who stands behind the facts, when they were last looked at, and where they come from."""

    by: Line
    on: date
    source: Line
    is_demo: bool = Field(default=False, description="an example, not a fact: the page says so")


class Bring(Part):
    """One thing to have ready."""

    title: Line
    help: Prose | None = None
    required: bool = True


class Cost(Part):
    """What it costs there, in whole rupiah, and by which rule."""

    amount: int = Field(ge=0, le=1_000_000_000)
    note: Line | None = None
    basis: Line


class Taking(Part):
    """How long it takes there, in words, and by which rule."""

    text: Line
    note: Line | None = None
    basis: Line


class ElsewhereDefinition(Part):
    """What its `service.toml` says; `id` is the folder, `help` the text of help.md."""

    id: ServiceId
    help: FileText = ""

    engine: Literal["elsewhere"]
    slug: Slug
    title: Line
    summary: Prose
    keywords: tuple[Line, ...] = ()
    life_event: LifeEvent
    audience: Literal["person", "business", "institution"] = "person"
    door: Key = Field(description="who does it: a table of _shared/doors.toml")
    link: Url | None = Field(default=None, description="the very page of this service; else the door's")
    attendance: Attendance | None = None
    cost: Cost | None = None
    time: Taking | None = None
    bring: tuple[Bring, ...] = ()
    checked: Checked


class DoorKind(Part):
    """Who does services elsewhere, as all governments call it."""

    name: Line
    is_national: bool = Field(default=False, description="the same door for the whole country")
    link: Url | None = None
    phone: Phone | None = None
    checked: Checked


class Door(Part):
    """That door at one government. Whatever is left out is asked about at the government itself."""

    name: Line
    address: Line | None = None
    hours: Line | None = None
    phone: Phone | None = None
    link: Url | None = None
    checked: Checked


DoorKindFile = TypeAdapter(dict[Key, DoorKind])
DoorFile = TypeAdapter(dict[Key, Door])
