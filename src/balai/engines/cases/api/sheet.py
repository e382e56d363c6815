"""The officer's sheet of a case, as the API tells it: what the page shows, identifiers masked alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Schema

from balai.catalogue import forms
from balai.documents import queries as documents
from balai.engines.cases import queries
from balai.engines.cases.api.told import (
    ClockShape,
    EventTold,
    FileTold,
    MessageShape,
    StepTold,
    event,
    files_told,
    message,
    step,
)
from balai.engines.cases.enums import CaseState
from balai.engines.cases.forms.officer import SheetLine
from balai.engines.cases.forms.officer import sheet as checking_sheet
from balai.engines.cases.forms.report import ShownReport, shown_reports
from balai.engines.cases.forms.story import office_label
from balai.engines.cases.models import Case
from balai.engines.cases.queries import CheckLine, Desk
from balai.people.enums import IdentityLevel
from balai.region import queries as region
from balai.threads import queries as notes
from balai.threads.enums import Audience

if TYPE_CHECKING:
    from balai.people.models import Officer


class ReasonShape(Schema):
    """A reason that the officer may give."""

    code: str
    title: str


class VerdictShape(Schema):
    """What was found, and by whom."""

    outcome: str
    reason: str
    note: str
    row: int | None
    by: str
    at: datetime


class ReferredShape(Schema):
    """A letter of this town that answers a requirement, and how it stands today."""

    title: str
    is_valid: bool
    state: str
    file_id: UUID | None


class RelatedShape(Schema):
    """Another case that has to do with this one."""

    number: str
    title: str
    state: str
    how: str


class LineShape(Schema):
    """One thing to judge: an answer as people read it, files, or a letter; `needed` ones must be judged."""

    target: str
    title: str
    answer: str
    files: list[UUID]
    letter: ReferredShape | None
    verdict: VerdictShape | None
    reasons: list[ReasonShape]
    needed: bool
    is_new: bool
    may_fault: bool


class WarningShape(Schema):
    """Something to look at; it refuses nothing."""

    field: str
    code: str
    sentence: str


class TurnShape(Schema):
    """Whose turn at the letter it was, is, or will be: to initial it or to sign it."""

    kind: str
    state: str
    by: str
    at: datetime | None


class LetterShape(Schema):
    """The letter; `file_id` once it is published, its content at /files/{id}. `revoked`: a reason's code."""

    number: str
    state: str
    signature: str
    revoked: str
    turns: list[TurnShape]
    file_id: UUID | None


class FoundShape(Schema):
    """An opinion or the report of a visit, for whoever decides. `opinion` is "" where it is a report."""

    step: str
    title: str
    opinion: str
    note: str
    by: str
    at: datetime | None
    answers: dict[str, str]
    files: list[UUID]


class OpenStepShape(Schema):
    """A step that this officer may do now; `id` tells it from others of the same act."""

    id: str
    act: str
    planned_at: datetime | None


class DeskSheet(Schema):
    """All that the officer's page of a case shows, and which acts this officer may do now."""

    id: UUID
    number: str
    service: str
    title: str
    state: CaseState
    state_label: str
    version: int
    round: int
    filed_at: datetime
    applicant: str
    area: str
    nik_masked: str
    is_proven: bool
    shelf_number: str
    delivery: str
    home_reason: str
    home_address: str
    clock: ClockShape | None
    acts: list[str]
    open_steps: list[OpenStepShape]
    found: list[FoundShape]
    may_return: bool
    may_reject: bool
    reject_reasons: list[ReasonShape]
    lines: list[LineShape]
    files: list[FileTold]
    warnings: list[WarningShape]
    steps: list[StepTold]
    events: list[EventTold]
    notes: list[MessageShape]
    letter: LetterShape | None
    related: list[RelatedShape]


