"""Filing an application, taking it back, and following it with a paper slip."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from balai.catalogue import actions as catalogue
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.actions import letters as making
from balai.engines.cases.actions import moving
from balai.engines.cases.actions.referring import Letters, refer
from balai.engines.cases.enums import CaseState, Channel, EventKind
from balai.engines.cases.errors import ApplicationIdRefused, IdentityTooLow, NotNow, ServiceClosed
from balai.engines.cases.models import Case, CaseFile
from balai.engines.cases.models.case import SUBJECT_LABEL
from balai.engines.cases.queries import filing as places
from balai.engines.cases.queries import finding, sheets
from balai.engines.cases.rules import delivery as ways
from balai.engines.cases.rules import filing as rules
from balai.engines.cases.rules import life
from balai.engines.cases.rules.home import HomeVisit, checked
from balai.files import actions as files
from balai.government import current as government
from balai.kernel.case_number import RANDOM_DIGITS, make_case_number
from balai.kernel.references import Subject
from balai.kernel.uuid7 import client_id_problem, uuid7
from balai.region import queries as region
from balai.runtime import clock, ratelimit
from balai.runtime.errors import NotFound, TooMany
from balai.runtime.transaction import is_open, lock, write_transaction
from balai.sync import actions as sync
from balai.work import actions as work

if TYPE_CHECKING:
    from balai.people.models import Citizen

KIND = "cases.submit"
NUMBERS_TRIED = 5
# A million PINs, ten guesses an hour: even odds take six years. A village shares one address.
GUESSES_PER_NUMBER, GUESSES_PER_ADDRESS, HOUR = 10, 100, 3600
FILED_PER_HOUR = 60
Uploads = Mapping[str, Sequence[UUID]]


@dataclass(frozen=True)
class Receipt:
    """What the applicant is given. `is_repeat`: this very application had arrived before."""

    case: Case
    number: str
    pin: str
    is_repeat: bool


def random_digits() -> str:
    """Seven digits nobody can guess."""
    return f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"


def submit(
    *,
    by: Citizen,
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Uploads | None = None,
    key: str = "",
    id: UUID | None = None,
    channel: Channel = Channel.WEB,
    draft: str = "",
    delivery: str = "",
    letters: Letters | None = None,
    home: HomeVisit | None = None,
    digits: Callable[[], str] = random_digits,
) -> Receipt:
    """File an application, once, however often it is sent.

    `answers` are stored answers that `catalogue.forms.clean_answers` has passed; `uploads` ids of staged
    uploads by requirement. `id` (a UUIDv7) and `key` are made by the client with the form: the same key of
    the same citizen, or the same id, gives the same number and PIN again and files nothing; a key must stand
    for the same content. `draft` is the kind of the draft in which it was written, forgotten with the filing.
    `delivery` is how the letter should reach her; "" leaves it to `rules.delivery`. `letters` are her own
    letters by requirement, taken by reference; `home` asks the office to come to her.

    Raises ServiceClosed, IdentityTooLow, NikNotYours (a FormErrors), AreaUnknown, OfficeNotOnline,
    RequirementMissing, FileNotAsked, LetterRefused, DeliveryRefused, DownloadNeedsProof,
    HomeVisitRefused, ApplicationIdRefused, KeyReused, FileRefused, TooMany.
    """
    if id is not None and client_id_problem(id, clock.now()) is not None:
        raise ApplicationIdRefused()
    case_id = id or uuid7()
    area_code = places.home_area(service, answers, by)
    office = places.handling_office(service, area_code)
    for left in reversed(range(NUMBERS_TRIED)):
        try:
            return _file(
                by=by,
                service=service,
                answers=answers,
                uploads=uploads or {},
                key=key or str(case_id),
                fingerprint=_mark(service, answers, uploads, delivery, letters, home) if key else "",
                case_id=case_id,
                channel=channel,
                area_code=area_code,
                office_code=office.code,
                draft=draft,
                delivery=delivery,
                letters=letters or {},
                home=checked(service, home),
                number=digits(),
            )
        except IntegrityError:
            # The number was taken by another case (1 in 10 million for each one filed this year), or the
            # id is in the database already. A joined transaction is lost and cannot be tried again.
            earlier = None if is_open() else Case.objects.filter(pk=case_id).first()
            if earlier is not None:
                return _repeat(by, earlier)
            if is_open() or not left:
                raise
    raise AssertionError("the last try returns or raises")


def _mark(
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Uploads | None,
    delivery: str,
    letters: Letters | None,
    home: HomeVisit | None,
) -> str:
    at_home = [home.reason, home.address] if home else None
    return rules.fingerprint(service, answers, uploads or {}, delivery, letters, at_home)


@write_transaction(locks=("case", "letter", "upload"))
def _file(
    *,
    by: Citizen,
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Uploads,
    key: str,
    fingerprint: str,
    case_id: UUID,
    channel: Channel,
    area_code: str,
    office_code: str,
    draft: str,
    delivery: str,
    letters: Letters,
    home: HomeVisit | None,
    number: str,
) -> Receipt:
    owner, at = by.as_subject(), clock.now()
    filed = Subject(SUBJECT_LABEL, str(case_id))
    earlier = sync.once(owner=owner, kind=KIND, key=key, fingerprint=fingerprint, result=filed)
    if draft:
        sync.discard(by=by.as_actor(), owner=owner, kind=draft, about=service.id, keep_uploads=True)
    if earlier is not None:
        return _repeat(by, Case.objects.get(pk=earlier.result.id))
    _require_may_file(by, service, answers, uploads, letters, at)
    case = _new_case(by, service, answers, case_id=case_id, at=at)
    case.delivery = ways.chosen(service, delivery, is_proven=ways.is_proven(by))
    case.number = make_case_number(service.code, _local(at).year, number)
    case.channel, case.area_code, case.office_code = channel, area_code, office_code
    if home is not None:
        case.home_reason, case.home_address = home.reason, home.address
    case.save(force_insert=True)
    _attach(case, by, uploads, round=1)
    refer(case, by=by, asked=service.requirement, letters=letters, round=1)
    _start(case, service, by, at)
    return Receipt(case=case, number=case.number, pin=rules.pin_of(case.pk), is_repeat=False)


def _require_may_file(
    by: Citizen,
    service: ServiceDefinition,
    answers: Mapping[str, Any],
    uploads: Uploads,
    letters: Letters,
    at: datetime,
) -> None:
    # Counted in what was filed: a count beside it would be a second write for each application.
    hour_ago = at - timedelta(seconds=HOUR)
    if finding.filed_at_least(by, FILED_PER_HOUR, hour_ago):
        first = finding.filed_since(by, hour_ago, most=FILED_PER_HOUR)[-1]
        raise TooMany(retry_after=HOUR - int((at - first).total_seconds()))
    day = _local(at).date()
    if not service.is_open_on(day):
        raise ServiceClosed()
    if not by.identity_level.reaches(service.identity):
        raise IdentityTooLow()
    rules.require_own_nik(service, answers, by.nik.clear)
    rules.require_files(service.requirements_for(answers, day), uploads, letters)


def _new_case(
    by: Citizen, service: ServiceDefinition, answers: Mapping[str, Any], *, case_id: UUID, at: datetime
) -> Case:
    sealed: Any = dict(answers)
    return Case(
        id=case_id,
        service_id=service.id,
        slug=service.slug,
        title=service.title,
        definition=catalogue.snapshot(service=service),
        applicant=by,
        applicant_label=rules.applicant_label(service, answers, by.name),
        answers=sealed,
        pin_hash=rules.pin_hash(case_id, rules.pin_of(case_id)),
        filed_at=at,
        updated_at=at,
    )


def _attach(case: Case, by: Citizen, uploads: Uploads, *, round: int) -> None:
    """Make the files the case's own and say which requirement each answers."""
    rows = [
        CaseFile(case=case, requirement_id=name, upload_id=upload_id, round=round)
        for name, ids in uploads.items()
        for upload_id in ids
    ]
    if rows:
        files.attach(by=by.as_actor(), ids=[row.upload_id for row in rows], to=case.as_subject())
        CaseFile.objects.bulk_create(rows)


