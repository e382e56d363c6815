"""A case as the API tells it to its applicant and to whoever holds the slip."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema

from balai.engines.cases import queries
from balai.engines.cases.enums import CaseState, Delivery
from balai.engines.cases.forms.story import is_cut_short, state_label
from balai.engines.cases.models import Case, Event
from balai.engines.cases.queries import StepLine
from balai.files import queries as files
from balai.region import queries as region
from balai.threads.models import Note
from balai.work import queries as work


class CaseCard(Schema):
    """A case in a list. `waits_for_citizen`: it must be repaired, or the letter fetched."""

    id: UUID
    number: str
    service: str
    title: str
    state: CaseState
    state_label: str
    waits_for_citizen: bool
    filed_at: datetime
    updated_at: datetime


class ClockShape(Schema):
    """The lawful time: `due_at` holds while it runs; paused, it stands still until the repair."""

    state: str
    due_at: datetime


class StepTold(Schema):
    """One step; `state` is done, open, paused or ahead. Officers are named shortly.

    `planned_at`: when somebody comes to look, of a visit that is planned.
    """

    title: str
    act: str
    state: str
    at: datetime | None
    by: str
    planned_at: datetime | None = None


class FeeTold(Schema):
    """What is paid, in whole rupiah; `step` "" is paid when applying."""

    title: str
    amount: int
    step: str


class EventTold(Schema):
    """One line of the history."""

    at: datetime
    kind: str
    text: str
    by: str


class FaultTold(Schema):
    """One thing to repair: `target` is "field:…" or "requirement:…"."""

    target: str
    title: str
    reason: str
    sentence: str
    note: str


class OfficeShape(Schema):
    """Who handles it."""

    code: str
    name: str
    address: str


class CaseTold(Schema):
    """Where an application stands; nothing in it names the applicant."""

    number: str
    service: str
    title: str
    state: CaseState
    state_label: str
    shelf_number: str
    delivery: Delivery
    filed_at: datetime
    updated_at: datetime
    clock: ClockShape | None
    steps: list[StepTold]
    events: list[EventTold]
    faults: list[FaultTold]
    office: OfficeShape | None
    fees: list[FeeTold]
    home_visit: str
    repair_until: date | None
    object_until: date | None


class FileTold(Schema):
    """A file that was handed in; its content is at /files/{id}."""

    id: UUID
    requirement: str
    name: str
    media_type: str
    size: int


class MessageShape(Schema):
    """One message about a case."""

    at: datetime
    by: str
    by_kind: str
    audience: str
    text: str


def card(case: Case) -> CaseCard:
    """The case in a list."""
    state = CaseState(case.state)
    return CaseCard(
        id=case.pk,
        number=case.number,
        service=case.slug,
        title=case.title,
        state=state,
        state_label=case.state_label,
        waits_for_citizen=state in (CaseState.RETURNED, CaseState.READY),
        filed_at=case.filed_at,
        updated_at=case.updated_at,
    )


def told(case: Case) -> CaseTold:
    """The case as `forms.story` tells it on pages, with instants and codes instead of words."""
    steps = queries.progress(case)
    return CaseTold(
        number=case.number,
        service=case.slug,
        title=case.title,
        state=CaseState(case.state),
        state_label=state_label(case, steps),
        shelf_number=case.shelf_number,
        delivery=Delivery(case.delivery),
        filed_at=case.filed_at,
        updated_at=case.updated_at,
        clock=clock_of(case),
        steps=[] if is_cut_short(case) else [step(each) for each in steps],
        events=[event(each) for each in queries.timeline(case)],
        faults=[_fault(each) for each in queries.faults_to_repair(case)],
        office=_office(case),
        fees=[
            FeeTold(title=fee.title, amount=fee.amount, step=fee.at or "")
            for fee in queries.definition_of(case).fees_on(queries.filed_on(case))
        ],
        home_visit=case.home_reason,
        repair_until=queries.repair_until(case),
        object_until=queries.object_until(case),
    )


def clock_of(case: Case) -> ClockShape | None:
    """The lawful time of the case while it counts."""
    clock = work.newest_clock(case.as_subject())
    if clock is None or clock.state == "stopped":
        return None
    return ClockShape(state=clock.state, due_at=clock.due_at)


def step(line: StepLine) -> StepTold:
    """One step."""
    return StepTold(
        title=line.title,
        act=line.act,
        state=line.state,
        at=line.at,
        by=line.actor_name,
        planned_at=line.planned_at,
    )


def event(row: Event) -> EventTold:
    """One line of the history."""
    return EventTold(at=row.at, kind=row.kind, text=row.text, by=row.actor_name)


def message(row: Note) -> MessageShape:
    """One message."""
    return MessageShape(
        at=row.created_at,
        by=row.author_name,
        by_kind=row.author_kind,
        audience=row.audience,
        text=row.text.clear,
    )


def files_told(case: Case) -> list[FileTold]:
    """The files that count now."""
    rows = queries.files_of(case)
    found = files.uploads([row.upload_id for row in rows])
    return [
        FileTold(
            id=row.upload_id,
            requirement=row.requirement_id,
            name=found[row.upload_id].name,
            media_type=found[row.upload_id].media_type,
            size=found[row.upload_id].size,
        )
        for row in rows
        if row.upload_id in found
    ]


def _fault(fault: queries.Fault) -> FaultTold:
    return FaultTold(
        target=str(fault.target),
        title=fault.title,
        reason=fault.reason.code,
        sentence=fault.reason.sentence,
        note=fault.note,
    )


def _office(case: Case) -> OfficeShape | None:
    office = region.office(case.office_code)
    return OfficeShape(code=office.code, name=office.name, address=office.address) if office else None
