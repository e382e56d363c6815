"""A visitor who follows every link of a town, and what she may not read there: other towns' names."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from balai.documents.tests.papers import pages_of
from balai.government import Government, load
from balai.government.loading import folders

ENTRANCES = ("/", "/layanan/", "/periksa/", "/demo/petugas/", "/ui/", "/tidak-ada/")
OF_EACH_PAGE = 2  # an address with a slug or a number is opened for this many of them
# Places of birth are the whole country's.
ANYWHERE = re.compile(r"<datalist.*?</datalist>", re.DOTALL)
NOT_OPENED = ("/static/", "/keluar/", "/meja/keluar/")
SAMPLES = ("/ui/",)
TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL)
HREF = re.compile(r'(?:href|action|src)="(/[^"#]*)"')


def walk(client: Client, entrances: tuple[str, ...] = ENTRANCES) -> Iterator[tuple[str, str]]:
    """(address, text) of every page that the links lead to, each kind of page a few times."""
    waiting, seen, opened = deque(entrances), set(entrances), Counter[str]()
    while waiting:
        url = waiting.popleft()
        kind = _kind(url)
        if opened[kind] >= OF_EACH_PAGE or url.startswith(NOT_OPENED):
            continue
        opened[kind] += 1
        text = _text(client.get(url))
        yield url, text
        for link in map(unescape, HREF.findall(text)):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def _kind(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name or url
    except Resolver404:
        return url


def _text(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # both kinds
    kind = response.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return " ".join(pages_of(content))
    if not kind.startswith(("text/", "application/json", "application/vnd.oai")):
        return ""
    return ANYWHERE.sub("", content.decode())


def names_of_others(own: Government) -> re.Pattern[str]:
    """What gives another government away: its names, its codes, the names of its open offices."""
    others = [town for town in map(load, folders()) if town.code != own.code]
    mine = " ".join((own.name, *(area.name for area in own.areas)))
    words: set[str] = set()
    for other in others:
        opened = {area.name for area in other.areas if area.code in other.open_offices}
        places = {other.name.split()[-1], *opened}
        words |= {other.name, other.short_name}
        words |= {place for place in places if not re.search(rf"\b{re.escape(place)}\b", mine)}
        words |= {other.product_name} - {own.product_name, "Balai"}
    codes = [other.code for other in others]
    numbers = (rf"{code}(?:\d{{12}}|•+|-k)|{code[:2]}\.{code[2:]}\.\d\d" for code in codes)
    spelled = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"\b(?:{spelled})\b|\b(?:{'|'.join(numbers)})")


def words_of_absent(own: Government) -> re.Pattern[str]:
    """What kinds of areas that a town does not have are called: no desa in a kota."""
    kinds = {area.kind for area in own.areas}
    absent = {"village": ("desa",), "kelurahan": ("kelurahan", "lurah")}
    words = [word for kind, words in absent.items() if kind not in kinds for word in words]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else re.compile(r"(?!)")


def strange_words(absent: re.Pattern[str], url: str, text: str) -> Iterator[re.Match[str]]:
    """Where a page says them; the gallery of parts shows made-up areas, and addresses are no text."""
    if not url.startswith(SAMPLES):
        yield from absent.finditer(TAG.sub(lambda tag: " " * len(tag[0]), text))
