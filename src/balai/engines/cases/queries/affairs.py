"""What the shells show of this engine: a citizen's matters and the day's public numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case, Return
from balai.engines.cases.models.case import SUBJECT_LABEL
from balai.runtime.memory import Remembered
from balai.work import queries as work

if TYPE_CHECKING:
    from balai.people.models import Citizen

MOST_AFFAIRS = 100
PERIOD = timedelta(days=30)
_returns: Remembered[datetime, tuple[float, ...]] = Remembered()


def open_affairs(citizen: Citizen) -> list[Case]:
    """The citizen's cases, newest first, at most 100; one statement."""
    return list(Case.objects.filter(applicant=citizen).order_by("-filed_at")[:MOST_AFFAIRS])


def returns_per_case(now: datetime) -> float | None:
    """Of the cases that ended in the last 30 days, however they did: how often each was returned on average.

    None when none ended. Worked out once an hour in each process: a front page asks for it.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    known = _returns.get(hour)
    if known is None:
        ended = Case.objects.filter(closed_at__gt=now - PERIOD, closed_at__lte=now)
        cases = ended.count()
        returns = Return.objects.filter(case__in=ended).count()
        known = (returns / cases,) if cases else ()
        _returns.keep(hour, known)
    return known[0] if known else None


def figures(now: datetime) -> dict[str, int]:
    """Public numbers of the government's day: filed, finished, late now, returned."""
    today = work.start_of_today(now)
    until = today + timedelta(days=1)
    return {
        "filed_today": Case.objects.filter(filed_at__gte=today, filed_at__lt=until).count(),
        "finished_today": Case.objects.filter(
            closed_at__gte=today, closed_at__lt=until, state=CaseState.CLOSED
        ).count(),
        "returned_today": Return.objects.filter(returned_at__gte=today, returned_at__lt=until).count(),
        "late_now": work.late_subjects(SUBJECT_LABEL, now),
    }
