"""Who is printed as signer: whoever really signs, under the title of the turn, else under her own."""

from __future__ import annotations

from typing import Any

from balai.documents.models import Letter, Turn
from balai.people.models import Officer


def signer_facts(letter: Letter, *, by: Officer, turn: Turn) -> dict[str, Any]:
    """`signer` as templates read it, when this officer signs."""
    asked: dict[str, Any] = letter.data.clear.get("signer", {})
    title = turn.title or by.title or asked.get("title", "")
    if asked.get("name") == by.name:
        return {**asked, "title": title}
    return {**asked, "name": by.name, "title": title, "nip": by.nip}


def print_signer(letter: Letter, *, by: Officer, turn: Turn) -> None:
    """Put the officer under the letter; the caller saves `data`, `signer_name` and `signer_title`."""
    facts = signer_facts(letter, by=by, turn=turn)
    letter.data = {**letter.data.clear, "signer": facts}
    letter.signer_name, letter.signer_title = facts["name"], facts["title"]
