"""Services of other agencies in the door, the sheet of a standard, and the maklumat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest
from django.test import Client

from balai.catalogue import running
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.schema.base import LifeEvent
from balai.catalogue.schema.elsewhere import Door, ElsewhereDefinition
from balai.catalogue.standards import Standard, Standards
from balai.portal import life_events, maklumat
from balai.portal.tests.town import service

pytestmark = pytest.mark.django_db
CHECKED = {"by": "Tim isi", "on": date(2026, 11, 22), "source": "UU 24/2013"}


def passport(**changes: Any) -> ElsewhereDefinition:
    fields: dict[str, Any] = {
        "id": "elsewhere/passport",
        "engine": "elsewhere",
        "slug": "paspor",
        "title": "Paspor",
        "summary": "Ke luar negeri.",
        "life_event": "travel",
        "door": "immigration",
        "bring": [{"title": "KTP dan KK", "help": "Yang asli."}],
        "checked": CHECKED,
    }
    return ElsewhereDefinition.model_validate(fields | changes)


def door(**changes: Any) -> Door:
    return Door.model_validate({"name": "Kantor Imigrasi", "checked": CHECKED} | changes)


@pytest.fixture
def offer() -> Iterator[Any]:
    """`offer(definition, door)` lets the town run on it."""
    opened = []

    def run(definition: ElsewhereDefinition, at: Door) -> None:
        standards = Standards(shared={"village": Standard(complaints="Telepon kami.", staff="Dua orang")})
        catalogue = Catalogue(
            [service()], elsewhere=[definition], doors={"immigration": at}, standards=standards
        )
        opened.append(running.using(catalogue))
        opened[-1].__enter__()

    yield run
    for each in reversed(opened):
        each.__exit__(None, None, None)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_service_elsewhere_stands_beside_the_others_and_says_that_one_leaves(
    client: Client, offer: Any
) -> None:
    offer(passport(), door(link="https://www.imigrasi.go.id/layanan", phone="021-1"))
    for path in ("/layanan/", "/layanan/?q=paspor", "/layanan/?peristiwa=travel", "/"):
        assert "Biaya tanyakan · di luar Balai" in page(client, path)
    html = page(client, "/layanan/paspor/")
    assert re.search(r'href="https://www.imigrasi.go.id/layanan" rel="external noopener">Buka imigrasi', html)
    assert "Anda meninggalkan Balai dan menuju imigrasi.go.id." in html
    assert html.count("<b>Tanyakan</b>") == 3
    assert [
        text for text in ("KTP dan KK", "Tim isi, 22 November 2026", "tel:0211") if text not in html
    ] == []


def test_what_is_known_is_said_with_its_rule(client: Client, offer: Any) -> None:
    known = passport(
        cost={"amount": 0, "basis": "UU 24/2013 ps 79A"},
        time={"text": "1 jam", "basis": "Permendagri 19/2018"},
        attendance={"needed": True, "sentence": "Foto di kantor."},
    )
    offer(known, door())
    html = page(client, "/layanan/paspor/")
    wanted = ("<b>Rp0</b>", "UU 24/2013 ps 79A", "<b>1 jam</b>", "Permendagri 19/2018", "Foto di kantor.")
    assert [text for text in wanted if text not in html] == []


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({"phone": "0342-555011"}, 'href="tel:0342555011">Telepon 0342-555011'),
        ({}, 'href="/bantuan/#contact">Tanyakan kepada kami'),
    ],
)
def test_button_leads_where_somebody_answers(
    client: Client, offer: Any, changes: dict[str, Any], way: str
) -> None:
    offer(passport(), door(**changes))
    assert way in page(client, "/layanan/paspor/")


def test_example_of_a_demo_is_marked(client: Client, offer: Any) -> None:
    offer(passport(), door(checked=CHECKED | {"is_demo": True}))
    assert page(client, "/layanan/paspor/").count("contoh demo") == 1


def test_service_elsewhere_has_no_standard_of_ours(client: Client, offer: Any) -> None:
    offer(passport(), door())
    assert client.get("/layanan/paspor/standar/").status_code == 404


def test_sheet_of_a_standard_has_fourteen_parts_and_owns_up_to_what_is_missing(
    client: Client, offer: Any
) -> None:
    offer(passport(), door())
    html = page(client, "/layanan/surat-uji/standar/")
    assert len(re.findall(r"<li><b>", html)) == 14
    assert "Dua orang" in html
    assert html.count("Belum ditetapkan") == 7


def test_service_page_tells_the_six_public_parts(client: Client, offer: Any) -> None:
    offer(passport(), door())
    html = page(client, "/layanan/surat-uji/")
    wanted = ("KTP asli", "Memeriksa berkas", "1 hari kerja", "Rp0", "Produknya: Surat", "Telepon kami.")
    assert [text for text in wanted if text not in html] == []
    assert 'href="/layanan/surat-uji/standar/"' in html


def test_maklumat_is_linked_from_the_footer_and_says_that_it_is_an_example(client: Client) -> None:
    assert 'href="/maklumat/"' in page(client, "/")
    assert "Contoh demo." in page(client, "/maklumat/")


def test_town_without_a_maklumat_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maklumat, "FILE", "nothing.md")
    maklumat._read.cache_clear()
    try:
        assert "Belum ada maklumat" in page(client, "/maklumat/")
    finally:
        maklumat._read.cache_clear()


def test_list_leads_to_every_life_event(client: Client, offer: Any) -> None:
    offer(passport(), door())
    chips = re.findall(r'<ul class="chips">.*?</ul>', page(client, "/layanan/"), re.S)[0]
    assert re.findall(r'href="([^"]+)"', chips) == ["?peristiwa=work-business", "?peristiwa=travel"]


def test_door_has_a_name_for_every_life_event_that_a_service_may_name() -> None:
    assert set(get_args(LifeEvent)) == set(life_events.KEYS)
