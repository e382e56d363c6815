"""Somebody with a browser; every page that she gets to is looked at: on a phone, on a screen, in the dark."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Locator, Page, Response, StorageState, expect

PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1280, "height": 900}
# A form that comes back with faults is an answer of 400; the browser reports each as an "error".
EXPECTED_NOISE = re.compile(r"status of 4\d\d|net::ERR_(FAILED|CONNECTION_RESET|ABORTED)")
# How long something may take to appear: a bound for a busy machine, not a measure of speed.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
AXE = AXE_FILE_PATH.read_text()
# On PostgreSQL the pages are the same: there the stories are about the database.
LOOKS = "BALAI_TEST_DATABASE_URL" not in os.environ
# What a page is made of, whatever it says: two sheets of two cases in one state are looked at once.
SHAPE = """() => {
  const kinds = new Set();
  for (const each of document.body.querySelectorAll('*')) {
    const attributes = [...each.attributes].map(({name, value}) =>
      /^(class|role|type|scope|lang|dir|hidden|open|checked)$/.test(name) ? `${name}=${value}` : name);
    kinds.add([each.parentElement.tagName, each.tagName, ...attributes.sort()].join(' '));
  }
  const headings = [...document.querySelectorAll('h1,h2,h3,h4')].map(each => each.tagName);
  return [...kinds].sort().concat(headings).join('|');
}"""


class Visitor:
    """A browser of one's own, without a past; keeps what went wrong in `problems`."""

    seen: set[str] = set()

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        size: Any = PHONE,
        scripts: bool = True,
        state: StorageState | None = None,
        **options: Any,
    ):
        self.url, self.size, self.scripts = url, size, scripts
        self.context = browser.new_context(
            viewport=size,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=scripts,
            storage_state=state,
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.problems: list[str] = []
        self.page: Page = self.context.new_page()
        self._watch(self.page)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        self.context.close()
        if kind is None:
            assert self.problems == []

    def _watch(self, page: Page) -> None:
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("response", self._note_answer)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not EXPECTED_NOISE.search(text):
            self.problems.append(f"console: {text} on {self.page.url}")

    def _note_answer(self, answer: Response) -> None:
        if answer.status >= 500:
            self.problems.append(f"{answer.status} {answer.request.method} {answer.url}")

    # --- getting about --------------------------------------------------------------------------

    def open(self, path: str, *, status: int = 200) -> None:
        """Type an address, and get the page that belongs to it."""
        answer = self.page.goto(self.url + path)
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"
        self.look()

    def follow(self, link: str, *, within: Locator | None = None) -> None:
        """Press the first link of this name and arrive."""
        with self.page.expect_navigation():
            (within or self.main).get_by_role("link", name=link).first.click()
        self.look()

    def download(self, link: str, path: Path) -> Path:
        """The PDF behind a link, with the cookies of this visitor."""
        address = self.main.get_by_role("link", name=link).first.get_attribute("href") or ""
        answer = self.context.request.get(self.url + address)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        path.write_bytes(answer.body())
        return path

    def press(self, button: str, *, within: Locator | None = None) -> None:
        """Press the button of this name, which sends a form, and see the answer."""
        with self.page.expect_navigation():
            (within or self.main).get_by_role("button", name=button).click()
        self.look()

    @property
    def main(self) -> Locator:
        """The page's own content and its head, without menus."""
        return self.page.locator("main, .hero")

    @property
    def text(self) -> str:
        """All that the page says."""
        return self.page.locator("body").inner_text()

    # --- forms ----------------------------------------------------------------------------------

    def fill(self, label: str, value: str) -> None:
        """Type into the control of this label."""
        self.main.get_by_label(label, exact=True).fill(value)

    def choose(self, question: str, answer: str) -> None:
        """Choose one of the options of a question."""
        group = self.main.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()

    def faults(self) -> dict[str, str]:
        """Each sentence of the summary on top, by its field; the same stands beside the field."""
        found = {}
        for line in self.main.locator(".error-summary li").all():
            link = line.get_by_role("link")
            name = link.inner_text()
            sentence = line.inner_text().removeprefix(f"{name}:").strip()
            target = (link.get_attribute("href") or "").removeprefix("#")
            field = self.page.locator(".field", has=self.page.locator(f'[id="{target}"]')).last
            expect(field.locator(".error-text")).to_contain_text(sentence)
            found[name] = sentence
        return found

    # --- looking --------------------------------------------------------------------------------

    def sees(self, *sentences: str) -> None:
        """Each of these words stands on the page where a person can read it."""
        for sentence in sentences:
            expect(
                self.page.locator("body").get_by_text(sentence).locator("visible=true").first
            ).to_be_visible()

    def is_told(self, *words: str) -> None:
        """The message on top of the page, which a screen reader speaks, says these words."""
        message = self.page.locator("main").get_by_role("status").first
        for each in words:
            expect(message).to_contain_text(each)

    def look(self) -> None:
        """No accessibility fault on the page as it stands, narrow, wide and dark; nothing runs off it."""
        if not LOOKS or not self.scripts:
            return
        mark = self.page.evaluate(SHAPE)
        if mark in Visitor.seen:
            return
        Visitor.seen.add(mark)
        other = SCREEN if self.size == PHONE else PHONE
        self.page.evaluate(AXE)
        faults = self._faults_here("")
        with self._seen_as(other):
            faults += self._faults_here(f" at {other['width']} px")
        self.page.emulate_media(color_scheme="dark")
        faults += self._faults_here(" in the dark", {"runOnly": ["color-contrast"]})
        self.page.emulate_media(color_scheme="light")
        assert faults == [], f"{self.page.url}: {faults}"

    def _faults_here(self, where: str, options: dict[str, Any] | None = None) -> list[str]:
        chosen = {"resultTypes": ["violations"], **(options or {})}
        result = self.page.evaluate("chosen => axe.run(chosen)", chosen)
        faults = [
            f"{fault['id']}{where}: {node['target']} {node['failureSummary']}"
            for fault in result["violations"]
            for node in fault["nodes"]
        ]
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return faults + ([f"runs {width} px off the side{where}"] if width > 0 else [])

    @contextmanager
    def _seen_as(self, size: Any) -> Iterator[None]:
        self.page.set_viewport_size(size)
        yield
        self.page.set_viewport_size(self.size)