def sheet_of(case: Case, officer: Officer) -> DeskSheet:
    """The sheet as this officer sees it. Whoever calls journals the reading."""
    desk = queries.desk(case, officer)
    return DeskSheet(
        id=case.pk,
        number=case.number,
        service=case.slug,
        title=case.title,
        state=CaseState(case.state),
        state_label=office_label(CaseState(case.state)),
        version=case.version,
        round=case.round,
        filed_at=case.filed_at,
        applicant=case.applicant_label,
        area=region.area_path(case.area_code),
        nik_masked=case.applicant.masked_nik,
        is_proven=case.applicant.identity_level.reaches(IdentityLevel.COUNTER_PROVEN),
        shelf_number=case.shelf_number,
        delivery=case.delivery,
        home_reason=case.home_reason,
        home_address=str(case.home_address.clear) if case.home_address else "",
        clock=_clock(desk),
        acts=sorted(desk.acts),
        open_steps=[
            OpenStepShape(id=row.step_id, act=row.act, planned_at=row.planned_at) for row in desk.mine
        ],
        found=[_found(each) for each in shown_reports(desk.service, desk.found)],
        may_return=desk.may_return,
        may_reject=desk.may_reject,
        reject_reasons=[ReasonShape(code=each.code, title=each.title) for each in desk.service.reject_reason],
        lines=_lines(desk),
        files=files_told(case),
        warnings=_warnings(desk),
        steps=[step(each) for each in desk.steps],
        events=[event(each) for each in desk.events],
        notes=[message(row) for row in notes.notes(case.as_subject(), Audience.INTERNAL)],
        letter=_letter(case),
        related=[
            RelatedShape(number=each.number, title=each.title, state=each.state, how=each.how)
            for each in queries.related_for_officer(case, officer)
        ],
    )


def opened_answers(case: Case, officer: Officer) -> dict[str, str]:
    """The answers that the sheet masks, in the clear. Whoever calls has journalled why."""
    desk = queries.desk(case, officer)
    pairs = zip(_drawn(desk), _drawn(desk, revealed=True), strict=True)
    return {clear.line.target.id: clear.answer for masked, clear in pairs if masked.answer != clear.answer}


def _lines(desk: Desk) -> list[LineShape]:
    return [_line(drawn.line, drawn.answer if drawn.is_field else "") for drawn in _drawn(desk)]


def _drawn(desk: Desk, *, revealed: bool = False) -> list[SheetLine]:
    """The lines as the page draws them, masked alike."""
    return checking_sheet(desk.lines, desk.service, desk.case.answers.clear, {}, revealed=revealed)


def _line(line: CheckLine, answer: str) -> LineShape:
    return LineShape(
        target=str(line.target),
        title=line.title,
        answer=answer,
        files=list(line.uploads),
        letter=_referred(line),
        verdict=_verdict(line),
        reasons=[ReasonShape(code=each.code, title=each.title) for each in line.reasons],
        needed=line.needed,
        is_new=line.is_new,
        may_fault=line.may_fault,
    )


def _found(shown: ShownReport) -> FoundShape:
    row = shown.step
    return FoundShape(
        step=row.step_id,
        title=shown.title,
        opinion=row.opinion,
        note=row.note_text,
        by=row.by_name,
        at=row.done_at,
        answers={each["label"]: each["value"] for each in shown.rows},
        files=[each.pk for each in shown.photos],
    )


def _referred(line: CheckLine) -> ReferredShape | None:
    found = line.letter
    if found is None:
        return None
    return ReferredShape(
        title=found.title,
        is_valid=found.is_valid,
        state=found.state,
        file_id=found.upload.pk if found.upload else None,
    )


def _verdict(line: CheckLine) -> VerdictShape | None:
    found = line.verdict
    if found is None:
        return None
    return VerdictShape(
        outcome=found.outcome,
        reason=found.reason_code,
        note=found.note_text,
        row=found.row,
        by=found.by_name,
        at=found.at,
    )


def _warnings(desk: Desk) -> list[WarningShape]:
    found = forms.officer_warnings(
        desk.service,
        desk.case.answers.clear,
        known_districts=region.known_districts(),
        today=queries.filed_on(desk.case),
    )
    return [WarningShape(field=each.field, code=each.code, sentence=each.sentence) for each in found]


def _clock(desk: Desk) -> ClockShape | None:
    clock = desk.clock
    return ClockShape(state=clock.state, due_at=clock.due_at) if clock else None


def _letter(case: Case) -> LetterShape | None:
    letter = documents.letter(case.letter_id) if case.letter_id else None
    if letter is None:
        return None
    stored = documents.letter_upload(letter)
    number = letter.number.text if letter.number else ""
    return LetterShape(
        number=number,
        state=letter.state,
        signature=letter.signature,
        revoked=letter.revocation_code,
        turns=[
            TurnShape(
                kind=turn.kind,
                state=turn.state,
                by=turn.officer.name if turn.officer else "",
                at=turn.taken_at,
            )
            for turn in documents.turns_of(letter)
        ],
        file_id=stored.pk if stored else None,
    )
