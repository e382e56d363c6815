"""Terms on the applicant's side: until when she may repair, and object."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from balai.catalogue.schema import ServiceDefinition

# She is reminded of the end of a repair so long before it, or at half time where the whole is shorter.
WARNING = timedelta(days=7)


def repair_until(
    service: ServiceDefinition, filed_on: date, returned_at: datetime, zone: tzinfo
) -> datetime | None:
    """The midnight after the last day of a repair; None where the definition sets no term for this filing.

    Days are counted from the day after the return, on the government's own calendar of days.
    """
    rule = service.repair
    if rule is None or not rule.holds_on(filed_on):
        return None
    last = returned_at.astimezone(zone).date() + timedelta(days=rule.days)
    return datetime.combine(last + timedelta(days=1), time(), zone)


def last_day(until: datetime, zone: tzinfo) -> date:
    """The day that ends at this midnight."""
    return (until.astimezone(zone) - timedelta(minutes=1)).date()


def warn_at(returned_at: datetime, until: datetime) -> datetime:
    """When she is reminded that the end is near."""
    return until - min(WARNING, (until - returned_at) / 2)


def object_until(service: ServiceDefinition, decided_at: datetime | None, zone: tzinfo) -> date | None:
    """The last day for an objection to a rejection; None where the definition knows none."""
    if service.objection is None or decided_at is None:
        return None
    return decided_at.astimezone(zone).date() + timedelta(days=service.objection.days)
