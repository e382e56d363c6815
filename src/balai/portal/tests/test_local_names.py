"""Local names on the portal: on the home page, above their services, and as a list of their own."""

from __future__ import annotations

import pytest
from django.test import Client

from balai.catalogue import systems
from balai.government import current
from balai.government.schema import SystemSpec

pytestmark = pytest.mark.django_db
WORKS = SystemSpec(name="Apel Kita", engines=("catalogue",), about="surat uji.", services=("village/second",))
SLEEPS = SystemSpec(name="Silapor Uji", engines=("incidents",), about="kebakaran.", path="/layanan/")


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    named = current().model_copy(update={"systems": (WORKS, SLEEPS)})
    monkeypatch.setattr(systems.government, "current", lambda: named)


def page(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_home_leads_to_what_works_and_speaks_of_nothing_else() -> None:
    html = page("/")
    assert 'href="/layanan/?sistem=apel-kita"' in html
    assert "Surat uji." in html
    assert "Silapor Uji" not in html


def test_a_local_name_lists_its_own_services_only() -> None:
    html = page("/layanan/?sistem=apel-kita")
    assert "<h1>Apel Kita</h1>" in html
    assert ("/layanan/surat-lain/" in html, "/layanan/surat-uji/" in html) == (True, False)
    assert "<h1>Layanan</h1>" in page("/layanan/?sistem=tidak-ada")


def test_a_service_says_under_which_name_people_know_it() -> None:
    assert '<a href="/layanan/?sistem=apel-kita">Apel Kita</a>' in page("/layanan/surat-lain/")
    assert "Apel Kita" not in page("/layanan/surat-uji/")


def test_help_links_the_governments_pages_elsewhere() -> None:
    link = '<a href="https://instagram.example/kabblitar" rel="me noopener">Instagram</a>'
    assert link in page("/bantuan/")
