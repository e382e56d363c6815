"""Which office gets a report, and why: the first route of the government's list whose conditions hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from balai.catalogue.words import words_of
from balai.engines.reports.rules.categories import Body, Category, Route


@dataclass(frozen=True)
class Facts:
    """What a route may ask of a report; `local_at` is the wall clock of the town."""

    category: Category
    area_code: str
    road_status: str
    text: str
    local_at: datetime


def route_of(routes: Sequence[Route], facts: Facts) -> Route:
    """The first that fits; the last has no conditions, so there is always one."""
    words = frozenset(words_of(facts.text))
    return next(route for route in routes if _fits(route, facts, words))


def office_of(route: Route, area_code: str) -> str:
    """The office's code; "village" and "district" are those of the place, "" where no place is known."""
    if route.office == "village":
        return area_code
    if route.office == "district":
        return area_code.rpartition(".")[0]
    return route.office


def body_of(
    bodies: Sequence[Body], *, handler: str, by_road: bool, road_status: str, owner_kind: str
) -> Body | None:
    """The body outside this government that is in charge; None: it is ours, or nobody knows.

    Of what it does (the power grid), by whose land it is, or, for kinds that are about roads, by the road.
    """
    for body in bodies:
        if handler in body.handlers or (owner_kind and owner_kind in body.owners):
            return body
        if by_road and road_status and road_status in body.road_status:
            return body
    return None


def _fits(route: Route, facts: Facts, words: frozenset[str]) -> bool:
    return (
        (not route.handlers or facts.category.handler in route.handlers)
        and (not route.categories or facts.category.slug in route.categories)
        and (not route.areas or any(facts.area_code.startswith(area) for area in route.areas))
        and (not route.road_status or facts.road_status in route.road_status)
        and (not route.words or any(set(words_of(phrase)) <= words for phrase in route.words))
        and (route.hours is None or _within(route.hours, facts.local_at.hour))
        and (route.office not in ("village", "district") or bool(facts.area_code))
    )


def _within(hours: tuple[int, int], hour: int) -> bool:
    """From the first hour up to, not including, the second; 22, 6 goes over midnight."""
    first, last = hours
    return first <= hour < last if first <= last else hour >= first or hour < last
