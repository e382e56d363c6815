"""Who does what: an officer takes a case, hands it on, and the head of the office sees what is late."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import Citizen, newcomer
from tests.journeys.desk import PASSWORD, Officer
from tests.journeys.town import Town

pytestmark = pytest.mark.journey


def test_case_is_taken_handed_on_and_given_back(
    citizen: Callable[..., Citizen], officer: Callable[..., Officer], photo: Path
) -> None:
    person = newcomer(80)
    applicant, operator, secretary = citizen(), officer("operator.sawentar"), officer("sekretaris.sawentar")
    applicant.start(person)
    applicant.fill_all(person, photo)
    number, _pin = applicant.send()
    operator.open_case(number)
    operator.press("Ambil")
    operator.sees("Di tangan Anda")
    operator.main.get_by_label("Serahkan kepada").select_option(label="Hendra Gunawan")
    operator.press("Serahkan")
    operator.sees("Di tangan Hendra Gunawan")
    operator.look()
    secretary.open_case(number)
    secretary.press("Lepaskan")
    secretary.sees("Belum ada yang mengambil")


def test_head_of_the_office_minds_what_is_late(officer: Callable[..., Officer]) -> None:
    head = officer("kepala.sawentar")
    head.open("/meja/pengawasan/")
    expect(head.page.get_by_role("heading", level=1)).to_be_visible()
    head.look()


def test_who_looks_after_the_town_sees_its_background_jobs(
    town: Town, officer: Callable[..., Officer]
) -> None:
    town.manage("officer_create", "pengelola.desa", "Arif Rahman", "--password-stdin", given=PASSWORD)
    town.manage("officer_assign", "pengelola.desa", "admin", "35.05.10.2011")
    keeper = officer("operator.sawentar")
    keeper.page.context.clear_cookies()
    keeper.enrol("pengelola.desa", PASSWORD)
    for shelf in ("dead", "running", "waiting", "plan"):
        keeper.open(f"/meja/pekerjaan/?rak={shelf}")
        expect(keeper.page.get_by_role("heading", level=1)).to_be_visible()
        keeper.look()
    keeper.sees("Menyegel catatan")
    keeper.sees("Hidup")
