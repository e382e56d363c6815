"""The officers' side of opinions, visits and products made elsewhere, as on the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime, ConfigDict, Field

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Found, OpinionGiven
from balai.engines.cases.api.desk import DONE, WORK, CaseAfter, after, at_work
from balai.engines.cases.enums import Opinion, Review
from balai.engines.cases.forms import report as reporting
from balai.files import actions as files
from balai.files.enums import Allow
from balai.runtime.api import Token

StepId = Annotated[str, Field(max_length=48, description="id of the step; left out: the only one of its act")]
Note = Annotated[str, Field(max_length=2000)]

router = Router(tags=["desk"])


class OpinionSent(Schema):
    """What is said to whoever decides; anything but "yes" needs a note."""

    model_config = ConfigDict(extra="forbid")
    step: StepId = ""
    opinion: Opinion
    note: Note = ""


class PlanSent(Schema):
    """When somebody comes; the applicant is told."""

    model_config = ConfigDict(extra="forbid")
    step: StepId = ""
    at: AwareDatetime


class ReportSent(Schema):
    """What was found: answers to the report's questions, files by question, or a note where it asks none."""

    model_config = ConfigDict(extra="forbid")
    step: StepId = ""
    answers: Annotated[dict[str, Any], Field(max_length=200)] = {}
    uploads: dict[str, Annotated[list[UUID], Field(max_length=20)]] = {}
    note: Note = ""


class ProductSent(Schema):
    """Where the product stands."""

    model_config = ConfigDict(extra="forbid")
    shelf_number: Annotated[str, Field(max_length=20)]


class ReviewSent(Schema):
    """How an objection ends, in words that the applicant reads."""

    model_config = ConfigDict(extra="forbid")
    outcome: Review
    answer: Note


class PhotoStored(Schema):
    """A file that the officer's report may name; it is let go of unless a report does."""

    id: UUID
    name: str
    media_type: str
    size: int
    expires_at: datetime | None


@router.post(
    "/desk/cases/{uuid:case_id}/attest",
    auth=Token(WORK, "officer"),
    operation_id="attest_case",
    response={200: CaseAfter, **DONE},
)
def attest(request: HttpRequest, case_id: UUID, sent: OpinionSent) -> CaseAfter:
    """Say for the neighbourhood whether it is so; nobody is bound by it."""
    officer, case = at_work(request, case_id)
    given = OpinionGiven(sent.opinion.value, sent.note)
    return after(actions.attest(by=officer, case=case, given=given, step_id=sent.step))


@router.post(
    "/desk/cases/{uuid:case_id}/recommend",
    auth=Token(WORK, "officer"),
    operation_id="recommend_case",
    response={200: CaseAfter, **DONE},
)
def recommend(request: HttpRequest, case_id: UUID, sent: OpinionSent) -> CaseAfter:
    """Give an opinion: yes, with conditions, or no; a "no" informs and decides nothing."""
    officer, case = at_work(request, case_id)
    given = OpinionGiven(sent.opinion.value, sent.note)
    return after(actions.recommend(by=officer, case=case, given=given, step_id=sent.step))


@router.post(
    "/desk/cases/{uuid:case_id}/plan-visit",
    auth=Token(WORK, "officer"),
    operation_id="plan_visit",
    response={200: CaseAfter, **DONE},
)
def plan(request: HttpRequest, case_id: UUID, sent: PlanSent) -> CaseAfter:
    """Say when somebody comes."""
    officer, case = at_work(request, case_id)
    return after(actions.plan_visit(by=officer, case=case, planned_at=sent.at, step_id=sent.step))


@router.post(
    "/desk/cases/{uuid:case_id}/files",
    auth=Token(WORK, "officer"),
    operation_id="upload_report_file",
    response={201: PhotoStored, **DONE},
)
def upload(
    request: HttpRequest,
    case_id: UUID,
    file: Annotated[UploadedFile, File()],
    allow: Annotated[Allow, Form(description="photo: an image; document: a PDF or an image")],
) -> Status:
    """Store a file for a report of this case."""
    officer, _case = at_work(request, case_id)
    row = files.store(by=officer.as_actor(), owner=officer.as_subject(), file=file, allow=allow)
    shape = PhotoStored(
        id=row.pk, name=row.name, media_type=row.media_type, size=row.size, expires_at=row.expires_at
    )
    return Status(201, shape)


@router.post(
    "/desk/cases/{uuid:case_id}/report-visit",
    auth=Token(WORK, "officer"),
    operation_id="report_visit",
    response={200: CaseAfter, **DONE},
)
def report(request: HttpRequest, case_id: UUID, sent: ReportSent) -> CaseAfter:
    """Write down what was found."""
    officer, case = at_work(request, case_id)
    service = queries.definition_of(case)
    asked = reporting.report_asked(service, queries.desk(case, officer).mine, sent.step)
    answers = reporting.clean_report(service, asked, sent.answers) if asked else sent.answers
    found = Found(answers, sent.uploads, sent.note)
    return after(actions.report_visit(by=officer, case=case, found=found, step_id=sent.step))


@router.post(
    "/desk/cases/{uuid:case_id}/make",
    auth=Token(WORK, "officer"),
    operation_id="make_product",
    response={200: CaseAfter, **DONE},
)
def make(request: HttpRequest, case_id: UUID, sent: ProductSent) -> CaseAfter:
    """The card or certificate is made and on its shelf; the citizen is told to come."""
    officer, case = at_work(request, case_id)
    return after(actions.make_product(by=officer, case=case, shelf_number=sent.shelf_number))


@router.post(
    "/desk/cases/{uuid:case_id}/review",
    auth=Token(WORK, "officer"),
    operation_id="review_objection",
    response={200: CaseAfter, **DONE},
)
def review(request: HttpRequest, case_id: UUID, sent: ReviewSent) -> CaseAfter:
    """Answer an objection: the rejection stands, or the case is opened again."""
    officer, case = at_work(request, case_id)
    answer = actions.Answer(sent.outcome.value, sent.answer)
    return after(actions.review_objection(by=officer, case=case, answer=answer))
