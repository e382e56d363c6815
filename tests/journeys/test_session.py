"""The session ends in mid-form: what was typed waits for its owner, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import BUSINESS, Citizen, newcomer

pytestmark = pytest.mark.journey


def test_typed_values_and_photo_survive_signing_in_again(
    citizen: Callable[..., Citizen], photo: Path
) -> None:
    person = newcomer(20)
    applicant = citizen()
    applicant.start(person)
    applicant.fill_applicant(person)
    applicant.go_on()

    applicant.fill_business()
    applicant.run_out_of_time()
    applicant.go_on()
    applicant.sees("Isian Anda aman")
    applicant.sign_in(person)
    for label, value in BUSINESS.items():
        expect(applicant.main.get_by_label(label, exact=True)).to_have_value(value)
    expect(applicant.main.get_by_label("Perdagangan (warung, toko, penjual)")).to_be_checked()
    applicant.go_on()

    applicant.attach(photo)
    applicant.run_out_of_time()
    applicant.go_on()
    applicant.sign_in(person)
    applicant.sees("Sudah terlampir:", "warung.jpg")
    applicant.go_on()
    expect(applicant.page.get_by_role("heading", level=1)).to_have_text("Periksa, lalu kirim")
    applicant.sees("Warung Bu Siti", "warung.jpg", "Jalan Melati 5")


def test_another_person_on_that_browser_does_not_get_them(citizen: Callable[..., Citizen]) -> None:
    person, other = newcomer(21), newcomer(22)
    applicant = citizen()
    applicant.start(person)
    applicant.fill_applicant(person)
    applicant.go_on()
    applicant.fill_business(**{"Nama usaha": "Rahasia Dagang"})
    applicant.run_out_of_time()
    applicant.go_on()
    applicant.sign_in(other)
    for page in ("applicant", "business"):
        applicant.open(f"/layanan/surat-keterangan-usaha/ajukan/{page}/")
        source = applicant.page.content()
        assert [secret for secret in ("Rahasia Dagang", person.nik, "Jalan Melati") if secret in source] == []
        assert applicant.main.locator("input[type=text]").evaluate_all(
            "all => all.map(each => each.value)"
        ) == ([""] * applicant.main.locator("input[type=text]").count())
