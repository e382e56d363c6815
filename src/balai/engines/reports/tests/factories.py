"""A town small enough for a test: a reception, two agencies, an inspectorate, Siti, and reports of hers."""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from balai.engines.reports import actions
from balai.engines.reports.actions import Filing, Proof, Receipt, Where, Who
from balai.engines.reports.actions.filing import NOBODY, STAGED_LABEL
from balai.engines.reports.enums import Channel
from balai.engines.reports.models import Report, Voice
from balai.engines.reports.rules import access
from balai.files import actions as files
from balai.kernel.references import Subject
from balai.kernel.uuid7 import compose
from balai.people.contacts import parse_contact
from balai.people.models import Citizen, Officer
from balai.people.tests.factories import make_area, make_citizen, make_officer
from balai.region.models import Office
from balai.runtime import clock

SAWENTAR = "35.05.10.2011"
RECEPTION, ROADS, OTHER, INSPECTORATE = "setda", "dpupr", "diskominfo", "inspektorat"
HOLE = "jalan-rusak"
TEXT = "Jalan berlubang dalam sekali di depan SDN Sawentar 2, dua motor jatuh minggu ini"
NEAR_SCHOOL = Where(area_code=SAWENTAR, note="depan SDN Sawentar 2")
AT_SCHOOL = Where(lat=-8.0987, lon=112.2010, area_code=SAWENTAR, note="depan SDN Sawentar 2")
NOBODY_SAID = Who()
PHONE = Who(contact=parse_contact("081234567877"))


@dataclass
class Town:
    """Who plays in these tests."""

    receiver: Officer
    roads: Officer
    other: Officer
    auditor: Officer
    siti: Citizen
    budi: Citizen


def make_town() -> Town:
    """Everybody at the office whose part it is."""
    make_area(SAWENTAR)
    for code in (RECEPTION, ROADS, OTHER, INSPECTORATE):
        make_agency(code)
    receiver = (access.TRIAGE, access.HANDLE, access.ENTER, access.RECHECK, access.IDENTIFY, access.LEAGUE)
    return Town(
        receiver=make_officer(name="Nining Rahayu", office_code=RECEPTION, permissions=receiver),
        roads=make_officer(name="Joko Susilo", office_code=ROADS, permissions=(access.HANDLE,)),
        other=make_officer(name="Wahyu Nugroho", office_code=OTHER, permissions=(access.HANDLE,)),
        auditor=make_officer(name="Tri Handoko", office_code=INSPECTORATE, permissions=(access.INVESTIGATE,)),
        siti=make_citizen(),
        budi=make_citizen(nik="3505101708950001", contact="081234567899", name="Budi Santoso"),
    )


def make_agency(code: str) -> Office:
    """An agency under the town's secretariat."""
    office, _is_new = Office.objects.get_or_create(
        code=code,
        defaults={
            "kind": "agency",
            "name": f"Dinas {code}",
            "area_code": "",
            "parent_code": "" if code == RECEPTION else RECEPTION,
            "number_code": code.upper(),
            "head_title": "Kepala Dinas",
        },
    )
    return office


def picture(owner: Subject, colour: int = 0) -> UUID:
    """A staged photo that belongs to `owner`."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (colour % 256, 90, 60)).save(out, "JPEG")
    file = SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg")
    return UUID(str(files.store(by=NOBODY, owner=owner, file=file, allow="photo").id))


def officers_picture(by: Officer) -> UUID:
    """A photo that an officer has just sent."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 120, 60)).save(out, "JPEG")
    file = SimpleUploadedFile("bukti.jpg", out.getvalue(), "image/jpeg")
    return UUID(str(files.store(by=by.as_actor(), owner=by.as_subject(), file=file, allow="photo").id))


def id_of_now() -> UUID:
    """What a phone makes at the moment that the test's clock shows."""
    return compose(int(clock.now().timestamp() * 1000), secrets.randbits(74))


def send(
    *,
    category: str = HOLE,
    text: str = TEXT,
    where: Where = NEAR_SCHOOL,
    who: Who = NOBODY_SAID,
    photos: int = 1,
    citizen: Citizen | None = None,
    channel: Channel = Channel.WEB,
    id: UUID | None = None,
    uploads: Sequence[UUID] | None = None,
    device: str = "",
    **filing: Any,
) -> Receipt:
    """File a report as the page does."""
    report_id = id or id_of_now()
    if uploads is None:
        uploads = [picture(Subject(STAGED_LABEL, str(report_id)), each) for each in range(photos)]
    return actions.file(
        by=citizen.as_actor() if citizen else NOBODY,
        filing=Filing(category=category, text=text, where=where, who=who, uploads=uploads, **filing),
        channel=channel,
        citizen=citizen,
        id=report_id,
        device=device,
    )


def assigned(town: Town, **sent: Any) -> Report:
    """A report that lies with the agency of roads."""
    return actions.assign(by=town.receiver, report=send(**sent).report, office_code=ROADS)


def working(town: Town, **sent: Any) -> Report:
    """One that was answered."""
    return actions.answer(by=town.roads, report=assigned(town, **sent), text="Kami tinjau besok pagi.")


def proof(by: Officer, **more: Any) -> Proof:
    """A photo of the mended place, without a place of its own unless one is given."""
    more.setdefault("no_place", "Ponsel petugas tanpa GPS")
    return Proof(uploads=(officers_picture(by),), **more)


def resolved(town: Town, **sent: Any) -> Report:
    """One that the agency calls done."""
    report = working(town, **sent)
    return actions.resolve(by=town.roads, report=report, text="Sudah ditambal.", proof=proof(town.roads))


def filer(report: Report) -> Voice:
    """The voice of whoever filed it."""
    return Voice.objects.select_related("report").get(report=report, is_first=True)
