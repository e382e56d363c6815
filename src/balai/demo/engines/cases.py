"""A few applications at every stage, carried there by the engine's own actions at times of the last days."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from balai.catalogue import forms, running
from balai.catalogue.schema import Reason, ServiceDefinition
from balai.demo.town.cast import SIGNING_PASSPHRASE, Place, Resident, Tale, cast, residents
from balai.documents import actions as documents
from balai.documents import live
from balai.documents import queries as letters
from balai.documents.models import Turn
from balai.engines.cases import actions, queries
from balai.engines.cases.actions import Receipt, VerdictGiven
from balai.engines.cases.rules import checking
from balai.files import actions as files
from balai.people.models import Citizen, Officer
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.jobs import run_due

# What everybody answers where their own tale says nothing.
ANSWERS: dict[str, dict[str, Any]] = {
    "village/business-statement": {
        "business_name": "Usaha contoh",
        "business_kind": "trade",
        "business_since": "2019-03-01",
        "same_address": True,
        "purpose": "Mengajukan pinjaman modal di bank",
    },
    "village/domicile-statement": {
        "lived_since": "2015-01-01",
        "house_status": "own",
        "purpose": "Mendaftar sekolah anak",
    },
}

# How far into the working day each stage lies, and how long before now at the latest.
MINUTES = {"filed": 45, "checked": 100, "returned": 100, "initialled": 130, "decided": 170, "shelved": 230}
BEFORE_NOW = {"filed": 40, "checked": 30, "returned": 30, "initialled": 25, "decided": 20, "shelved": 10}


def seed_cases(place: Place, staff: dict[str, Officer], citizens: dict[str, Citizen]) -> None:
    """One application at each stage. Again is no error: what was cut off goes on, what visitors did stays."""
    telling = _Telling(place, staff, citizens)
    for tale in cast().tale:
        telling.tell(tale)


class _Telling:
    """Carries applications along; `days` counts working days back from now."""

    def __init__(self, place: Place, staff: dict[str, Officer], citizens: dict[str, Citizen]) -> None:
        self.place, self.staff, self.citizens = place, staff, citizens
        self.calendar = region.working_calendar(place.code)

    def tell(self, tale: Tale) -> None:
        """File it if it is not there, then do what is still to be done of its stages."""
        receipt = self._filed(tale)
        doing: dict[str, Callable[[Receipt], None]] = {
            "checked": self._checked,
            "returned": self._returned,
            "initialled": self._initialled,
            "signed": self._signed,
            "decided": self._decided,
            "shelved": self._shelved,
        }
        for stage in tale.stages:
            with self._time(tale.days, stage):
                doing[stage](_fresh(receipt))

    def _filed(self, tale: Tale) -> Receipt:
        citizen = self.citizens[tale.who]
        earlier = [case for case in queries.open_affairs(citizen) if case.service_id == tale.service]
        if earlier:
            return actions.receipt_of(citizen, earlier[-1])
        with self._time(tale.days, "filed"):
            return _file(self._resident(tale.who), citizen, self.place, tale)

    def _checked(self, receipt: Receipt) -> None:
        """Judged sound and passed on."""
        if _waits_for(receipt, "check"):
            _judge(receipt, self.staff["operator"])
            actions.forward(by=self.staff["operator"], case=receipt.case)

    def _returned(self, receipt: Receipt) -> None:
        """Sent back with two faults."""
        if _waits_for(receipt, "check"):
            _judge(receipt, self.staff["operator"], faults=2)
            actions.return_for_repair(by=self.staff["operator"], case=receipt.case)

    def _initialled(self, receipt: Receipt) -> None:
        """Read and found right by the secretary."""
        turn = _turn_at(receipt, "initial")
        if turn is not None:
            documents.initial(by=self.staff["sekretaris"], turn=turn)
        while _waits_for(_fresh(receipt), "initial") and run_due(20):
            pass

    def _signed(self, receipt: Receipt) -> None:
        """Signed with the head's demo certificate, now: it did not hold before it was made."""
        turn = _turn_at(receipt, "sign")
        if turn is not None:
            with live.started_by(live.LiveBatch.run):
                documents.begin_batch(by=self.staff["kepala"], turns=[turn], passphrase=SIGNING_PASSPHRASE)
        while _waits_for(_fresh(receipt), "sign") and run_due(20):
            pass

    def _decided(self, receipt: Receipt) -> None:
        """Approved, its letter made and numbered."""
        if _waits_for(receipt, "approve"):
            actions.approve(by=self.staff["kepala"], case=receipt.case)
        while _fresh(receipt).case.state == "approved" and run_due(20):
            pass

    def _shelved(self, receipt: Receipt) -> None:
        """Signed and ready to be fetched; a letter that a worker is still making comes next time."""
        if _waits_for(receipt, "print"):
            actions.mark_printed(by=self.staff["operator"], case=receipt.case)
            actions.shelve(by=self.staff["operator"], case=receipt.case, shelf_number="A-3")

    def _resident(self, who: str) -> Resident:
        return next(each for each in residents() if each.key == who)

    @contextmanager
    def _time(self, days: int, stage: str) -> Iterator[None]:
        """The engine's clock reads a time of that working day; a minute later at each question."""
        if stage == "signed":
            yield
            return
        minutes = MINUTES[stage]
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
    return clock.now() - timedelta(minutes=BEFORE_NOW[stage])


def _ticking(start: datetime) -> Callable[[], datetime]:
    ticks = count()
    return lambda: start + timedelta(milliseconds=50 * next(ticks))


def _file(resident: Resident, citizen: Citizen, place: Place, tale: Tale) -> Receipt:
    service = running.current().by_id(tale.service)
    uploads = {each.id: [_photo(citizen, each.title)] for each in service.uploads if not each.when}
    answers = _answers(resident, place, service, tale)
    return actions.submit(by=citizen, service=service, answers=answers, uploads=uploads)


def _answers(resident: Resident, place: Place, service: ServiceDefinition, tale: Tale) -> dict[str, Any]:
    stated = forms.prefilled(service, resident.facts(place.code))
    return forms.clean_answers(service, {**stated, **ANSWERS.get(tale.service, {}), **tale.answers})


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


def _fresh(receipt: Receipt) -> Receipt:
    """The same application as it stands now."""
    found = queries.case_by_id(receipt.case.pk)
    assert found is not None  # noqa: S101 - cases are never deleted
    return replace(receipt, case=found)


def _reason(reasons: Sequence[Reason], wanted: str) -> str:
    """The wanted reason, or the first where a town has a list of its own."""
    return next((each.code for each in reasons if each.code == wanted), reasons[0].code)


def _waits_for(receipt: Receipt, act: str) -> bool:
    """Whether this is the next thing to do, and nobody has told the tale otherwise (a second round)."""
    steps = queries.progress(receipt.case)
    return receipt.case.round == 1 and any(line.act == act and line.state == "open" for line in steps)


def _turn_at(receipt: Receipt, act: str) -> Turn | None:
    """The open turn of this kind at the application's letter, when the tale has come to it."""
    letter = letters.letter(receipt.case.letter_id) if receipt.case.letter_id else None
    if letter is None or not _waits_for(receipt, act):
        return None
    turn = letters.open_turn(letter)
    return turn if turn is not None and turn.kind == act and turn.state == "open" else None


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
                reason_code=_reason(purpose.reasons, "unclear"),
                note="Sebutkan nama bank atau lembaga yang dituju.",
            )
        )
    actions.record_verdicts(by=officer, case=case, verdicts=given)
