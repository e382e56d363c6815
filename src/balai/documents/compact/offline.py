"""The page that checks a letter without a network: what it brings along, its script, and itself as one file.

Everything it needs is in it once it is open: public keys, the signed status list, a reader for QR codes. The
script is made of the small modules in `browser/`, each in a scope of its own, in the order of their imports.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import rjsmin
from django.conf import settings

from balai.documents.compact.keys import jwk, public_keys
from balai.documents.compact.qr import shown_address
from balai.documents.compact.status_list import issue_list
from balai.documents.compact.words import LABELS, NOTES, SENTENCES
from balai.documents.enums import SignatureKind
from balai.government import current

BROWSER: Final = Path(__file__).parent / "browser"
MODULES: Final = ("base32", "cbor", "sign1", "summary", "status", "verdict", "picture", "camera", "page")
VENDOR: Final = "vendor-qr"
STATUS_PATH: Final = "/.well-known/balai/letter-status.cwt"
_IMPORT: Final = re.compile(r"^import .*;\n", re.M)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.M)


def status_address() -> str:
    """Where the signed status list is found."""
    return f"{settings.BALAI.public_url}{STATUS_PATH}"


def carried(at: datetime) -> dict[str, Any]:
    """What the page brings along, as JSON: keys, list, words."""
    keys = [jwk(kid, key) for kid, key in public_keys().items()]
    return {
        "government": current().name,
        "zone": current().zone,
        "is_trial": settings.BALAI.mode != "production",
        "address": shown_address(),
        "made_at": int(at.timestamp()),
        "keys": keys,
        "status_list": base64.b64encode(issue_list(status_address(), at)).decode(),
        "kinds": {kind.value: str(kind.label) for kind in SignatureKind},
        "sentences": {name: str(sentence) for name, sentence in SENTENCES.items()},
        "notes": {name: str(sentence) for name, sentence in NOTES.items()},
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


@lru_cache(maxsize=1)
def script() -> str:
    """The page's whole script, in one function."""
    vendor = (BROWSER / f"{VENDOR}.js").read_text(encoding="utf-8")
    own: str = rjsmin.jsmin("\n".join(_scoped(name) for name in MODULES))
    return f"(()=>{{{vendor}\n{own}}})();\n"


def _scoped(name: str) -> str:
    """A module as an expression that gives what it exports; its imports are names that stand before it."""
    text = _IMPORT.sub("", (BROWSER / f"{name}.js").read_text(encoding="utf-8"))
    exported = ", ".join(found[1] for found in _EXPORT.finditer(text))
    return f"const {{ {exported} }} = (() => {{\n{_EXPORT.sub('', text)}\nreturn {{ {exported} }};\n}})();"


@lru_cache(maxsize=1)
def script_version() -> str:
    """Changes with the script, so that browsers may keep it for good."""
    return sha256(script().encode()).hexdigest()[:12]
