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


def test_lost_reply_and_sending_again_makes_one_application(
    citizen: Callable[..., Citizen], photo: Path
) -> None:
    person = newcomer(12)
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
    page.reload()  # what the browser's own page says: try again, which sends the form again
    number, _pin = applicant.receipt()
    assert filed(applicant) == [number]


def filed(applicant: Citizen) -> list[str]:
    """The numbers on the page of her affairs."""
    applicant.open("/saya/")
    lines = applicant.main.locator("section[aria-labelledby=affairs] a .digits").all_inner_texts()
    return [line.split(" ")[0] for line in lines]
