"""The plug into the packages below: what portal, desk, work, files and documents may ask this engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from balai.catalogue import engine as catalogue_engine
from balai.catalogue import forms
from balai.catalogue.engine import Affair, Figure, Tone
from balai.catalogue.forms import FormErrors
from balai.catalogue.schema import Example, ServiceDefinition, Step
from balai.documents import owners
from balai.documents.enums import News
from balai.documents.permissions import INITIAL, SIGN
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import acts
from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case
from balai.engines.cases.models.case import SUBJECT_LABEL
from balai.engines.cases.rules import access, delivery, home, life
from balai.engines.cases.rules.filing import lawful_time
from balai.engines.cases.rules.messages import NEWS, STATUS_WORDS
from balai.engines.cases.views.tracking import grant_url
from balai.files import readers
from balai.notify import replies
from balai.people import permissions
from balai.people.enums import IdentityLevel
from balai.people.today import local_today
from balai.region import queries as region
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
    CaseState.READY: "done",
    CaseState.CLOSED: "done",
    CaseState.REPLACING: "waiting",
    CaseState.REJECTED: "neutral",
    CaseState.OBJECTED: "waiting",
    CaseState.WITHDRAWN: "neutral",
    CaseState.EXPIRED: "neutral",
}

PERMISSION_OF_TURN = {"initial": INITIAL, "sign": SIGN}
PERMISSION_OF_ACT = {"attest": access.ATTEST, "recommend": access.RECOMMEND, "visit": access.VISIT}
RESERVED = frozenset({home.STEP.id, "objection"})
PRODUCT_OF_ACT = {
    "print": ("letter",),
    "make": ("card", "certificate"),
    "hand_over": ("letter", "card", "certificate"),
}


class CaseEngine(catalogue_engine.Engine):
    """Applications that end in a decision."""

    code: ClassVar[str] = "cases"
    acts: ClassVar[frozenset[str]] = acts.codes()
    news: ClassVar[frozenset[str]] = NEWS

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
        day = [Figure(label, str(numbers[name])) for name, label in labels.items()]
        return [*day, *_returns_figure()]

    def run_example(self, service: ServiceDefinition, example: Example) -> Sequence[str]:
        """What only this engine knows: the deadline on a real calendar, and steps that lead to an end.

        The catalogue walks form, requirements and letter itself; answers that it refuses have no case.
        """
        day = example.filed_on or local_today()
        try:
            answers = forms.clean_answers(service, example.answers, today=day)
        except FormErrors:
            return ()
        return [*_due_differs(service, answers, day, example), *_steps_that_never_open(service, answers, day)]

    def faults(self, service: ServiceDefinition) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """A case is decided exactly once, and nothing of a letter is done before the decision."""
        yield from _signing_faults(service)
        yield from _delivery_faults(service)
        yield from _step_faults(service)
        deciding = [at for at, step in enumerate(service.step) if _decides(step.act)]
        if len(deciding) != 1:
            yield ("step",), f"a case is decided exactly once; {len(deciding)} steps decide."
            return
        for at, step in enumerate(service.step[: deciding[0]]):
            if step.act in acts.codes() and CaseState.SUBMITTED not in acts.act_of(step.act).states:
                yield ("step", at, "act"), f'"{step.act}" can only follow the decision.'


def _returns_figure() -> Iterator[Figure]:
    """How often an application comes back: of those that ended in the last 30 days, returns by cases."""
    found = queries.returns_per_case(clock.now())
    if found is not None:
        value = f"{found:.2f}".replace(".", ",")
        note = _("rata-rata kali dikembalikan, dari semua permohonan yang selesai 30 hari terakhir")
        yield Figure(_("Dikembalikan per permohonan"), value, note)


def _decides(act: str) -> bool:
    return act in acts.codes() and acts.act_of(act).decides


def _signing_faults(service: ServiceDefinition) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The turns at a certified letter stand together behind a check, and end with one signature."""
    turns = [at for at, step in enumerate(service.step) if _turn(step.act)]
    kinds = [_turn(service.step[at].act) for at in turns]
    if service.output.signature != "certified":
        for at in turns:
            yield (
                ("step", at, "act"),
                f'"{service.step[at].act}" needs an output with signature = "certified".',
            )
        return
    if kinds.count("sign") != 1 or kinds[-1] != "sign":
        yield ("step",), 'the turns at a certified letter end with one step "sign".'
    elif turns[0] == 0 or turns != list(range(turns[0], turns[-1] + 1)):
        yield ("step", turns[0]), "the turns at a letter stand together, behind a step that checks."
    for at, kind in zip(turns, kinds, strict=True):
        if service.step[at].permission != PERMISSION_OF_TURN[kind]:
            yield ("step", at, "permission"), f'a step "{kind}" is opened by "{PERMISSION_OF_TURN[kind]}".'


