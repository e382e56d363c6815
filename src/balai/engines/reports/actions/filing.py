"""A report comes in: filed by somebody without an account, by a citizen, or entered by an officer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from balai import government
from balai.engines.reports.actions import calling, moving
from balai.engines.reports.actions.moving import TRIAGE
from balai.engines.reports.enums import (
    Channel,
    ClockName,
    EventKind,
    EvidenceRole,
    ReportKind,
    ReportState,
    Residency,
    Visibility,
)
from balai.engines.reports.errors import (
    IdentityMissing,
    PhotosMissing,
    PlaceMissing,
    PlaceOutside,
    ReportIdRefused,
    ResidentsOnly,
    TextMissing,
    TextTooLong,
)
from balai.engines.reports.models import Evidence, Identity, Report, SearchText, Voice
from balai.engines.reports.models.report import SUBJECT_LABEL
from balai.engines.reports.queries import definitions, places
from balai.engines.reports.rules import numbers
from balai.engines.reports.rules.categories import Category
from balai.engines.reports.rules.searching import plain
from balai.files import actions as files
from balai.kernel import geo
from balai.kernel.case_number import make_case_number
from balai.kernel.errors import ValueRefused
from balai.kernel.nik import Nik
from balai.kernel.references import Actor, Subject
from balai.kernel.text import clean_text
from balai.kernel.uuid7 import client_id_problem, uuid7
from balai.people.contacts import Contact, nik_hash
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash
from balai.runtime.redaction import redact
from balai.runtime.transaction import is_open, write_transaction
from balai.sync import actions as sync

if TYPE_CHECKING:
    from balai.people.models import Citizen

KIND = "reports.file"
NUMBERS_TRIED = 5
NOBODY = Actor("citizen", "", "Warga")
STAGED_LABEL = "reports.staged"
WRITTEN = (Channel.SMS, Channel.WHATSAPP, Channel.EMAIL)
"""Messages that people write: nothing can be asked for before they are taken."""


@dataclass(frozen=True)
class Who:
    """What a reporter says of herself. `nik` is checked in form only: it proves nothing (reference §2.2).

    `hides_name` (anonim): kept for the reception, hidden from public and agency.
    """

    nik: Nik | None = None
    name: str = ""
    contact: Contact | None = None
    residency: Residency = Residency.UNSAID
    hides_name: bool = False


@dataclass(frozen=True)
class Where:
    """A point, or a village with something that people know near by, or both."""

    lat: float | None = None
    lon: float | None = None
    area_code: str = ""
    note: str = ""
    road_name: str = ""


@dataclass(frozen=True)
class Filing:
    """Everything that is sent. `uploads` are staged files that belong to `Subject(STAGED_LABEL, id)`."""

    category: str
    text: str
    where: Where = Where()
    who: Who = Who()
    secret: bool = False
    happened_on: date | None = None
    uploads: Sequence[UUID] = field(default=())
    face: str = ""
    kind: ReportKind | None = None


class Taken(NamedTuple):
    """Where the device was when a file was attached, and how far that is from the report's place."""

    lat: float | None = None
    lon: float | None = None
    metres: int | None = None


@dataclass(frozen=True)
class Receipt:
    """What the reporter is given. `is_repeat`: this very report had arrived before."""

    report: Report
    number: str
    pin: str
    is_repeat: bool


