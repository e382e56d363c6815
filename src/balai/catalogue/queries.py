"""Reading snapshots, and what is out of order now."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Sum

from balai.catalogue.models import Definition, Disruption, Sought
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.sought import SHOWN_FROM, months_before
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.runtime.memory import Remembered

# How long a process goes on with what it has read; whoever writes in the same process is seen at once.
FRESH = timedelta(seconds=15)
_standing: Remembered[str, tuple[datetime, tuple[Disruption, ...]]] = Remembered()


def definition(sha256: str) -> ServiceDefinition:
    """The definition whose content has this hash; raise NotFound.

    Content never changes under a hash, so a process keeps the last few hundred it has read.
    """
    return _definition(sha256)


@lru_cache(maxsize=512)
def _definition(sha256: str) -> ServiceDefinition:
    row = Definition.objects.filter(pk=sha256).first()
    if row is None:
        raise NotFound(sha256)
    return ServiceDefinition.model_validate_json(row.body)


def disruptions(service_id: str = "") -> list[Disruption]:
    """Notices that hold now, the newest first: of one service, or those that concern all.

    From memory, as every page of the door asks; a notice of another process shows within `FRESH`.
    """
    now = clock.now()
    return [
        each
        for each in _unfinished(now)
        if each.starts_at <= now < each.ends_at and (not each.service_ids or service_id in each.service_ids)
    ]


def every_disruption() -> list[Disruption]:
    """Notices that hold now, whatever they concern, the newest first."""
    now = clock.now()
    return [each for each in _unfinished(now) if each.starts_at <= now < each.ends_at]


def forget_disruptions() -> None:
    """Read them again at the next question."""
    _standing.forget()


def _unfinished(now: datetime) -> tuple[Disruption, ...]:
    """Every notice that holds or will hold."""
    known = _standing.get("")
    if known is not None and known[0] <= now < known[0] + FRESH:
        return known[1]
    found = tuple(Disruption.objects.filter(called_off_at=None, ends_at__gt=now).order_by("-created_at"))
    _standing.keep("", (now, found))
    return found


def past_and_coming(most: int = 50) -> list[Disruption]:
    """The last notices that were written, for the officer's page."""
    return list(Disruption.objects.order_by("-created_at")[:most])


def sought_in_vain(months: int = 3, most: int = 100) -> list[tuple[str, int]]:
    """(words, how often) of this and earlier months, the most frequent first; rare ones are left out."""
    since = months_before(local_today().replace(day=1), months - 1)
    rows = Sought.objects.filter(month_on__gte=since).values("words").annotate(times=Sum("count"))
    found = rows.filter(times__gte=SHOWN_FROM).order_by("-times", "words")[:most]
    return [(row["words"], row["times"]) for row in found]
