"""How long each thing may take, said before anybody sends a report, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from balai.engines.reports.enums import ClockName, ReportKind
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules.categories import Category, Threshold


@dataclass(frozen=True)
class Promise:
    """One promise in words: "Jawaban pertama", "5 hari kerja". It counts from filing or from assignment."""

    clock: ClockName
    label: str
    within: str
    from_filing: bool
    basis: str
    is_demo: bool


def promises_on(day: date, category: Category, kind: ReportKind | None = None) -> list[Promise]:
    """Every promise in force on a day for a kind of report, in the order in which they fall due."""
    found = definitions.current()
    rules = [(clock, found.promise(clock, category, kind or category.kind, day)) for clock in ClockName]
    return [
        Promise(
            clock=clock,
            label=str(clock.label),
            within=rule.term.duration.label(),
            from_filing=rule.starts == "filed",
            basis=rule.basis,
            is_demo=rule.is_demo,
        )
        for clock, rule in rules
        if rule is not None
    ]


def thresholds_on(day: date) -> list[Threshold]:
    """Rewards and sanctions in force on a day: for each clock the town's own before those of all."""
    found = definitions.current()
    held: dict[str, Threshold] = {}
    for rule in (*found.here.threshold, *found.clocks.threshold):
        if rule.holds_on(day):
            held.setdefault(rule.subject, rule)
    return list(held.values())
