"""An application while it is being filled in: its draft, and the form of each page.

The draft is one flat mapping, so that what was typed after a session ended can be laid over it key by key
(`sync.claim_stash`): `answer.<field>` is a stored answer, `typed.<field>` what was typed into a page that did
not pass yet, `file.<requirement>` ids of stored uploads, `letter.<requirement>` the id of a letter, `case_id`
the id that the case will have, `unfinished` the page to which rows are being added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from balai.catalogue import forms
from balai.catalogue.forms import AnswersForm
from balai.catalogue.schema import Page, ServiceDefinition
from balai.catalogue.schema.conditions import holds
from balai.engines.cases.errors import NikNotYours
from balai.engines.cases.forms import attaching, references
from balai.engines.cases.rules.filing import foreign_nik_fields
from balai.kernel.uuid7 import uuid7
from balai.people import queries as people
from balai.people.today import local_today
from balai.sync import actions as sync
from balai.sync import queries as drafts

if TYPE_CHECKING:
    from balai.people.models import Citizen

KIND = "cases.apply"
UNFINISHED = "unfinished"
ANSWER, TYPED, FILE, CASE_ID = "answer.", "typed.", "file.", "case_id"


@dataclass
class Application:
    """What one citizen has filled in for one service so far."""

    citizen: Citizen
    service: ServiceDefinition
    case_id: UUID
    answers: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    version: int | None = None
    # The page that is not looked at yet, because somebody is still adding rows to it.
    unfinished: str = ""

    @property
    def pages(self) -> list[Page]:
        """The pages that the answers so far call for, in order."""
        return forms.pages_for(self.service, self.answers)

    def page_form(
        self, page: Page, data: QueryDict | None = None, uploads: MultiValueDict[str, Any] | None = None
    ) -> AnswersForm:
        """The form of one page: bound to what was just sent, or to what was typed before it passed."""
        form = forms.build_form(
            self.service,
            page.id,
            data=data if data is not None else self._typed_on(page),
            files=uploads if data is not None else None,
            initial=self.answers,
            stored_uploads=self.handed_in,
        )
        self._leave_out(form, page)
        references.offer(form, references.on_page(self.service, page), self.citizen, self._chosen, data)
        for spec in page.field:
            if spec.id in self.known and spec.id in form.fields:
                form.fields[spec.id].known = _("Dari data Anda yang sudah terbukti di loket.")  # type: ignore[attr-defined]  # for the template
        attaching.show_stored(form, page, self.files)
        if data is None and page.id == self.unfinished:
            form.show_unchecked()
        return form

    def is_kept_as(self, case_id: UUID) -> bool:
        """Whether a draft is kept that will be this case: filing forgets it, so the case is not filed yet."""
        return self.version is not None and self.case_id == case_id

    def missing_pages(self) -> list[Page]:
        """Pages that do not pass yet, in order; empty means: ready to be sent."""
        return [page for page in self.pages if not self._passes(page)]

    def _passes(self, page: Page) -> bool:
        if any(spec.id in self.typed for spec in page.field):
            return False
        form = forms.build_form(
            self.service,
            page.id,
            data=forms.typed_answers(page, self.answers),
            initial=self.answers,
            stored_uploads=self.handed_in,
        )
        return form.is_valid()

    @property
    def asked(self) -> set[str]:
        """Ids of the requirements that the answers call for."""
        return {each.id for each in self.service.requirements_for(self.answers, local_today())}

    @property
    def unasked_titles(self) -> list[str]:
        """What was handed in for an answer that is another one now: kept here, and not sent."""
        asked = self.asked
        return [
            each.title for each in self.service.uploads if each.id in self.handed_in and each.id not in asked
        ]

    def files_to_send(self) -> dict[str, list[UUID]]:
        """Ids of uploads by requirement, of what is asked for."""
        asked = self.asked
        return {
            name: [UUID(each) for each in ids] for name, ids in self.files.items() if ids and name in asked
        }

    def letters_to_send(self) -> dict[str, UUID]:
        """Ids of chosen letters by requirement, of what is asked for."""
        asked = self.asked
        return references.as_ids({name: each for name, each in self.letters.items() if name in asked})

    def _leave_out(self, form: AnswersForm, page: Page) -> None:
        """Take off what an earlier page has answered away; what this page itself decides, a script hides."""
        here, day = {spec.id for spec in page.field}, local_today()
        for spec in page.field:
            decided = tuple(condition for condition in spec.when if condition.field not in here)
            if not holds(decided, self.answers, day):
                form.fields.pop(spec.id, None)

    @property
    def _chosen(self) -> dict[str, str]:
        return references.chosen_so_far(self.letters, self.files)

    @property
    def handed_in(self) -> list[str]:
        """Requirements that need no file any more: it is stored, or a letter was chosen in its place."""
        files = [name for name, ids in self.files.items() if ids]
        return [*files, *(name for name, letter in self.letters.items() if letter)]

    def _typed_on(self, page: Page) -> QueryDict | None:
        """What was typed into a page that did not pass, as if it had just been sent."""
        if not any(spec.id in self.typed for spec in page.field):
            return None
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            if forms.belongs_to(page, name):
                data.setlist(name, values)
        return data


def open_application(citizen: Citizen, service: ServiceDefinition) -> Application:
    """The draft of this citizen for this service, or a new one filled with what is already known.

    Known facts are there only for an account proven at a counter (`people.queries.known_facts`).
    """
    known = forms.prefilled(service, people.known_facts(citizen))
    draft = drafts.draft(citizen.as_subject(), KIND, service.id)
    if draft is None:
        return Application(citizen, service, uuid7(), answers=known, known=frozenset(known))
    data = draft.data.clear
    answers = _part(data, ANSWER)
    same = {name for name, value in known.items() if answers.get(name) == value}
    return Application(
        citizen,
        service,
        UUID(str(data[CASE_ID])) if CASE_ID in data else uuid7(),
        answers={**known, **answers},
        typed=_part(data, TYPED),
        files=_part(data, FILE),
        letters=_part(data, references.PREFIX),
        known=frozenset(same | (known.keys() - answers.keys())),
        version=draft.version,
        unfinished=str(data.get(UNFINISHED, "")),
    )


def take_page(
    application: Application, page: Page, data: QueryDict, uploads: MultiValueDict[str, Any]
) -> AnswersForm:
    """Take what was sent for a page and keep it, whether it passes or not; the answer is the form.

    Files that can be read are stored even when another field is wrong; a refused file is an error beside its
    own field. Nothing typed is lost.
    """
    citizen = application.citizen
    refused = _take_files(application, page, uploads)
    form = application.page_form(page, data, uploads)
    is_valid = form.is_valid()
    if attaching.refuse(form, refused):
        is_valid = False
    for name in foreign_nik_fields(application.service, form.answers, citizen.nik.clear):
        form.add_error(name, str(NikNotYours.template))
        is_valid = False
    _forget_typed(application, page)
    if is_valid:
        application.answers = form.answers_so_far
        _take_letters(application, page, form)
    else:
        application.typed |= forms.typed_values(page, data)
    keep(application)
    return form


def take_unfinished(
    application: Application, page: Page, data: QueryDict, uploads: MultiValueDict[str, Any]
) -> dict[str, str]:
    """Keep what was typed so far into a page to which somebody adds rows or files, without looking at it.

    The answer says which files were refused, and why.
    """
    application.files = attaching.without_removed(application.files, data)
    refused = _take_files(application, page, uploads)
    _forget_typed(application, page)
    application.typed |= forms.typed_values(page, data)
    application.unfinished = page.id
    keep(application)
    return refused


def _take_files(application: Application, page: Page, uploads: MultiValueDict[str, Any]) -> dict[str, str]:
    citizen = application.citizen
    kept, refused = attaching.store_files_of(
        page, uploads, by=citizen.as_actor(), owner=citizen.as_subject(), before=application.files
    )
    application.files |= kept
    return refused


def _forget_typed(application: Application, page: Page) -> None:
    if application.unfinished == page.id:
        application.unfinished = ""
    application.typed = {
        name: values for name, values in application.typed.items() if not forms.belongs_to(page, name)
    }


def _take_letters(application: Application, page: Page, form: AnswersForm) -> None:
    """A chosen letter takes the place of a file that was sent for the same requirement."""
    chosen = references.taken(form, references.on_page(application.service, page))
    application.letters |= chosen
    application.files = {name: ids for name, ids in application.files.items() if not chosen.get(name)}


def keep(application: Application) -> None:
    """Save the draft."""
    sync.save_draft(
        by=application.citizen.as_actor(),
        owner=application.citizen.as_subject(),
        kind=KIND,
        about=application.service.id,
        data=flat(application),
        uploads=[upload for ids in application.files.values() for upload in ids],
    )


def flat(application: Application) -> dict[str, Any]:
    """The application as one flat mapping, as the draft keeps it."""
    return {
        CASE_ID: str(application.case_id),
        **({UNFINISHED: application.unfinished} if application.unfinished else {}),
        **{f"{ANSWER}{name}": value for name, value in application.answers.items()},
        **{f"{TYPED}{name}": value for name, value in application.typed.items()},
        **{f"{FILE}{name}": value for name, value in application.files.items()},
        **{references.control(name): value for name, value in application.letters.items() if value},
    }


def _part(data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
