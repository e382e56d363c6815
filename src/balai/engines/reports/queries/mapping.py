"""What a map of reports shows: near ones as points, many as a number, and of sensitive kinds nothing exact.

A wide piece of the map is answered from what was counted beforehand (`MapCount`, up to `SECONDS` old), where
it is asked for by kind, state and whole months; every other from the newest `MOST_READ` reports within it. Of
sensitive kinds, counted at the middle of their village, a number below `FEWEST` is not shown; such reports
stand in the list, by village.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from functools import lru_cache

from django.db.models import Q, QuerySet, Sum

from balai import government
from balai.engines.reports.enums import Together
from balai.engines.reports.models import MapCount, Report
from balai.engines.reports.queries import listing
from balai.engines.reports.queries.listing import Asked, Box
from balai.kernel import geo

SECONDS = 600
FEWEST = 3
MOST_POINTS, MOST_READ = 300, 1000
WIDE, COUNTED = 0.08, 0.03
"""Degrees from side to side, about 9 and 3 km: from there on a map is wide, or counted beforehand at all."""
# Degrees from side to side, and the resolution of the cells by which many reports are then shown.
_RESOLUTIONS = ((0.6, 5), (0.2, 6), (WIDE, 7), (COUNTED, 8), (0.01, 9))
_FINEST = 10


@dataclass(frozen=True)
class Many:
    """So many reports around a place."""

    lat: float
    lon: float
    number: int


@dataclass(frozen=True)
class Shown:
    """Either single reports or numbers. `is_cut`: only the newest `MOST_READ` were looked at."""

    points: list[Report]
    many: list[Many]
    is_cut: bool = False


def shown(asked: Asked, box: Box) -> Shown:
    """What fits in a piece of the map."""
    counts = _counts(asked, box)
    if counts is not None:
        return Shown([], _clusters(counts, box))
    rows = listing.found(replace(asked, box=box))
    read = list(rows.values_list("pk", "cell")[:MOST_READ])
    if len(read) <= MOST_POINTS:
        return Shown(list(rows[:MOST_POINTS]), [])
    resolution = next((fine for width, fine in _RESOLUTIONS if _width(box) >= width), _FINEST)
    cells = Counter(geo.coarser(cell, resolution) for _pk, cell in read if cell)
    return Shown([], _placed(cells.items()), is_cut=len(read) == MOST_READ)


def _width(box: Box) -> float:
    return max(box.north - box.south, box.east - box.west)


def _months(asked: Asked) -> Q | None:
    """The rows of counts that say it; None where only the reports themselves do."""
    by_other = asked.office or asked.area or asked.words or asked.changed_since or asked.changed_until
    if by_other or asked.state not in ("", "open", "done"):
        return None
    if asked.since is None and asked.until is None:
        return Q(month_on__isnull=True)
    asked_for = {"month_on__gte": asked.since, "month_on__lt": asked.until}
    edges = {name: at.astimezone(government.current().tzinfo) for name, at in asked_for.items() if at}
    if any((at.day, at.time()) != (1, time()) for at in edges.values()):
        return None
    return Q(month_on__isnull=False, **{name: at.date() for name, at in edges.items()})


def _counts(asked: Asked, box: Box) -> dict[int, int] | None:
    """Numbers by cell, without the few of sensitive kinds; None where the reports themselves must be read."""
    months, width, is_whole = _months(asked), _width(box), not (asked.categories or asked.group)
    if months is None or width < COUNTED or (width < WIDE and not is_whole):
        return None
    rows = MapCount.objects.filter(months)
    if asked.state:
        rows = rows.filter(is_open=asked.state == "open")
    if width < WIDE:
        return _sums(rows.filter(category=Together.FINER))
    if is_whole:
        exact, coarse = {Together.POINTS.value}, {Together.VILLAGES.value}
    else:
        exact = set(listing.categories_of(asked)) & set(listing.shown_as_points())
        coarse = set(listing.categories_of(asked)) - exact
    counts = Counter(_sums(rows.filter(category__in=sorted(exact))))
    few = _sums(rows.filter(category__in=sorted(coarse)))
    counts.update({cell: number for cell, number in few.items() if number >= FEWEST})
    return counts


def _sums(rows: QuerySet[MapCount]) -> dict[int, int]:
    return dict(rows.order_by().values_list("cell").annotate(sum=Sum("number")))


def _clusters(counts: dict[int, int], box: Box) -> list[Many]:
    """The cells whose middle lies in the box, joined to coarser ones where it is very wide."""
    resolution = next(fine for width, fine in _RESOLUTIONS if _width(box) >= width)
    joined: Counter[int] = Counter()
    for cell, number in counts.items():
        joined[geo.coarser(cell, resolution)] += number
    return [each for each in _placed(joined.items()) if _lies_in(each, box)]


def _placed(cells: Iterable[tuple[int, int]]) -> list[Many]:
    return [Many(*_middle(cell), number) for cell, number in sorted(cells)]


@lru_cache(maxsize=20_000)
def _middle(cell: int) -> geo.Place:
    """The same few thousand cells again and again."""
    return geo.middle_of_cell(cell)


def _lies_in(each: Many, box: Box) -> bool:
    return box.south <= each.lat <= box.north and box.west <= each.lon <= box.east
