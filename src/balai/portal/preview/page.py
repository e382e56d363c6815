"""The page of a preview: what the citizen reads, is asked and gets, with the answers of one example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from balai.catalogue.examples import picture_example
from balai.catalogue.forms import FormErrors, build_form, clean_answers, pages_for
from balai.catalogue.forms.build import AnswersForm
from balai.catalogue.schema import Example, Page, ServiceDefinition
from balai.documents.errors import RenderFailed, TemplateRefused
from balai.people.today import local_today
from balai.portal import service_page
from balai.portal.preview.author import Draft


@dataclass(frozen=True)
class FormPage:
    """One page of the form, filled in."""

    page: Page
    form: AnswersForm


def drawn(draft: Draft, name: str, version: str) -> str:
    """The whole page as HTML; `name` is the example that was chosen, "" for the first good one."""
    example = draft.example(name)
    context: dict[str, Any] = {
        "draft": draft,
        "service": draft.service,
        "example": example,
        "version": version,
    }
    if draft.service is not None:
        context |= _service_context(draft.service, example)
    return render_to_string("portal/preview.html", context)


def letter(draft: Draft, name: str) -> bytes | None:
    """The letter as PNG with this example's answers; None where none can be set."""
    example = draft.example(name)
    if draft.service is None or example is None or draft.service.output.kind != "letter":
        return None
    try:
        return picture_example(draft.service, example)
    except (FormErrors, RenderFailed, TemplateRefused):
        return None


def _service_context(service: ServiceDefinition, example: Example | None) -> dict[str, Any]:
    day = (example.filed_on if example else None) or local_today()
    answers = _answers(service, example, day)
    return {
        "facts": service_page.facts(service, day),
        "requirements": service_page.requirements(service, {}),
        "steps": service_page.steps(service),
        "bases": service_page.bases(service, day),
        "pages": _pages(service, answers, day),
        "answers_refused": example is not None and not answers,
        "has_letter": bool(answers) and service.output.kind == "letter",
    }


def _answers(service: ServiceDefinition, example: Example | None, day: date) -> Mapping[str, Any]:
    if example is None:
        return {}
    try:
        return clean_answers(service, example.answers, today=day)
    except FormErrors:
        return {}


def _pages(service: ServiceDefinition, answers: Mapping[str, Any], day: date) -> list[FormPage]:
    """Those that these answers call for; without good answers all that are asked of anybody."""
    return [
        FormPage(page, build_form(service, page.id, initial=answers, today=day))
        for page in pages_for(service, answers, day)
    ]