def file(
    *,
    by: Actor,
    filing: Filing,
    channel: Channel,
    citizen: Citizen | None = None,
    id: UUID | None = None,
    filed_at: datetime | None = None,
    channel_note: str = "",
    device: str = "",
    digits: Callable[[], str] = numbers.random_digits,
) -> Receipt:
    """File a report, once, however often it is sent.

    `id` (a UUIDv7) is made by the client with the form; the same id with the same content gives the same
    number and PIN again. `filed_at` is when an officer received it on paper or by radio, else now. `device`
    is any stable text of the sending browser.

    Raises CategoryUnknown, TextMissing, TextTooLong, PlaceMissing, PlaceOutside, PhotosMissing,
    IdentityMissing, ResidentsOnly, ReportIdRefused, KeyReused, FileRefused.
    """
    now = clock.now()
    if id is not None and client_id_problem(id, now) is not None:
        raise ReportIdRefused()
    report_id = id or uuid7()
    category = definitions.current().category(filing.category)
    text = _text(filing.text)
    place = places.place_of(
        filing.where.lat, filing.where.lon, filing.where.area_code, filing.where.road_name
    )
    _require(category, filing, place, channel, citizen)
    report = _new(report_id, category, filing, text, place, channel=channel, at=filed_at or now)
    report.updated_at, report.channel_note = max(now, report.filed_at), channel_note[:200]
    mark = numbers.fingerprint(filing=filing, category=category.slug)
    for left in reversed(range(NUMBERS_TRIED)):
        year = moving.local(report.filed_at).year
        report.number = make_case_number(numbers.PREFIX, year, digits())
        try:
            return _file(by=by, report=report, filing=filing, citizen=citizen, device=device, mark=mark)
        except IntegrityError:
            # The number was taken by another report; a joined transaction is lost and cannot be tried again.
            if is_open() or not left:
                raise
    raise AssertionError("the last try returns or raises")


@write_transaction(locks=("upload",))
def _file(
    *, by: Actor, report: Report, filing: Filing, citizen: Citizen | None, device: str, mark: str
) -> Receipt:
    filed = Subject(SUBJECT_LABEL, str(report.pk))
    earlier = sync.once(owner=filed, kind=KIND, key=str(report.pk), fingerprint=mark, result=filed)
    if earlier is not None:
        known = Report.objects.get(pk=report.pk)
        return Receipt(known, known.number, numbers.pin_of(first_voice_id(known)), is_repeat=True)
    at = report.filed_at
    report.save(force_insert=True)
    voice = add_voice(report, filing.who, citizen=citizen, device=device, at=at, is_first=True)
    staged = Subject(STAGED_LABEL, str(report.pk))
    attach(report, filing.uploads, EvidenceRole.REPORTED, by=by, at=at, owner=staged)
    index(report)
    moving.start_clocks(report, "filed", by=by, at=at, is_new=True)
    due_at = moving.due_of(report, ClockName.ACKNOWLEDGE, at)
    moving.open_item(report, TRIAGE, by=by, at=at, due_at=due_at)
    facts = {"category": report.category, "channel": str(report.channel), "face": report.face}
    moving.tell(
        report, EventKind.FILED, by=by, at=at, text=_("Laporan diterima."), automatic=True, data=facts
    )
    moving.tell_voices(report, "filed", mark="0")
    calling.call_reception(report, by=by)
    return Receipt(report, report.number, numbers.pin_of(voice.pk), is_repeat=False)


def index(report: Report) -> None:
    """Let the words that everybody may read be found; of a secret report nothing is kept."""
    if report.visibility == Visibility.PUBLIC:
        SearchText.objects.create(report=report, words=plain(report.title, report.public_text))


def first_voice_id(report: Report) -> UUID:
    """The voice of whoever filed it."""
    found: UUID = Voice.objects.values_list("pk", flat=True).get(report=report, is_first=True)
    return found


def add_voice(
    report: Report,
    who: Who,
    *,
    citizen: Citizen | None,
    device: str,
    at: datetime,
    is_first: bool = False,
    note: str = "",
) -> Voice:
    """One person behind the report, and what she said of herself in its own table."""
    voice = Voice(
        report=report,
        citizen=citizen,
        is_first=is_first,
        hides_name=who.hides_name,
        device_hash=lookup_hash(device, context="reports.device") if device else "",
        note=note or None,
        at=at,
    )
    voice.pin_hash = numbers.pin_hash(report.pk, numbers.pin_of(voice.pk))
    while not is_first and Voice.objects.filter(report=report, pin_hash=voice.pin_hash).exists():
        # Six digits are few for a report of thousands.
        voice.pk = uuid7()
        voice.pin_hash = numbers.pin_hash(report.pk, numbers.pin_of(voice.pk))
    voice.save(force_insert=True)
    if who.nik or who.name or who.contact:
        Identity.objects.create(
            voice=voice,
            nik=who.nik.text if who.nik else None,
            nik_hash=nik_hash(who.nik.text) if who.nik else "",
            name=who.name or None,
            contact_kind=who.contact.kind if who.contact else "",
            contact=who.contact.value if who.contact else None,
            residency=who.residency,
        )
    return voice


