"""A Django form from a definition: one page of it, or the whole.

Conditional fields are always in the form, because a page without scripts must show them; whether one
counts is decided on the server (`counting`). What was typed into a field that does not count is dropped,
and its errors with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from balai.catalogue import kinds
from balai.catalogue.forms.controls import Fields, make_fields
from balai.catalogue.forms.counting import CountingForm
from balai.catalogue.forms.rows import RowForm, rows_on_page, rows_to_check
from balai.catalogue.kinds import FormContext
from balai.catalogue.kinds.groups import SEPARATOR, limits, row_word
from balai.catalogue.kinds.sentences import refusal
from balai.catalogue.schema import FieldSpec, Page, ServiceDefinition
from balai.catalogue.schema.conditions import holds
from balai.catalogue.schema.form import is_group
from balai.kernel.errors import ValueRefused
from balai.people.today import local_today
from balai.runtime.memory import Remembered


@dataclass(frozen=True)
class CheckingFields:
    """Fields that only check, those of the rows of each group apart."""

    own: Fields
    rows: Mapping[str, Fields]

    @classmethod
    def of(cls, service: ServiceDefinition, context: FormContext) -> CheckingFields:
        """For every question of a service."""
        groups = {spec.id: spec for spec in service.fields if is_group(spec)}
        rows = {name: make_fields(group.field, context, names={}) for name, group in groups.items()}
        return cls(make_fields(service.fields, context, names={}), rows)


# By definition and day: making the fields costs more than checking with them.
_checking: Remembered[tuple[str, date], CheckingFields] = Remembered()


class AnswersForm(CountingForm):
    """Questions of one page (or of all), with the answers given before as ground for conditions.

    After `is_valid()`, `answers` holds the stored form of what counts, and `answers_so_far` that
    together with the answers of other pages. `rows` are the rows of each group on the page.
    """

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
        fields: CheckingFields | None = None,
    ) -> None:
        self.service = service
        self.pages = pages
        self.context = context
        self.today = context.today
        specs = [spec for page in pages for spec in page.field]
        self.asked = [((*page.when, *spec.when), spec) for page in pages for spec in page.field]
        names = {spec.id: spec.id for spec in specs}
        self.ground = {key: value for key, value in before.items() if key not in names}
        self.answers = {}
        self._is_shown = fields is None
        initial = {name: typed for page in pages for name, typed in typed_answers(page, before).items()}
        super().__init__(data=data, files=files, initial=initial)
        groups = [spec for spec in specs if is_group(spec)]
        if fields is None:
            self.fields = make_fields(specs, context, names=names, stored_uploads=stored_uploads)
            page_of_rows = partial(rows_on_page, data=data, initial=initial, names=names, around=self.fields)
            self.rows = {spec.id: page_of_rows(spec, context) for spec in groups}
        else:
            self.fields = fields.own
            self.rows = {
                spec.id: rows_to_check(spec, context, data=data or {}, fields=fields.rows[spec.id])
                for spec in groups
            }

    def keep(self, spec: FieldSpec) -> None:
        """Take an answer; of a group every row, each fault under the name of its control."""
        if not is_group(spec):
            super().keep(spec)
            return
        fewest, most = limits(spec)
        rows = self._filled(self.rows[spec.id], fewest)
        kept = [row.answers for row in rows if self._passes(row) and row.answers]
        is_faulty = any(row.errors for row in rows)
        if len(rows) > most:
            self._refuse_group(spec, "rows.many", most=most)
        elif len(kept) < fewest and not is_faulty:
            self._refuse_group(spec, "rows.few", least=fewest)
        if kept:
            self.answers[spec.id] = kept

    def label_of(self, name: str) -> str:
        """Questions of other pages have their names too."""
        spec = self.service.field_by_id.get(name)
        return spec.label if spec is not None else super().label_of(name)

    def _filled(self, rows: list[RowForm], fewest: int) -> list[RowForm]:
        """On a page, a row in which nothing was typed is none, as long as there are enough without it."""
        if not self._is_shown:
            return rows
        spare = max(0, fewest - sum(row.is_typed() for row in rows))
        filled = []
        for row in rows:
            if row.is_typed() or spare > 0:
                filled.append(row)
                spare -= not row.is_typed()
        return filled

    def _passes(self, row: RowForm) -> bool:
        row.passes(self.answers_so_far)
        for name, errors in row.errors.items():
            self.errors[row.add_prefix(name)] = errors
        return not row.errors

    def _refuse_group(self, spec: FieldSpec, code: str, **params: object) -> None:
        self.add_error(spec.id, refusal(ValueRefused(code, row=row_word(spec), **params)))

    def show_unchecked(self) -> None:
        """Show what was typed without a word about it: somebody added a row and has not finished."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def say(self, name: str, problem: str) -> None:
        """Put a sentence beside the question it is about, also in a row; above the form without one."""
        row = next((row for row in self.rows.get(name.split(SEPARATOR)[0], ()) if row.holds(name)), None)
        if row is None:
            self.add_error(name if name in self.fields else None, problem)
            return
        row.add_error(row.own_name(name), problem)
        self.errors[name] = row.errors[row.own_name(name)]


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
    if fields is None:
        fields = CheckingFields.of(service, context)
        _checking.keep(key, fields)
    return AnswersForm(service, service.page, context=context, before={}, data=data, fields=fields)


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


def typed_answers(page: Page, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers of a page as a person would type them again, by the names of the controls."""
    typed: dict[str, Any] = {}
    for spec in page.field:
        if spec.id in answers:
            typed |= kinds.kind(spec.kind).posted(spec.id, answers[spec.id], spec)
    return typed
