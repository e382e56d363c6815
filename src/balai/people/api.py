"""Signing in for the API, and what an account may read about itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field, StrictInt

from balai.audit import queries as audit
from balai.kernel.errors import ValueRefused
from balai.kernel.nik import mask
from balai.kernel.phone import mask_phone
from balai.people import actions, facts, queries
from balai.people.fault_sentences import sentence
from balai.people.rules import CODE_LIFE
from balai.people.session import CITIZEN_LIFE
from balai.runtime import clock
from balai.runtime.api import CursorRefused, Token, Unfit, everybody, refused, scopes_for
from balai.runtime.client import client_ip
from balai.runtime.errors import Fault

if TYPE_CHECKING:
    from balai.people.models import Citizen

READ = "me:read"
PAGE = 20
MOST_DAYS = CITIZEN_LIFE.days
LARGEST_ID = 2**63 - 1
_MASKED: dict[str, Callable[[str], str]] = {"nik": mask, "kk": mask, "phone": mask_phone}

router = Router(tags=["people"])


class CodeRequest(Schema):
    """Whom to send a code, and where."""

    model_config = ConfigDict(extra="forbid")
    nik: Annotated[str, Field(max_length=40, description="16 digits")]
    contact: Annotated[str, Field(max_length=254, description="mobile number or e-mail address")]


class CodeSent(Schema):
    """A code is on its way; the answer is the same for people whom the town knows and whom it does not."""

    challenge: UUID
    expires_at: datetime


class TokenRequest(Schema):
    """The code that arrived, and what the token shall be good for (everything, when scopes are left out)."""

    model_config = ConfigDict(extra="forbid")
    challenge: UUID
    code: Annotated[str, Field(max_length=20)]
    scopes: Annotated[list[str], Field(min_length=1, max_length=20)] | None = None
    days: Annotated[StrictInt, Field(ge=1, le=MOST_DAYS)] = MOST_DAYS


class TokenIssued(Schema):
    """The secret is shown here and never again."""

    token: str
    scopes: list[str]
    expires_at: datetime


class Me(Schema):
    """Whom the token speaks for; identifiers masked."""

    kind: str
    name: str
    level: str | None
    nik_masked: str | None
    contact_masked: str | None
    scopes: list[str]
    expires_at: datetime


class KnownFact(Schema):
    """One thing on record; identifiers masked."""

    fact: str
    label: str
    value: str


class KnownFacts(Schema):
    """What the town has on record; empty unless the account was proven at a counter."""

    items: list[KnownFact]


class ReadingShape(Schema):
    """An officer looked at something of mine."""

    at: datetime
    by_name: str
    by_office: str
    what: str
    purpose: str


class ReadingPage(Schema):
    """Newest first; `next` is the cursor of the page after this one."""

    items: list[ReadingShape]
    next: str | None


@router.post(
    "/sign-in/codes",
    auth=everybody,
    operation_id="request_code",
    response={202: CodeSent, **refused(400, 413, 422, 429)},
)
def request_code(request: HttpRequest, sent: CodeRequest) -> Status:
    """Send a one-time code to a phone number or e-mail address."""
    try:
        challenge = actions.request_code(nik=sent.nik, contact=sent.contact, ip=client_ip(request))
    except ValueRefused as refusal:
        field = "nik" if refusal.code.startswith("nik.") else "contact"
        raise Unfit([Fault(field, refusal.code, sentence(refusal.code))]) from None
    return Status(202, CodeSent(challenge=challenge, expires_at=clock.now() + CODE_LIFE))


@router.post(
    "/sign-in/tokens",
    auth=everybody,
    operation_id="issue_token",
    response={201: TokenIssued, **refused(400, 403, 413, 422, 429)},
)
def issue_token(request: HttpRequest, sent: TokenRequest) -> Status:
    """Exchange the code for a token of this citizen; five tries, ten minutes."""
    scopes = _granted(sent.scopes)
    citizen = actions.confirm_code(challenge_id=sent.challenge, code=sent.code)
    expires_at = clock.now() + timedelta(days=sent.days)
    secret = actions.issue_token(
        by=citizen.as_actor(), account=citizen.account, scopes=scopes, days=sent.days, note="api"
    )
    return Status(201, TokenIssued(token=secret, scopes=scopes, expires_at=expires_at))


def _granted(asked: list[str] | None) -> list[str]:
    """The scopes asked for, if a citizen may have them; judged before the code is spent."""
    known = scopes_for("citizen")
    unknown = sorted(set(asked or ()) - set(known))
    if unknown:
        words = _("Cakupan yang ada untuk warga: %(known)s.") % {"known": ", ".join(known)}
        raise Unfit([Fault("scopes", "people.scope_unknown", words)])
    return sorted(set(asked)) if asked else known


@router.delete(
    "/sign-in/token",
    auth=Token(),
    operation_id="revoke_token",
    response={204: None, **refused(401, 429)},
)
def revoke_token(request: HttpRequest) -> Status:
    """End the very token that this request carries."""
    holder = request.token  # type: ignore[attr-defined]  # people.middleware
    who = request.officer or request.citizen  # type: ignore[attr-defined]  # people.middleware
    row = queries.token(holder.token_id)
    if row is not None:
        actions.revoke_token(by=who.as_actor(), token=row)
    return Status(204, None)


@router.get("/me", auth=Token(), operation_id="get_me", response={200: Me, **refused(401, 429)})
def me(request: HttpRequest) -> Me:
    """Whom this token speaks for."""
    holder = request.token  # type: ignore[attr-defined]  # people.middleware
    about = {"scopes": sorted(holder.scopes), "expires_at": holder.expires_at}
    citizen: Citizen | None = request.citizen  # type: ignore[attr-defined]  # people.middleware
    if citizen is None:
        name = request.officer.name  # type: ignore[attr-defined]  # people.middleware
        return Me(kind="officer", name=name, level=None, nik_masked=None, contact_masked=None, **about)
    return Me(
        kind="citizen",
        name=citizen.name,
        level=citizen.level,
        nik_masked=citizen.masked_nik,
        contact_masked=citizen.contact_value.masked,
        **about,
    )


@router.get(
    "/me/facts",
    auth=Token(READ, "citizen"),
    operation_id="get_my_facts",
    response={200: KnownFacts, **refused(401, 403, 429)},
)
def my_facts(request: HttpRequest) -> KnownFacts:
    """What the town has on record about me."""
    known = queries.known_facts(_citizen(request))
    return KnownFacts(
        items=[
            KnownFact(fact=name, label=facts.label(name), value=_MASKED.get(name, str)(value))
            for name, value in known.items()
        ]
    )


@router.get(
    "/me/readings",
    auth=Token(READ, "citizen"),
    operation_id="list_my_readings",
    response={200: ReadingPage, **refused(401, 403, 422, 429)},
)
def my_readings(request: HttpRequest, cursor: Annotated[str, Field(max_length=40)] = "") -> ReadingPage:
    """Which officers looked at what of mine, when and why."""
    citizen = _citizen(request)
    subjects = [citizen.as_subject(), *([citizen.person.as_subject()] if citizen.person else [])]
    found = audit.readings_about(subjects)
    if cursor:
        found = found.filter(pk__lt=_row_id(cursor))
    rows = list(found[: PAGE + 1])
    shown = [
        ReadingShape(
            at=row.at,
            by_name=row.by_name,
            by_office=row.by_office,
            what=facts.label(row.what),
            purpose=row.purpose,
        )
        for row in rows[:PAGE]
    ]
    return ReadingPage(items=shown, next=str(rows[PAGE - 1].pk) if len(rows) > PAGE else None)


def _row_id(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and int(cursor) <= LARGEST_ID):
        raise CursorRefused()
    return int(cursor)


def _citizen(request: HttpRequest) -> Citizen:
    citizen: Citizen = request.citizen  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return citizen
