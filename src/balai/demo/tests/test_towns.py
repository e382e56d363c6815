"""Each government that ships is a town of its own, through and through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client

from balai import government
from balai.catalogue import running
from balai.catalogue.schema import ServiceDefinition
from balai.demo.tests.conftest import load_town
from balai.demo.tests.wandering import ENTRANCES, names_of_others, strange_words, walk, words_of_absent
from balai.demo.town.cast import PASSWORD, cast, guests, login_name, places, workplaces
from balai.demo.town.people import seed_staff
from balai.government.loading import folders
from balai.people import queries as people
from balai.people.today import local_today
from balai.region import calendars
from balai.region import queries as region
from balai.runtime.jobs import run_due
from balai.runtime.tests.standing import standing_rows

DEFAULT = "3505-kab-blitar"  # walked by all other tests
TOWNS = [folder.name for folder in folders()]
# One town after another, for all tests of each: so it is built once.
every_other_town = pytest.mark.parametrize(
    "town", sorted({*TOWNS} - {DEFAULT}), indirect=True, scope="module"
)
every_town = pytest.mark.parametrize("town", TOWNS, indirect=True, scope="module")


@pytest.fixture(scope="module")
def bare_town() -> None:
    """None stands for the whole module: its tests are about several towns, which stand one after another."""


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The town of the government that is asked for, which stands while it is asked for."""
    usual = django_settings.BALAI
    with pytest.MonkeyPatch.context() as patch, standing_rows(django_db_blocker):
        patch.setattr(django_settings, "BALAI", usual.model_copy(update={"government": request.param}))
        patch.setattr(running, "_current", None)
        calendars.forget()
        with django_db_blocker.unblock():
            load_town()
        yield str(request.param)
    calendars.forget()


def citizen() -> Client:
    """The first guest, signed in as the demo accounts say."""
    guest, home = guests()[0], places()[0]
    client = Client()
    nik = guest.nik(home.code.rpartition(".")[0])
    client.post("/masuk/", {"nik": nik, "contact": guest.phone})
    while run_due(20):
        pass
    page = client.get("/demo/pesan/").content.decode()
    code = re.search(r"\b\d{6}\b", page)
    assert code is not None
    assert client.post("/masuk/kode/", {"code": code[0]}).status_code == 302
    return client


def officer(name: str, codes: str) -> Client:
    """Somebody of the cast, signed in with what /demo/petugas/ shows."""
    client = Client()
    client.post("/meja/masuk/", {"login_name": name, "password": PASSWORD})
    code = codes[codes.index(f">{name}<") :].split('<td class="digits"><b>')[1][:6]
    assert client.post("/meja/masuk/kode/", {"code": code})["Location"] == "/meja/"
    return client


def spoken(service: ServiceDefinition) -> str:
    """All that a service says to people: its definition, and its letter without the author's comments."""
    letters = "\n".join(service.files.values())
    return service.model_dump_json(exclude={"files"}) + re.sub(r"//[^\n]*", "", letters)


@every_other_town
def test_no_page_of_a_town_names_another(town: str) -> None:
    call_command("demo_seed", stdout=StringIO())
    own = government.current()
    foreign = names_of_others(own)
    codes = Client().get("/demo/petugas/").content.decode()
    absent = words_of_absent(own)
    home, hall = places()[0], workplaces()[-1]
    visitors = {
        "stranger": (Client(), ENTRANCES),
        "citizen": (citizen(), ("/saya/", "/saya/surat/", "/layanan/surat-keterangan-usaha/")),
        "operator": (officer(login_name(home.staff[0], home), codes), ("/meja/",)),
        "head": (officer(login_name(home.staff[-1], home), codes), ("/meja/",)),
        "administrator": (officer(login_name(hall.staff[0], hall), codes), ("/meja/",)),
    }
    found, read = [], {}
    for who, (client, entrances) in visitors.items():
        for url, text in walk(client, entrances):
            read[url] = text
            hits = [*foreign.finditer(text), *strange_words(absent, url, text)]
            found += [(who, url, text[max(0, hit.start() - 40) : hit.end()]) for hit in hits]
    assert found == []
    assert len(read) > 20
    assert own.name in read["/"]


@every_town
def test_no_service_of_a_town_names_another(town: str) -> None:
    foreign = names_of_others(government.current())
    absent = words_of_absent(government.current())
    said = {
        each.id: foreign.findall(spoken(each))
        + absent.findall(each.model_dump_json(exclude={"files", "keywords"}))
        for each in running.current().services
    }
    assert {service: words for service, words in said.items() if words} == {}


@every_town
def test_cast_fits_its_town(town: str) -> None:
    own = government.current()
    assert own.folder == town
    assert {office.code for office in cast().office} >= {*own.open_offices, own.top_office}
    # Every office is one of the town, and the town hall comes last.
    assert [place.code for place in workplaces()] == [office.code for office in cast().office]
    assert workplaces()[-1].code == own.top_office
    names = [login_name(staff, place) for place in workplaces() for staff in place.staff]
    assert len(set(names)) == len(names)
    known = {service.id for service in running.current().services}
    assert {tale.service for tale in cast().tale} <= known
    assert [guest.is_proven for guest in guests()] == [True, False]


@every_town
def test_every_rejection_of_a_town_may_be_objected_to_and_somebody_answers(town: str) -> None:
    for place in workplaces():
        seed_staff(place)
    seated = people.seats("cases.review", local_today())
    for code in government.current().open_offices:
        office = region.office(code)
        above = [office] if office else []
        while above and above[-1].parent_code:
            higher = region.office(above[-1].parent_code)
            above += [higher] if higher else []
        assert {each.code for each in above[1:]} & seated, code
    assert [each.id for each in running.current().services if each.objection is None] == []
