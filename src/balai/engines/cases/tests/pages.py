"""Pages as a person without scripts meets them: sessions, forms read out of the HTML, and filled in."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image

from balai.engines.cases.tests import factories as make
from balai.people import session
from balai.people.models import Citizen, Officer
from balai.people.tests.factories import enrol

SLUG = "surat-keterangan-usaha"
APPLY = f"/layanan/{SLUG}/ajukan/"
# What a person types, by the name of the control.
TYPED: dict[str, Any] = {
    "nik": make.ANSWERS["nik"],
    "name": "Siti Aminah",
    "birth_place": "Blitar",
    "birth_on": "17-8-1995",
    "sex": "female",
    "occupation": "Pedagang",
    "religion": "islam",
    "marital_status": "married",
    "address": "Dusun Sawentar",
    "rt": "2",
    "rw": "1",
    "area": make.SAWENTAR,
    "business_name": "Warung Bu Siti",
    "business_kind": "trade",
    "business_since": "1-3-2019",
    "same_address": "yes",
    "purpose": "Mengajukan KUR di BRI Unit Kanigoro",
}


def citizen_client(citizen: Citizen) -> Client:
    """A browser in which this citizen is signed in."""
    return _begun(lambda request: session.sign_in_citizen(request, citizen))


def officer_client(officer: Officer) -> Client:
    """A browser in which this officer has passed both factors."""
    if not officer.is_enrolled:
        enrol(officer)
        officer.refresh_from_db()

    def begin(request: Any) -> None:
        session.sign_in_officer(request, officer)
        session.mark_second_factor(request, officer)

    return _begun(begin)


def _begun(begin: Any) -> Client:
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    begin(request)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    return client


def photo_file(name: str = "warung.jpg", colour: int = 10) -> SimpleUploadedFile:
    """A small photo as a browser sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (colour, 90, 60)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@dataclass
class FormOnPage:
    """One form as a browser without scripts would send it."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    file_names: set[str] = field(default_factory=set)

    def filled(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent when these values are typed into the controls that are there."""
        return {**self.values, **{name: value for name, value in typed.items() if name in self.names}}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.at: FormOnPage | None = None
        self.select = ""
        self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.at = FormOnPage(given.get("action", ""))
            if given.get("method") == "post":
                self.forms.append(self.at)
        elif self.at is not None and given.get("name"):
            self._control(tag, given)
        elif tag == "option" and self.at is not None and self.select and "selected" in given:
            self.at.values[self.select] = given.get("value", "")

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self.at is not None
        name, kind = given["name"], given.get("type", "text")
        if tag == "button":
            return
        self.at.names.add(name)
        if tag == "select":
            self.select = name
            self.at.values.setdefault(name, "")
        elif tag == "textarea":
            self.textarea = name
            self.at.values[name] = ""
        elif kind == "file":
            self.at.file_names.add(name)
        elif kind not in ("radio", "checkbox") or "checked" in given:
            self.at.values[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.at is not None and self.textarea:
            self.at.values[self.textarea] += data.lstrip("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.at = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""


def forms_in(html: str) -> list[FormOnPage]:
    """Every form of a page that posts."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_in(html: str, holding: str) -> FormOnPage:
    """The form that holds a control of this name."""
    return next(form for form in forms_in(html) if holding in form.names)


def fill_all_pages(client: Client, typed: Mapping[str, Any] = TYPED) -> str:
    """From the start to the review, a page at a time; the review's address."""
    url = client.get(APPLY)["Location"]
    for _ in range(10):
        if url.endswith("/tinjau/"):
            return str(url)
        form = form_in(client.get(url).content.decode(), "milik")
        sent = form.filled(typed) | {name: photo_file() for name in form.file_names}
        answer = client.post(url, sent)
        assert answer.status_code == 302, error_texts(answer.content.decode())
        url = answer["Location"]
    raise AssertionError(f"still at {url}")


def error_texts(html: str) -> list[str]:
    """The sentences that stand beside controls."""
    found = re.findall(
        r'class="error-text" id="id_(.*?)_error".*?</svg><span>(.*?)</span></p>', html, re.DOTALL
    )
    return [f"{name}: {_plain(text)}" for name, text in found]


def _plain(text: str) -> str:
    words = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    return words.removeprefix("Perlu diperbaiki: ")
