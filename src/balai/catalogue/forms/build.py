"""A Django form from a definition: one page of it, or the whole.

Conditional fields are always in the form, because a page without scripts must show them; whether one
counts is decided here, on the server. What was typed into a field that does not count is dropped, and
its errors with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from balai.catalogue import kinds
from balai.catalogue.kinds import FormContext
from balai.catalogue.schema import FieldSpec, Page, ServiceDefinition
from balai.catalogue.schema.conditions import holds
from balai.catalogue.schema.form import is_upload
from balai.people.today import local_today
from balai.runtime.memory import Remembered

Answers = dict[str, Any]
Fields = dict[str, forms.Field]

# Fields that only check, by definition and day: making them costs more than checking with them.
_checking: Remembered[tuple[str, date], Fields] = Remembered()


class AnswersForm(forms.Form):
    """Questions of one page (or of all), with the answers given before as ground for conditions.

    After `is_valid()`, `answers` holds the stored form of what counts, and `answers_so_far` that
    together with the answers of other pages.
    """

    use_required_attribute = False

    def __init__(
        self,
        service: ServiceDefinition,
        pages: tuple[Page, ...],
        *,
        context: FormContext,
        before: Mapping[str, Any],
        stored_uploads: Collection[str] = (),
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        fields: Fields | None = None,
    ) -> None:
        self.service = service
        self.pages = pages
        self.context = context
        self._specs = [(page, spec) for page in pages for spec in page.field]
        own = {spec.id for _page, spec in self._specs}
        self._elsewhere = {key: value for key, value in before.items() if key not in own}
        self.answers: Answers = {}
        initial = {name: typed for page in pages for name, typed in typed_answers(page, before).items()}
        super().__init__(data=data, files=files, initial=initial)
        self.fields = fields or _fields(self._specs, context, own, stored_uploads)

    @property
    def answers_so_far(self) -> Answers:
        """Answers of other pages and, after cleaning, of this one."""
        return {**self._elsewhere, **self.answers}

    def clean(self) -> dict[str, Any]:
        """Keep what counts, in the order asked, so that a hidden answer can show nothing else."""
        self.answers = {}
        for page, spec in self._specs:
            if holds((*page.when, *spec.when), self.answers_so_far, self.context.today):
                self._keep(spec)
            else:
                self.cleaned_data.pop(spec.id, None)
                self.errors.pop(spec.id, None)
        return self.cleaned_data

    def _keep(self, spec: FieldSpec) -> None:
        value = self.cleaned_data.get(spec.id)
        if value is None or value == "" or is_upload(spec):
            return
        self.answers[spec.id] = kinds.kind(spec.kind).to_json(value)


def build_form(
    service: ServiceDefinition,
    page_id: str | None = None,
    *,
    data: Mapping[str, Any] | None = None,
    files: MultiValueDict[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    today: date | None = None,
    stored_uploads: Collection[str] = (),
) -> AnswersForm:
    """The form of one page, or of every question (without uploads) when `page_id` is None.

    `initial` are stored answers of the whole application, this page's included; `stored_uploads` are ids
    of requirements whose file is already stored and need not be sent again. Raises KeyError for an
    unknown page. The form's `service`, `pages` and `answers` are for the caller.
    """
    pages = service.page if page_id is None else (service.page_of(page_id),)
    return AnswersForm(
        service,
        pages,
        context=FormContext(today or local_today()),
        before=dict(initial or {}),
        stored_uploads=stored_uploads,
        data=data,
        files=files,
    )


def checking_form(
    service: ServiceDefinition, data: Mapping[str, Any], today: date | None = None
) -> AnswersForm:
    """The form of every question, to check answers that nobody typed into a page just now; not to be shown.

    Its fields are shared between forms, also of other threads: none of them is changed after it is made.
    """
    context = FormContext(today or local_today())
    key = (service.content_hash, context.today)
    fields = _checking.get(key)
    form = AnswersForm(service, service.page, context=context, before={}, data=data, fields=fields)
    if fields is None:
        _checking.keep(key, form.fields)
    return form


def pages_for(
    service: ServiceDefinition, answers: Mapping[str, Any], today: date | None = None
) -> list[Page]:
    """Pages that these stored answers call for, in order; a page with nothing to ask is left out."""
    day = today or local_today()
    return [
        page
        for page in service.pages
        if holds(page.when, answers, day) and any(_may_count(spec, page, answers, day) for spec in page.field)
    ]


def _may_count(spec: FieldSpec, page: Page, answers: Mapping[str, Any], day: date) -> bool:
    """A condition on the same page is open until the page is answered."""
    here = {other.id for other in page.field}
    return any(condition.field in here for condition in spec.when) or holds(spec.when, answers, day)


def typed_answers(page: Page, answers: Mapping[str, Any]) -> dict[str, str]:
    """Stored answers of a page as a person would type them again."""
    return {
        spec.id: kinds.kind(spec.kind).typed(answers[spec.id]) for spec in page.field if spec.id in answers
    }


def _fields(
    specs: list[tuple[Page, FieldSpec]],
    context: FormContext,
    own: Collection[str],
    stored_uploads: Collection[str],
) -> Fields:
    made: Fields = {}
    for _page, spec in specs:
        field = _field(spec, context, own, spec.id in stored_uploads)
        field.asked_when = _asked_when(field, made)  # type: ignore[attr-defined]  # read by ui.fields
        made[spec.id] = field
    return made


def _field(spec: FieldSpec, context: FormContext, here: Collection[str], is_stored: bool) -> forms.Field:
    field = kinds.kind(spec.kind).form_field(spec, context)
    if is_stored:
        field.required = False
    field.show_if = _show_if(spec, here)  # type: ignore[attr-defined]  # read by ui.fields
    return field


def _show_if(spec: FieldSpec, here: Collection[str]) -> dict[str, str] | None:
    """For the controller that hides a field while another says otherwise; only for plain equality here."""
    if len(spec.when) != 1 or spec.when[0].field not in here:
        return None
    condition = spec.when[0]
    operands = condition.is_any if condition.is_any is not None else (condition.is_,)
    if operands == (None,):
        return None
    return {"field": condition.field, "value": "|".join(_as_posted(operand) for operand in operands)}


def _asked_when(field: forms.Field, earlier: Mapping[str, forms.Field]) -> str:
    """The condition in words, for a page on which no script hides what is not asked."""
    shown = getattr(field, "show_if", None)
    other = earlier.get(shown["field"]) if shown else None
    if not shown or other is None:
        return ""
    wanted = shown["value"].split("|")
    labels = [str(label) for value, label in getattr(other, "choices", ()) if str(value) in wanted]
    if not labels:
        return ""
    answers = _(" atau ").join(f"“{label}”" for label in labels)
    return _("Isi hanya jika “%(question)s” dijawab %(answers)s.") % {
        "question": other.label,
        "answers": answers,
    }


def _as_posted(operand: object) -> str:
    return {True: "yes", False: "no"}[operand] if isinstance(operand, bool) else str(operand)
