"""The furnished demo town: its doors open, and seeding it again adds nobody."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from balai.demo.town.cast import PASSWORD, SIGNING_PASSPHRASE, login_name, workplaces
from balai.documents.models import Credential
from balai.documents.signing.registry import signer_of
from balai.people.models import Officer
from balai.runtime import clock
from balai.work import duties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def seed() -> None:
    call_command("demo_seed", stdout=StringIO())


def test_accounts_are_printed_as_one_signs_in() -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    told = out.getvalue()
    siti = "Siti Aminah    NIK 3505105708950001  phone 081234567801"
    wanted = (siti, PASSWORD, "operator.sawentar", "pengelola.blitar")
    assert [text for text in wanted if text not in told] == []


def test_page_of_officers_gives_codes_that_open_the_desk() -> None:
    html = Client().get("/demo/petugas/").content.decode()
    at = html.index("operator.sawentar")
    code = html[at:].split('<td class="digits"><b>')[1][:6]
    client = Client()
    client.post("/meja/masuk/", {"login_name": "operator.sawentar", "password": PASSWORD})
    assert client.post("/meja/masuk/kode/", {"code": code})["Location"] == "/meja/"
    assert client.get("/meja/").status_code == 200


def test_seeding_twice_gives_the_town_one_administrator_who_reads_jobs_and_messages() -> None:
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
    assert SIGNING_PASSPHRASE in Client().get("/demo/petugas/").content.decode()
    rows = list(Credential.objects.select_related("officer__account"))
    signing = {row.officer.account.login_name for row in rows}
    assert signing == {
        login_name(staff, place)
        for place in workplaces()
        for staff in place.staff
        if staff.role.endswith("-head")
    }
    assert all("UJI COBA" in row.subject_name for row in rows)
    assert len(rows) == len(signing)
    signer_of(rows[0].signer).unlock(rows[0], SIGNING_PASSPHRASE).close()


def test_roster_of_the_coming_days_is_planned_once_and_leaves_the_last_one_open() -> None:
    seed()
    now, (place, *_others) = clock.now(), workplaces()
    (post, *_more) = duties.posts(place.code, now)
    planned = list(duties.duties(place.code, post, now - timedelta(days=1), now + timedelta(days=7)))
    assert len(planned) == len({each.from_at for each in planned}) == 6
    assert duties.gaps(place.code, post, now)[-1].to_at == now + timedelta(days=7)
