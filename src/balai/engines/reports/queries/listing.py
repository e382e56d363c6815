"""The public list of reports: filtered, page by page, near a point. Nothing here is for some readers only.

Every list begins with `everybody`, and what is asked for can never say more than the report's own page does:
of sensitive kinds, whose point nobody is shown, none is found by a box or near a point. Pages go on behind a
report and not behind a number of rows, so that the thousandth page costs what the first does (indexes
`reports_listed…`, `reports_open`, `reports_map`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from balai.engines.reports.enums import LISTED, OPEN, Channel, EventKind
from balai.engines.reports.models import Event, Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.searching import with_words
from balai.kernel import geo
from balai.region import queries as region

if TYPE_CHECKING:
    from balai.people.models import Citizen

PAGE, LARGEST_PAGE = 30, 200
STATES = ("open", "done", "late")
MOST_RANGES = 32
MOST_COMPARED = 1000
_DEGREE_M = math.radians(1) * geo.EARTH_RADIUS_M
_DISTRICT_DOTS = 2
_OPEN = sorted(LISTED & OPEN)
_OVER = sorted(LISTED - OPEN)


class Box(NamedTuple):
    """A piece of the map, degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True)
class Asked:
    """What of the public list is wanted; "" and None leave it open. `until` ends are exclusive.

    `state`: open, done, or late (open and beyond a promise). `area`: a village or a kecamatan.
    """

    categories: tuple[str, ...] = ()
    group: str = ""
    office: str = ""
    area: str = ""
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    words: str = ""
    box: Box | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Asked()


@dataclass(frozen=True)
class Page:
    """Reports newest first; `next` is behind which one the following page begins."""

    rows: list[Report]
    next: UUID | None


@dataclass(frozen=True)
class Near:
    """A report and how far away it is."""

    report: Report
    metres: int


def everybody() -> QuerySet[Report]:
    """Reports that everybody may read, without the words that only officers do."""
    return Report.objects.filter(is_listed=True).defer("words")


def found(asked: Asked) -> QuerySet[Report]:
    """What fits, newest first."""
    rows = everybody()
    if asked.categories or asked.group:
        rows = rows.filter(category__in=categories_of(asked))
    if asked.office:
        rows = rows.filter(office_code=asked.office)
    if asked.area:
        rows = _in_area(rows, asked.area)
    if asked.state:
        rows = _in_state(rows, asked.state)
    rows = _between(rows, asked)
    keys = with_words(asked.words) if asked.words else None
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    if asked.box is not None:
        rows = rows.filter(_in_box(asked.box), category__in=shown_as_points())
    return rows.order_by("-filed_at", "-id")


def categories_of(asked: Asked) -> list[str]:
    """The kinds that are asked for, by name and by group."""
    known = definitions.current().categories.values()
    in_group = [each.slug for each in known if each.group == asked.group]
    if not asked.group:
        return sorted(set(asked.categories))
    return sorted(set(in_group) & set(asked.categories)) if asked.categories else sorted(in_group)


def shown_as_points() -> list[str]:
    """Kinds of reports whose place everybody sees; all others are shown by village alone."""
    known = definitions.current().categories.values()
    return sorted(each.slug for each in known if not each.sensitive)


def _in_area(rows: QuerySet[Report], code: str) -> QuerySet[Report]:
    """By the villages of a kecamatan: what begins so is no range that both databases agree upon."""
    if code.count(".") == _DISTRICT_DOTS:
        return rows.filter(area_code__in=[code, *(each.code for each in region.villages(code))])
    return rows.filter(area_code=code)


def _in_state(rows: QuerySet[Report], state: str) -> QuerySet[Report]:
    if state == "late":
        late = Event.objects.filter(report=OuterRef("pk"), kind=EventKind.LATE)
        return rows.filter(Exists(late), state__in=_OPEN)
    known = {"open": _OPEN, "done": _OVER}
    return rows.filter(state__in=known[state]) if state in known else rows.filter(state=state)


