"""An officer is away: her roles rest, and whoever stands in for her holds them meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from balai import audit
from balai.kernel.references import Actor
from balai.people import rules
from balai.people.enums import AbsenceReason, Capacity
from balai.people.errors import AbsenceDatesRefused, AbsenceOverlaps, BasisMissing, StandInRefused
from balai.people.models import Absence, Assignment, Officer
from balai.people.today import local_today
from balai.runtime.transaction import lock, write_transaction


@write_transaction(locks="officer")
def record_absence(
    *,
    by: Actor,
    officer: Officer,
    from_on: date,
    to_on: date,
    reason: AbsenceReason,
    stand_in: Officer | None = None,
    basis: str = "",
) -> Absence:
    """The officer is away from a day to a day, both inclusive; `stand_in` holds her roles as Plh. meanwhile.

    `basis` is the order that names the stand-in. Raises AbsenceDatesRefused, AbsenceOverlaps, StandInRefused,
    BasisMissing.
    """
    lock(Officer.objects.filter(pk__in=[each.pk for each in (officer, stand_in) if each is not None]))
    if to_on < from_on or to_on < local_today() or (to_on - from_on).days > rules.LONGEST_ABSENCE_DAYS:
        raise AbsenceDatesRefused(most=rules.LONGEST_ABSENCE_DAYS)
    other = _during(officer, from_on, to_on)
    if other is not None:
        raise AbsenceOverlaps(first=f"{other.from_on:%d-%m-%Y}", last=f"{other.to_on:%d-%m-%Y}")
    if stand_in is not None:
        _require_able(officer, stand_in, from_on, to_on)
        if not basis.strip():
            raise BasisMissing()
    absence = Absence.objects.create(
        officer=officer,
        from_on=from_on,
        to_on=to_on,
        reason=reason,
        stand_in=stand_in,
        basis=basis.strip()[:200] if stand_in else "",
    )
    if stand_in is not None:
        Assignment.objects.bulk_create(_mirrored(absence, stand_in))
    data = {"from": from_on.isoformat(), "to": to_on.isoformat(), "reason": str(reason)}
    named = {"stand_in": stand_in.name, "basis": absence.basis} if stand_in else {}
    audit.record("people.absence_recorded", by=by, about=officer.as_subject(), data=data | named)
    _forget(officer, stand_in)
    return absence


@write_transaction(locks="officer")
def end_absence(*, by: Actor, absence: Absence) -> None:
    """The officer is back from today; an absence that never began is forgotten, with its stand-in's roles."""
    lock(Officer.objects.filter(pk=absence.officer_id))
    today = local_today()
    last = today - timedelta(days=1)
    living = Absence.objects.filter(pk=absence.pk, to_on__gte=today)
    if not living.exists():
        return
    absence.assignments.filter(valid_from__gte=today).delete()
    absence.assignments.filter(valid_to__gt=last).update(valid_to=last)
    if absence.from_on > last:
        living.delete()
    else:
        living.update(to_on=last)
    audit.record("people.absence_ended", by=by, about=absence.officer.as_subject(), data={"on": str(today)})
    _forget(absence.officer, absence.stand_in)


def _during(officer: Officer, from_on: date, to_on: date) -> Absence | None:
    return officer.absences.filter(from_on__lte=to_on, to_on__gte=from_on).first()


def _require_able(officer: Officer, stand_in: Officer, from_on: date, to_on: date) -> None:
    is_here = stand_in.account.is_active and _during(stand_in, from_on, to_on) is None
    if stand_in.pk == officer.pk or not is_here:
        raise StandInRefused(name=stand_in.name)


def _mirrored(absence: Absence, stand_in: Officer) -> list[Assignment]:
    """Her own roles, for him and for these days, one row for each role and office.

    What he holds through all of these days anyway he goes on holding as he does.
    """
    first, last = absence.from_on, absence.to_on
    spans: dict[tuple[str, str], tuple[date, date]] = {}
    own = absence.officer.assignments.filter(absence=None, valid_from__lte=last).order_by("valid_from", "pk")
    for each in own:
        until = min(each.valid_to or last, last)
        if until >= first:
            place = (each.role_id, each.office_code)
            begun, ended = spans.get(place, (max(each.valid_from, first), until))
            spans[place] = (begun, max(ended, until))
    return [
        Assignment(
            officer=stand_in,
            role_id=role_id,
            office_code=office_code,
            valid_from=begun,
            valid_to=ended,
            capacity=Capacity.DAILY,
            basis=absence.basis,
            absence=absence,
        )
        for (role_id, office_code), (begun, ended) in spans.items()
        if not _holds_throughout(stand_in, role_id, office_code, begun, ended)
    ]


def _holds_throughout(officer: Officer, role_id: str, office_code: str, first: date, last: date) -> bool:
    held = officer.assignments.filter(role_id=role_id, office_code=office_code)
    return held.held_on(first).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=last)).exists()


def _forget(*officers: Officer | None) -> None:
    for each in officers:
        if each is not None:
            each.__dict__.pop("assignments_today", None)
