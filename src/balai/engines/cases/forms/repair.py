"""The repair: one page with just what the officer marked, each with its reason, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from balai.catalogue import forms
from balai.catalogue.forms import AnswersForm
from balai.catalogue.kinds import FormContext
from balai.catalogue.schema import FieldSpec, Page, ServiceDefinition
from balai.catalogue.schema.requirement import upload_field
from balai.engines.cases import queries
from balai.engines.cases.enums import TargetKind
from balai.engines.cases.errors import NikNotYours
from balai.engines.cases.forms import attaching, references
from balai.engines.cases.forms.application import FILE, TYPED, UNFINISHED
from balai.engines.cases.models import Case
from balai.engines.cases.queries import Fault
from balai.engines.cases.rules import checking
from balai.engines.cases.rules.filing import foreign_nik_fields
from balai.sync import actions as sync
from balai.sync import queries as drafts

if TYPE_CHECKING:
    from balai.people.models import Citizen

KIND = "cases.repair"


@dataclass
class Repair:
    """What the citizen is asked to repair, and what she has provided so far."""

    citizen: Citizen
    case: Case
    service: ServiceDefinition
    faults: list[Fault]
    files: dict[str, list[str]]
    typed: dict[str, list[str]]
    letters: dict[str, str]
    # Whether somebody is still adding rows, so that nothing typed is looked at yet.
    is_unfinished: bool = False

    @property
    def page(self) -> Page:
        """Faulty questions with those that depend on them, then files to send again or for the first time."""
        fields = {fault.target.id for fault in self.faults if fault.target.kind == TargetKind.FIELD}
        allowed = checking.repairable_fields(self.service, fields)
        specs: list[FieldSpec] = [spec for spec in self.service.fields if spec.id in allowed]
        wanted = {fault.target.id for fault in self.faults if fault.target.kind == TargetKind.REQUIREMENT}
        wanted |= checking.files_that_may_appear(self.service, allowed) - _asked(
            self, self.case.answers.clear
        )
        specs += [upload_field(each) for each in self.service.uploads if each.id in wanted]
        return Page.model_construct(id="repair", title="", help=None, when=(), field=tuple(specs))

    def form(
        self, data: QueryDict | None = None, uploads: MultiValueDict[str, Any] | None = None
    ) -> AnswersForm:
        """Bound to what was sent, or to what was typed before and did not pass."""
        page = self.page
        form = AnswersForm(
            self.service,
            (page,),
            context=FormContext(queries.filed_on(self.case)),
            before=self.case.answers.clear,
            stored_uploads=[name for name, ids in self.files.items() if ids],
            data=data if data is not None else self._typed(page),
            files=uploads if data is not None else None,
        )
        references.offer(form, references.on_page(self.service, page), self.citizen, self._chosen, data)
        attaching.show_stored(form, page, self.files)
        for fault in self.faults:
            if references.control(fault.target.id) in form.fields:
                form.fields[references.control(fault.target.id)].fault = fault  # type: ignore[attr-defined]  # for the template
            elif fault.target.id in form.fields:
                form.fields[fault.target.id].fault = fault  # type: ignore[attr-defined]  # for the template
        if data is None and self.is_unfinished:
            form.show_unchecked()
        return form

    @property
    def _chosen(self) -> dict[str, str]:
        return references.chosen_so_far(self.letters, self.files)

    def _typed(self, page: Page) -> QueryDict | None:
        if not self.typed:
            return None
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            if forms.belongs_to(page, name):
                data.setlist(name, values)
        return data


def open_repair(citizen: Citizen, case: Case) -> Repair:
    """The repair that the citizen is asked for, with what she has kept of it."""
    draft = drafts.draft(citizen.as_subject(), KIND, case.number)
    data: Mapping[str, Any] = draft.data.clear if draft else {}
    return Repair(
        citizen,
        case,
        queries.definition_of(case),
        queries.faults_to_repair(case),
        files={name.removeprefix(FILE): ids for name, ids in data.items() if name.startswith(FILE)},
        typed={name.removeprefix(TYPED): value for name, value in data.items() if name.startswith(TYPED)},
        letters={},
        is_unfinished=bool(data.get(UNFINISHED)),
    )


def take(repair: Repair, data: QueryDict, uploads: MultiValueDict[str, Any]) -> AnswersForm:
    """Take what was sent: files are stored and kept even when another field is wrong."""
    citizen = repair.citizen
    refused = _take_files(repair, uploads)
    form = repair.form(data, uploads)
    if form.is_valid():
        repair.letters = references.taken(form, references.on_page(repair.service, repair.page))
        repair.files = {name: ids for name, ids in repair.files.items() if not repair.letters.get(name)}
    attaching.refuse(form, refused)
    for name in foreign_nik_fields(repair.service, form.answers, citizen.nik.clear):
        form.add_error(name, str(NikNotYours.template))
    repair.typed, repair.is_unfinished = forms.typed_values(repair.page, data), False
    _keep(repair)  # also when all is well: the office may still say no, and a chosen file is not sent twice
    return form


def take_unfinished(repair: Repair, data: QueryDict, uploads: MultiValueDict[str, Any]) -> dict[str, str]:
    """Keep what was typed so far by somebody who adds rows or files, without looking at it.

    The answer says which files were refused, and why.
    """
    repair.files = attaching.without_removed(repair.files, data)
    refused = _take_files(repair, uploads)
    repair.typed, repair.is_unfinished = forms.typed_values(repair.page, data), True
    _keep(repair)
    return refused


def _take_files(repair: Repair, uploads: MultiValueDict[str, Any]) -> dict[str, str]:
    citizen = repair.citizen
    kept, refused = attaching.store_files_of(
        repair.page, uploads, by=citizen.as_actor(), owner=citizen.as_subject(), before=repair.files
    )
    repair.files |= kept
    return refused


def cleaned_answers(repair: Repair, form: AnswersForm) -> dict[str, Any]:
    """All answers of the case after the repair; raises FormErrors when they no longer fit together."""
    return forms.clean_answers(repair.service, form.answers_so_far, today=queries.filed_on(repair.case))


def files_for(repair: Repair, answers: Mapping[str, Any]) -> dict[str, list[UUID]]:
    """What she provided of the files that are asked for with these answers."""
    asked = _asked(repair, answers)
    return {name: [UUID(each) for each in ids] for name, ids in repair.files.items() if name in asked}


def _asked(repair: Repair, answers: Mapping[str, Any]) -> set[str]:
    return {each.id for each in repair.service.requirements_for(answers, queries.filed_on(repair.case))}


def forget(repair: Repair) -> None:
    """The repair has arrived; its files belong to the case now."""
    citizen = repair.citizen
    sync.discard(
        by=citizen.as_actor(),
        owner=citizen.as_subject(),
        kind=KIND,
        about=repair.case.number,
        keep_uploads=True,
    )


def _keep(repair: Repair) -> None:
    citizen = repair.citizen
    sync.save_draft(
        by=citizen.as_actor(),
        owner=citizen.as_subject(),
        kind=KIND,
        about=repair.case.number,
        data={
            **{f"{TYPED}{name}": value for name, value in repair.typed.items()},
            **{f"{FILE}{name}": ids for name, ids in repair.files.items()},
            **({UNFINISHED: repair.page.id} if repair.is_unfinished else {}),
        },
        uploads=[each for ids in repair.files.values() for each in ids],
    )
