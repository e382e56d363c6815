"""A roster for a demo town: whoever answers reports takes turns, a day each; the last day is still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from balai import government
from balai.demo.town.cast import Place
from balai.people import queries as people
from balai.people.models import Officer
from balai.runtime import clock
from balai.work import actions, duties

DAYS = 6
HANDOVER = time(7, 30)


def seed_duty(places: Iterable[tuple[Place, dict[str, Officer]]]) -> int:
    """Plan the coming days of every office that has somebody to plan them; how many duties that were."""
    return sum(_plan(place, list(staff.values())) for place, staff in places)


def _plan(place: Place, staff: list[Officer]) -> int:
    now = clock.now()
    planner = next((each for each in staff if each.has_permission(duties.PERMISSION, place.code)), None)
    posts = duties.posts(place.code, now)
    if planner is None or not posts:
        return 0
    post = "reports.handle" if "reports.handle" in posts else posts[0]
    able = people.holders(post, place.code, duties.local_day(now))
    if duties.duties(place.code, post, now, now + timedelta(days=DAYS)).exists() or not able:
        return 0
    zone = government.current().tzinfo
    begins_at = datetime.combine(duties.local_day(now), HANDOVER, zone)
    for number in range(DAYS):
        actions.plan_duty(
            by=planner,
            office_code=place.code,
            permission=post,
            officer=able[number % len(able)],
            from_at=begins_at + timedelta(days=number),
            to_at=begins_at + timedelta(days=number + 1),
        )
    return DAYS