def _delivery_faults(service: ServiceDefinition) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Whoever downloads waits for no shelf, and somebody must be allowed to."""
    ways = service.output.delivery
    if "download" not in ways:
        return
    for at, step in enumerate(service.step):
        if step.act in ("print", "hand_over") and step.delivery != "pickup":
            yield ("step", at), f'"{step.act}" needs delivery = "pickup" where the letter may be downloaded.'
    if "pickup" not in ways and service.identity != "counter_proven":
        yield ("output",), 'who is not proven at a counter cannot download: offer "pickup" beside it.'


def _step_faults(service: ServiceDefinition) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """An act is done where and by whom it can be, and for a product that it makes."""
    facts = {spec.fact for spec in service.fields}
    for at, step in enumerate(service.step):
        wanted = PERMISSION_OF_ACT.get(step.act)
        if wanted and step.permission != wanted:
            yield ("step", at, "permission"), f'a step "{step.act}" is opened by "{wanted}".'
        if step.id in RESERVED:
            yield ("step", at, "id"), f'"{step.id}" is the id of a step that opens by itself.'
        if step.office == "rt" and step.act != "attest":
            yield ("step", at, "office"), 'at an RT there is nothing but "attest".'
        if step.office == "rt" and not {"rt", "rw", "area_code"} <= facts:
            yield (
                ("step", at, "office"),
                'office "rt" needs questions with the facts rt, rw and area_code.',
            )
        if step.report is not None and step.act != "visit":
            yield ("step", at, "report"), 'only a step "visit" has a report.'
        product = PRODUCT_OF_ACT.get(step.act)
        if product and service.output.kind not in product:
            yield ("step", at, "act"), f'"{step.act}" needs an output of kind {" or ".join(product)}.'


def _turn(act: str) -> str:
    return acts.act_of(act).turn if act in acts.codes() else ""


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


def _due_differs(
    service: ServiceDefinition, answers: Mapping[str, Any], day: date, example: Example
) -> Iterator[str]:
    """Filed when the office opens, counted on its calendar."""
    expected = example.expect.due_in_working_days
    if expected is None:
        return
    calendar = region.working_calendar()
    filed_at = calendar.next_open(datetime.combine(day, time(), calendar.tzinfo))
    due_at = lawful_time(service, answers, day).due(calendar, filed_at)
    found = calendar.days_between(filed_at, due_at)
    if found != expected:
        yield f"due in {found} working days, expected {expected}."


def _steps_that_never_open(
    service: ServiceDefinition, answers: Mapping[str, Any], day: date
) -> Iterator[str]:
    for way in delivery.offered(service):
        yield from _never_open_for(service.steps_for(answers, day, way))


def _never_open_for(steps: Sequence[Step]) -> Iterator[str]:
    done = set[str]()
    while ready := life.steps_ready(steps, done=done, open=()):
        done |= {step.id for step in ready}
    for step in steps:
        if step.id not in done:
            yield f'the step "{step.id}" never opens.'
    if not any(_decides(step.act) for step in steps):
        yield "with these answers nobody decides."


def can_read_file(request: HttpRequest, case_id: str) -> bool:
    """Files of a case are for the applicant and for officers of its offices."""
    citizen, officer = getattr(request, "citizen", None), getattr(request, "officer", None)
    try:
        return queries.may_read_files(citizen, officer, case_id)
    except NotFound:
        return False


def can_read_letter(request: HttpRequest, case_id: str) -> bool:
    """The same for its letter, but nobody gets a person's letter before an officer has seen her card.

    An officer who handles a case that refers to the letter reads it too.
    """
    citizen = getattr(request, "citizen", None)
    is_proven = citizen is None or citizen.identity_level.reaches(IdentityLevel.COUNTER_PROVEN)
    if is_proven and can_read_file(request, case_id):
        return True
    officer = getattr(request, "officer", None)
    return officer is not None and queries.may_read_as_referred(officer, case_id)


def letter_published(case_id: str, letter_id: str) -> None:
    """`documents` has published the letter that a case asked for."""
    actions.letter_published(case_id=case_id, letter_id=letter_id)


def letter_news(case_id: str, letter_id: str, news: News, turn_id: str) -> None:
    """What else became of a letter; each may be said again."""
    if news is News.INITIALLED:
        actions.letter_initialled(case_id=case_id, letter_id=letter_id)
    elif news in (News.REFUSED, News.VOIDED):
        actions.letter_stopped(case_id=case_id, letter_id=letter_id, turn_id=turn_id)
    elif news is News.REVOKED:
        actions.letter_revoked(case_id=case_id, letter_id=letter_id)


def description(case_id: str) -> owners.Description:
    """What whoever initials and signs reads about the case beside the letter."""
    case = queries.case_by_id(case_id)
    if case is None:
        return owners.Description()
    shown = forms.shown_answers(queries.definition_of(case), case.answers.clear)
    facts = [(row.label, row.text) for row in shown if row.field == "purpose"]
    applicant = (_("Pemohon"), f"{case.applicant_label}, {region.area_path(case.area_code)}")
    return owners.Description(number=case.number, url=desk_link(case_id), facts=(applicant, *facts))


def desk_link(case_id: str) -> str:
    """The officer's page of a case."""
    return f"/meja/berkas/{case_id}/"


def plug_in() -> None:
    """Fill every registry; called once, when the app is ready."""
    for name, label in access.PERMISSIONS.items():
        permissions.register(name, label)
    catalogue_engine.register(CaseEngine)
    subjects.register(
        SUBJECT_LABEL,
        link=desk_link,
        permissions=access.TRAYS,
        on_item_due=actions.step_due,
        on_clock_late=actions.service_late,
    )
    readers.register(SUBJECT_LABEL, can_read_file)
    replies.register("cases.status", answer=actions.answer_status, words=STATUS_WORDS)
    owners.register(
        SUBJECT_LABEL,
        on_published=letter_published,
        on_news=letter_news,
        may_read=can_read_letter,
        describe=description,
    )
