"""Two officers decide on the same case: the second reads who was first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.citizen import RESIDENCE_LETTER, Citizen, newcomer
from tests.journeys.desk import Officer
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

SAWENTAR = "35.05.10.2011"
DEPUTY_PASSWORD = "sawah hijau di kaki Kelud"


def test_second_decision_names_who_decided_first(
    chromium: Browser,
    town: Town,
    citizen: Callable[..., Citizen],
    officer: Callable[..., Officer],
    photo: Path,
) -> None:
    person = newcomer(2)
    applicant = citizen()
    applicant.start(person, RESIDENCE_LETTER)
    applicant.fill_all(person, photo)
    number, _pin = applicant.send()

    operator, secretary = officer("operator.sawentar"), officer("sekretaris.sawentar")
    for each in (operator, secretary):
        each.open_case(number)
        each.accept(RESIDENCE_LETTER.photo)
    operator.press("Lengkap, teruskan")
    secretary.press("Lengkap, teruskan")
    secretary.sees("Sri W")

    town.manage(
        "officer_create", "wakil.sawentar", "Laksmi Dewi", "--password-stdin", given=DEPUTY_PASSWORD + "\n"
    )
    town.manage("officer_assign", "wakil.sawentar", "village-head", SAWENTAR)
    head = officer("kepala.sawentar")
    with Officer.of(chromium, town) as deputy:
        deputy.enrol("wakil.sawentar", DEPUTY_PASSWORD)
        head.open_case(number)
        deputy.open_case(number)
        deputy.main.get_by_text("Tolak permohonan").click()
        deputy.main.get_by_label("Alasan penolakan").select_option(label="Permohonan ganda")
        deputy.main.get_by_label("Keterangan untuk pemohon").fill("Sudah ada yang sama.")
        head.press("Setujui dan terbitkan surat")
        deputy.press("Tolak")
        deputy.sees("Bambang S")
        assert "ditolak" not in applicant_history(applicant, number).lower()


def applicant_history(applicant: Citizen, number: str) -> str:
    """What the applicant has been told."""
    applicant.open(f"/saya/berkas/{number}/")
    return " ".join(applicant.history())
