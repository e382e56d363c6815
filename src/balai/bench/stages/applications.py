"""Citizens with everything done but the last click: account, session, filled draft, stored photo.

Leaves [{"session", "case_id", "path"}, …]. Made through the doors that a real citizen passes, a hundred
citizens to a transaction.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from balai.bench.stages import sessions
from balai.catalogue import forms, running
from balai.catalogue.examples import read_examples
from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.forms import application as filling
from balai.files import actions as files
from balai.kernel.references import SYSTEM
from balai.kernel.uuid7 import uuid7
from balai.people import actions as people
from balai.people.models import Citizen
from balai.runtime.transaction import write_transaction

# Approved by one call: a certified letter is signed by a person with a passphrase.
SERVICE = "village/domicile-statement"
AT_ONCE = 100
LOCKS = ("account", "citizen", "challenge", "draft", "upload")


def applications(count: int, service_id: str = SERVICE) -> list[dict[str, str]]:
    """So many citizens, each ready to send."""
    service = running.current().by_id(service_id)
    answers, picture = _answers(service), _picture()
    made: list[dict[str, str]] = []
    while len(made) < count:
        with write_transaction(locks=LOCKS):
            made += [
                _application(number, service, answers, picture)
                for number in range(len(made), min(len(made) + AT_ONCE, count))
            ]
    return made


def _application(
    number: int, service: ServiceDefinition, answers: dict[str, Any], picture: bytes
) -> dict[str, str]:
    nik = _nik(number)
    citizen = people.open_account(by=SYSTEM, nik=nik, contact=f"0812{number:08}", name="Warga Ukur")
    application = filling.Application(
        citizen,
        service,
        uuid7(),
        answers={**answers, "nik": nik},
        files={each.id: [_photo(citizen, picture)] for each in service.uploads if not each.when},
    )
    filling.keep(application)
    return {
        "session": sessions.of_citizen(citizen),
        "case_id": str(application.case_id),
        "path": reverse("cases:review", args=[service.slug]),
    }


def _nik(number: int) -> str:
    """A NIK of its own for each: born on one of 28 days of 1960 to 1999."""
    rest, serial = divmod(number, 9999)
    return f"350510{1 + rest % 28:02}01{60 + rest // 28:02}{serial + 1:04}"


def _answers(service: ServiceDefinition) -> dict[str, Any]:
    """The answers of the service's ordinary example, which asks for no more files than every application."""
    examples, _ = read_examples(running.SERVICES / service.id, service.id)
    ordinary = next(example for example, _ in examples if example.name == "ordinary")
    return forms.clean_answers(service, ordinary.answers)


def _picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (96, 72), "#7a3e22").save(content, "JPEG")
    return content.getvalue()


def _photo(citizen: Citizen, picture: bytes) -> str:
    file = SimpleUploadedFile("usaha.jpg", picture, "image/jpeg")
    upload = files.store(by=citizen.as_actor(), owner=citizen.as_subject(), file=file, allow="photo")
    return str(upload.pk)
