"""Cases that wait for their applicant, who was not reminded of it yet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from balai.engines.cases.enums import CaseState, StepState
from balai.engines.cases.models import CaseStep, Return
from balai.engines.cases.rules.terms import WARNING

if TYPE_CHECKING:
    from balai.engines.cases.models import Case

# (case, its office, since when it waits)
Waiting = tuple[UUID, str, datetime]


def waiting_since(state: CaseState, before: datetime, *, most: int) -> list[Waiting]:
    """Cases in that state that wait since `before` or longer without a reminder, the longest first."""
    rows, since = _rows(state)
    untold = Q(case__reminded_at=None) | Q(case__reminded_at__lt=F(since))
    found = rows.filter(untold, **{f"{since}__lte": before}).order_by(since, "case_id")
    return list(found.values_list("case_id", "case__office_code", since)[:most])


def waits_since(case: Case) -> datetime | None:
    """Since when the case waits for its applicant; None when it does not, or she was reminded of it."""
    state = CaseState(case.state)
    if state not in (CaseState.RETURNED, CaseState.READY):
        return None
    rows, name = _rows(state)
    since: datetime | None = rows.filter(case=case).order_by(name).values_list(name, flat=True).first()
    is_told = since is not None and case.reminded_at is not None and case.reminded_at >= since
    return None if is_told else since


def _rows(state: CaseState) -> tuple[Any, str]:
    """What says since when a case in that state waits, and the name of the instant.

    On the shelf a letter waits since the step opened in which it is fetched; a visit may be open much longer.
    """
    if state == CaseState.RETURNED:
        return Return.objects.filter(case__state=state, round=F("case__round")), "returned_at"
    return CaseStep.objects.filter(case__state=state, state=StepState.OPEN, act="hand_over"), "opened_at"


def returns_past(now: datetime, *, most: int) -> list[UUID]:
    """Cases whose repair is past its last day, the longest first."""
    found = _terms().filter(expires_at__lte=now).order_by("expires_at")
    return list(found.values_list("case_id", flat=True)[:most])


def returns_near(now: datetime, *, most: int) -> list[UUID]:
    """Cases whose repair ends soon, of whom nobody was reminded; the exact moment is for whoever reminds."""
    found = _terms().filter(warned_at=None, expires_at__gt=now, expires_at__lte=now + WARNING)
    return list(found.order_by("expires_at").values_list("case_id", flat=True)[:most])


def _terms() -> QuerySet[Return]:
    return Return.objects.filter(
        case__state=CaseState.RETURNED, round=F("case__round"), expires_at__isnull=False, repaired_at=None
    )
