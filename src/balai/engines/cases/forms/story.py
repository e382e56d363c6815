"""A case as its applicant reads it: where it stands, what comes next, what happened."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from balai.catalogue.schema import Reason
from balai.documents import queries as documents
from balai.documents import revocation
from balai.engines.cases import queries
from balai.engines.cases.actions.acts import act_of
from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case
from balai.engines.cases.rules import fees, home, life
from balai.government import current as government
from balai.region import queries as region
from balai.runtime import clock
from balai.ui.days import format_date, format_datetime
from balai.work import queries as work
from balai.work.enums import ClockState
from balai.work.models import Clock

TONES = {
    CaseState.SUBMITTED: "calm",
    CaseState.RETURNED: "attention",
    CaseState.APPROVED: "calm",
    CaseState.ISSUED: "calm",
    CaseState.READY: "good",
    CaseState.CLOSED: "good",
    CaseState.REPLACING: "calm",
    CaseState.REJECTED: "late",
    CaseState.OBJECTED: "calm",
    CaseState.WITHDRAWN: "calm",
    CaseState.EXPIRED: "calm",
}
# While it is worked on, a case is named by what it waits for.
WORKED_ON = (CaseState.SUBMITTED, CaseState.APPROVED, CaseState.ISSUED)
OBJECTABLE = (CaseState.REJECTED, CaseState.OBJECTED, CaseState.SUBMITTED)
# The states are named for the citizen; where that reads wrong at the office, it has its own words.
OFFICE_LABELS = {
    CaseState.RETURNED: gettext_lazy("Menunggu perbaikan warga"),
    CaseState.OBJECTED: gettext_lazy("Keberatan diperiksa"),
}


def office_label(state: CaseState) -> str:
    """The state of a case in the words of those who work on it."""
    return str(OFFICE_LABELS.get(state, state.label))


def story(case: Case) -> dict[str, Any]:
    """All that the page of one case says; of people it names only officers, shortened."""
    steps = queries.progress(case)
    lawful = work.newest_clock(case.as_subject())
    office = region.office(case.office_code)
    return {
        "case": case,
        "tone": TONES[CaseState(case.state)],
        "state_label": state_label(case, steps),
        "due": _due(lawful),
        "steps": [_step(step, lawful) for step in steps] if not is_cut_short(case) else [],
        "events": [
            {"title": event.text, "at": _moment(event.at), "by": event.actor_name, "state": "done"}
            for event in queries.timeline(case)
        ],
        "visits": [_moment(step.planned_at) for step in steps if step.state == "open" and step.planned_at],
        "fees": fees.text_of(queries.definition_of(case).fees_on(queries.filed_on(case))),
        "home_visit": home.text_of(case),
        "product": queries.definition_of(case).output,
        "faults": queries.faults_to_repair(case),
        **_terms(case),
        "revoked_for": revoked_for(case),
        "office": office,
    }


def _terms(case: Case) -> dict[str, Any]:
    """Until when she must repair or may object, and what became of an objection."""
    may_object = queries.may_object(case, clock.now())
    until, repair = queries.object_until(case), queries.repair_until(case)
    return {
        "object_until": format_date(until, weekday=True) if until and may_object else "",
        "repair_until": format_date(repair, weekday=True) if repair else "",
        "objection": queries.objection_of(case) if case.state in OBJECTABLE else None,
        "rejected_for": _rejected_for(case),
    }


def _rejected_for(case: Case) -> Reason | None:
    service = queries.definition_of(case)
    return service.reject_reason_of(case.reason_code) if case.state == CaseState.REJECTED else None


def revoked_for(case: Case) -> str:
    """Why the case's letter counts no more, as on the list of reasons; "" while it counts or is replaced."""
    is_out = case.state in life.LETTER_OUT - {CaseState.REPLACING}
    letter = documents.letter(case.letter_id) if is_out and case.letter_id else None
    if letter is None or not letter.is_revoked:
        return ""
    return revocation.title_of(letter.revocation_code)


def is_cut_short(case: Case) -> bool:
    """Rejected, withdrawn or expired: what would have come next is no longer true."""
    return case.state in life.FAILED or case.state == CaseState.OBJECTED


def state_label(case: Case, steps: list[queries.StepLine]) -> str:
    """While it is being worked on, say by what it waits; otherwise the state itself."""
    # A visit to her home runs beside all else, so it names the case only when nothing else is open.
    waiting = min(
        (step for step in steps if step.state == "open"),
        key=lambda step: step.id == home.STEP.id,
        default=None,
    )
    if case.state in WORKED_ON and waiting is not None:
        return str(act_of(waiting.act).waiting_label)
    return case.state_label


def _due(clock: Clock | None) -> dict[str, Any] | None:
    """Until when the office is bound: an instant, or that the time stands still."""
    if clock is None or clock.state == ClockState.STOPPED:
        return None
    if clock.state == ClockState.PAUSED:
        return {"label": _("Waktu layanan"), "text": _("berhenti sampai Anda memperbaiki berkas")}
    return {"label": _("Selesai paling lambat"), "text": _moment(clock.due_at)}


def _step(step: queries.StepLine, clock: Clock | None) -> dict[str, Any]:
    """One step as a state: what was done and when, what is going on, and until when the rest will be."""
    states = {"done": "done", "open": "current", "paused": "paused", "ahead": "next"}
    act = act_of(step.act)
    return {
        # What waits for the citizen is named from where she stands: "Siap diambil", not "Surat diserahkan".
        "title": str(act.waiting_label) if act.waits_for_citizen and step.state != "done" else step.title,
        "state": states[step.state],
        "at": _step_moment(step, clock),
        "by": step.actor_name,
        "text": " ".join(filter(None, (_paused(step), _fee(step)))),
    }


def _fee(step: queries.StepLine) -> str:
    return _("Biaya: %(fee)s") % {"fee": step.fee} if step.fee else ""


def _paused(step: queries.StepLine) -> str:
    return _("Menunggu perbaikan dari Anda.") if step.state == "paused" else ""


def _step_moment(step: queries.StepLine, clock: Clock | None) -> str:
    if step.at is not None and step.state in ("done", "open"):
        words = _("Sejak %(moment)s") if step.state == "open" else "%(moment)s"
        return words % {"moment": _moment(step.at)}
    if clock is None or clock.state != ClockState.RUNNING:
        return ""
    if step.state == "ahead" and act_of(step.act).waits_for_citizen:
        return _("Paling lambat %(moment)s") % {"moment": _moment(clock.due_at)}
    return ""


def _moment(at: Any) -> str:
    return format_datetime(at, ZoneInfo(government().zone))
