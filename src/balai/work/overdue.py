"""What was escalated: late items of the offices that an officer minds (`work.oversee`)."""

from __future__ import annotations

from dataclasses import dataclass

from balai.people.models import Officer
from balai.work.enums import ItemState
from balai.work.models import WorkItem

PERMISSION = "work.oversee"
PAGE = 50


@dataclass(frozen=True)
class OverduePage:
    """Late items, the longest overdue first; `total` counts them all."""

    items: list[WorkItem]
    total: int
    number: int

    @property
    def has_next(self) -> bool:
        """Whether more follow."""
        return self.number * PAGE < self.total


def overdue(officer: Officer, *, number: int = 1) -> OverduePage:
    """One page of what is late in the officer's care."""
    rows = WorkItem.objects.filter(
        state=ItemState.OPEN,
        late_told_at__isnull=False,
        office_code__in=officer.office_codes(PERMISSION),
    ).order_by("due_at", "pk")
    start = (max(1, number) - 1) * PAGE
    return OverduePage(list(rows[start : start + PAGE]), rows.count(), max(1, number))
