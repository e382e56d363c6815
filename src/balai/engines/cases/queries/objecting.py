"""Whether a rejection may be objected to, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case, Objection
from balai.engines.cases.queries.finding import definition_of
from balai.engines.cases.rules import terms
from balai.government import current as government


def objection_of(case: Case) -> Objection | None:
    """The objection to this case's rejection, answered or not."""
    return Objection.objects.filter(case=case).first()


def object_until(case: Case) -> date | None:
    """The last day on which this rejection may be objected to; None where it may not be, or was."""
    if case.state != CaseState.REJECTED:
        return None
    until = terms.object_until(definition_of(case), case.decided_at, government().tzinfo)
    return until if until is not None and objection_of(case) is None else None


def may_object(case: Case, now: datetime) -> bool:
    """Whether the applicant may object at this moment."""
    until = object_until(case)
    return until is not None and now.astimezone(government().tzinfo).date() <= until


def repair_until(case: Case) -> date | None:
    """The last day of the repair that the case waits for; None where nothing ends it."""
    if case.state != CaseState.RETURNED:
        return None
    waits = case.returns.filter(round=case.round).first()
    if waits is None or waits.expires_at is None:
        return None
    return terms.last_day(waits.expires_at, government().tzinfo)
