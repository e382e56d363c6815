"""The league as everybody reads it: from `OfficeMonth` alone, whatever the number of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, Sum

from balai.engines.reports.enums import ClockName
from balai.engines.reports.models import OfficeMonth, Outcome
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import durations, league
from balai.engines.reports.rules.league import Record, Standing
from balai.runtime.memory import Remembered

RECENT = timedelta(days=30)
_recent: Remembered[datetime, tuple[int, ...]] = Remembered()


@dataclass(frozen=True)
class Period:
    """A month, or the whole year where `month` is 0."""

    year: int
    month: int = 0

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, 1)

    @property
    def last_month_on(self) -> date:
        """The first day of its last month."""
        return date(self.year, self.month or 12, 1)


@dataclass(frozen=True)
class Line:
    """One office in one league, with what stands behind its place. Minutes count on its own calendar."""

    standing: Standing
    name: str
    open_late: int
    median: int | None
    p90: int | None
    reopened: int
    unconfirmed: int


@dataclass(frozen=True)
class League:
    """One promise compared: offices with a rank, and those with too few promises for one."""

    clock: ClockName
    compared: Sequence[Line]
    too_few: Sequence[Line]
    least: int


def leagues(period: Period, names: dict[str, str]) -> list[League]:
    """One league for each promise, in the order in which they fall due; one statement.

    `names` are the offices by code; one that is not there any more keeps its code.
    """
    by_clock: dict[str, dict[str, list[OfficeMonth]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(period):
        by_clock[row.clock][row.office_code].append(row)
    least = definitions.current().here.league_least
    return [_league(clock, by_clock[clock], names, least) for clock in ClockName if by_clock[clock]]


def _rows(period: Period) -> Iterable[OfficeMonth]:
    rows = OfficeMonth.objects.filter(month_on__gte=period.first_on, month_on__lte=period.last_month_on)
    return rows.defer("spread") if period.month else rows


def _league(
    clock: ClockName, rows: dict[str, list[OfficeMonth]], names: dict[str, str], least: int
) -> League:
    records = [
        Record(office, sum(each.n + each.open_late for each in months), sum(each.in_time for each in months))
        for office, months in rows.items()
    ]
    lines = [
        _line(each, rows[each.office], names.get(each.office, each.office))
        for each in league.league(records, least=least)
    ]
    return League(
        clock,
        [line for line in lines if line.standing.rank is not None],
        [line for line in lines if line.standing.rank is None],
        least,
    )


def _line(standing: Standing, months: list[OfficeMonth], name: str) -> Line:
    median, p90 = _quantiles(months)
    return Line(
        standing,
        name,
        sum(each.open_late for each in months),
        median,
        p90,
        sum(each.reopened for each in months),
        sum(each.unconfirmed for each in months),
    )


def _quantiles(months: list[OfficeMonth]) -> tuple[int | None, int | None]:
    """One month is exact; several are read off their spreads."""
    if len(months) == 1:
        return months[0].median, months[0].p90
    spread = durations.added(each.spread for each in months)
    return durations.quantile_of(spread, 0.5), durations.quantile_of(spread, 0.9)


def periods() -> tuple[date, date] | None:
    """The first and the last month that the league knows; None as long as nothing was promised."""
    found = OfficeMonth.objects.aggregate(first=Min("month_on"), last=Max("month_on"))
    return (found["first"], found["last"]) if found["first"] else None


def recent_median(now: datetime) -> int | None:
    """Median minutes of the first responses of the last thirty days.

    Worked out every five minutes in each process: a front page asks for it.
    """
    moment = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
    known = _recent.get(moment)
    if known is None:
        known = _median(now)
        _recent.keep(moment, known)
    return known[0] if known else None


def _median(now: datetime) -> tuple[int, ...]:
    recent = Outcome.objects.filter(
        clock=ClockName.FIRST_RESPONSE, stopped_at__gt=now - RECENT, stopped_at__lte=now
    )
    number = recent.count()
    if not number:
        return ()
    rows = recent.order_by("minutes").values_list("minutes", flat=True)
    return (int(rows[(number - 1) // 2]),)


def unanswered_late() -> int:
    """First responses that are owed beyond their time, as the league last counted them."""
    late = OfficeMonth.objects.filter(clock=ClockName.FIRST_RESPONSE, open_late__gt=0)
    return int(late.aggregate(number=Sum("open_late"))["number"] or 0)
