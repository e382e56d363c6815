"""Without a mouse: an application from search to slip, and an inbox worked through with j, k and Enter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.citizen import BUSINESS, LESTARI, Citizen
from tests.journeys.desk import Officer

pytestmark = pytest.mark.journey

FOCUS_SHOWS = """each => {
  const seen = element => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 || boxShadow !== 'none';
  };
  return seen(each) || seen(each.closest('.option') || each);
}"""


class Keys:
    """Somebody's two hands on the keyboard."""

    def __init__(self, person: Citizen) -> None:
        self.person, self.page = person, person.page

    def tab_to(self, wanted: Locator) -> None:
        """Press Tab until it has the focus; the focus must be seen."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("each => each === document.activeElement"):
                assert wanted.evaluate(FOCUS_SHOWS), f"no focus ring on {wanted}"
                return
        raise AssertionError(f"Tab does not reach {wanted}")

    def type_into(self, label: str, text: str) -> None:
        """A field, by its label."""
        self.tab_to(self.person.main.get_by_label(label, exact=True))
        self.page.keyboard.type(text)

    def enter(self, wanted: Locator) -> None:
        """Reach it, press Enter, arrive."""
        self.tab_to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.person.look()

    def button(self, name: str) -> None:
        """A button that sends the form."""
        self.enter(self.person.main.get_by_role("button", name=name))

    def link(self, name: str) -> None:
        """A link."""
        self.enter(self.person.main.get_by_role("link", name=name).first)


def test_application_from_search_to_slip_by_keyboard(citizen: Callable[..., Citizen], photo: Path) -> None:
    lestari = citizen()
    keys, page = Keys(lestari), lestari.page
    page.on("filechooser", lambda chooser: chooser.set_files(photo))
    lestari.open("/")
    page.wait_for_function("document.hasFocus()")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    keys.tab_to(page.get_by_role("searchbox"))
    page.keyboard.type("sku")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.link("Surat keterangan usaha")
    keys.link("Mulai mengajukan")
    keys.type_into("NIK", LESTARI.nik)
    keys.type_into("Nomor HP atau e-mail", LESTARI.contact)
    keys.button("Kirim kode")
    keys.type_into("Kode 6 angka", lestari.town.code_sent_to(LESTARI.contact))
    keys.button("Masuk")

    keys.type_into("Nama usaha", BUSINESS["Nama usaha"])
    keys.tab_to(lestari.main.get_by_role("group", name="Bidang usaha").get_by_role("radio").first)
    page.keyboard.press("Space")
    keys.type_into("Berusaha sejak", BUSINESS["Berusaha sejak"])
    keys.tab_to(lestari.main.get_by_role("radio", name="Ya"))
    page.keyboard.press("Space")
    keys.type_into("Untuk keperluan apa?", BUSINESS["Untuk keperluan apa?"])
    keys.button("Simpan dan lanjut")
    keys.tab_to(lestari.main.get_by_label("Foto tempat usaha"))
    page.keyboard.press("Enter")
    expect(page.locator(".file-preview")).to_be_visible()
    keys.button("Simpan dan lanjut")
    keys.button("Kirim permohonan")
    number, _pin = lestari.receipt()
    assert number.startswith("SKU-")


def test_inbox_is_worked_through_with_j_k_and_enter(officer: Callable[..., Officer]) -> None:
    operator = officer("operator.sawentar")
    operator.open("/meja/")
    operator.page.wait_for_function("document.hasFocus()")
    page, links = operator.page, operator.main.locator("[data-row] a")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    number = operator.main.locator("[data-row]").nth(1).locator(".digits").inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    operator.sees(number)
    operator.open("/meja/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
