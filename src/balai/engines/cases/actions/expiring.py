"""A return that nobody repairs: the applicant is reminded of the last day, then the case is closed.

Found by how it stands, as in `reminding`: a town that stood still finds everything that came due meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.engines.cases.actions import moving
from balai.engines.cases.actions.reminding import MOST, SomeFailed
from balai.engines.cases.enums import CaseState, EventKind
from balai.engines.cases.models import Case, Return
from balai.engines.cases.queries import waiting
from balai.engines.cases.rules import terms
from balai.government import current as government
from balai.kernel.dates import format_date
from balai.kernel.references import SYSTEM
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work

log = logging.getLogger(__name__)


def end_repairs(*, most: int = MOST) -> int:
    """Warn whoever has little time left, and close what is past its last day; how many cases that were.

    Raises SomeFailed when it did not work for some of them, after all others.
    """
    now = clock.now()
    over, not_over = _each(waiting.returns_past(now, most=most), lambda found: _expire(found, now))
    near, not_near = _each(waiting.returns_near(now, most=most), lambda found: _warn(found, now))
    if failures := not_over + not_near:
        raise SomeFailed(f"the terms of {failures} cases could not be looked after")
    return over + near


def _each(ids: list[UUID], act: Callable[[UUID], bool]) -> tuple[int, int]:
    """For how many it was done, and for how many it failed."""
    count, failures = 0, 0
    for case_id in ids:
        try:
            count += act(case_id)
        except Exception:
            log.exception("the term of %s could not be looked after", case_id)
            failures += 1
    return count, failures


def _open_return(case: Case) -> Return | None:
    """The return that waits for its repair, with a term."""
    if case.state != CaseState.RETURNED:
        return None
    return case.returns.filter(round=case.round, expires_at__isnull=False).first()


@write_transaction(locks="case")
def _warn(case_id: UUID, now: datetime) -> bool:
    """False when she moved meanwhile, or was told already."""
    case = lock(Case(pk=case_id))
    waits = _open_return(case)
    if waits is None or waits.expires_at is None or waits.warned_at is not None:
        return False
    if terms.warn_at(waits.returned_at, waits.expires_at) > now:
        return False
    waits.warned_at = now
    waits.save(update_fields=["warned_at"])
    text = _("Pengingat dikirim: perbaiki paling lambat %(day)s.") % {"day": _day(waits.expires_at)}
    moving.tell(case, EventKind.REMINDED, by=SYSTEM, at=now, text=text)
    moving.notify_applicant(case, "expiring")
    return True


@write_transaction(locks="case")
def _expire(case_id: UUID, now: datetime) -> bool:
    """False when she repaired or withdrew meanwhile."""
    case = lock(Case(pk=case_id))
    waits = _open_return(case)
    if waits is None or waits.expires_at is None or waits.expires_at > now:
        return False
    moving.enter(case, CaseState.EXPIRED, now)
    moving.cancel_steps(case, by=SYSTEM, at=now, outcome="expired")
    work.stop_clock(by=SYSTEM, subject=case.as_subject(), at=now)
    text = _("Ditutup karena tidak diperbaiki sampai %(day)s.") % {"day": _day(waits.expires_at)}
    moving.tell(case, EventKind.EXPIRED, by=SYSTEM, at=now, text=text)
    moving.notify_applicant(case, "expired")
    moving.keep(case, now)
    return True


def _day(until: datetime) -> str:
    return format_date(terms.last_day(until, government().tzinfo))
