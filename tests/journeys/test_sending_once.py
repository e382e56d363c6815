"""However often it is sent: one application."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.citizen import Citizen, newcomer

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("scripts", [pytest.param(True, id="scripts"), pytest.param(False, id="no scripts")])
def test_double_click_makes_one_application(
    scripts: bool, citizen: Callable[..., Citizen], photo: Path
) -> None:
    person = newcomer(10 + scripts)
    applicant = citizen(scripts=scripts)
    applicant.start(person)
    applicant.fill_all(person, photo)
    applicant.main.get_by_role("button", name="Kirim permohonan").dblclick()
    expect(applicant.page.locator(".slip-number").first).to_be_visible()
    number, _pin = applicant.receipt()
    assert filed(applicant) == [number]


@pytest.mark.parametrize("then", ["sends again", "goes back"])
def test_lost_reply_and_trying_again_makes_one_application(
    then: str, citizen: Callable[..., Citizen], photo: Path
) -> None:
    person = newcomer(12 if then == "goes back" else 13)
    applicant = citizen()
    applicant.start(person)
    applicant.fill_all(person, photo)
    page, lost = applicant.page, []

    def lose_the_reply(route: Route) -> None:
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    page.route("**/tinjau/", lose_the_reply)
    with page.expect_event("requestfailed"):
        applicant.main.get_by_role("button", name="Kirim permohonan").click()
    page.unroute("**/tinjau/")
    assert lost == [302]
    if then == "sends again":
        page.reload()  # the button on the browser's own page, which sends the form once more
    else:
        page.go_back()
        applicant.is_told("Permohonan ini sudah terkirim.")
    number, _pin = applicant.receipt()
    assert filed(applicant) == [number]


def filed(applicant: Citizen) -> list[str]:
    """The numbers on the page of her affairs."""
    applicant.open("/saya/")
    lines = applicant.main.locator("section[aria-labelledby=affairs] a .digits").all_inner_texts()
    return [line.split(" ")[0] for line in lines]
