"""Invented reports at every stage, carried there by the engine's own actions at times of the last weeks."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from balai import government
from balai.demo.engines.reports_acts import Tale, act, picture_of
from balai.demo.town.cast import cast, places, residents
from balai.demo.town.spots import Found, spot_of
from balai.demo.town.told import Told, read
from balai.engines.reports import actions
from balai.engines.reports.actions import Filing, Where, Who
from balai.engines.reports.actions.filing import NOBODY, STAGED_LABEL
from balai.engines.reports.actions.handling import HAZARD_SIGN
from balai.engines.reports.enums import Channel, Residency
from balai.engines.reports.queries import definitions, doors, finding
from balai.engines.reports.queries import places as grounds
from balai.engines.reports.rules import access
from balai.engines.reports.rules.numbers import PREFIX
from balai.kernel.case_number import RANDOM_DIGITS, make_case_number
from balai.kernel.nik import Nik
from balai.kernel.references import Subject
from balai.kernel.uuid7 import compose
from balai.people.contacts import parse_contact
from balai.people.models import Citizen, Officer
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import write_transaction

BOOK = Path(__file__).with_name("reports_told.toml")
SHOWN = ("stage", "resolve")
BY_RECEPTION = ("assign", "forward", "reject", "merge")
LABEL = "(laporan contoh)"
"""Stands in whatever is shown or exported, for nobody to mistake it."""
BETWEEN = timedelta(minutes=4)
DAYS_BACK = 45

Staff = Mapping[str, Mapping[str, Officer]]


def seed_reports(staff: Staff, citizens: Mapping[str, Citizen]) -> None:
    """Every report that is not there yet, whole or not at all; what visitors did to one stays.

    `staff` is by the code of the office.
    """
    found = definitions.current()
    if found.town is None or found.town.reception not in staff:
        return
    teller = _Teller(staff, citizens)
    for told in (*read(BOOK), *cast().report):
        if told.kind in found.offered:
            teller.tell(told)


@dataclass
class _Teller:
    """Tells one report after another; `ids` are those that are there, by key."""

    staff: Staff
    citizens: Mapping[str, Citizen]
    ids: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.town = definitions.current().here
        self.days = _working_days(self.town.reception)

    def tell(self, told: Told) -> None:
        """Once, however often the town starts; photos are kept before, as everywhere."""
        earlier = told_before(told)
        if earlier is None:
            tale = self._prepared(told)
            with _clock_at(tale.times[0]):
                _take_photos(tale)
            _tell(tale=tale)
            earlier = tale.id
        self.ids[told.key] = earlier

    def _prepared(self, told: Told) -> Tale:
        category = definitions.current().category(told.kind)
        spot = Found() if category.place == "none" else spot_of(told)
        times = self._times(told)
        place = grounds.place_of(spot.lat, spot.lon, spot.area_code, spot.road_name)
        door = doors.door_of(category, told.text, place, times[0])
        office = self.town.reception if told.answered_by_reception else door.office_code
        handler = self._officer(office, access.HANDLE) or self._officer(office, access.INVESTIGATE)
        receiver = self._officer(self.town.reception, access.TRIAGE)
        assert receiver is not None  # noqa: S101 - the cast says who receives
        citizen = None if told.citizen is None else self.citizens[residents()[told.citizen].key]
        steps = told.steps
        if handler is None:
            steps = tuple(step for step in steps if step.do in BY_RECEPTION)
        return Tale(
            told,
            _id_made_at(times[0]),
            category,
            spot,
            door,
            office,
            receiver,
            handler,
            citizen,
            steps,
            times,
            self.ids,
        )

    def _officer(self, office: str, permission: str) -> Officer | None:
        there = self.staff.get(office, {}).values()
        return next((each for each in there if each.has_permission(permission, office)), None)

    def _times(self, told: Told) -> list[datetime]:
        """When it was reported and when each step was done: in order, and none of them still to come."""
        planned = [self._time(told.days, told.at)]
        planned += [self._time(told.days - step.day, step.at) for step in told.steps]
        latest = clock.now() - BETWEEN * len(planned)
        times: list[datetime] = []
        for at, moment in enumerate(planned):
            earliest = times[-1] + timedelta(minutes=1) if times else moment
            times.append(max(earliest, min(moment, latest + BETWEEN * at)) if times else min(moment, latest))
        return times

    def _time(self, days_back: int, at: str) -> datetime:
        return datetime.combine(
            self.days[max(0, days_back)], time.fromisoformat(at), government.current().tzinfo
        )


def _working_days(office: str) -> list[date]:
    """Working days of this office, from today or the last one back."""
    calendar, day = (
        region.working_calendar(office),
        clock.now().astimezone(government.current().tzinfo).date(),
    )
    found: list[date] = []
    while len(found) < DAYS_BACK:
        if calendar.is_working_day(day):
            found.append(day)
        day -= timedelta(days=1)
    return found


def told_before(told: Told) -> UUID | None:
    """The report of an earlier start, found by its number: it was drawn from the key."""
    year = clock.now().year
    numbers = (make_case_number(PREFIX, each, _digits(told)) for each in (year, year - 1, year + 1))
    found = (finding.report_with_number(number) for number in numbers)
    return next((report.pk for report in found if report is not None), None)


def _id_made_at(moment: datetime) -> UUID:
    """What a phone makes with the form."""
    return compose(int(moment.timestamp() * 1000), secrets.randbits(74))


def _digits(told: Told) -> str:
    mark = hashlib.sha256(f"{government.current().folder}/{told.key}".encode()).hexdigest()
    return f"{int(mark, 16) % 10**RANDOM_DIGITS:0{RANDOM_DIGITS}d}"


@contextmanager
def _clock_at(moment: datetime) -> Iterator[None]:
    """The engine's clock stands at a time of the past; each question is a little later."""
    ticks = count()
    with clock.reading(lambda: moment + timedelta(milliseconds=20 * next(ticks))):
        yield


