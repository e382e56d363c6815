"""How invented reports are written down: what somebody saw, and what was done about it, on which day."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Act = Literal["assign", "answer", "ask", "stage", "resolve", "judge", "forward", "reject", "merge", "note"]
Scene = Literal["road", "lamp", "water", "waste", "tree", "building"]
Spot = Literal["", "village", "local-road", "village-road", "provincial-road"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Part):
    """One thing that was done: so many working days after the report, at this time of the town's day.

    `says` is a stage, a verdict, a reason, or the key of another report, as the act asks for it.
    """

    day: int = Field(default=0, ge=0)
    at: Clock
    do: Act
    text: str = ""
    says: str = ""


class Told(_Part):
    """An invented report: `days` working days back from now, and so far along.

    `village` counts the villages of the cast first, then all others. `citizen` is the number of one of the
    cast whose account it came from, `phone` the end of a telephone number that belongs to nobody.
    """

    key: str
    kind: str
    text: str
    days: int = Field(ge=0)
    at: Clock
    spot: Spot = ""
    near: str = ""
    village: int = Field(default=0, ge=0)
    scene: Scene | None = None
    channel: Literal["web", "phone", "counter", "letter", "whatsapp", "social"] = "web"
    channel_note: str = ""
    citizen: int | None = None
    phone: str = ""
    hides_name: bool = False
    joined: int = Field(default=0, ge=0)
    answered_by_reception: bool = False
    steps: tuple[Step, ...] = ()


class _Book(_Part):
    report: tuple[Told, ...]


@lru_cache(maxsize=1)
def read(path: Path) -> tuple[Told, ...]:
    """What every demo town tells."""
    return _Book.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).report
