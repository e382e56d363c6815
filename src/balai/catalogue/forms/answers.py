"""Answers that came as JSON, through the same form as the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from balai.catalogue import kinds
from balai.catalogue.forms.build import AnswersForm, checking_form
from balai.catalogue.kinds.sentences import sentence
from balai.catalogue.schema import ServiceDefinition
from balai.kernel.errors import ValueRefused
from balai.runtime.errors import CitizenError


@dataclass(frozen=True)
class FieldFault:
    """Why one answer is refused."""

    code: str
    sentence: str


class FormErrors(CitizenError):
    """Answers that cannot be taken; `errors` maps a field's id ("" for the whole) to its faults."""

    code = "catalogue.answers_refused"
    template = _("Ada isian yang perlu diperbaiki.")
    status = 422

    def __init__(self, errors: Mapping[str, tuple[FieldFault, ...]]) -> None:
        self.errors = dict(errors)
        super().__init__()


def clean_answers(service: ServiceDefinition, raw: Any, *, today: date | None = None) -> dict[str, Any]:
    """Stored answers from JSON of any shape; raise FormErrors with every fault.

    Answers of fields that do not count are dropped. Whatever `json_schema(service)` refuses is refused.
    """
    if not isinstance(raw, Mapping):
        raise FormErrors({"": (FieldFault("json.type", sentence("json.type")),)})
    texts, faults = _texts(service, raw)
    form = checking_form(service, texts, today)
    if not form.is_valid():
        faults = {**form_faults(form), **faults}
    if faults:
        raise FormErrors(faults)
    return form.answers


def clean_found(service: ServiceDefinition, raw: Any, *, today: date | None = None) -> dict[str, Any]:
    """Stored answers of what officers found on visits, of every report at once; raise FormErrors.

    For worked examples: a real report is checked alone, with its photos.
    """
    if not raw:
        return {}
    pages = tuple(page for report in service.report for page in report.asking)
    alone = ServiceDefinition.model_construct(**{**dict(service), "page": pages, "requirement": ()})
    return clean_answers(alone, raw, today=today)


def form_faults(form: AnswersForm) -> dict[str, tuple[FieldFault, ...]]:
    """The errors of a form with their codes."""
    return {
        name: tuple(
            FieldFault(str(error.code or "invalid"), " ".join(map(str, error.messages)))
            for error in errors.as_data()
        )
        for name, errors in form.errors.items()
    }


def prefilled(service: ServiceDefinition, facts: Mapping[str, str]) -> dict[str, Any]:
    """Known facts of a person as answers to the questions that name them; what does not fit is left."""
    found = {
        spec.id: kinds.kind(spec.kind).prefill(facts[spec.fact], spec)
        for spec in service.fields
        if spec.fact is not None and facts.get(spec.fact)
    }
    return {name: value for name, value in found.items() if value is not None}


def _texts(
    service: ServiceDefinition, raw: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, tuple[FieldFault, ...]]]:
    """What a person would have typed, and the faults of what nobody can have typed."""
    texts: dict[str, Any] = {}
    refused: dict[str, ValueRefused] = {}
    for name, value in raw.items():
        spec = service.field_by_id.get(name)
        if spec is None:
            refused[str(name)] = ValueRefused("json.unknown_field")
            continue
        read, not_read = kinds.kind(spec.kind).read_json(name, value, spec)
        texts |= read
        refused |= not_read
    return texts, {
        name: (FieldFault(why.code, sentence(why.code, **why.params)),) for name, why in refused.items()
    }
