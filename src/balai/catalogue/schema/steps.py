"""What the office does with a complete application."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from balai.catalogue.schema.base import Key, Line, Name, Part
from balai.catalogue.schema.dated import DurationUnit
from balai.catalogue.schema.form import When
from balai.catalogue.schema.output import Delivery
from balai.kernel.calendars import Duration

Permission = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]
# The office that handles the service, the one above it, the RT, village or kecamatan of the applicant, the
# office at the top of the government, or a named agency ("agency:dlh").
StepOffice = Annotated[
    str,
    StringConstraints(pattern=r"^(own|parent|rt|village|district|head|agency:[a-z0-9][a-z0-9-]*)$"),
]


class StepDeadline(Part):
    """The share of the whole time that one step may take."""

    amount: int = Field(ge=1, le=3650)
    unit: DurationUnit

    @property
    def duration(self) -> Duration:
        """The same, for the working calendar."""
        return Duration(self.amount, self.unit)


class Step(Part):
    """One obligation: `act` is a word of the engine, `permission` says who may do it."""

    id: Key
    act: Name
    title: Line
    permission: Permission
    office: StepOffice = "own"
    deadline: StepDeadline | None = None
    when: When = ()
    delivery: Delivery | None = Field(
        default=None, description="only for products that reach the citizen this way; left out: for all"
    )
    report: Key | None = Field(default=None, description="for a visit: the [[report]] that is filled in then")
    after: tuple[Key, ...] | None = Field(
        default=None, description="steps that must be done first; left out: the step written before"
    )
