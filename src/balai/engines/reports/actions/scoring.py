"""What promises come to, by office and month: made anew for what has changed. Again, it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from balai.engines.reports.enums import ClockName, Merit
from balai.engines.reports.models import OfficeMonth, Outcome
from balai.engines.reports.models.report import SUBJECT_LABEL
from balai.engines.reports.queries import definitions
from balai.engines.reports.rules import durations
from balai.runtime.transaction import write_transaction
from balai.work import queries as clocks

MOST_AT_ONCE = 1000
FACTS = (
    "n",
    "in_time",
    "median",
    "p90",
    "reopened",
    "unconfirmed",
    "rewarded",
    "sanctioned",
    "spread",
)


class Key(NamedTuple):
    """One line of the table."""

    office_code: str
    month_on: date
    clock: str


def renew_league(now: datetime, *, told: Callable[[int], None] | None = None) -> int:
    """Bring every month up to date that has an outcome which is not counted yet; how many lines that were."""
    pending = Outcome.objects.filter(counted=False).order_by("month_on", "office_code", "clock")
    keys = [Key(*each) for each in pending.values_list("office_code", "month_on", "clock").distinct()]
    for done, key in enumerate(keys[:MOST_AT_ONCE], start=1):
        _renew(key)
        if told is not None:
            told(done)
    _renew_open(now)
    return min(len(keys), MOST_AT_ONCE)


@write_transaction
def _renew(key: Key) -> None:
    """Marked first, then read: an outcome that changes meanwhile waits for the mark, and is counted next."""
    mine = Outcome.objects.filter(**key._asdict())
    mine.filter(counted=False).update(counted=True)
    rows = list(mine.values_list("minutes", "in_time", "reopened", "unconfirmed", "merit"))
    minutes = sorted(row[0] for row in rows)
    _put(
        [
            OfficeMonth(
                **key._asdict(),
                n=len(rows),
                in_time=sum(row[1] for row in rows),
                median=durations.quantile(minutes, 0.5),
                p90=durations.quantile(minutes, 0.9),
                reopened=sum(row[2] for row in rows),
                unconfirmed=sum(row[3] for row in rows),
                rewarded=sum(row[4] == Merit.REWARD for row in rows),
                sanctioned=sum(row[4] == Merit.SANCTION for row in rows),
                spread=durations.spread_of(minutes),
            )
        ],
        FACTS,
    )


@write_transaction
def _renew_open(now: datetime) -> None:
    """What is still owed beyond its time counts in the month in which it fell due."""
    inspectorate = definitions.current().here.inspectorate
    late = {
        Key(each.office_code, each.month, each.name): each.number
        for each in clocks.late_by_month(SUBJECT_LABEL, now)
        if each.office_code != inspectorate and each.name in ClockName.values
    }
    known = OfficeMonth.objects.filter(open_late__gt=0)
    counted = {
        Key(office, month, name): number
        for office, month, name, number in known.values_list("office_code", "month_on", "clock", "open_late")
    }
    changed = {key: late.get(key, 0) for key in late.keys() | counted.keys()}
    _put(
        [
            OfficeMonth(**key._asdict(), open_late=number)
            for key, number in sorted(changed.items())
            if counted.get(key, 0) != number
        ],
        ("open_late",),
    )


def _put(rows: list[OfficeMonth], facts: tuple[str, ...]) -> None:
    OfficeMonth.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["month_on", "office_code", "clock"],
        update_fields=list(facts),
        batch_size=500,
    )
