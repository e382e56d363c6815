"""Pages as a person without scripts meets them: forms read out of the HTML, filled in and sent."""

from __future__ import annotations

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image

from balai.engines.reports.tests import factories as make
from balai.people import session
from balai.people.models import Citizen

_MARK = re.compile(r'name="isian" value="([^"]+)"')


def client_of(citizen: Citizen) -> Client:
    """A browser in which this citizen is signed in."""
    client, request = Client(), RequestFactory().get("/")
    request.session = client.session  # type: ignore[assignment]  # what the middleware would put there
    session.sign_in_citizen(request, citizen)
    request.session.save()
    client.cookies["sessionid"] = str(request.session.session_key)
    return client


def photo(name: str = "lubang.jpg", colour: int = 90) -> SimpleUploadedFile:
    """A photo from a phone."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (colour % 256, 90, 60)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def mark_in(html: str) -> str:
    """The signed mark of the draft that a page carries."""
    found = _MARK.search(html)
    assert found is not None, html
    return found[1]


def written(client: Client, *, text: str = make.TEXT, kind: str = make.HOLE, **door: str) -> str:
    """A report on its way, up to the last page; that page."""
    client.post("/lapor/apa/", {"cerita": text, "jenis": kind, **door})
    client.post("/lapor/di-mana/", {"desa": make.SAWENTAR, "dekat": "depan SDN Sawentar 2"})
    client.post("/lapor/sama/")
    return client.get("/lapor/kirim/").content.decode()


def send(client: Client, *, photos: int = 1, **typed: Any) -> Any:
    """Press the last button."""
    files = [photo(f"{each}.jpg", 40 + each) for each in range(photos)]
    sent = {"siapa": "terbuka", **typed, **({"foto": files} if files else {})}
    return client.post("/lapor/kirim/", sent)


def plain(html: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
