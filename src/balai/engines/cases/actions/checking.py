"""The officer's verdicts, the return with every fault at once, and the citizen's repair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai import audit
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.actions import letters as making
from balai.engines.cases.actions import moving
from balai.engines.cases.actions.acts import act_of
from balai.engines.cases.actions.referring import Letters, refer
from balai.engines.cases.actions.steps import perform, require_all_judged
from balai.engines.cases.enums import CaseState, EventKind, Outcome, StepState, TargetKind
from balai.engines.cases.errors import (
    NoFaults,
    NotRepairable,
    NotYourStep,
    OneRound,
    Overtaken,
    RepairIncomplete,
    VerdictRefused,
)
from balai.engines.cases.models import Case, CaseFile, CaseReference, Return, Verdict
from balai.engines.cases.queries import filing as places
from balai.engines.cases.queries import finding, sheets
from balai.engines.cases.queries.referring import references_of
from balai.engines.cases.rules import access, checking, terms
from balai.engines.cases.rules import filing as filing_rules
from balai.engines.cases.rules.checking import Target
from balai.files import actions as files
from balai.government import current as government
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.runtime.transaction import lock, write_transaction
from balai.work import actions as work
from balai.work import queries as work_queries

if TYPE_CHECKING:
    from balai.people.models import Citizen, Officer

LONGEST_NOTE = 500


@dataclass(frozen=True)
class VerdictGiven:
    """What an officer says about one target: ok, or a fault with a reason of the list and a note.

    `row` names the row of a group that is faulty, from 1; None means all of it.
    """

    target: Target
    is_ok: bool
    reason_code: str = ""
    note: str = ""
    row: int | None = None


@write_transaction(locks="case")
def record_verdicts(*, by: Officer, case: Case, verdicts: Sequence[VerdictGiven]) -> Case:
    """Keep what the officer found so far; judging a target again in the same round replaces it.

    A fault without a reason of the list, a target that the case does not have, or a fault that the
    one-round rule forbids raises VerdictRefused or OneRound, and nothing is kept.
    """
    case, at = lock(case), clock.now()
    moving.require_state(case, CaseState.SUBMITTED)
    _require_open_step(by, case)
    again = access.may(by, access.RETURN_AGAIN, case.office_code)
    service = finding.definition_of(case)
    lines = {line.target: line for line in sheets.check_lines(case, service, may_return_again=again)}
    _require_reasons(service, lines, verdicts)
    rows = [_verdict(by, case, service, lines.get(given.target), given, at) for given in verdicts]
    Verdict.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case", "round", "kind", "target_id"],
        update_fields=["row", "outcome", "reason_code", "note", "by_id", "by_name", "at"],
    )
    found = {row.target: row.reason_code or "ok" for row in rows}
    audit.record("cases.judged", by=by.as_actor(), about=case.as_subject(), data=found)
    moving.keep(case, at)
    return case


def _require_reasons(
    service: ServiceDefinition, lines: Mapping[Target, sheets.CheckLine], verdicts: Sequence[VerdictGiven]
) -> None:
    """Every fault has a reason of its line's list; those that have none are named all at once."""
    without = [
        checking.title_of(service, given.target)
        for given in verdicts
        if not given.is_ok
        and given.target in lines
        and given.reason_code not in {reason.code for reason in lines[given.target].reasons}
    ]
    if without:
        raise VerdictRefused(title=", ".join(without))


def _verdict(
    by: Officer,
    case: Case,
    service: ServiceDefinition,
    line: sheets.CheckLine | None,
    given: VerdictGiven,
    at: datetime,
) -> Verdict:
    title = checking.title_of(service, given.target)
    if line is None:
        raise VerdictRefused(title=title)
    if not given.is_ok and not line.may_fault:
        raise OneRound(targets=(str(given.target),), titles=title)
    return Verdict(
        case=case,
        round=case.round,
        kind=given.target.kind,
        target_id=given.target.id,
        row=_row(case, given, title),
        outcome=Outcome.OK if given.is_ok else Outcome.FAULT,
        reason_code="" if given.is_ok else given.reason_code,
        note=_note(given.note, title) if given.note and not given.is_ok else None,
        by_id=by.pk,
        by_name=by.name,
        at=at,
    )


def _row(case: Case, given: VerdictGiven, title: str) -> int | None:
    """The row that the fault is about; VerdictRefused where the answer has no such row."""
    if given.row is None or given.is_ok:
        return None
    rows = case.answers.clear.get(given.target.id) if given.target.kind == TargetKind.FIELD else None
    if not isinstance(rows, list) or not 1 <= given.row <= len(rows):
        raise VerdictRefused(title=title)
    return given.row


def _note(text: str, title: str) -> str:
    try:
        return clean_text(text, multiline=True)[:LONGEST_NOTE]
    except ValueRefused:
        raise VerdictRefused(title=title) from None


