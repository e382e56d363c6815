"""A town with one engine and two services of its own, so that no real engine is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client, RequestFactory

from balai.catalogue import engine, running
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.engine import Affair, Engine, Figure
from balai.catalogue.schema import ServiceDefinition
from balai.people.models import Citizen
from balai.people.session import sign_in_citizen

NUMBER = "UJI-2026-4831-7761"
PIN = "482913"


class TestingEngine(Engine):
    """Answers like a real engine about one case."""

    code = "portal_testing"
    __test__ = False

    def apply_path(self, service: ServiceDefinition) -> str:
        return f"/layanan/{service.slug}/ajukan/"

    def affairs(self, citizen: Citizen) -> Sequence[Affair]:
        at = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
        return [Affair("Surat uji", NUMBER, "Diperiksa", "waiting", f"/saya/berkas/{NUMBER}/", at)]

    def track(self, number: str, pin: str) -> str | None:
        return f"/lacak/{number}/" if (number, pin) == (NUMBER, PIN) else None

    def figures(self, today: date) -> Sequence[Figure]:
        return [Figure("Selesai hari ini", "12")]


def service(**changes: Any) -> ServiceDefinition:
    """A small sound service."""
    fields: dict[str, Any] = {
        "id": "village/trial",
        "engine": TestingEngine.code,
        "slug": "surat-uji",
        "code": "UJI",
        "title": "Surat keterangan uji",
        "summary": "Menerangkan bahwa ini diuji.",
        "help": "## Untuk siapa?\n\nUntuk **warga**.",
        "life_event": "work-business",
        "identity": "contact_proven",
        "office": "village",
        "attendance": {"needed": True, "sentence": "Datang satu kali untuk mengambil surat."},
        "fee": [{"amount": 0, "basis": "Perdes 1/2020", "valid_from": date(2020, 1, 1)}],
        "deadline": [
            {"amount": 1, "unit": "working_days", "basis": "SK 7/2020", "valid_from": date(2020, 1, 1)}
        ],
        "page": [
            {
                "id": "start",
                "title": "Isian",
                "field": [{"id": "purpose", "kind": "text", "label": "Untuk apa?"}],
            }
        ],
        "requirement": [
            {"id": "ktp", "title": "KTP asli", "kind": "known", "facts": ["nik", "name"]},
            {"id": "photo", "title": "Foto tempat usaha", "kind": "photo"},
        ],
        "step": [{"id": "check", "act": "check", "title": "Memeriksa berkas", "permission": "cases.check"}],
        "output": {"kind": "none", "title": "Surat"},
    }
    return ServiceDefinition.model_validate(fields | changes)


@contextmanager
def standing_town() -> Iterator[Catalogue]:
    """A catalogue of two services over the testing engine; no other engine answers meanwhile."""
    others = engine.engines()
    for other in others:
        engine.unregister(other.code)
    engine.register(TestingEngine)
    second = service(
        id="village/second",
        slug="surat-lain",
        code="LAI",
        title="Surat pengantar lain",
        life_event="other",
        counter_baseline={"visits": 2, "hours": 8, "source": "wawancara 3 desa (perkiraan)"},
    )
    try:
        with running.using(Catalogue([service(), second])) as catalogue:
            yield catalogue
    finally:
        engine.unregister(TestingEngine.code)
        for other in others:
            engine.register(other)


def begin_session(client: Client, citizen: Citizen) -> Client:
    """The client with that citizen's session."""
    request = RequestFactory().get("/")
    request.session = client.session
    sign_in_citizen(request, citizen)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client
