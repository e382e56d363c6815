"""Furnishing the demo town, its doors, and that none of it exists in production."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client

from balai.demo.town.cast import PASSWORD, SIGNING_PASSPHRASE, login_name, places
from balai.documents.models import Credential
from balai.documents.signing.registry import signer_of
from balai.people.models import Citizen, Officer
from balai.work.models import WorkItem

pytestmark = pytest.mark.django_db


def seed() -> None:
    call_command("demo_seed", stdout=StringIO())


def in_mode(settings, **changes: object) -> None:
    settings.BALAI = django_settings.BALAI.model_copy(update=changes)


def test_seeding_is_refused_in_production(settings) -> None:
    in_mode(settings, mode="production")
    for command in ("demo_seed", "demo_accounts"):
        with pytest.raises(CommandError):
            call_command(command, stdout=StringIO())
    assert Officer.objects.count() == 0


def test_seeding_without_engines_furnishes_people_only(settings) -> None:
    in_mode(settings, engines="")
    seed()
    assert (Officer.objects.count() > 0, Citizen.objects.count() > 0) == (True, True)
    assert WorkItem.objects.count() == 0


def test_accounts_are_printed_as_one_signs_in() -> None:
    seed()
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    told = out.getvalue()
    siti = "Siti Aminah    NIK 3505105708950001  phone 081234567801"
    wanted = (siti, PASSWORD, "operator.sawentar", "pengelola.blitar")
    assert [text for text in wanted if text not in told] == []


def test_page_of_officers_gives_codes_that_open_the_desk() -> None:
    seed()
    html = Client().get("/demo/petugas/").content.decode()
    at = html.index("operator.sawentar")
    code = html[at:].split('<td class="digits"><b>')[1][:6]
    client = Client()
    client.post("/meja/masuk/", {"login_name": "operator.sawentar", "password": PASSWORD})
    assert client.post("/meja/masuk/kode/", {"code": code})["Location"] == "/meja/"
    assert client.get("/meja/").status_code == 200


def test_seeding_twice_gives_the_town_one_administrator_who_reads_jobs_and_messages() -> None:
    seed()
    seed()
    html = Client().get("/demo/petugas/").content.decode()
    code = html[html.index("pengelola.blitar") :].split('<td class="digits"><b>')[1][:6]
    client = Client()
    client.post("/meja/masuk/", {"login_name": "pengelola.blitar", "password": PASSWORD})
    client.post("/meja/masuk/kode/", {"code": code})
    paths = ("/meja/", "/meja/pekerjaan/", "/meja/pemberitahuan/")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    held = Officer.objects.get(account__login_name="pengelola.blitar").assignments
    assert list(held.values_list("role__code", "office_code")) == [("admin", "setda")]


def test_who_signs_letters_has_one_certificate_that_the_shown_passphrase_opens() -> None:
    seed()
    seed()
    assert SIGNING_PASSPHRASE in Client().get("/demo/petugas/").content.decode()
    rows = list(Credential.objects.select_related("officer__account"))
    signing = {row.officer.account.login_name for row in rows}
    assert signing == {
        login_name(staff, place) for place in places() for staff in place.staff if staff.key == "kepala"
    }
    assert all("UJI COBA" in row.subject_name for row in rows)
    assert len(rows) == len(signing)
    signer_of(rows[0].signer).unlock(rows[0], SIGNING_PASSPHRASE).close()


def test_page_of_officers_before_seeding_shows_no_code() -> None:
    assert Client().get("/demo/petugas/").status_code == 200


@pytest.mark.parametrize("path", ["/demo/petugas/", "/demo/pesan/"])
def test_demo_pages_do_not_exist_in_production(settings, path: str) -> None:
    in_mode(settings, mode="production")
    assert Client().get(path).status_code == 404


def test_demo_people_live_in_the_first_open_village() -> None:
    assert places()[0].name.endswith("Sawentar")