def _require_open_step(by: Officer, case: Case) -> None:
    """Whoever checks or decides at an open step may judge; Overtaken when a colleague has done hers."""
    rows = list(case.steps.order_by("opened_at", "id"))
    mine = [row for row in rows if access.may_judge(by, row.act, row.permission, row.office_code)]
    if any(row.state == StepState.OPEN for row in mine):
        return
    done = [row for row in mine if row.state == StepState.DONE]
    if not done:
        raise NotYourStep()
    raise Overtaken(what=str(act_of(done[-1].act).event.label).lower(), who=done[-1].by_name)


def forward(*, by: Officer, case: Case) -> Case:
    """Everything is in order: pass the case on. VerdictMissing, FaultsStand, Overtaken, NotYourStep."""
    return perform(by=by, case=case, act="check")


@write_transaction(locks=("case", "letter", "turn", "number"))
def return_for_repair(*, by: Officer, case: Case) -> Case:
    """Send the case back once, with every fault; the clock stands still until the citizen has repaired.

    Everything must have been judged (VerdictMissing), something must be faulty (NoFaults), and in a later
    round only what was provided anew may be (OneRound), unless the officer holds `cases.return_again`.
    A letter that waits for initials or signature is withdrawn; BeingSigned while it is signed.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    moving.require_state(case, CaseState.SUBMITTED)
    _require_open_step(by, case)
    require_all_judged(case)
    faults = checking.faults(sheets.verdicts_of(case), case.round)
    if not faults:
        raise NoFaults()
    supervised = _require_one_round(by, case, faults)
    service = finding.definition_of(case)
    making.withdraw_letter(case, by=actor, reason=_("Berkas dikembalikan untuk diperbaiki"))
    Return.objects.create(
        case=case,
        round=case.round,
        returned_at=at,
        by_id=by.pk,
        by_name=by.name,
        supervised=supervised,
        expires_at=terms.repair_until(service, finding.filed_on(case), at, government().tzinfo),
    )
    moving.enter(case, CaseState.RETURNED, at)
    work.pause_clock(by=actor, subject=case.as_subject(), reason="returned", at=at)
    text = _("Ada %(count)s hal yang perlu Anda perbaiki.") % {"count": len(faults)}
    data = {"round": case.round, "faults": [str(fault) for fault in faults], "supervised": supervised}
    moving.tell(case, EventKind.RETURNED, by=actor, at=at, text=text, data=data)
    moving.notify_applicant(case, "returned")
    moving.keep(case, at)
    return case


def _require_one_round(by: Officer, case: Case, faults: Iterable[Target]) -> bool:
    """True when a supervisor's permission was needed and there."""
    late = checking.overlooked(faults, round=case.round, provided=sheets.provided_targets(case))
    if not late:
        return False
    if not access.may(by, access.RETURN_AGAIN, case.office_code):
        titles = checking.titles_of(finding.definition_of(case), late)
        raise OneRound(targets=tuple(map(str, late)), titles=titles)
    return True


@write_transaction(locks=("case", "letter", "upload"))
def repair(
    *,
    by: Citizen,
    case: Case,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[UUID]] | None = None,
    letters: Letters | None = None,
) -> Case:
    """The applicant provides what was faulty, and nothing else; the time runs on.

    `answers` are all stored answers after the repair, as `catalogue.forms.clean_answers` has passed them;
    `uploads` the new files and `letters` her letters by requirement. Changing anything else raises
    NotRepairable, leaving a fault as it was RepairIncomplete, another's NIK NikNotYours, a place that nobody
    serves here AreaUnknown or OfficeNotOnline, a letter that does not count LetterRefused.
    """
    case, at, actor = lock(case), clock.now(), by.as_actor()
    if case.applicant_id != by.pk:
        raise NotFound(case.number)
    moving.require_state(case, CaseState.RETURNED)
    service = finding.definition_of(case)
    filing_rules.require_own_nik(service, answers, by.nik.clear)
    fresh = {name: list(ids) for name, ids in (uploads or {}).items() if ids}
    referred = dict(letters or {})
    provided = _provided(case, service, answers, fresh, referred)
    case.round += 1
    case.answers = dict(answers)
    is_restated = _restate(case, service, by)
    _replace_files(case, by, fresh, referred)
    case.returns.filter(round=case.round - 1).update(
        repaired_at=at, provided=sorted(str(target) for target in provided)
    )
    moving.enter(case, CaseState.SUBMITTED, at)
    work.resume_clock(by=actor, subject=case.as_subject(), at=at)
    if is_restated or case.steps.filter(state=StepState.DONE).exists():
        only_files = all(target.kind == TargetKind.REQUIREMENT for target in provided)
        _check_again(case, service, by, at, opinions_stand=only_files)
    moving.tell(
        case,
        EventKind.REPAIRED,
        by=actor,
        at=at,
        text=_("Perbaikan diterima. Waktu pelayanan berjalan lagi."),
        data={"round": case.round, "provided": sorted(map(str, provided)), "office": case.office_code},
    )
    moving.keep(case, at)
    return case


