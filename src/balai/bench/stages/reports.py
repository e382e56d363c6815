"""Life-cycles of reports through the real actions, their rows alone for comparison, and reading."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from balai.bench import machine
from balai.bench.stages import reports_load
from balai.bench.stages.replaying import Recording
from balai.engines.reports import actions
from balai.engines.reports.actions import Filing, Proof, Where
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import Channel
from balai.engines.reports.queries import definitions, league, listing, mapping
from balai.engines.reports.queries.league import Period
from balai.engines.reports.queries.listing import Asked, Box
from balai.engines.reports.rules import access
from balai.files import actions as files
from balai.people.models import Officer
from balai.region import queries as region
from balai.runtime import clock

KIND = "lampu-jalan-mati"
MIDDLE = (-8.09, 112.20)
TOWN = Box(-8.24, 112.04, -7.94, 112.36)
STREET = Box(-8.095, 112.195, -8.085, 112.205)


def load(count: int) -> dict[str, Any]:
    """Fill the town with so many reports."""
    return reports_load.load(count)


def cycles(count: int) -> dict[str, Any]:
    """So many life-cycles, and the same rows written bare as often; seconds of both, CPU of the creates."""
    cycle = _Cycle()
    cycle.run()  # caches are warm
    recording = Recording()
    cycle.run(recording)
    life, bare, create = (
        _spent(count, cycle.run),
        _spent(count, recording.write_again),
        _spent(2 * count, cycle.create),
    )
    return {
        "cycles_per_second": 1 / life.seconds,
        "bare_per_second": 1 / bare.seconds,
        "life_ms": life.process_ms + life.database_ms,
        "create_ms": create.process_ms,
        "create_database_ms": create.database_ms,
    }


class Spent(NamedTuple):
    """What one of many took: on the wall, and of the processor here and in the database behind."""

    seconds: float
    process_ms: float
    database_ms: float


def _spent(count: int, act: Callable[[], Any]) -> Spent:
    backend = [connection.connection.info.backend_pid] if connection.vendor == "postgresql" else []
    database, own, began = machine.processor_seconds(backend), time.process_time(), time.perf_counter()
    for _ in range(count):
        act()
    return Spent(
        (time.perf_counter() - began) / count,
        1000 * (time.process_time() - own) / count,
        1000 * (machine.processor_seconds(backend) - database) / count,
    )


class _Cycle:
    """One report from its sending to its repair, then found by its words."""

    def __init__(self) -> None:
        here = definitions.current().here
        self.receiver = _officer(access.TRIAGE, here.reception)
        self.handler, self.office = _handler()
        out = io.BytesIO()
        Image.new("RGB", (96, 72), "#7a3e22").save(out, "JPEG")
        self.picture = out.getvalue()
        self.dice = random.Random(clock.now().microsecond)  # noqa: S311 - nothing secret
        self.area = sorted(each.area_code for each in region.offices() if each.kind == "village")[0]

    def create(self) -> Any:
        """Sent by a phone call: the photos of a citizen's own page are measured with the pages."""
        lat, lon = (middle + self.dice.gauss(0, 0.02) for middle in MIDDLE)
        words = f"Lampu jalan mati di gang {self.dice.randrange(400)}, gelap sekali tiap malam"
        where = Where(lat=lat, lon=lon, area_code=self.area, note="depan pos ronda")
        filing = Filing(category=KIND, text=words, where=where)
        return actions.file(by=NOBODY, filing=filing, channel=Channel.PHONE).report

    def run(self, recording: Recording | None = None) -> None:
        """Create, assign, resolve with a stored photo, search."""
        report = _kept(recording, self.create)
        report = _kept(
            recording, lambda: actions.assign(by=self.receiver, report=report, office_code=self.office)
        )
        photo = _kept(recording, self._photo)
        proof = Proof(uploads=(photo,), lat=report.lat, lon=report.lon)
        _kept(
            recording,
            lambda: actions.resolve(by=self.handler, report=report, text="Lampu sudah diganti.", proof=proof),
        )
        listing.page(Asked(words=f"lampu gang {self.dice.randrange(400)}"))

    def _photo(self) -> UUID:
        file = SimpleUploadedFile("bukti.jpg", self.picture, "image/jpeg")
        kept = files.store(
            by=self.handler.as_actor(), owner=self.handler.as_subject(), file=file, allow="photo"
        )
        return UUID(str(kept.id))


def _kept(recording: Recording | None, act: Callable[[], Any]) -> Any:
    if recording is None:
        return act()
    with recording.act():
        return act()


def _officer(permission: str, office: str) -> Officer:
    for officer in Officer.objects.select_related("account").order_by("pk"):
        if officer.has_permission(permission, office):
            return officer
    raise LookupError(f"nobody in this town has {permission} at {office}")


def _handler() -> tuple[Officer, str]:
    """Somebody who handles reports at an agency."""
    reception = definitions.current().here.reception
    for officer in Officer.objects.select_related("account").order_by("pk"):
        for code in sorted(officer.office_codes(access.HANDLE)):
            if code != reception:
                return officer, code
    raise LookupError(f"nobody in this town has {access.HANDLE}")


def waits(count: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of reading, so many times, each time something else is asked for."""
    dice = random.Random(count)  # noqa: S311 - the same questions at every run
    officers = {office.code: office.name for office in region.offices()}
    areas = sorted(each.area_code for each in region.offices() if each.kind == "village")
    today = clock.now()

    def near() -> Any:
        return listing.nearby(MIDDLE[0] + dice.gauss(0, 0.05), MIDDLE[1] + dice.gauss(0, 0.05))

    asked: dict[str, Callable[[], Any]] = {
        "list": lambda: listing.page(Asked()),
        "list by kind": lambda: listing.page(Asked(categories=(dice.choice(_kinds()),))),
        "list by village": lambda: listing.page(Asked(area=dice.choice(areas))),
        "list by office and state": lambda: listing.page(
            Asked(office=dice.choice(list(officers)), state=dice.choice(("open", "done")))
        ),
        "list by words": lambda: listing.page(Asked(words=f"gang {dice.randrange(400)} masjid")),
        "nearby": near,
        "map of the town": lambda: mapping.shown(Asked(), TOWN),
        "map of a street": lambda: mapping.shown(Asked(), STREET),
        "league of a month": lambda: league.leagues(Period(today.year, today.month), officers),
        "league of a year": lambda: league.leagues(Period(today.year - 1), officers),
    }
    return {name: [_milliseconds(ask) for _ in range(count)] for name, ask in asked.items()}


def _kinds() -> list[str]:
    return list(definitions.current().offered)


def _milliseconds(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)
