"""Drawing the officer's page of one case, with nothing typed lost and every reading journalled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from balai.catalogue import forms as catalogue_forms
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.forms import officer as forms
from balai.engines.cases.forms import report as reporting
from balai.engines.cases.forms.objecting import ReviewForm
from balai.engines.cases.forms.story import TONES, office_label
from balai.engines.cases.models import Case, CaseStep
from balai.engines.cases.rules import access, home
from balai.engines.cases.views.letter_card import acts_on_letter, letter_of
from balai.files import queries as files
from balai.people.enums import IdentityLevel, Purpose
from balai.people.requests import OfficerRequest
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.errors import CitizenError
from balai.threads import queries as notes
from balai.threads.enums import Audience
from balai.work.enums import Box

LOOKED = "cases.looked"
LOOK_SECONDS = 3600
# Which open step shows which form: words typed into one whose step is over are shown apart.
ACT_OF_FORM = {
    "shelf_form": "print",
    "taker_form": "hand_over",
    "review_form": "review",
}
ASKED = ("attest", "recommend", "visit")


def draw(
    request: OfficerRequest,
    case: Case,
    *,
    status: int = 200,
    refusal: CitizenError | None = None,
    judging: bool = False,
    revealed_nik: str = "",
    bound: Mapping[str, Form] = {},
) -> HttpResponse:
    """The page; `bound` forms and, when `judging`, the posted verdicts are drawn as they were typed."""
    note_reading(request, case)
    desk = queries.desk(case, request.officer)
    answers = case.answers.clear
    card = letter_of(case, request.officer)
    uploads = files.uploads([each for line in desk.lines for each in line.uploads])
    context: dict[str, Any] = {
        "case": case,
        "desk": desk,
        "service": desk.service,
        "refusal": refusal,
        "revealed_nik": revealed_nik,
        "tone": TONES[CaseState(case.state)],
        "state_label": office_label(CaseState(case.state)),
        "sheet": forms.sheet(
            desk.lines,
            desk.service,
            answers,
            uploads,
            request.POST if judging else None,
            revealed=bool(revealed_nik),
        ),
        "warnings": catalogue_forms.officer_warnings(
            desk.service, answers, known_districts=region.known_districts(), today=queries.filed_on(case)
        ),
        "is_proven": case.applicant.identity_level.reaches(IdentityLevel.COUNTER_PROVEN),
        "may_prove": access.may(request.officer, "people.prove", case.office_code),
        "may_reveal": request.officer.has_permission("people.reveal"),
        "notes": notes.notes(case.as_subject(), Audience.INTERNAL),
        "area": region.area_path(case.area_code),
        "unsaved": list(_unsaved(request, desk, judging=judging, bound=bound)),
        "box": box_of(request),
        **card,
        "decides": _decides(desk, is_in_the_making=card["is_waited_for"]),
        **acts_on_letter(case, card["letter"], request.officer),
        **_forms(case, desk),
        "asked": [_asked(row, desk.service, bound) for row in desk.mine if row.act in ASKED],
        "related": queries.related_for_officer(case, request.officer),
        "objection": queries.objection_of(case),
        "found": reporting.shown_reports(desk.service, desk.found),
        "product": desk.service.output,
        **{name: form for name, form in bound.items() if ":" not in name},
    }
    return render(request, "cases/officer.html", context, status=refusal.status if refusal else status)


def _decides(desk: queries.Desk, *, is_in_the_making: bool) -> bool:
    """Whether the decision is on the page: at its step, and to say no while a letter waits for its turns."""
    return not desk.acts.isdisjoint(("approve", "sign")) or (desk.may_reject and is_in_the_making)


def _is_gone(name: str, desk: queries.Desk) -> bool:
    """Whether the page has this form no more."""
    if name == "reject_form":
        return not desk.may_reject
    return bool(ACT_OF_FORM.get(name)) and ACT_OF_FORM[name] not in desk.acts


def _forms(case: Case, desk: queries.Desk) -> dict[str, Form]:
    return {
        "reject_form": forms.RejectForm(desk.service),
        "shelf_form": forms.ShelfForm(),
        "taker_form": forms.TakerForm(initial={"name": case.applicant.name}),
        "note_form": forms.NoteForm(),
        "review_form": ReviewForm(),
        "reveal_form": forms.RevealForm(),
    }


def _asked(row: CaseStep, service: ServiceDefinition, bound: Mapping[str, Form]) -> dict[str, Any]:
    """An opinion to give, or a visit to plan and to report, with its form as it was typed."""
    form = bound.get(f"form:{row.step_id}")
    if row.act == "visit":
        titles = {step.id: step.title for step in (*service.step, home.STEP)}
        return {"step": row, "title": titles[row.step_id], "form": form or reporting.PlanForm()}
    return {"step": row, "form": form or reporting.OpinionForm(row)}


def _unsaved(
    request: OfficerRequest, desk: queries.Desk, *, judging: bool, bound: Mapping[str, Form]
) -> Iterator[dict[str, str]]:
    """Words typed into a form that the page no longer has, because a colleague was faster."""
    for name, form in bound.items():
        if _is_gone(name, desk):
            for field in form:
                if field.value():
                    yield {"label": str(field.label), "value": str(field.value())}
    if judging and not desk.may_return:
        for line in desk.lines:
            note = request.POST.get(f"note:{line.target}", "")
            if note:
                yield {"label": line.title, "value": note}


def box_of(request: OfficerRequest) -> str:
    """The box that the officer came from; an unknown one is the first."""
    name = request.POST.get("kotak") or request.GET.get("kotak", "")
    return name if name in set(Box) else Box.TODO.value


def note_reading(
    request: OfficerRequest, case: Case, what: str = "", purpose: Purpose = Purpose.CASE_CHECK
) -> None:
    """Journal that this officer looked, once an hour: a page drawn again after each button is one look."""
    now = int(clock.now().timestamp())
    key = f"{case.pk}:{purpose.value}"
    looked = {name: at for name, at in request.session.get(LOOKED, {}).items() if now - at < LOOK_SECONDS}
    if key in looked:
        return
    actions.note_reading(by=request.officer, case=case, what=what, purpose=purpose)
    request.session[LOOKED] = looked | {key: now}
