"""Reports that may be about the same thing, looked for before another one is sent.

Only what anybody may join is shown: open and not secret. Of reports that nobody has checked yet the words
stay hidden; whoever asks learns their kind, age and distance alone (`Alike.title` is then the kind's).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from balai.engines.reports.enums import OPEN, Visibility
from balai.engines.reports.models import Report
from balai.engines.reports.rules import same
from balai.engines.reports.rules.categories import Category
from balai.kernel import geo

MOST_SHOWN = 3
MOST_COMPARED = 400
"""The newest so many near by, and as many of the village, are compared, so that a flood slows no page."""
MOST_RANGES = 12
_DEGREE_M = math.radians(1) * geo.EARTH_RADIUS_M
_ASKED = ("pk", "public_text", "lat", "lon", "filed_at")


@dataclass(frozen=True)
class Alike:
    """A report that may be the same. `metres` is None where either has no point."""

    report: Report
    title: str
    metres: int | None
    likeness: int

    @property
    def is_listed(self) -> bool:
        """Whether everybody reads it; of another one only kind, age and distance may be shown."""
        return self.report.is_listed


def alike(
    category: Category,
    text: str,
    *,
    at: datetime,
    lat: float | None = None,
    lon: float | None = None,
    area_code: str = "",
    most: int = MOST_SHOWN,
) -> list[Alike]:
    """Open public reports of the same kind, near by and lately, likeliest first.

    Without a point: those of the same village, where the words must carry it. With one also those of the
    village that have none.
    """
    if category.secret:
        return []
    since = at - timedelta(days=category.near_days)
    scored = dict[UUID, tuple[int, float | None]]()
    for row in _rows(category, since, lat, lon, area_code):
        metres = _metres(row, lat, lon)
        score = same.likeness(
            text,
            row.public_text,
            metres=metres,
            near_m=category.near_m,
            apart=at - row.filed_at,
            near_days=category.near_days,
        )
        if score >= same.LIKELY:
            scored[row.pk] = (score, metres)
    best = sorted(scored, key=lambda key: (-scored[key][0], str(key)))[:most]
    found = Report.objects.in_bulk(best)
    return [_shown(found[key], category, *scored[key]) for key in best if key in found]


def _shown(report: Report, category: Category, likeness: int, metres: float | None) -> Alike:
    title = report.title if report.is_listed else category.title
    return Alike(report, title, None if metres is None else round(metres), likeness)


def _rows(
    category: Category, since: datetime, lat: float | None, lon: float | None, area_code: str
) -> Iterator[Report]:
    open_ones = Report.objects.filter(
        category=category.slug, state__in=sorted(OPEN), visibility=Visibility.PUBLIC, filed_at__gte=since
    )
    if lat is not None and lon is not None:
        yield from _newest(open_ones.filter(_near(lat, lon, category.near_m)))
        open_ones = open_ones.filter(cell__isnull=True)
    if area_code:
        yield from _newest(open_ones.filter(area_code=area_code))


def _newest(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.order_by("-filed_at", "-pk").only(*_ASKED)[:MOST_COMPARED]


def _near(lat: float, lon: float, metres: int) -> Q:
    """Ranges of the index `reports_near` that hold everything so near; distance is compared afterwards."""
    up = metres / _DEGREE_M
    aside = up / max(0.01, math.cos(math.radians(lat)))
    near = Q()
    for first, last in geo.cells_for_box(lat - up, lon - aside, lat + up, lon + aside, MOST_RANGES):
        near |= Q(cell__range=(first, last))
    return near


def _metres(row: Report, lat: float | None, lon: float | None) -> float | None:
    if lat is None or lon is None or row.lat is None or row.lon is None:
        return None
    return geo.distance_m(lat, lon, row.lat, row.lon)
