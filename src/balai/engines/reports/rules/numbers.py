"""The number and the PIN on a slip."""

from __future__ import annotations

import json
import re
import secrets
from uuid import UUID

from balai.kernel.case_number import RANDOM_DIGITS
from balai.runtime.crypto import lookup_hash

PREFIX = "LAP"
PIN_DIGITS = 6
LONGEST_TEXT, SHORTEST_TEXT, LONGEST_TITLE = 4000, 10, 80
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


def random_digits() -> str:
    """Seven digits nobody can guess."""
    return f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"


def pin_of(voice_id: UUID) -> str:
    """The six digits on the slip: derived, never stored, so a lost reply can be answered again."""
    mark = lookup_hash(str(voice_id), context="reports.pin")
    return f"{int(mark, 16) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def pin_hash(report_id: UUID, pin: str) -> str:
    """What is stored of a PIN; whoever has the key could derive the PIN itself."""
    return lookup_hash(f"{report_id}:{pin.strip()}", context="reports.pin_hash")


def fingerprint(**sent: object) -> str:
    """A keyed hash over what was sent: a true repeat is told from a key used twice."""
    return lookup_hash(json.dumps(sent, sort_keys=True, default=str), context="reports.file")


def title_of(text: str, category_title: str) -> str:
    """A line for lists: the first sentence when it is short, else the kind of report."""
    first = _SENTENCE_END.split(text.strip(), maxsplit=1)[0].strip().rstrip(".")
    return first if SHORTEST_TEXT <= len(first) <= LONGEST_TITLE else category_title