def attach(
    report: Report,
    uploads: Sequence[UUID],
    role: EvidenceRole,
    *,
    by: Actor,
    at: datetime,
    owner: Subject | None = None,
    stage: str = "",
    taken: Taken | None = None,
    is_looked_at: bool = True,
) -> None:
    """Make staged files evidence of the report; pictures of a public report are public with it.

    What comes while everybody reads the report already is shown once an officer has looked at it
    (`triage.edit_public`).
    """
    if not uploads:
        return
    files.attach(by=by, ids=uploads, to=report.as_subject(), owner=owner)
    pictures = places.pictures_among(uploads)
    shown = is_looked_at and report.visibility == Visibility.PUBLIC
    Evidence.objects.bulk_create(
        Evidence(
            report=report,
            upload_id=each,
            role=role,
            round=report.reopened,
            is_picture=each in pictures,
            is_public=shown and each in pictures,
            stage=stage,
            at=at,
            **(taken or Taken())._asdict(),
        )
        for each in uploads
    )


def _text(text: str) -> str:
    try:
        cleaned = clean_text(text, multiline=True)
    except ValueRefused:
        raise TextMissing() from None
    if len(cleaned) < numbers.SHORTEST_TEXT:
        raise TextMissing()
    if len(cleaned) > numbers.LONGEST_TEXT:
        raise TextTooLong(most=numbers.LONGEST_TEXT)
    return cleaned


def _require(
    category: Category, filing: Filing, place: places.Found, channel: Channel, citizen: Citizen | None
) -> None:
    """What a citizen is asked for; what an officer hears by radio, and what is written, is taken as it is."""
    town = definitions.current().here
    if place.is_outside:
        raise PlaceOutside(town=government.current().name)
    if channel in WRITTEN:
        return
    if category.place == "point" and not (place.cell or (place.area_code and filing.where.note)):
        raise PlaceMissing()
    if category.place == "village" and not place.area_code:
        raise PlaceMissing()
    if channel not in (Channel.WEB, Channel.API):
        return
    face = definitions.current().face(filing.face)
    wanted = max(category.photos, face.photos if face else 0)
    if len(filing.uploads) < wanted:
        raise PhotosMissing(count=wanted)
    if category.kind == ReportKind.WHISTLE:
        return  # whoever tells of an officer is asked for no name anywhere
    has_name = citizen is not None or filing.who.nik is not None
    has_contact = has_name or filing.who.contact is not None
    if (town.identity == "nik" and not has_name) or (town.identity == "phone" and not has_contact):
        raise IdentityMissing()
    if town.residents_only and filing.who.residency == Residency.ELSEWHERE:
        raise ResidentsOnly(town=government.current().name)


def _new(
    report_id: UUID,
    category: Category,
    filing: Filing,
    text: str,
    place: places.Found,
    *,
    channel: Channel,
    at: datetime,
) -> Report:
    town = definitions.current().here
    kind = category.kind if category.kind == ReportKind.WHISTLE else filing.kind or category.kind
    is_secret = filing.secret or category.secret
    office = town.inspectorate if kind == ReportKind.WHISTLE else town.reception
    row = Report(
        id=report_id,
        category=category.slug,
        kind=kind,
        title=category.title if is_secret else redact(numbers.title_of(text, category.title)),
        words=text,
        public_text="" if is_secret else redact(text),
        visibility=Visibility.SECRET if is_secret else Visibility.PUBLIC,
        channel=channel,
        face=filing.face,
        state=ReportState.RECEIVED,
        reception_code=office,
        office_code=office,
        area_code=place.area_code,
        place_note=redact(filing.where.note.strip())[:200],
        road_name=place.road_name[:120],
        road_status=place.road_status,
        in_charge_by=place.source[:200],
        happened_on=filing.happened_on,
        filed_at=at,
    )
    if place.cell:
        row.lat, row.lon, row.cell = filing.where.lat, filing.where.lon, place.cell
    return row


def distance_m(report: Report, lat: float | None, lon: float | None) -> int | None:
    """Metres from the report's place; None where either is not known."""
    if lat is None or lon is None or report.lat is None or report.lon is None:
        return None
    return round(geo.distance_m(report.lat, report.lon, lat, lon))
