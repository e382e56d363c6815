"""A few applications at every stage, carried there by the engine's own actions at times of the last days."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from balai.catalogue import forms, running
from balai.catalogue.schema import ServiceDefinition
from balai.demo.town.cast import RESIDENTS, Place, Resident
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Receipt, VerdictGiven
from balai.engines.cases.rules import checking
from balai.files import actions as files
from balai.people.models import Citizen, Officer
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.jobs import run_due

BUSINESS = {
    "business_name": "Warung Bu Siti",
    "business_kind": "trade",
    "business_since": "2019-03-01",
    "same_address": True,
    "purpose": "Mengajukan pinjaman modal di bank",
}
RESIDENCE = {"lived_since": "2015-01-01", "house_status": "own", "purpose": "Mendaftar sekolah anak"}
PLACE_NAMES = {
    "rina": "Jahit Rina",
    "agus": "Ternak Ayam Widodo",
    "wati": "Toko Sulastri",
    "joko": "Bengkel Joko",
    "lestari": "Kue Dewi",
    "budi": "Sayur Budi",
}


def seed_cases(place: Place, staff: dict[str, Officer], citizens: dict[str, Citizen]) -> None:
    """One application at each stage; Siti has none, so that she can be the first to try."""
    if any(queries.open_affairs(citizen) for citizen in citizens.values()):
        return
    telling = _Telling(place, staff, citizens)
    telling.waits_for_check("rina", "village/business-statement", days=3)
    telling.waits_for_check("budi", "village/domicile-statement", days=0)
    telling.waits_for_head("agus", "village/business-statement", days=1)
    telling.returned("wati", "village/business-statement", days=1)
    telling.waits_for_print("joko", "village/business-statement", days=1)
    telling.waits_on_shelf("lestari", "village/domicile-statement", days=1)


class _Telling:
    """Carries applications along; `days` counts working days back from now."""

    def __init__(self, place: Place, staff: dict[str, Officer], citizens: dict[str, Citizen]) -> None:
        self.place, self.staff, self.citizens = place, staff, citizens
        self.calendar = region.working_calendar(place.code)

    def waits_for_check(self, who: str, service_id: str, *, days: int) -> Receipt:
        """Just filed."""
        with self._time(days, "filed"):
            return _file(self._resident(who), self.citizens[who], self.place, service_id)

    def waits_for_head(self, who: str, service_id: str, *, days: int) -> Receipt:
        """Judged sound and passed on."""
        receipt = self.waits_for_check(who, service_id, days=days)
        with self._time(days, "checked"):
            _judge(receipt, self.staff["operator"])
            actions.forward(by=self.staff["operator"], case=receipt.case)
        return receipt

    def returned(self, who: str, service_id: str, *, days: int) -> Receipt:
        """Sent back with two faults."""
        receipt = self.waits_for_check(who, service_id, days=days)
        with self._time(days, "checked"):
            _judge(receipt, self.staff["operator"], faults=2)
            actions.return_for_repair(by=self.staff["operator"], case=receipt.case)
        return receipt

    def waits_for_print(self, who: str, service_id: str, *, days: int) -> Receipt:
        """Approved, its letter made and numbered."""
        receipt = self.waits_for_head(who, service_id, days=days)
        with self._time(days, "decided"):
            actions.approve(by=self.staff["kepala"], case=receipt.case)
            run_due(20)
        return receipt

    def waits_on_shelf(self, who: str, service_id: str, *, days: int) -> Receipt:
        """Signed and ready to be fetched."""
        receipt = self.waits_for_print(who, service_id, days=days)
        with self._time(days, "shelved"):
            actions.mark_printed(by=self.staff["operator"], case=receipt.case)
            actions.shelve(by=self.staff["operator"], case=receipt.case, shelf_number="A-3")
        return receipt

    def _resident(self, who: str) -> Resident:
        return next(each for each in RESIDENTS if each.key == who)

    @contextmanager
    def _time(self, days: int, stage: str) -> Iterator[None]:
        """The engine's clock reads a time of that working day; a minute later at each question."""
        minutes = {"filed": 45, "checked": 100, "decided": 170, "shelved": 230}[stage]
        opening = self._opening(days)
        moment = min(self.calendar.add_minutes(opening, minutes), _wall_now(stage))
        with clock.reading(_ticking(moment)):
            yield

    def _opening(self, days: int) -> datetime:
        """The morning of the working day that lies `days` working days back."""
        moment = clock.now() - timedelta(hours=1)
        found = -1
        while True:
            start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            opening = self.calendar.next_open(start)
            if opening <= moment:
                found += 1
                if found == days:
                    return opening
            moment = start - timedelta(seconds=1)


def _wall_now(stage: str) -> datetime:
    """Nothing happens in the future, and later stages stay later."""
    order = {"filed": 40, "checked": 30, "decided": 20, "shelved": 10}[stage]
    return clock.now() - timedelta(minutes=order)


def _ticking(start: datetime) -> Callable[[], datetime]:
    ticks = count()
    return lambda: start + timedelta(milliseconds=50 * next(ticks))


def _file(resident: Resident, citizen: Citizen, place: Place, service_id: str) -> Receipt:
    service = running.current().by_id(service_id)
    uploads = {each.id: [_photo(citizen, each.title)] for each in service.uploads if not each.when}
    answers = _answers(resident, place, service)
    return actions.submit(by=citizen, service=service, answers=answers, uploads=uploads)


def _answers(resident: Resident, place: Place, service: ServiceDefinition) -> dict[str, Any]:
    stated = forms.prefilled(service, resident.facts(place.code))
    extra = {**BUSINESS, **RESIDENCE, "business_name": PLACE_NAMES.get(resident.key, "Usaha contoh")}
    asked = {name: value for name, value in extra.items() if name in service.field_by_id}
    return forms.clean_answers(service, {**stated, **asked})


def _photo(citizen: Citizen, title: str) -> UUID:
    """A drawn picture that says that it is an example."""
    picture = Image.new("RGB", (960, 720), "#d9c7a3")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((140, 260, 820, 640), fill="#7a3e22")
    pen.polygon([(90, 270), (480, 90), (870, 270)], fill="#1b3a5c")
    pen.rectangle((410, 420, 550, 640), fill="#fbf8f2")
    pen.text((360, 320), "CONTOH / DEMO", fill="#ffffff", font_size=34)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    file = SimpleUploadedFile("contoh.jpg", content.getvalue(), "image/jpeg")
    upload = files.store(by=citizen.as_actor(), owner=citizen.as_subject(), file=file, allow="photo")
    return upload.pk


def _judge(receipt: Receipt, officer: Officer, *, faults: int = 0) -> None:
    case = receipt.case
    service = queries.definition_of(case)
    lines = queries.check_lines(case, service)
    given = [VerdictGiven(line.target, is_ok=True) for line in lines if line.needed]
    if faults:
        photo = next(line for line in lines if line.uploads)
        purpose = next(line for line in lines if line.target == checking.field("purpose"))
        given = [each for each in given if each.target != photo.target]
        given.append(VerdictGiven(photo.target, is_ok=False, reason_code=photo.reasons[0].code))
        given.append(
            VerdictGiven(
                purpose.target,
                is_ok=False,
                reason_code=purpose.reasons[0].code,
                note="Sebutkan nama bank atau lembaga yang dituju.",
            )
        )
    actions.record_verdicts(by=officer, case=case, verdicts=given)
