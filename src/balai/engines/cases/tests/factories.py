"""A town small enough for a test: a village, its officers, Siti, and one service."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from balai.catalogue import running
from balai.catalogue.schema import ServiceDefinition
from balai.documents.permissions import REVOKE, SIGN
from balai.engines.cases import actions
from balai.engines.cases.actions import Taker, VerdictGiven
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access, checking
from balai.files import actions as files
from balai.people.models import Citizen, Officer
from balai.people.tests.factories import make_area, make_citizen, make_officer, make_proven_citizen

SERVICES = Path(__file__).resolve().parents[5] / "services"
SERVICE_ID, WET_ID = "village/business-statement", "village/domicile-statement"
SAWENTAR = "35.05.10.2011"
ANSWERS: dict[str, Any] = {
    "nik": "3505105708950001",
    "name": "Siti Aminah",
    "birth_place": "Blitar",
    "birth_on": "1995-08-17",
    "sex": "female",
    "occupation": "Pedagang",
    "religion": "islam",
    "marital_status": "married",
    "address": "Dusun Sawentar",
    "rt": 2,
    "rw": 1,
    "area": SAWENTAR,
    "business_name": "Warung Bu Siti",
    "business_kind": "trade",
    "business_since": "2019-03-01",
    "same_address": True,
    "purpose": "Mengajukan KUR di BRI Unit Kanigoro",
}
PHOTO = "place_photo"
PHOTO_TARGET = checking.requirement(PHOTO)
PURPOSE_TARGET = checking.field("purpose")
SELF = Taker(name="Siti Aminah", relation="self", card="ktp", card_number="3505105708950001")


@dataclass
class Town:
    """Who plays in these tests."""

    operator: Officer
    head: Officer
    other_head: Officer
    supervisor: Officer
    siti: Citizen
    newcomer: Citizen
    # Cases of the module whose letters are out, by what `signing.issued` and `in_ink` are asked for.
    letters_out: dict[str, UUID] = field(default_factory=dict)


def certified() -> ServiceDefinition:
    """The business statement as it stands in services/: initialled, signed with a certificate."""
    return running.current().by_id(SERVICE_ID)


def service() -> ServiceDefinition:
    """The same questions for a letter that is approved, printed, signed in ink and fetched."""
    return _in_ink(certified().canonical(), running.current().by_id(WET_ID).canonical())


@lru_cache(maxsize=8)
def _in_ink(questions: str, process: str) -> ServiceDefinition:
    """A definition is frozen, so one serves every test."""
    body, wet = json.loads(questions), json.loads(process)
    body["step"] = wet["step"]
    body["output"] = [{**output, "signature": "wet", "delivery": ["pickup"]} for output in body["output"]]
    return ServiceDefinition.model_validate(body)


def make_town() -> Town:
    """Sawentar with an operator, two who may decide, a supervisor, Siti (proven) and Budi (not)."""
    make_area(SAWENTAR)
    operator = make_officer(
        name="Sri Wahyuni",
        permissions=(access.CHECK, access.PRODUCE, access.HAND_OVER, "people.prove"),
    )
    return Town(
        operator=operator,
        head=make_officer(name="Bambang Sutejo", permissions=(access.DECIDE, SIGN, REVOKE)),
        other_head=make_officer(name="Agus Salim", permissions=(access.DECIDE,)),
        supervisor=make_officer(name="Dewi Lestari", permissions=(access.CHECK, access.RETURN_AGAIN)),
        siti=make_proven_citizen(officer=operator),
        newcomer=make_citizen(nik="3505101708950001", contact="081234567899", name="Budi Santoso"),
    )


def photo(by: Citizen, colour: int = 0) -> UUID:
    """A staged photo of the citizen's."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (colour % 256, 90, 60)).save(out, "JPEG")
    upload = files.store(
        by=by.as_actor(),
        owner=by.as_subject(),
        file=SimpleUploadedFile("warung.jpg", out.getvalue(), "image/jpeg"),
        allow="photo",
    )
    return upload.id


def submit(
    by: Citizen,
    *,
    answers: Mapping[str, Any] = ANSWERS,
    uploads: Mapping[str, Sequence[UUID]] | None = None,
    **more: Any,
) -> actions.Receipt:
    """File an application with a photo, under the citizen's own NIK."""
    answers = {**answers, "nik": by.nik.clear}
    sent = {PHOTO: [photo(by)]} if uploads is None else uploads
    more.setdefault("service", service())
    return actions.submit(by=by, answers=answers, uploads=sent, **more)


def judge(by: Officer, case: Case, *faults: checking.Target, reason: str = "") -> Case:
    """Say ok to the photo, or fault to the given targets."""
    verdicts = [] if PHOTO_TARGET in faults else [VerdictGiven(PHOTO_TARGET, is_ok=True)]
    verdicts += [
        VerdictGiven(target, is_ok=False, reason_code=_reason(target, reason), note="Mohon diperjelas.")
        for target in faults
    ]
    return actions.record_verdicts(by=by, case=case, verdicts=verdicts)


def _reason(target: checking.Target, given: str) -> str:
    return given or ("unreadable" if target == PHOTO_TARGET else "unclear")


def returned(town: Town, *faults: checking.Target) -> Case:
    """A case of Siti that came back with these faults."""
    case = judge(town.operator, submit(town.siti).case, *faults)
    return actions.return_for_repair(by=town.operator, case=case)


def checked(town: Town) -> Case:
    """A case of Siti that waits for the head of the village."""
    case = judge(town.operator, submit(town.siti).case)
    return actions.forward(by=town.operator, case=case)


def decided(town: Town) -> Case:
    """A case of Siti that was approved; its letter is not made yet."""
    return actions.approve(by=town.head, case=checked(town))
