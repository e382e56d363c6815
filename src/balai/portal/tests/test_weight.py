"""Home fits in the first round trip: at most 14 kB compressed with styles, at most 3 requests.

The same is counted over the wire in a real browser by the journeys; this one says at once who broke it.
"""

from __future__ import annotations

import gzip
import re
from contextlib import AbstractContextManager, nullcontext

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from balai.catalogue import loader, running
from balai.catalogue.catalogue import Catalogue

BUDGET = 14_000
REQUESTS = 3


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.django_db
@pytest.mark.parametrize("is_whole", [False, True], ids=["small town", "every real service"])
def test_home_with_styles_fits_the_first_round_trip(client: Client, is_whole: bool) -> None:
    town = real_town() if is_whole else nullcontext()
    with town:
        html = client.get("/").content
    named = re.findall(rb'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', html)
    addresses = [address for address in named if not address.startswith(b"data:")]
    sheets = [address.decode().removeprefix("/static/") for address in addresses if address.endswith(b".css")]
    weight = packed(html) + sum(packed(open_static(sheet)) for sheet in sheets)
    assert len(addresses) + 1 <= REQUESTS
    assert len(sheets) == 1
    assert b'rel="icon"' in html  # without one the browser asks for /favicon.ico
    assert weight <= BUDGET


def real_town() -> AbstractContextManager[Catalogue]:
    """A town that offers everything there is."""
    reading = loader.read(running.SERVICES)
    return running.using(Catalogue(reading.definitions, elsewhere=reading.elsewhere, order=reading.front))


def open_static(path: str) -> bytes:
    found = finders.find(path)
    assert isinstance(found, str)
    with open(found, "rb") as file:  # noqa: PTH123 - finders give plain text paths
        return file.read()
