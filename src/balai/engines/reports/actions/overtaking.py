"""Two officers at one report: what the second decides upon what she read must still be so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from balai.engines.reports.enums import EventKind
from balai.engines.reports.errors import Overtaken
from balai.engines.reports.models import Report
from balai.engines.reports.queries import sheets
from balai.runtime.transaction import lock, write_transaction

if TYPE_CHECKING:
    from balai.people.models import Officer

T = TypeVar("T")


@write_transaction(locks=("report", "upload"))
def unless_overtaken(
    *, by: Officer, report: Report, version: int, act: Callable[[], T], other: Report | None = None
) -> T:
    """Do `act` if the report is still at the version that the officer read, in one transaction.

    `other` is the second report that the act locks. Raises Overtaken, which names who was faster and how,
    and whatever `act` raises.
    """
    both = [each.pk for each in (report, other) if each is not None]
    found = {row.pk: row for row in lock(Report.objects.filter(pk__in=both))}
    if found[report.pk].version != version:
        last = sheets.last_event(report)
        who = last.actor_name if last and last.actor_name else "pelapor"
        what = EventKind(last.kind).label if last else ""
        raise Overtaken(who=who, what=str(what).lower(), state=found[report.pk].state_label)
    return act()
