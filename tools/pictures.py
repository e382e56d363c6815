"""Take the README's picture from a running demo town: the start page on a phone, a case at the desk.

Usage: .venv/bin/python tools/pictures.py http://127.0.0.1:8000
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
TARGET = PROJECT / "docs" / "pictures" / "balai.png"
CHROMIUM = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
PHONE, DESK = (390, 800), (1280, 800)
OFFICER = "operator"


def main(address: str) -> int:
    """Write the picture and say how large it is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        phone = start_page(browser, address)
        desk = case_at_the_desk(browser, address)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    side_by_side(phone, desk).save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(PROJECT)}: {TARGET.stat().st_size // 1024} kB")
    return 0


def start_page(browser: Browser, address: str) -> Image.Image:
    """The first thing that a citizen sees."""
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="id-ID")
    page.goto(address)
    return picture(page)


def case_at_the_desk(browser: Browser, address: str) -> Image.Image:
    """The first case of the first demo operator's inbox."""
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}, locale="id-ID")
    page.goto(f"{address}/demo/petugas/")
    row = page.locator("tr", has_text=f"{OFFICER}.").first.inner_text()
    password = re.search(r"\S+-\S+-\d{4}", page.inner_text("main"))
    name, code = re.search(rf"{OFFICER}\.\w+", row), re.search(r"\b\d{6}\b", row)
    if password is None or name is None or code is None:
        raise SystemExit("This is no demo town: its page of officers shows no account.")
    page.goto(f"{address}/meja/masuk/")
    page.fill("[name=login_name]", name.group())
    page.fill("[name=password]", password.group())
    page.click("main form button")
    page.fill("[name=code]", code.group())
    page.click("main form button")
    page.locator("[data-row] a").first.click()
    page.wait_for_load_state("networkidle")
    return picture(page)


def picture(page: Page) -> Image.Image:
    """What stands in the window."""
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def side_by_side(phone: Image.Image, desk: Image.Image) -> Image.Image:
    """Both at one height on one ground, in few colours: a README is read on weak lines too."""
    height, gap = 560, 24
    pictures = [image.resize((image.width * height // image.height, height)) for image in (phone, desk)]
    width = sum(image.width for image in pictures) + 3 * gap
    ground = Image.new("RGB", (width, height + 2 * gap), "#e9e2d5")
    left = gap
    for image in pictures:
        ground.paste(image, (left, gap))
        left += image.width + gap
    return ground.quantize(224, method=Image.Quantize.MAXCOVERAGE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
