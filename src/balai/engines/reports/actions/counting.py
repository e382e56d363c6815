"""How many reports lie where, counted anew for the months in which something changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from balai import government
from balai.engines.reports.enums import OPEN, Together
from balai.engines.reports.models import MapCount, MapCounted, Report
from balai.engines.reports.queries.listing import shown_as_points
from balai.kernel import geo
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import write_transaction

RESOLUTION, FINER = 7, 8
SLACK = timedelta(minutes=5)
"""So long an earlier transaction may have taken to be seen."""
VERSION = "1"
"""Goes up when what is counted changes."""
Key = tuple[int, str, bool]
_BATCH = 1000


def count_map(*, at: datetime | None = None) -> int:
    """Bring the counts up to date; how many months were counted. Run by the worker.

    All of them when the kinds that show no point are others than last time.
    """
    at, points = at or clock.now(), shown_as_points()
    rules = hashlib.sha256("\n".join([VERSION, government.current().folder, *points]).encode()).hexdigest()
    last = MapCounted.objects.first()
    changed = Report.objects.all()
    if last is not None and last.rules == rules:
        changed = changed.filter(updated_at__gte=last.counted_at - SLACK)
    months = sorted(_months(changed))
    for month in months:
        _keep_month(month, _counted(month, points))
    _keep_totals(at, rules, has_changed=bool(months))
    return len(months)


def _months(rows: QuerySet[Report]) -> set[date]:
    in_town = TruncMonth("filed_at", tzinfo=government.current().tzinfo)
    found = rows.order_by().annotate(month=in_town).values_list("month", flat=True).distinct()
    return {each.date() for each in found}


def _counted(month: date, points: list[str]) -> Counter[Key]:
    """By cell, kind, and whether it is open; and many kinds together (`Together`)."""
    listed, middles = _filed_in(month), dict[str, int | None]()
    has_point = Q(cell__isnull=False, category__in=points)
    counts: Counter[Key] = Counter()
    by_cell = listed.filter(has_point).annotate(fine=F("cell").bitand(geo.family_mask(FINER)))
    for fine, category, state, number in _grouped(by_cell, "fine"):
        cell, is_open = geo.coarser(fine, RESOLUTION), state in OPEN
        counts[cell, category, is_open] += number
        counts[cell, Together.POINTS.value, is_open] += number
        counts[geo.coarser(fine, FINER), Together.FINER.value, is_open] += number
    for area_code, category, state, number in _grouped(listed.exclude(has_point), "area_code"):
        if area_code not in middles:
            middles[area_code] = _middle(area_code)
        middle, is_open = middles[area_code], state in OPEN
        if middle is not None:
            together = Together.POINTS if category in points else Together.VILLAGES
            counts[middle, category, is_open] += number
            counts[middle, together.value, is_open] += number
    return counts


def _filed_in(month: date) -> QuerySet[Report]:
    zone = government.current().tzinfo
    first = datetime(month.year, month.month, 1, tzinfo=zone)
    following = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=zone)
    return Report.objects.filter(is_listed=True, filed_at__gte=first, filed_at__lt=following)


def _grouped(rows: QuerySet[Report], place: str) -> Iterator[tuple[Any, str, str, int]]:
    grouped = rows.order_by().values(place, "category", "state").annotate(number=Count("pk"))
    yield from grouped.values_list(place, "category", "state", "number").iterator()


def _middle(area_code: str) -> int | None:
    middle = region.middle_of(area_code) if area_code else None
    return geo.cell_at(*middle, RESOLUTION) if middle else None


@write_transaction
def _keep_month(month: date, counts: Counter[Key]) -> None:
    MapCount.objects.filter(month_on=month).delete()
    _create(month, counts)


@write_transaction
def _keep_totals(at: datetime, rules: str, *, has_changed: bool) -> None:
    if has_changed:
        MapCount.objects.filter(month_on=None).delete()
        months = MapCount.objects.filter(month_on__isnull=False).order_by()
        sums = months.values_list("cell", "category", "is_open").annotate(sum=Sum("number"))
        _create(None, Counter({(cell, kind, is_open): number for cell, kind, is_open, number in sums}))
    MapCounted.objects.update_or_create(id=1, defaults={"counted_at": at, "rules": rules})


def _create(month: date | None, counts: Counter[Key]) -> None:
    rows = (
        MapCount(month_on=month, cell=cell, category=category, is_open=is_open, number=number)
        for (cell, category, is_open), number in sorted(counts.items())
    )
    MapCount.objects.bulk_create(rows, batch_size=_BATCH)