def _take_photos(tale: Tale) -> None:
    """What the reporter took, and what officers take of each stage."""
    told, face = tale.told, definitions.current().face(tale.face)
    wanted = max(tale.category.photos, face.photos if face else 0) if told.channel == "web" else 0
    staged = Subject(STAGED_LABEL, str(tale.id))
    for number in range(max(wanted, 1 if told.scene else 0)):
        tale.seen.append(picture_of(told, by=tale.reporter, owner=staged, number=number))
    for at, step in enumerate(tale.steps):
        officer = tale.handler
        if step.do in SHOWN and officer is not None:
            look = {"mended": step.do == "resolve" or step.says == "cut", "signed": step.says == HAZARD_SIGN}
            tale.shown[at] = picture_of(told, by=officer.as_actor(), owner=officer.as_subject(), **look)


@write_transaction(locks=("report", "upload"))
def _tell(*, tale: Tale) -> None:
    """The whole report in one transaction: cut off in between, it is told from the beginning next time."""
    with _clock_at(tale.times[0]):
        _file(tale)
    _let_join(tale)
    for at, step in enumerate(tale.steps):
        with _clock_at(tale.times[1 + at]):
            act(tale, at, step)


def _let_join(tale: Tale) -> None:
    """Others say so too, one after another, before anything is done."""
    filed_at, done_at = tale.times[0], tale.times[1] if len(tale.times) > 1 else clock.now()
    for number in range(tale.told.joined):
        with _clock_at(filed_at + (done_at - filed_at) * (number + 1) / (tale.told.joined + 1)):
            actions.join(by=NOBODY, report=tale.report, who=Who(), device=f"demo {tale.told.key} {number}")


def _file(tale: Tale) -> None:
    told, spot = tale.told, tale.spot
    actions.file(
        by=tale.reporter if told.channel == "web" else tale.receiver.as_actor(),
        filing=Filing(
            category=told.kind,
            text=f"{told.text} {LABEL}",
            where=Where(spot.lat, spot.lon, spot.area_code, told.near, spot.road_name),
            who=_who(told),
            uploads=tuple(tale.seen),
            face=tale.face,
        ),
        channel=Channel(told.channel),
        citizen=tale.citizen,
        id=tale.id,
        channel_note=told.channel_note,
        digits=lambda: _digits(told),
    )


def _who(told: Told) -> Who:
    """As much as this town asks of a reporter; the numbers belong to nobody."""
    town = definitions.current().here
    contact = parse_contact(f"0812345679{told.phone}") if told.phone else None
    nik = None
    if town.identity == "nik" and told.citizen is None and told.channel == "web":
        serial = int(_digits(told)) % 9000 + 100
        district = places()[0].code.rpartition(".")[0].replace(".", "")
        nik = Nik.parse(f"{district}{serial % 28 + 1:02}{serial % 12 + 1:02}{serial % 40 + 60:02}{serial:04}")
    residency = Residency.DECLARED if town.residents_only else Residency.UNSAID
    return Who(nik=nik, contact=contact, hides_name=told.hides_name, residency=residency)