def _start(case: Case, service: ServiceDefinition, by: Citizen, at: datetime) -> None:
    """The lawful time runs, the first step is open, and it is told."""
    duration = rules.lawful_time(service, case.answers.clear, _local(at).date())
    due_at = duration.due(region.working_calendar(case.office_code), at)
    subject, actor = case.as_subject(), by.as_actor()
    work.start_clock(
        by=actor,
        subject=subject,
        name=sheets.CLOCK,
        duration=duration,
        office_code=case.office_code,
        at=at,
        due_at=due_at,
    )
    moving.open_ready_steps(case, service, by=actor, at=at, due_at=due_at, is_new=True)
    moving.tell(
        case,
        EventKind.SUBMITTED,
        by=actor,
        at=at,
        text=_("Permohonan diterima."),
        data={"service": case.service_id, "definition": case.definition_hash, "channel": str(case.channel)},
    )


def receipt_of(citizen: Citizen, case: Case) -> Receipt:
    """Number and PIN again, for the applicant herself; NotFound for anybody else."""
    if case.applicant_id != citizen.pk:
        raise NotFound(case.number)
    return Receipt(case=case, number=case.number, pin=rules.pin_of(case.pk), is_repeat=True)


def _repeat(by: Citizen, case: Case) -> Receipt:
    if case.applicant_id != by.pk:
        raise ApplicationIdRefused()
    return receipt_of(by, case)


@write_transaction(locks=("case", "letter", "turn", "number"))
def withdraw(*, by: Citizen, case: Case) -> Case:
    """The applicant takes the application back, as long as nobody has decided.

    NotFound, NotNow, BeingSigned while her letter is being signed.
    """
    case, at = lock(case), clock.now()
    if case.applicant_id != by.pk:
        raise NotFound(case.number)
    if case.state not in life.UNDECIDED:
        raise NotNow(state=case.state_label)
    actor = by.as_actor()
    making.withdraw_letter(case, by=actor, reason=_("Permohonan ditarik kembali"))
    moving.enter(case, CaseState.WITHDRAWN, at)
    moving.cancel_steps(case, by=actor, at=at, outcome="withdrawn")
    work.stop_clock(by=actor, subject=case.as_subject(), at=at)
    moving.tell(
        case, EventKind.WITHDRAWN, by=actor, at=at, text=_("Permohonan ditarik kembali oleh pemohon.")
    )
    moving.keep(case, at)
    return case


def follow(*, number: str, pin: str, address: str) -> Case:
    """The case on a paper slip, with guessing limited for each number and each address.

    Raises TooMany, or NotFound whatever of the two is wrong.
    """
    ratelimit.hit("cases.follow.address", address, limit=GUESSES_PER_ADDRESS, seconds=HOUR)
    canonical = finding.canonical_number(number)  # one number is one bucket, however it is typed
    ratelimit.hit("cases.follow.number", canonical, limit=GUESSES_PER_NUMBER, seconds=HOUR)
    return finding.case_for_tracking(canonical, pin)


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(government().zone))
