"""A point is shown by keyboard, by the phone and on the map; what was not asked for is not loaded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.citizen import Citizen
from tests.journeys.visitor import AXE

pytestmark = pytest.mark.journey
GALLERY = "/ui/"


def test_point_is_chosen_by_keyboard_then_by_phone_and_taken_back(citizen: Callable[..., Citizen]) -> None:
    person = citizen(
        geolocation={"latitude": -8.0912, "longitude": 112.2034, "accuracy": 14}, permissions=["geolocation"]
    )
    page, loaded = person.page, list[str]()
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(person.url + GALLERY)
    box = page.locator("[data-point]")
    said, lat, lon = box.get_by_role("status"), box.locator("[data-lat]"), box.locator("[data-lon]")
    assert [url for url in loaded if "/map/" in url or "/peta/" in url] == []

    box.get_by_role("button", name="Tunjuk di peta").click()
    frame = box.get_by_role("application")
    expect(frame).to_be_focused()
    assert all(url.startswith((person.url, "data:", "blob:")) for url in loaded)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Titik terpilih: -8.")
    east = float(lon.input_value())

    box.get_by_role("button", name="Pakai lokasi ponsel").click()
    expect(said).to_contain_text("tepat sampai sekitar 14 m")
    assert (lat.input_value(), lon.input_value()) == ("-8.09120", "112.20340")
    assert abs(east - 112.2) < 0.3
    expect(frame).to_contain_text("Contoh demo")
    page.evaluate(AXE)
    assert page.evaluate("axe.run('[data-point]').then(found => found.violations.map(each => each.id))") == []

    box.get_by_role("button", name="Hapus titik").click()
    expect(said).to_have_text("Belum ada titik.")
    assert (lat.input_value(), lon.input_value()) == ("", "")
    expect(page.locator(".map-pin")).to_have_count(0)


def test_points_are_shown_together_and_one_opens_its_page(citizen: Callable[..., Citizen]) -> None:
    person = citizen()
    person.page.goto(person.url + GALLERY)
    person.page.get_by_role("button", name="Tampilkan peta").click()
    frame = person.page.get_by_role("application", name="Peta laporan")
    expect(frame.get_by_role("button", name="titik; ketuk untuk memperbesar").first).to_be_visible()
    frame.get_by_role("button", name="Lampu padam").first.press("Enter")
    expect(frame.get_by_role("link", name="Lampu padam")).to_have_attribute("href", "/ui/")


def test_refusing_phone_and_page_without_scripts_say_what_else_there_is(
    citizen: Callable[..., Citizen],
) -> None:
    person, bare = citizen(permissions=[]), citizen(scripts=False)
    person.page.goto(person.url + GALLERY)
    person.page.get_by_role("button", name="Pakai lokasi ponsel").click()
    expect(person.page.locator("[data-point] [role=status]")).to_contain_text("tunjuk di peta")
    bare.page.goto(bare.url + GALLERY)
    expect(bare.page.locator("[data-point] noscript p")).to_be_visible()
    expect(bare.page.get_by_role("button", name="Tunjuk di peta")).to_have_count(0)