def _restate(case: Case, service: ServiceDefinition, by: Citizen) -> bool:
    """Whose and where the case is, as the repaired answers say; another village is another office."""
    before = case.applicant_label, case.area_code
    answers = case.answers.clear
    case.applicant_label = filing_rules.applicant_label(service, answers, by.name)
    declared = filing_rules.answer_to_fact(service, answers, "area_code")
    if declared and declared != case.area_code:
        case.office_code = places.handling_office(service, declared).code
        case.area_code = declared
    return before != (case.applicant_label, case.area_code)


def _provided(
    case: Case,
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[UUID]],
    letters: Letters,
) -> set[Target]:
    """What the repair brings; raises NotRepairable and RepairIncomplete."""
    day = finding.filed_on(case)
    faults = set(checking.faults(sheets.verdicts_of(case), case.round))
    faulty_fields = {target.id for target in faults if target.kind == TargetKind.FIELD}
    changed = checking.changed_fields(case.answers.clear, answers)
    if not changed <= checking.repairable_fields(service, faulty_fields):
        raise NotRepairable()
    asked = {each.id: each for each in service.requirements_for(answers, day)}
    before = {each.id for each in service.requirements_for(case.answers.clear, day)}
    may_send = {target.id for target in faults if target.kind == TargetKind.REQUIREMENT} | (
        asked.keys() - before
    )
    if not uploads.keys() | letters.keys() <= may_send:
        raise NotRepairable()
    _require_handed_in(case, asked, uploads, letters)
    sent = uploads.keys() | letters.keys()
    brought = {checking.field(name) for name in changed} | {checking.requirement(name) for name in sent}
    # What is shown at the counter cannot be sent: the officer sees it when the citizen comes.
    brought |= {fault for fault in faults if fault.id in asked and not asked[fault.id].is_upload}
    gone = {fault for fault in faults if _is_gone(fault, asked, answers)}
    missing = sorted(faults - brought - gone)
    if missing:
        titles = checking.titles_of(service, missing)
        raise RepairIncomplete(targets=tuple(map(str, missing)), titles=titles)
    return brought


def _require_handed_in(
    case: Case, asked: Mapping[str, Any], uploads: Mapping[str, Sequence[UUID]], letters: Letters
) -> None:
    """What was sent now and what still counts of before answer every requirement."""
    files = {file.requirement_id: [file.upload_id] for file in sheets.files_of(case)}
    referred = {name: row.letter_id for name, row in references_of(case).items() if name in asked}
    kept = {name: ids for name, ids in _asked_only(files, asked).items() if name not in letters}
    still = {name: each for name, each in referred.items() if name not in uploads}
    filing_rules.require_files(asked.values(), {**kept, **uploads}, {**still, **letters})


def _asked_only(kept: Mapping[str, list[UUID]], asked: Mapping[str, Any]) -> dict[str, list[UUID]]:
    """Files that still answer something; a repaired answer may have made others needless."""
    return {name: ids for name, ids in kept.items() if name in asked}


def _is_gone(fault: Target, asked: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """The repair of one answer may make another question or requirement fall away."""
    if fault.kind == TargetKind.REQUIREMENT:
        return fault.id not in asked
    return fault.id not in answers


def _replace_files(case: Case, by: Citizen, uploads: Mapping[str, Sequence[UUID]], letters: Letters) -> None:
    """What is new takes the place of what answered the same requirement, file or letter."""
    names = [*uploads, *letters]
    case.files.filter(requirement_id__in=names, replaced_round=None).update(replaced_round=case.round)
    referred = CaseReference.objects.filter(case=case, requirement_id__in=names, replaced_round=None)
    referred.update(replaced_round=case.round)
    refer(case, by=by, asked=finding.definition_of(case).requirement, letters=letters, round=case.round)
    rows = [
        CaseFile(case=case, requirement_id=name, upload_id=upload_id, round=case.round)
        for name, ids in uploads.items()
        for upload_id in ids
    ]
    if not rows:
        return
    files.attach(by=by.as_actor(), ids=[row.upload_id for row in rows], to=case.as_subject())
    CaseFile.objects.bulk_create(rows)


def _check_again(
    case: Case, service: ServiceDefinition, by: Citizen, at: datetime, *, opinions_stand: bool
) -> None:
    """Where the check was done already (the head sent it back), or is another office's now, begin anew."""
    lawful = work_queries.newest_clock(case.as_subject())
    due_at = lawful.due_at if lawful else at
    moving.start_over(case, service, by=by.as_actor(), at=at, due_at=due_at, opinions_stand=opinions_stand)