def _between(rows: QuerySet[Report], asked: Asked) -> QuerySet[Report]:
    edges = {
        "filed_at__gte": asked.since,
        "filed_at__lt": asked.until,
        "updated_at__gte": asked.changed_since,
        "updated_at__lt": asked.changed_until,
    }
    return rows.filter(**{name: at for name, at in edges.items() if at is not None})


def _in_box(box: Box) -> Q:
    """Ranges of the index `reports_map`, then the sides themselves."""
    inside = Q()
    for first, last in geo.cells_for_box(*box, MOST_RANGES):
        inside |= Q(cell__range=(first, last))
    return inside & Q(lat__range=(box.south, box.north), lon__range=(box.west, box.east))


def page(asked: Asked, *, after: UUID | None = None, size: int = PAGE) -> Page:
    """One page, behind the report `after` where one is given; at most three statements, however far."""
    rows = _behind(found(asked), after)
    size = max(1, min(size, LARGEST_PAGE))
    taken = list(rows[: size + 1])
    return Page(taken[:size], taken[size - 1].pk if len(taken) > size else None)


def _behind(rows: QuerySet[Report], after: UUID | None) -> QuerySet[Report]:
    edge = Report.objects.only("filed_at").filter(pk=after).first() if after else None
    if edge is None:
        return rows
    # The last condition is a range of the index; the others settle what was filed at one instant.
    older = Q(filed_at__lt=edge.filed_at) | Q(id__lt=edge.pk)
    return rows.filter(older, filed_at__lte=edge.filed_at)


def pages(asked: Asked, most: int, *, after: UUID | None = None) -> Iterator[list[Report]]:
    """What fits, newest first, page by page up to `most`; for downloads."""
    left = most
    while left > 0:
        part = page(asked, after=after, size=min(left, LARGEST_PAGE))
        yield part.rows
        left, after = left - len(part.rows), part.next
        if after is None:
            return


def behind(asked: Asked, most: int, *, after: UUID | None = None) -> UUID | None:
    """The last of so many reports, when more come behind it: where the next download begins."""
    last = list(_behind(found(asked), after).values_list("pk", flat=True)[most - 1 : most + 1])
    return last[0] if len(last) == 2 else None


def nearby(
    lat: float, lon: float, *, metres: int = 500, most: int = 20, asked: Asked | None = None
) -> list[Near]:
    """Reports within so many metres of a point, the nearest first; of very many the newest are compared."""
    up = metres / _DEGREE_M
    aside = up / max(0.01, math.cos(math.radians(lat)))
    around = Box(lat - up, lon - aside, lat + up, lon + aside)
    rows = found(replace(asked or Asked(), box=around))[:MOST_COMPARED]
    measured = [Near(row, round(_metres(row, lat, lon))) for row in rows]
    measured = [each for each in measured if each.metres <= metres]
    return sorted(measured, key=lambda each: (each.metres, str(each.report.pk)))[:most]


def _metres(row: Report, lat: float, lon: float) -> float:
    return geo.distance_m(lat, lon, row.lat or 0.0, row.lon or 0.0)


def numbered_page(asked: Asked, *, number: int, size: int) -> list[Report]:
    """The `number`th page, counted from 1: for clients that can count alone (Open311), within their days."""
    start = (number - 1) * size
    return list(found(asked)[start : start + size])


def by_numbers(numbers: Sequence[str]) -> list[Report]:
    """Reports that everybody may read, by their numbers, newest first."""
    return list(everybody().filter(number__in=list(numbers)).order_by("-filed_at", "-id"))


def sent_by(numbers: Sequence[str], *, citizen: Citizen | None, login_name: str) -> list[Report]:
    """What a program sent by Open311 itself, in whatever state it is."""
    mine = Report.objects.filter(number__in=list(numbers), channel=Channel.OPEN311).defer("words")
    if citizen is not None:
        return list(mine.filter(voice_set__citizen=citizen, voice_set__is_first=True))
    if not login_name:
        return []
    return list(mine.filter(Q(channel_note=login_name) | Q(channel_note__startswith=f"{login_name} ")))


def sent_with_id(id: UUID) -> Report | None:
    """A report that came by Open311 under an id of its client's."""
    return Report.objects.only("number").filter(pk=id, channel=Channel.OPEN311).first()
