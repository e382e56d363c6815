"""Terms on the applicant's side: how long a repair may take, and an objection."""

from __future__ import annotations

from pydantic import Field

from balai.catalogue.schema.base import Line, Part
from balai.catalogue.schema.dated import DatedRule
from balai.catalogue.schema.steps import StepOffice


class RepairLimit(DatedRule):
    """A case that was returned and is not repaired within so many days is closed without a decision."""

    days: int = Field(ge=7, le=365)


class ObjectionRule(Part):
    """Once, within so many days of a rejection, the applicant may ask another office to look again."""

    days: int = Field(ge=1, le=365)
    office: StepOffice = "parent"
    answer_days: int = Field(
        default=10,
        ge=1,
        le=90,
        description="working days that office has (UU 30/2014 ps 77)",
    )
    basis: Line = "UU 30/2014 ps 75-77"
