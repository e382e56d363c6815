"""Keys and list for other people's programs, and the page that checks without a network."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cwt import CWT, COSEKey
from django.test import Client

from balai.documents import compact
from balai.documents.compact import offline
from balai.documents.compact.qr import from_text
from balai.documents.compact.tests.town import MORNING, Desk
from balai.runtime import keyring
from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]
pytestmark = pytest.mark.usefixtures("strict_templates")
KEYS, COSE_KEYS = "/.well-known/balai/letter-keys.json", "/.well-known/balai/letter-keys.cbor"
LIST, PAGE = "/.well-known/balai/letter-status.cwt", "/periksa/luring/"


def test_published_keys_read_letters_of_all_of_them(client: Client, desk: Desk) -> None:
    letters = [compact.issue(desk.letter())]
    keyring.rotate("letters")
    letters.append(compact.issue(desk.letter()))
    answer = client.get(KEYS)
    published = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    assert published["issuer"] == "Kabupaten Blitar"
    assert published["status_list"] == f"https://balai.blitarkab.example{LIST}"
    keys = [COSEKey.from_jwk(json.dumps(each)) for each in published["keys"]]
    read = [CWT.new(leeway=2**40).decode(from_text(text), keys) for text in letters]
    assert [claims[compact.summary.LETTER][5] for claims in read] == ["Siti Aminah", "Siti Aminah"]


def test_cose_keys_are_the_same_keys(client: Client, desk: Desk) -> None:
    text = compact.issue(desk.letter())
    answer = client.get(COSE_KEYS)
    assert answer.headers["Content-Type"] == "application/cose-key-set"
    keys = [COSEKey.new(each) for each in cbor2.loads(answer.content)]
    claims = CWT.new(leeway=2**40).decode(from_text(text), keys)
    assert claims[compact.summary.LETTER][5] == "Siti Aminah"


def test_nothing_private_is_published(client: Client, desk: Desk) -> None:
    desk.letter()
    [number] = keyring.key_set("letters").keys.values()
    for path in (KEYS, COSE_KEYS, LIST, PAGE):
        content = client.get(path).content
        assert number not in content
        assert offline.base64.urlsafe_b64encode(number).rstrip(b"=") not in content
    assert set(client.get(KEYS).json()["keys"][0]) == {"kty", "crv", "alg", "use", "kid", "x", "y"}


@pytest.mark.parametrize("path", [KEYS, COSE_KEYS, LIST])
def test_unchanged_is_not_sent_again(client: Client, desk: Desk, path: str) -> None:
    first = client.get(path)
    desk.set_clock(MORNING + timedelta(minutes=30))
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, first.headers["Cache-Control"]) == (304, "public, max-age=300")
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_list_changes_with_a_revocation(client: Client, desk: Desk) -> None:
    letter = desk.letter()
    first = client.get(LIST)
    desk.revoke(letter, at=MORNING + timedelta(minutes=5))
    again = client.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Content-Type"]) == (200, "application/statuslist+cwt")


def carried(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="letter-keys" type="application/json">(.*?)</script>', html, re.S)
    assert found
    values: dict[str, Any] = json.loads(found[1])
    return values


def test_page_brings_keys_list_and_words(client: Client, desk: Desk) -> None:
    desk.letter()
    html = client.get(PAGE).content.decode()
    values = carried(html)
    assert values["keys"] == client.get(KEYS).json()["keys"]
    assert offline.base64.b64decode(values["status_list"]) == client.get(LIST).content
    assert (values["government"], values["zone"], values["is_trial"]) == (
        "Kabupaten Blitar",
        "Asia/Jakarta",
        True,
    )
    assert "memerlukan JavaScript" in unescape(html)


def test_script_is_kept_for_good_under_its_version(client: Client, desk: Desk) -> None:
    html = client.get(PAGE).content.decode()
    found = re.search(r'src="(/periksa/luring/periksa.js\?v=\w+)"', html)
    assert found
    answer = client.get(found[1])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_file_asks_nobody_for_anything(client: Client, desk: Desk) -> None:
    answer = client.get(f"{PAGE}unduh/")
    html = answer.content.decode()
    name = 'attachment; filename="periksa-surat-3505-kab-blitar-2026-11-21.html"'
    assert answer.headers["Content-Disposition"] == name
    assert re.findall(r"""\s(?:src|href)=["'](?!data:)""", html) == []
    assert html.count("</script>") == 2
    assert carried(html)["keys"]


def test_every_module_is_in_the_script_and_every_outcome_has_words() -> None:
    stems = {path.stem for path in Path(offline.BROWSER).glob("*.js")}
    assert stems == {*offline.MODULES, offline.VENDOR}
    own = " ".join((offline.BROWSER / f"{name}.js").read_text() for name in ("sign1", "verdict", "page"))
    used = set(re.findall(r"Refused\('([a-z-]+)'|say\('([a-z-]+)'|outcome: [\w ?.]*'([a-z-]+)'", own))
    assert {name for names in used for name in names if name} <= set(offline.SENTENCES)
    assert set(re.findall(r"push\('([a-z-]+)'", own)) <= set(offline.NOTES)
