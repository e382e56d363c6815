"""The shape of `services/reports/<kind>/examples/*.toml`: what is told in, what must follow out.

`office` is a code, or who by the government's routes it is: "handler" is the office of the first route that
asks for nothing but what the kind needs done; "village", "district", "reception" and "inspectorate" are what
they say. `[expect.town.3505]` says what is otherwise at one government.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from balai.catalogue.schema.base import Key, Line, Part
from balai.engines.reports.enums import ClockName
from balai.engines.reports.rules.categories import Office, RoadStatus


class Place(Part):
    """What is known of the place; a village of another government stands for an open one of the town."""

    area: str = ""
    road_status: RoadStatus | None = None
    owner: Key | None = Field(default=None, description="kind of an owner in geometry/owners.geojson")


class Outcome(Part):
    """What follows. `body` is who is in charge outside, "" for nobody; clocks read "3 working_days"."""

    office: Office | None = None
    body: str | None = None
    clocks: dict[ClockName, Line] = Field(default_factory=dict)


class Expectation(Outcome):
    """What follows everywhere, and by code of the government what is otherwise there."""

    among: int = Field(default=3, ge=1, le=10, description="the text finds this kind among the first so many")
    town: dict[str, Outcome] = Field(default_factory=dict)

    def at(self, code: str) -> Outcome:
        """What follows at one government. Who is in charge outside is only said where it is told."""
        own = self.town.get(code, Outcome())
        return Outcome(
            office=own.office or self.office,
            body=self.body if own.body is None else own.body,
            clocks={**self.clocks, **own.clocks},
        )


class ReportExample(Part):
    """One report as somebody tells it, on which day and at which local hour."""

    title: Line
    text: Line
    filed_on: date
    hour: int = Field(ge=0, le=23)
    place: Place = Place()
    expect: Expectation
