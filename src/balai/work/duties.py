"""Who is on duty, and which hours nobody is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from balai import government
from balai.people import queries as people
from balai.people.models import Officer
from balai.work import rules, subjects
from balai.work.models import Duty
from balai.work.rules import Span

PERMISSION = "work.plan_duty"
LOOK_AHEAD = timedelta(days=7)


def duties(office_code: str, permission: str, since: datetime, until: datetime) -> QuerySet[Duty]:
    """What is planned for a tray between two instants, in order."""
    rows = Duty.objects.filter(office_code=office_code, permission=permission, cancelled_at=None)
    rows = rows.filter(to_at__gt=since, from_at__lt=until).select_related("officer__account")
    return rows.order_by("from_at", "officer__name", "pk")


def posts(office_code: str, at: datetime) -> list[str]:
    """Permissions of the trays at the office that somebody could answer for, with those planned first."""
    held = people.acts_at(office_code, local_day(at))
    planned = set(
        Duty.objects.filter(office_code=office_code, cancelled_at=None, to_at__gt=at).values_list(
            "permission", flat=True
        )
    )
    mine = (planned | held) & set(subjects.permissions())
    return sorted(mine, key=lambda name: (name not in planned, name))


def duty_of(office_code: str, duty_id: UUID) -> Duty | None:
    """One planned duty of the office, or None."""
    rows = Duty.objects.filter(pk=duty_id, office_code=office_code, cancelled_at=None)
    return rows.select_related("officer").first()


def on_duty(office_code: str, permission: str, at: datetime) -> list[Officer]:
    """Who answers for the tray at `at`, by name: planned, still allowed to, and not recorded as away."""
    planned = duties(office_code, permission, at, at + timedelta.resolution)
    officers = {each.officer_id: each.officer for each in planned}
    if not officers:
        return []
    able = {each.pk for each in people.holders(permission, office_code, local_day(at))}
    return [officer for key, officer in officers.items() if key in able]


def gaps(office_code: str, permission: str, since: datetime) -> list[Span]:
    """Which times of the coming seven days have no owner; the whole week where nothing is planned.

    A duty of somebody who is away on its day, or may not do it any more, owns nothing.
    """
    until, spans = since + LOOK_AHEAD, []
    able: dict[object, set[object]] = {}
    for duty in duties(office_code, permission, since, until):
        for begins_at, ends_at in _by_day(duty, since, until):
            day = local_day(begins_at)
            if day not in able:
                able[day] = {each.pk for each in people.holders(permission, office_code, day)}
            if duty.officer_id in able[day]:
                spans.append((begins_at, ends_at))
    return rules.uncovered(since, until, spans)


def _by_day(duty: Duty, since: datetime, until: datetime) -> list[Span]:
    """The duty within these instants, cut at local midnights: roles and absences count by days."""
    parts, at, ends_at = [], max(duty.from_at, since), min(duty.to_at, until)
    while at < ends_at:
        next_at = min(midnight_after(at), ends_at)
        parts.append(Span(at, next_at))
        at = next_at
    return parts


def midnight_after(at: datetime) -> datetime:
    """The next midnight on the government's own wall."""
    zone = government.current().tzinfo
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)


def local_day(at: datetime) -> date:
    """The government's own day at an instant."""
    return at.astimezone(government.current().tzinfo).date()
