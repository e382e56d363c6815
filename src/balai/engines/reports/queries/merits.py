"""The monthly list of rewards and sanctions, and the reports behind each of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balai.engines.reports.enums import ClockName, Merit
from balai.engines.reports.models import OfficeMonth, Outcome
from balai.engines.reports.queries import promises
from balai.engines.reports.queries.league import Period
from balai.engines.reports.rules.categories import Threshold
from balai.engines.reports.rules.merits import Verdict, verdict
from balai.kernel.dates import add_months

MOST_BEHIND = 1000


@dataclass(frozen=True)
class Line:
    """One office under one rule: `number` of its `n` promises of the month earn what the rule says."""

    office_code: str
    name: str
    n: int
    number: int
    median: int | None
    verdict: Verdict


@dataclass(frozen=True)
class Part:
    """One rule, and what the month's figures say of every office under it."""

    rule: Threshold
    lines: Sequence[Line]

    @property
    def merit(self) -> Merit:
        """Reward or sanction."""
        return Merit(self.rule.what)

    @property
    def proposed(self) -> list[Line]:
        """The offices that the draft names."""
        return [line for line in self.lines if line.verdict is Verdict.PROPOSED]


def parts(period: Period, names: dict[str, str]) -> list[Part]:
    """Each rule in force at the end of the month, rewards first; one statement.

    An office that the same month proposes for a sanction is not proposed for a reward for the same promise.
    """
    last_day = add_months(period.first_on, 1).toordinal() - 1
    rules = promises.thresholds_on(period.first_on.fromordinal(last_day))
    rules.sort(key=lambda rule: (rule.clock, rule.what))
    rows = list(OfficeMonth.objects.filter(month_on=period.first_on, n__gt=0).defer("spread"))
    found = [Part(rule, _lines(rule, rows, names)) for rule in rules]
    sanctioned = {
        (part.rule.clock, line.office_code)
        for part in found
        if part.merit is Merit.SANCTION
        for line in part.proposed
    }
    return [_without(part, sanctioned) for part in found]


def _lines(rule: Threshold, rows: list[OfficeMonth], names: dict[str, str]) -> list[Line]:
    mine = [row for row in rows if row.clock == rule.clock]
    lines = [_line(rule, row, names.get(row.office_code, row.office_code)) for row in mine]
    return sorted(lines, key=lambda line: (-line.number / line.n, line.name))


def _line(rule: Threshold, row: OfficeMonth, name: str) -> Line:
    number = row.rewarded if rule.what == "reward" else row.sanctioned
    said = verdict(n=row.n, number=number, percent=rule.percent, least=rule.least)
    return Line(row.office_code, name, row.n, number, row.median, said)


def _without(part: Part, sanctioned: set[tuple[ClockName, str]]) -> Part:
    if part.merit is Merit.SANCTION:
        return part
    return Part(
        part.rule,
        [
            Line(each.office_code, each.name, each.n, each.number, each.median, Verdict.NOT)
            if each.verdict is Verdict.PROPOSED and (part.rule.clock, each.office_code) in sanctioned
            else each
            for each in part.lines
        ],
    )


def behind(period: Period, office_code: str, clock: str, merit: str) -> list[Outcome]:
    """The promises behind a number, longest first; all of the office's where `merit` is ""."""
    rows = Outcome.objects.filter(month_on=period.first_on, office_code=office_code, clock=clock)
    rows = rows.filter(merit=merit) if merit else rows
    return list(rows.select_related("report").order_by("-minutes", "pk")[:MOST_BEHIND])
