"""The applicant is reminded, once for each time, of a case that waits for her.

What waits is found by how it stands, never by an alarm that somebody set: a town that stood still for a week
finds everything that came due meanwhile. The mark in the row is set in the transaction that owes the message.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.engines.cases.actions import moving
from balai.engines.cases.enums import CaseState, EventKind
from balai.engines.cases.models import Case
from balai.engines.cases.queries import waiting
from balai.engines.cases.rules.waiting import WAITS
from balai.kernel.references import SYSTEM
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction

log = logging.getLogger(__name__)

MOST = 5000
TEXTS = {
    CaseState.RETURNED: _("Pengingat dikirim: berkas ini menunggu perbaikan."),
    CaseState.READY: _("Pengingat dikirim: surat ini menunggu diambil."),
}


class SomeFailed(Exception):
    """Some could not be reminded; they are tried again at the next look, and the others were."""


def remind_waiting(*, most: int = MOST) -> int:
    """Remind every applicant whose case has waited long enough for her; how many.

    Raises SomeFailed when it did not work for some of them.
    """
    now, count, failures = clock.now(), 0, 0
    for state in WAITS:
        for case_id in _due(state, now, most):
            try:
                count += _remind(case_id, now)
            except Exception:
                log.exception("the applicant of %s could not be reminded", case_id)
                failures += 1
    if failures:
        raise SomeFailed(f"{failures} applicants could not be reminded")
    return count


def _due(state: CaseState, now: datetime, most: int) -> list[UUID]:
    """Those whose working days are over; so many working days are never shorter than one day less."""
    before = now - timedelta(days=WAITS[state].amount - 1)
    found = waiting.waiting_since(state, before, most=most)
    return [case_id for case_id, office_code, since in found if _is_over(state, office_code, since, now)]


def _is_over(state: CaseState, office_code: str, since: datetime, now: datetime) -> bool:
    return WAITS[state].due(region.working_calendar(office_code), since) <= now


@write_transaction(locks="case")
def _remind(case_id: UUID, now: datetime) -> bool:
    """False when she moved meanwhile, or somebody else reminded her."""
    case = lock(Case(pk=case_id))
    state, since = CaseState(case.state), waiting.waits_since(case)
    if since is None or not _is_over(state, case.office_code, since, now):
        return False
    case.reminded_at = now
    case.save(update_fields=["reminded_at"])
    moving.tell(case, EventKind.REMINDED, by=SYSTEM, at=now, text=TEXTS[state])
    moving.notify_applicant(case, "reminder")
    return True
