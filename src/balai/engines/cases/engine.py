"""The plug into the packages below: what portal, desk, work, files and documents may ask this engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from balai.catalogue import engine as catalogue_engine
from balai.catalogue import forms
from balai.catalogue.engine import Affair, Figure, Tone
from balai.catalogue.forms import FormErrors
from balai.catalogue.schema import Example, NoRuleInForce, ServiceDefinition
from balai.documents import owners
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import acts
from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case
from balai.engines.cases.models.case import SUBJECT_LABEL
from balai.engines.cases.queries.trial import due_working_days, trial_letter_text
from balai.engines.cases.rules import access
from balai.engines.cases.views.tracking import grant_url
from balai.files import readers
from balai.government import current as government
from balai.people import permissions
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.work import subjects

if TYPE_CHECKING:
    from balai.people.models import Citizen

TONES: dict[CaseState, Tone] = {
    CaseState.SUBMITTED: "waiting",
    CaseState.RETURNED: "attention",
    CaseState.APPROVED: "waiting",
    CaseState.ISSUED: "waiting",
    CaseState.READY: "attention",
    CaseState.CLOSED: "done",
    CaseState.REJECTED: "neutral",
    CaseState.WITHDRAWN: "neutral",
}


class CaseEngine(catalogue_engine.Engine):
    """Applications that end in a decision."""

    code: ClassVar[str] = "cases"
    acts: ClassVar[frozenset[str]] = acts.codes()

    def apply_path(self, service: ServiceDefinition) -> str:
        """First page of the form."""
        return f"/layanan/{service.slug}/ajukan/"

    def affairs(self, citizen: Citizen) -> Sequence[Affair]:
        """The citizen's cases, newest first; one statement."""
        return [_affair(case) for case in queries.open_affairs(citizen)]

    def track(self, number: str, pin: str) -> str | None:
        """Address of the tracking page. Whoever asks limits the guesses (`actions.follow` does both)."""
        try:
            return grant_url(queries.case_for_tracking(number, pin).number)
        except NotFound:
            return None

    def figures(self, today: date) -> Sequence[Figure]:
        """The day in four numbers."""
        numbers = queries.figures(clock.now())
        labels = {
            "filed_today": _("Permohonan masuk hari ini"),
            "finished_today": _("Selesai hari ini"),
            "returned_today": _("Dikembalikan hari ini"),
            "late_now": _("Lewat waktu sekarang"),
        }
        return [Figure(label, str(numbers[name])) for name, label in labels.items()]

    def run_example(self, service: ServiceDefinition, example: Example) -> Sequence[str]:
        """Form, deadline, requirements and letter; one English sentence for each difference."""
        day = example.filed_on or datetime.now(ZoneInfo(government().zone)).date()
        expect = example.expect
        try:
            answers = forms.clean_answers(service, example.answers, today=day)
        except FormErrors as refused:
            found = {name: faults[0].code for name, faults in refused.errors.items()}
            if expect.errors or expect.valid is False:
                return [] if found == expect.errors else [f"faults are {found}, expected {expect.errors}."]
            return [f"the answers are refused: {found}."]
        if expect.errors or expect.valid is False:
            return ["the answers are taken, though faults were expected."]
        return list(_differences(service, example, answers, day))

    def faults(self, service: ServiceDefinition) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """A case is decided exactly once, and nothing of a letter is done before the decision."""
        deciding = [at for at, step in enumerate(service.step) if _decides(step.act)]
        if len(deciding) != 1:
            yield ("step",), f"a case is decided exactly once; {len(deciding)} steps decide."
            return
        for at, step in enumerate(service.step[: deciding[0]]):
            if step.act in acts.codes() and CaseState.SUBMITTED not in acts.act_of(step.act).states:
                yield ("step", at, "act"), f'"{step.act}" can only follow the decision.'


def _decides(act: str) -> bool:
    return act in acts.codes() and acts.act_of(act).decides


def _affair(case: Case) -> Affair:
    state = CaseState(case.state)
    return Affair(
        title=case.title,
        number=case.number,
        state_label=str(state.label),
        tone=TONES[state],
        url=case.get_absolute_url(),
        updated_at=case.updated_at,
    )


def _differences(
    service: ServiceDefinition, example: Example, answers: dict[str, object], day: date
) -> Iterator[str]:
    expect = example.expect
    asked = tuple(each.id for each in service.requirements_for(answers, day))
    if expect.asks_for is not None and asked != expect.asks_for:
        yield f"asks for {list(asked)}, expected {list(expect.asks_for)}."
    if expect.due_in_working_days is not None:
        yield from _due_differs(service, answers, day, expect.due_in_working_days)
    if expect.letter_contains:
        text = " ".join(trial_letter_text(service, answers, day).split())
        for phrase in expect.letter_contains:
            if " ".join(phrase.split()).casefold() not in text.casefold():
                yield f'the letter does not contain "{phrase}".'


def _due_differs(
    service: ServiceDefinition, answers: dict[str, object], day: date, expected: int
) -> Iterator[str]:
    try:
        found = due_working_days(service, answers, day)
    except NoRuleInForce:
        yield f"no deadline is in force on {day}."
        return
    if found != expected:
        yield f"due in {found} working days, expected {expected}."


def can_read_file(request: HttpRequest, case_id: str) -> bool:
    """Files of a case and its letter are for the applicant and for officers of its offices."""
    citizen, officer = getattr(request, "citizen", None), getattr(request, "officer", None)
    try:
        return queries.may_read_files(citizen, officer, case_id)
    except NotFound:
        return False


def letter_published(case_id: str, letter_id: str) -> None:
    """`documents` has published the letter that a case asked for."""
    actions.letter_published(case_id=case_id, letter_id=letter_id)


def desk_link(case_id: str) -> str:
    """The officer's page of a case."""
    return f"/meja/berkas/{case_id}/"


def plug_in() -> None:
    """Fill every registry; called once, when the app is ready."""
    for name, label in access.PERMISSIONS.items():
        permissions.register(name, label)
    catalogue_engine.register(CaseEngine)
    subjects.register(SUBJECT_LABEL, link=desk_link, permissions=access.TRAYS)
    readers.register(SUBJECT_LABEL, can_read_file)
    owners.register(SUBJECT_LABEL, on_published=letter_published)
