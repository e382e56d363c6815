"""An application by SMS: the code, the news, the question and its answer, all over HTTP, no browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import urllib3

from balai.notify.channels.simulating import serving
from balai.notify.channels.simulators import Simulators, settings_for
from tests.journeys.citizen import newcomer
from tests.journeys.town import Town
from tests.journeys.waiting import wait_until

pytestmark = pytest.mark.journey

PERSON = newcomer(71)
OWN, OTHER = "+6281300000071", "+6281300000072"
ANSWERS: dict[str, Any] = {
    "nik": PERSON.nik,
    "name": "Bagas Prakoso",
    "birth_place": "Malang",
    "birth_on": "1990-03-12",
    "sex": "male",
    "occupation": "Perajin",
    "religion": "islam",
    "marital_status": "unmarried",
    "address": "Jalan Melati 5",
    "rt": 7,
    "rw": 3,
    "area": "35.05.10.2011",
    "business_name": "Kerajinan Bambu",
    "business_kind": "craft",
    "business_since": "2019-03-01",
    "same_address": True,
    "purpose": "penting",
}


class Phones:
    """What the town has sent by SMS, as its simulator took it, and what people write back."""

    def __init__(self, simulators: Simulators) -> None:
        self.sms = simulators.sms

    def gets(self, phone: str, pattern: str) -> re.Match[str]:
        """Wait for an SMS to this phone that says this."""

        def look() -> re.Match[str] | None:
            found = (re.search(pattern, each.text) for each in self.sms.taken if each.to == phone)
            return next((match for match in found if match), None)

        return wait_until(look, f"SMS to {phone}: {pattern}")

    def writes(self, phone: str, text: str) -> None:
        """Somebody writes to the town."""
        assert self.sms.call_reply(phone, text).status == 200

    def count(self, phone: str) -> int:
        """How many SMS this phone got."""
        return sum(each.to == phone for each in self.sms.taken)


class Machine:
    """A program that uses the town's API."""

    def __init__(self, town: Town, token: str = "") -> None:
        self.town, self.pool = town, urllib3.PoolManager()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """The decoded answer; it must be a success."""
        sent = {**self.headers, **headers, "Content-Type": "application/json"}
        url = f"{self.town.url}/api/v1{path}"
        return self._read(self.pool.request("POST", url, body=json.dumps(body or {}), headers=sent))

    def store(self, photo: Path) -> str:
        """Upload a photo; its id."""
        fields = {"file": (photo.name, photo.read_bytes(), "image/jpeg"), "allow": "photo"}
        url = f"{self.town.url}/api/v1/files"
        return str(self._read(self.pool.request("POST", url, fields=fields, headers=self.headers))["id"])

    def _read(self, answer: urllib3.BaseHTTPResponse) -> Any:
        assert answer.status < 300, answer.data.decode()
        return json.loads(answer.data or b"null")


@pytest.fixture(scope="module")
def simulators() -> Iterator[Simulators]:
    """Gateways that send nothing; the town is told to them once it has a port."""
    yield Simulators()


@pytest.fixture(scope="module")
def sms_town(simulators: Simulators, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A demo town that sends to phones by SMS."""
    with ExitStack() as stack:
        address = stack.enter_context(serving(simulators))
        chosen = {**settings_for(address), "BALAI_NOTIFY_CHANNELS": "sms"}
        town = Town(tmp_path_factory.mktemp("sms"), settings=chosen)
        simulators.sms.webhook_url = f"{town.url}/webhooks/sms/"
        yield stack.enter_context(town.running())


def signed_in(town: Town, phones: Phones) -> Machine:
    """The citizen, by the code on her phone."""
    stranger = Machine(town)
    challenge = stranger.post("/sign-in/codes", {"nik": PERSON.nik, "contact": PERSON.contact})
    code = phones.gets(OWN, r"^(\d{6}) adalah kode")[1]
    token = stranger.post("/sign-in/tokens", {"challenge": challenge["challenge"], "code": code})
    return Machine(town, token["token"])


def test_application_from_code_to_status_by_sms(sms_town: Town, simulators: Simulators, photo: Path) -> None:
    phones = Phones(simulators)
    citizen = signed_in(sms_town, phones)
    application = {
        "service": "surat-keterangan-usaha",
        "answers": ANSWERS,
        "uploads": {"place_photo": [citizen.store(photo)]},
    }
    case = citizen.post("/cases", application, **{"Idempotency-Key": str(uuid4())})
    number, pin = case["number"], case["pin"]

    scopes = ("--scope", "desk:read", "--scope", "desk:work")
    officer = Machine(sms_town, sms_town.manage("token_issue", "operator.sawentar", *scopes).strip())
    verdicts = [
        {"target": "requirement:place_photo", "outcome": "ok"},
        {"target": "field:purpose", "outcome": "fault", "reason": "unclear"},
    ]
    officer.post(f"/desk/cases/{case['id']}/verdicts", {"verdicts": verdicts})
    officer.post(f"/desk/cases/{case['id']}/return")

    news = phones.gets(OWN, f"^Berkas {number} perlu Anda perbaiki").string
    assert len(news) <= 160
    assert [word for word in ("Bagas", "Prakoso", PERSON.nik, "usaha") if word in news] == []

    phones.writes(OWN, f"status {number.lower()}")
    phones.gets(OWN, f"^Berkas {number}: Perlu Anda perbaiki")
    phones.writes(OTHER, f"STATUS {number}")
    phones.gets(OTHER, "kirim juga PIN")
    phones.writes(OTHER, f"STATUS {number} {pin}")
    phones.gets(OTHER, f"^Berkas {number}: Perlu Anda perbaiki")

    taken = next(each for each in simulators.sms.taken if each.text == news)
    assert simulators.sms.call_receipt(taken).status == 200
    delivered = "SELECT count(*) FROM notify_message WHERE delivered_at IS NOT NULL"
    assert sms_town.rows(delivered) == [(1,)]

    phones.writes(OWN, "BERHENTI")
    phones.gets(OWN, "Balas MULAI")
    before = phones.count(OWN)
    repaired = {"answers": {**ANSWERS, "purpose": "Mengajukan KUR di BRI Unit Kanigoro"}}
    citizen.post(f"/cases/{number}/repair", repaired)
    officer.post(f"/desk/cases/{case['id']}/verdicts", {"verdicts": verdicts})
    officer.post(f"/desk/cases/{case['id']}/return")
    closed = (
        "SELECT channel FROM notify_message WHERE about_id = %s AND category = 'notice' ORDER BY created_at"
    )
    ways = [("sms",), ("demo",)]  # what her SMS no longer takes the demo town shows on its page
    wait_until(lambda: sms_town.rows(closed, [case["id"]]) == ways, "the second news to find another way")
    assert phones.count(OWN) == before
