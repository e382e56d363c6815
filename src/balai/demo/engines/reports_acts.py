"""What is done with an invented report, one act after another, by whoever may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from balai.demo.town.pictures import picture
from balai.demo.town.spots import Found
from balai.demo.town.told import Step, Told
from balai.engines.reports import actions
from balai.engines.reports.actions import Proof
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import Verdict
from balai.engines.reports.queries import definitions, finding
from balai.engines.reports.queries.doors import Door
from balai.engines.reports.rules.categories import Category
from balai.files import actions as files
from balai.kernel.references import Actor, Subject
from balai.people.models import Citizen, Officer
from balai.threads import actions as threads
from balai.threads.enums import Audience

NEAR_THE_PLACE = 0.00008  # some nine metres, as a phone measures


@dataclass
class Tale:
    """One report while it is told: who has a part in it, when what happens, and the photos of it."""

    told: Told
    id: UUID
    category: Category
    spot: Found
    door: Door
    office: str
    receiver: Officer
    handler: Officer | None
    citizen: Citizen | None
    steps: Sequence[Step]
    times: Sequence[datetime]
    known: Mapping[str, UUID]
    seen: list[UUID] = field(default_factory=list)
    shown: dict[int, UUID] = field(default_factory=dict)

    @property
    def report(self) -> Any:
        """The report as it stands now."""
        return finding.report_by_id(self.id)

    @property
    def worker(self) -> Officer:
        """Who does what the office in charge does."""
        return self.handler or self.receiver

    @property
    def reporter(self) -> Actor:
        """Who is behind it."""
        return self.citizen.as_actor() if self.citizen else NOBODY

    @property
    def face(self) -> str:
        """The local name under which such a report comes in."""
        if self.told.channel != "web":
            return ""
        faces = definitions.current().here.face
        fitting = (each for each in faces if self.category.group in each.groups or not each.groups)
        return next((each.slug for each in fitting), "")


def picture_of(told: Told, *, by: Actor, owner: Subject, **look: Any) -> UUID:
    """Keep a drawn photo of it."""
    content = picture(told.scene or "building", **look)
    file = SimpleUploadedFile("contoh.jpg", content, "image/jpeg")
    return UUID(str(files.store(by=by, owner=owner, file=file, allow="photo").pk))


def act(tale: Tale, at: int, step: Step) -> None:
    """Do one step."""
    ACTS[step.do](tale, at, step)


def _assign(tale: Tale, _at: int, _step: Step) -> None:
    actions.assign(by=tale.receiver, report=tale.report, office_code=tale.office, why=tale.door.why)


def _answer(tale: Tale, _at: int, step: Step) -> None:
    actions.answer(by=tale.worker, report=tale.report, text=step.text)


def _ask(tale: Tale, _at: int, step: Step) -> None:
    actions.ask(by=tale.worker, report=tale.report, text=step.text)


def _stage(tale: Tale, at: int, step: Step) -> None:
    actions.say_stage(
        by=tale.worker, report=tale.report, stage=step.says, text=step.text, proof=_proof(tale, at)
    )


def _resolve(tale: Tale, at: int, step: Step) -> None:
    actions.resolve(by=tale.worker, report=tale.report, text=step.text, proof=_proof(tale, at))


def _proof(tale: Tale, at: int) -> Proof:
    """A photo taken a few steps from the place."""
    lat, lon = tale.spot.lat, tale.spot.lon
    near = None if lat is None else lat + NEAR_THE_PLACE
    return Proof((tale.shown[at],), near, lon)


def _judge(tale: Tale, _at: int, step: Step) -> None:
    voice = finding.first_voice(tale.report)
    actions.judge(by=tale.reporter, voice=voice, verdict=Verdict(step.says), note=step.text)


def _forward(tale: Tale, _at: int, step: Step) -> None:
    """To the body in charge; where the data name none, the town's own office gets it."""
    body = tale.door.body
    if body is None:
        _assign(tale, _at, step)
    else:
        actions.forward_out(by=tale.receiver, report=tale.report, body=body.code, reference=step.text)


def _reject(tale: Tale, _at: int, step: Step) -> None:
    actions.reject(by=tale.receiver, report=tale.report, reason=step.says)


def _merge(tale: Tale, _at: int, step: Step) -> None:
    into: Any = finding.report_by_id(tale.known[step.says])
    actions.merge(by=tale.receiver, report=tale.report, into=into)


def _note(tale: Tale, _at: int, step: Step) -> None:
    subject = tale.report.as_subject()
    threads.post(by=tale.worker.as_actor(), subject=subject, text=step.text, audience=Audience.INTERNAL)


ACTS: dict[str, Callable[[Tale, int, Step], None]] = {
    "assign": _assign,
    "answer": _answer,
    "ask": _ask,
    "stage": _stage,
    "resolve": _resolve,
    "judge": _judge,
    "forward": _forward,
    "reject": _reject,
    "merge": _merge,
    "note": _note,
}
