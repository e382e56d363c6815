"""What a page weighs on the way to a phone: counted by the browser over the wire, nothing in its cache."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.citizen import Citizen, newcomer

pytestmark = pytest.mark.journey

HOME_BYTES, HOME_REQUESTS = 14_000, 3
JOURNEY_BYTES = 60_000


class Scales:
    """Counts what arrives in one page's browser: headers and compressed bodies, redirects included."""

    def __init__(self, person: Citizen) -> None:
        self.bytes, self.requests = 0, 0
        wire = person.context.new_cdp_session(person.page)
        wire.on("Network.requestWillBeSent", self._sent)
        wire.on("Network.loadingFinished", self._arrived)
        wire.send("Network.enable")
        wire.send("Network.clearBrowserCache")

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.requests += 1
        self.bytes += event.get("redirectResponse", {}).get("encodedDataLength", 0)

    def _arrived(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]


def test_home_and_the_way_to_the_slip_are_light(citizen: Callable[..., Citizen], photo: Path) -> None:
    person = newcomer(40)
    applicant = citizen()
    scales = Scales(applicant)
    applicant.page.goto(applicant.url + "/", wait_until="networkidle")
    home = (int(scales.bytes), scales.requests)
    print(
        f"\nhome with styles: {home[0]:,} bytes in {home[1]} requests (bar {HOME_BYTES:,} in {HOME_REQUESTS})"
    )

    applicant.start(person)
    applicant.fill_all(person, photo)
    applicant.send()
    applicant.page.wait_for_load_state("networkidle")
    print(
        f"search to slip: {int(scales.bytes):,} bytes in {scales.requests} requests (bar {JOURNEY_BYTES:,})"
    )
    assert home[0] <= HOME_BYTES and home[1] <= HOME_REQUESTS
    assert scales.bytes <= JOURNEY_BYTES
