"""The officers' side of a letter that is out: take it back, or make a better one, as on the pages."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from balai.catalogue import forms
from balai.engines.cases import actions, queries
from balai.engines.cases.api.desk import DONE, WORK, CaseAfter, after, at_work
from balai.runtime.api import Token

Reason = Annotated[str, Field(max_length=40, description="a code of documents' reasons, e.g. content-wrong")]
Note = Annotated[str, Field(max_length=300)]

router = Router(tags=["desk"])


class RevocationSent(Schema):
    """Why the letter counts no more; whoever checks the letter reads the reason, not the note."""

    model_config = ConfigDict(extra="forbid")
    reason: Reason
    note: Note = ""


class ReplacementSent(Schema):
    """Why the letter is replaced, and which answers the operator may correct for it, by field id."""

    model_config = ConfigDict(extra="forbid")
    reason: Reason
    fields: Annotated[list[Annotated[str, Field(max_length=48)]], Field(max_length=100)] = []
    note: Note = ""


class CorrectionSent(Schema):
    """New answers to what the replacement names; null takes one away."""

    model_config = ConfigDict(extra="forbid")
    answers: Annotated[dict[str, Any], Field(max_length=100)]


@router.post(
    "/desk/cases/{uuid:case_id}/revoke-letter",
    auth=Token(WORK, "officer"),
    operation_id="revoke_letter",
    response={200: CaseAfter, **DONE},
)
def revoke(request: HttpRequest, case_id: UUID, sent: RevocationSent) -> CaseAfter:
    """Take the published letter back, with a reason; the applicant is told."""
    officer, case = at_work(request, case_id)
    actions.revoke_letter(by=officer, case=case, code=sent.reason, note=sent.note)
    return after(queries.case_for_officer(officer, case_id))


@router.post(
    "/desk/cases/{uuid:case_id}/replace-letter",
    auth=Token(WORK, "officer"),
    operation_id="replace_letter",
    response={200: CaseAfter, **DONE},
)
def replace(request: HttpRequest, case_id: UUID, sent: ReplacementSent) -> CaseAfter:
    """Open the case again for a better letter; the old one holds until the new one is published."""
    officer, case = at_work(request, case_id)
    return after(
        actions.replace_letter(
            by=officer, case=case, reason_code=sent.reason, fields=sent.fields, note=sent.note
        )
    )


@router.post(
    "/desk/cases/{uuid:case_id}/keep-letter",
    auth=Token(WORK, "officer"),
    operation_id="keep_letter",
    response={200: CaseAfter, **DONE},
)
def keep(request: HttpRequest, case_id: UUID) -> CaseAfter:
    """Call the replacement off, before the new letter is being signed; the case is what it was before."""
    officer, case = at_work(request, case_id)
    return after(actions.call_off_replacement(by=officer, case=case))


@router.post(
    "/desk/cases/{uuid:case_id}/correct-answers",
    auth=Token(WORK, "officer"),
    operation_id="correct_answers",
    response={200: CaseAfter, **DONE},
)
def correct(request: HttpRequest, case_id: UUID, sent: CorrectionSent) -> CaseAfter:
    """Put right what the replacement names, and nothing else."""
    officer, case = at_work(request, case_id)
    laid_over = {**case.answers.clear, **sent.answers}
    answers = forms.clean_answers(
        queries.definition_of(case),
        {name: value for name, value in laid_over.items() if value is not None},
        today=queries.filed_on(case),
    )
    return after(actions.correct_answers(by=officer, case=case, answers=answers))
