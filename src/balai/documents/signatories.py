"""Who is printed as signer: whoever really signs, in the capacity in which she holds the office.

Forms of naskah dinas (Permendagri 1/2023): the definitive holder under the title of the office; "Plt." and
"Plh." before that title; "a.n." names the office above one's own title; "u.b." names both offices above it.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from balai.documents.models import Letter, Turn
from balai.documents.signer import Signer
from balai.people.enums import Capacity
from balai.people.models import Assignment, Officer

SIGNER_FIELDS = ("data", "signer_name", "signer_title")
_BEFORE_TITLE = {Capacity.ACTING: "Plt.", Capacity.DAILY: "Plh."}


def signer_of(by: Officer, *, head_title: str, permission: str, office_code: str) -> Signer:
    """The officer as a letter of the office prints her; `head_title` is its head's ("Lurah Kanigoro")."""
    held = by.standing(permission, office_code)
    capacity = Capacity(held.capacity) if held is not None else Capacity.DEFINITIVE
    named = Signer(name=by.name, title=by.title or head_title, nip=by.nip)
    if capacity in _BEFORE_TITLE:
        return Signer(name=by.name, title=f"{_BEFORE_TITLE[capacity]} {head_title}", nip=by.nip)
    if held is None or capacity == Capacity.DEFINITIVE:
        return named
    return Signer(
        name=by.name,
        title=by.title or held.role.name,
        nip=by.nip,
        on_behalf=f"a.n. {head_title}",
        through=_through(held, capacity),
    )


def _through(held: Assignment, capacity: Capacity) -> str:
    return held.through if capacity == Capacity.FOR_DEPUTY else ""


def signer_facts(letter: Letter, *, by: Officer, turn: Turn) -> dict[str, Any]:
    """`signer` as templates read it, when this officer signs."""
    asked: dict[str, Any] = letter.data.clear.get("signer", {})
    return {**asked, **asdict(_signer(asked, by=by, turn=turn))}


def print_signer(letter: Letter, *, by: Officer, turn: Turn) -> None:
    """Put the officer under the letter; the caller saves SIGNER_FIELDS."""
    given: dict[str, Any] = letter.data.clear
    asked: dict[str, Any] = given.get("signer", {})
    signer = _signer(asked, by=by, turn=turn)
    letter.data = {**given, "signer": {**asked, **asdict(signer)}}
    letter.signer_name, letter.signer_title = signer.name, signer.full_title


def _signer(asked: dict[str, Any], *, by: Officer, turn: Turn) -> Signer:
    head_title = turn.title or asked.get("title", "")
    found = signer_of(by, head_title=head_title, permission=turn.permission, office_code=turn.office_code)
    if turn.title and found.title == by.title and not found.on_behalf:
        # The turn names the office in which she signs, whatever her account calls her.
        found = replace(found, title=turn.title)
    return replace(found, nip=asked.get("nip", "")) if asked.get("name") == by.name else found
