"""Rules that change by law: each carries its basis and the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeVar

from pydantic import Field, model_validator

from balai.catalogue.schema.base import Key, Line, Part
from balai.catalogue.schema.form import When
from balai.kernel.calendars import Duration

DurationUnit = Literal["working_days", "working_minutes", "days", "hours"]


class NoRuleInForce(LookupError):
    """No fee, deadline or classification holds on the day asked about."""


class DatedRule(Part):
    """A rule in force from `valid_from` to `valid_to`, both included; without it until further notice."""

    basis: Line = Field(description="The law or decision behind it; a demo figure says so")
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _refuse_backwards(self) -> DatedRule:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def subject(self) -> str:
        """Rules with the same subject exclude each other in time; others may hold side by side."""
        return ""


class Fee(DatedRule):
    """What the citizen pays, in whole rupiah; Rp0 is said, never left out."""

    amount: int = Field(ge=0, le=1_000_000_000)
    title: Line = "Biaya layanan"
    at: Key | None = Field(default=None, description="step at which it is paid; left out: when applying")

    @property
    def subject(self) -> str:
        """A service fee and a stamp duty may hold on the same day."""
        return self.title


class Deadline(DatedRule):
    """How long the office may take from a complete application."""

    amount: int = Field(ge=1, le=3650)
    unit: DurationUnit
    when: When = Field(default=(), description="Only for these answers; one deadline stands without")

    @property
    def duration(self) -> Duration:
        """The same, for the working calendar."""
        return Duration(self.amount, self.unit)

    @property
    def subject(self) -> str:
        """Deadlines for different answers may hold on the same day."""
        return repr(self.when)


class Classification(DatedRule):
    """The archive code printed in the letter's number (`domain.md` §3.2)."""

    code: Line
    scheme: Line = Field(description="The regulation that lists the code, e.g. Permendagri 83/2022")


Rule = TypeVar("Rule", bound=DatedRule)


def rule_on(rules: Iterable[Rule], day: date) -> Rule:
    """The first rule in force on `day`; raise NoRuleInForce when there is none."""
    for rule in rules:
        if rule.holds_on(day):
            return rule
    raise NoRuleInForce(day.isoformat())


def overlaps(rules: Sequence[DatedRule]) -> list[tuple[int, int]]:
    """Pairs of positions (earlier, later) whose rules share a subject and at least one day."""
    pairs = []
    for later, second in enumerate(rules):
        for earlier, first in enumerate(rules[:later]):
            if first.subject == second.subject and _share_a_day(first, second):
                pairs.append((earlier, later))
    return pairs


def gaps(rules: Sequence[DatedRule]) -> list[int]:
    """Positions of rules that end without a successor on the next day (of the same subject)."""
    return [
        position
        for position, rule in enumerate(rules)
        if rule.valid_to is not None
        and not any(
            other.subject == rule.subject and (other.valid_from - rule.valid_to).days == 1 for other in rules
        )
    ]


def _share_a_day(first: DatedRule, second: DatedRule) -> bool:
    first_end, second_end = first.valid_to or date.max, second.valid_to or date.max
    return first.valid_from <= second_end and second.valid_from <= first_end
