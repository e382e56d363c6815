"""Taking a letter back, and making a better one from the same application."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from balai.documents import actions as documents
from balai.documents import queries as letters
from balai.documents import revocation
from balai.documents.permissions import REVOKE
from balai.engines.cases.actions import moving
from balai.engines.cases.actions.calling_off import stand_of
from balai.engines.cases.actions.steps import require_all_judged
from balai.engines.cases.enums import CaseState, EventKind
from balai.engines.cases.errors import (
    CorrectionAsksMore,
    LetterNotReady,
    NothingToCorrect,
    NotYourStep,
    ReplacementRefused,
    VerdictMissing,
)
from balai.engines.cases.models import Case, Handover, Replacement
from balai.engines.cases.queries import finding
from balai.engines.cases.queries.replacing import clock_name, correctable, open_replacement
from balai.engines.cases.rules import access, checking
from balai.engines.cases.rules import filing as rules
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.catalogue.schema import ServiceDefinition
    from balai.documents.models import Letter
    from balai.people.models import Officer

LONGEST_NOTE = 300


@write_transaction(locks="letter")
def revoke_letter(*, by: Officer, case: Case, code: str, note: str = "") -> Letter:
    """The letter counts no more; the applicant is told. LetterNotReady, and what documents raises."""
    letter = _published(case)
    return documents.revoke(by=by, letter=letter, code=code, note=note)


@write_transaction(locks=("case", "letter"))
def replace_letter(
    *, by: Officer, case: Case, reason_code: str, fields: Collection[str] = (), note: str = ""
) -> Case:
    """Open the case again for a better letter: checked, signed and delivered anew, within the lawful time.

    `fields` names the answers that the operator may correct for it. The letter that goes stays in force
    until the new one is published. Raises NotYourStep (`documents.revoke` at the case's office), NotNow,
    LetterNotReady, ReplacementRefused.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    access.require(by, REVOKE, case.office_code)
    moving.require_state(case, CaseState.ISSUED, CaseState.READY, CaseState.CLOSED)
    letter = _published(case)
    service = finding.definition_of(case)
    allowed = {spec.id for spec in correctable(service, case)}
    if not revocation.is_choosable(reason_code) or not set(fields) <= allowed:
        raise ReplacementRefused()
    row = Replacement(
        case=case,
        letter_id=letter.pk,
        reason_code=reason_code,
        note=_noted(note),
        fields=sorted(set(fields)),
        ordered_at=at,
        by_id=by.pk,
        by_name=by.name,
    )
    row.earlier = stand_of(case)
    row.earlier_handover = _put_away_handover(case)
    row.save(force_insert=True)
    moving.enter(case, CaseState.REPLACING, at)
    case.closed_at, case.printed_at, case.shelf_number = None, None, ""
    due_at = _start_clock(case, service, by=by, at=at)
    moving.start_over(case, service, by=actor, at=at, due_at=due_at, outcome="replaced")
    text = _("Surat akan diganti: %(reason)s.") % {"reason": revocation.title_of(reason_code)}
    data = {"letter": str(letter.pk), "reason": reason_code, "fields": row.fields}
    moving.tell(case, EventKind.REPLACING, by=actor, at=at, text=text, note=row.note, data=data)
    moving.notify_applicant(case, "replacing")
    moving.keep(case, at)
    return case


def _published(case: Case) -> Letter:
    letter = letters.letter(case.letter_id) if case.letter_id else None
    if letter is None or letter.published_at is None:
        raise LetterNotReady()
    return letter


def _noted(note: str) -> str:
    try:
        return clean_text(note, multiline=False)[:LONGEST_NOTE]
    except ValueRefused:
        raise ReplacementRefused() from None


def _put_away_handover(case: Case) -> dict[str, str] | None:
    """Who took the old paper, kept with the replacement: a case holds the proof of one hand-over."""
    earlier = Handover.objects.filter(case=case).first()
    if earlier is None:
        return None
    earlier.delete()
    return {
        "taker_name": str(earlier.taker_name.clear),
        "taker_relation": earlier.taker_relation,
        "taker_id_kind": earlier.taker_id_kind,
        "taker_id_masked": earlier.taker_id_masked,
        "at": earlier.at.isoformat(),
        "by_id": str(earlier.by_id),
        "by_name": earlier.by_name,
    }


def _start_clock(case: Case, service: ServiceDefinition, *, by: Officer, at: datetime) -> datetime:
    """A replacement has the same lawful time as the application had, from now on."""
    duration = rules.lawful_time(service, case.answers.clear, finding.filed_on(case))
    due_at = duration.due(region.working_calendar(case.office_code), at)
    work.start_clock(
        by=by.as_actor(),
        subject=case.as_subject(),
        name=clock_name(case),
        duration=duration,
        office_code=case.office_code,
        at=at,
        due_at=due_at,
    )
    return due_at


@write_transaction(locks="case")
def correct_answers(*, by: Officer, case: Case, answers: Mapping[str, Any]) -> Case:
    """The operator puts right what the replacement names; the reason for it stands in the journal.

    `answers` are all stored answers afterwards, as `catalogue.forms.clean_answers` has passed them.
    Raises NotYourStep (no open check at one of the officer's offices), NotNow, NothingToCorrect, and
    CorrectionAsksMore where the new answers need papers: nobody can hand them in to a case that was decided.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    moving.require_state(case, CaseState.REPLACING)
    if not any(
        step.act == "check" and access.may(by, step.permission, step.office_code)
        for step in moving.open_steps(case)
    ):
        raise NotYourStep()
    replacement = open_replacement(case)
    if replacement is None:
        raise NothingToCorrect()
    service = finding.definition_of(case)
    changed = checking.changed_fields(case.answers.clear, answers)
    if not changed <= checking.repairable_fields(service, replacement.fields):
        raise NothingToCorrect()
    if not changed:
        return case
    case.answers = dict(answers)
    _require_papers(case)
    case.applicant_label = rules.applicant_label(service, answers, case.applicant.name)
    replacement.corrected = sorted({*replacement.corrected, *changed})
    replacement.save(update_fields=["corrected"])
    titles = checking.titles_of(service, [checking.field(name) for name in sorted(changed)])
    text = _("Isian dibetulkan petugas: %(titles)s.") % {"titles": titles}
    data = {"reason": replacement.reason_code, "fields": sorted(changed)}
    moving.tell(case, EventKind.CORRECTED, by=actor, at=at, text=text[:300], data=data)
    moving.keep(case, at)
    return case


def _require_papers(case: Case) -> None:
    """Whatever the answers ask for was handed in and judged, before the letter that is replaced."""
    try:
        require_all_judged(case)
    except VerdictMissing as missing:
        raise CorrectionAsksMore(titles=missing.titles) from None
