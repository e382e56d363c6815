"""What officers do with a report: hand on, answer, finish, refuse, join; on the router of `register`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field, StrictInt

from balai.engines.reports import actions
from balai.engines.reports.actions import Proof
from balai.engines.reports.api.filing import EvidenceStored
from balai.engines.reports.api.public import Lat, Lon
from balai.engines.reports.api.register import OfficeCode, mine, officer_of, router
from balai.engines.reports.api.told import ReportAfter, after
from balai.engines.reports.models import Report
from balai.engines.reports.queries import finding
from balai.files import actions as files
from balai.runtime.api import Token, refused

if TYPE_CHECKING:
    from balai.people.models import Officer

HANDLE = "reports:handle"
DONE = refused(400, 401, 403, 404, 409, 413, 422, 429, 507)
Note = Annotated[str, Field(max_length=1000)]
Words = Annotated[str, Field(max_length=4000)]
Key = Annotated[str, Field(max_length=48)]

__all__ = ["router"]


class Versioned(Schema):
    """`version` is the one that was read: left out, nobody asks whether a colleague was faster."""

    model_config = ConfigDict(extra="forbid")
    version: Annotated[StrictInt, Field(ge=1, le=2**31 - 1)] | None = None


class AssignSent(Versioned):
    """To whom it is handed on."""

    office: OfficeCode
    note: Note = ""


class TextSent(Versioned):
    """Words that the reporter reads, and everybody where the report is public."""

    text: Words


class ProofSent(Versioned):
    """What was done, and what shows it: photos stored before, and where they were taken."""

    text: Words = ""
    uploads: Annotated[list[UUID], Field(max_length=5)] = []
    lat: Lat | None = None
    lon: Lon | None = None
    no_place: Annotated[str, Field(max_length=200, description="why no place is known")] = ""


class StageSent(ProofSent):
    """A stage of this kind of report."""

    stage: Key


class ReasonSent(Versioned):
    """A reason of the list, and words."""

    reason: Key
    note: Note = ""


class MergeSent(Versioned):
    """The report that this one is the same as."""

    into: UUID


class ForwardSent(Versioned):
    """The body outside this government, and its own number for it."""

    body: Key
    reference: Annotated[str, Field(max_length=100)] = ""
    note: Note = ""


@router.post(
    "/desk/reports/{uuid:report_id}/files",
    auth=Token(HANDLE, "officer"),
    operation_id="upload_report_proof",
    response={201: EvidenceStored, **DONE},
)
def upload(request: HttpRequest, report_id: UUID, file: Annotated[UploadedFile, File()]) -> Status:
    """Store a photo or a paper that shows what was done."""
    officer, _report = mine(request, report_id)
    row = files.store(by=officer.as_actor(), owner=officer.as_subject(), file=file, allow="document")
    shape = EvidenceStored(id=row.pk, name=row.name, media_type=row.media_type, size=row.size)
    return Status(201, shape)


def act(name: str, operation_id: str) -> Callable[[Callable[..., ReportAfter]], Callable[..., ReportAfter]]:
    """An act of the page at its address."""
    return router.post(
        f"/desk/reports/{{uuid:report_id}}/{name}",
        auth=Token(HANDLE, "officer"),
        operation_id=operation_id,
        response={200: ReportAfter, **DONE},
    )


@act("assign", "assign_report")
def assign(request: HttpRequest, report_id: UUID, sent: AssignSent) -> ReportAfter:
    """Hand it on to the office that is in charge."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.assign(by=by, report=report, office_code=sent.office, note=sent.note),
    )


@act("answer", "answer_report")
def answer(request: HttpRequest, report_id: UUID, sent: TextSent) -> ReportAfter:
    """The first answer, or another one."""
    return _do(
        request, report_id, sent, lambda by, report: actions.answer(by=by, report=report, text=sent.text)
    )


@act("ask", "ask_reporter")
def ask(request: HttpRequest, report_id: UUID, sent: TextSent) -> ReportAfter:
    """Ask the reporter; the clock waits for her."""
    return _do(request, report_id, sent, lambda by, report: actions.ask(by=by, report=report, text=sent.text))


@act("stage", "say_report_stage")
def stage(request: HttpRequest, report_id: UUID, sent: StageSent) -> ReportAfter:
    """Say how far the work is, such as a sign before a hole."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.say_stage(
            by=by, report=report, stage=sent.stage, text=sent.text, proof=_proof(sent)
        ),
    )


@act("resolve", "resolve_report")
def resolve(request: HttpRequest, report_id: UUID, sent: ProofSent) -> ReportAfter:
    """Call it done, with proof; the reporter has the last word."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.resolve(by=by, report=report, text=sent.text, proof=_proof(sent)),
    )


def _proof(sent: ProofSent) -> Proof:
    return Proof(uploads=tuple(sent.uploads), lat=sent.lat, lon=sent.lon, no_place=sent.no_place)


@act("reject", "reject_report")
def reject(request: HttpRequest, report_id: UUID, sent: ReasonSent) -> ReportAfter:
    """Say that it cannot be handled, with a reason of the list."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.reject(by=by, report=report, reason=sent.reason, note=sent.note),
    )


@act("archive", "archive_report")
def archive(request: HttpRequest, report_id: UUID, sent: ReasonSent) -> ReportAfter:
    """Lay it aside, with a reason of the list."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.archive(by=by, report=report, reason=sent.reason, note=sent.note),
    )


@act("merge", "merge_report")
def merge(request: HttpRequest, report_id: UUID, sent: MergeSent) -> ReportAfter:
    """Join it to another one about the same; its people go along."""
    into = finding.report_for_officer(officer_of(request), sent.into)
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.merge(by=by, report=report, into=into),
        other=into,
    )


@act("separate", "separate_report")
def separate(request: HttpRequest, report_id: UUID, sent: Versioned) -> ReportAfter:
    """Take a wrong merge apart."""
    return _do(request, report_id, sent, lambda by, report: actions.separate(by=by, report=report))


@act("forward", "forward_report")
def forward(request: HttpRequest, report_id: UUID, sent: ForwardSent) -> ReportAfter:
    """Hand it to a body outside this government."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.forward_out(
            by=by, report=report, body=sent.body, reference=sent.reference, note=sent.note
        ),
    )


@act("come-back", "take_report_back")
def come_back(request: HttpRequest, report_id: UUID, sent: AssignSent) -> ReportAfter:
    """The other body sent it back."""
    return _do(
        request,
        report_id,
        sent,
        lambda by, report: actions.come_back(by=by, report=report, office_code=sent.office, note=sent.note),
    )


def _do(
    request: HttpRequest,
    report_id: UUID,
    sent: Versioned,
    act: Callable[[Officer, Report], Report],
    *,
    other: Report | None = None,
) -> ReportAfter:
    officer, report = mine(request, report_id)
    if sent.version is None:
        act(officer, report)
    else:
        actions.unless_overtaken(
            by=officer, report=report, version=sent.version, act=lambda: act(officer, report), other=other
        )
    report.refresh_from_db()
    return after(report)
