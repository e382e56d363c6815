"""The wallet for machines: what was issued to the citizen, and links that show one letter for a while."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from balai.documents import queries as documents
from balai.documents.models import Letter, Share
from balai.documents.wallet import actions, queries, rules
from balai.documents.wallet.rules import Standing
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime import clock, ratelimit
from balai.runtime.api import Token, refused

if TYPE_CHECKING:
    from balai.people.models import Citizen

READ, SHARE = "letters:read", "letters:share"
SHARES_PER_HOUR, HOUR = 60, 3600

router = Router(tags=["letters"])


class LetterCard(Schema):
    """A letter of the citizen's. What it says of itself is there once it is published."""

    id: UUID
    title: str
    standing: Standing
    standing_label: str
    signature: str
    number: str
    dated_on: date | None
    valid_until_on: date | None
    office: str


class LetterList(Schema):
    """Newest first, at most 200."""

    items: list[LetterCard]


class ShareTold(Schema):
    """A link that opens a letter now. Whoever has `url` sees the letter."""

    id: UUID
    url: str
    note: str
    made_at: datetime
    expires_at: datetime
    times_opened: int
    last_opened_at: datetime | None


class LetterTold(Schema):
    """One letter; `file_id` is for /files/{id}, once an officer has seen the holder's card."""

    letter: LetterCard
    signer: str
    verification_code: str
    file_id: UUID | None
    shares: list[ShareTold]


class ShareSent(Schema):
    """How long the link lives, and for whom it is; only the holder reads the note."""

    model_config = ConfigDict(extra="forbid")
    days: Literal[1, 7, 30]
    note: Annotated[str, Field(max_length=rules.LONGEST_NOTE)] = ""


@router.get(
    "/letters",
    auth=Token(READ, "citizen"),
    operation_id="list_letters",
    response={200: LetterList, **refused(401, 403, 429)},
)
def letters(request: HttpRequest) -> LetterList:
    """What was issued to me, or is in the making."""
    found = queries.letters_of(_citizen(request))
    offices = {code: _office(code) for code in {each.office_code for each in found}}
    return LetterList(items=[_card(each, offices[each.office_code]) for each in found])


@router.get(
    "/letters/{uuid:letter_id}",
    auth=Token(READ, "citizen"),
    operation_id="get_letter",
    response={200: LetterTold, **refused(401, 403, 404, 429)},
)
def letter(request: HttpRequest, letter_id: UUID) -> LetterTold:
    """One letter of mine, with the links that open it now."""
    citizen = _citizen(request)
    found = queries.letter_of(citizen, letter_id)
    may_read = rules.may_read_content(citizen)
    is_out = rules.standing(found, local_today()) != Standing.MAKING
    stored = documents.letter_upload(found) if may_read and rules.is_file_the_letter(found) else None
    return LetterTold(
        letter=_card(found, _office(found.office_code)),
        signer=", ".join(filter(None, (found.signer_name, found.signer_title)))
        if may_read and is_out
        else "",
        verification_code=found.verification_code if may_read and is_out else "",
        file_id=stored.pk if stored else None,
        shares=[_share(each) for each in queries.open_shares(found, clock.now())],
    )


@router.post(
    "/letters/{uuid:letter_id}/shares",
    auth=Token(SHARE, "citizen"),
    operation_id="share_letter",
    response={201: ShareTold, **refused(400, 401, 403, 404, 409, 413, 422, 429)},
)
def share(request: HttpRequest, letter_id: UUID, sent: ShareSent) -> Status:
    """Make a link that opens the letter for 1, 7 or 30 days."""
    citizen = _citizen(request)
    found = queries.letter_of(citizen, letter_id)
    ratelimit.hit("documents.share", str(citizen.pk), limit=SHARES_PER_HOUR, seconds=HOUR)
    return Status(201, _share(actions.share(by=citizen, letter=found, days=sent.days, note=sent.note)))


@router.delete(
    "/shares/{uuid:share_id}",
    auth=Token(SHARE, "citizen"),
    operation_id="close_share",
    response={204: None, **refused(401, 403, 404, 429)},
)
def close(request: HttpRequest, share_id: UUID) -> Status:
    """The link opens nothing any more; again is no error."""
    citizen = _citizen(request)
    actions.close_share(by=citizen, share=queries.share_of(citizen, share_id))
    return Status(204, None)


def _office(code: str) -> str:
    office = region.office(code)
    return str(office.name) if office else ""


def _card(letter: Letter, office: str) -> LetterCard:
    stands = rules.standing(letter, local_today())
    is_out = stands != Standing.MAKING
    return LetterCard(
        id=letter.pk,
        title=letter.title.capitalize(),
        standing=stands,
        standing_label=str(stands.label),
        signature=letter.signature,
        number=letter.number.text if letter.number and is_out else "",
        dated_on=letter.dated_on if is_out else None,
        valid_until_on=letter.valid_until_on if is_out else None,
        office=office,
    )


def _share(share: Share) -> ShareTold:
    path = reverse("wallet:shared", args=[rules.token_of(share)])
    return ShareTold(
        id=share.pk,
        url=f"{settings.BALAI.public_url.rstrip('/')}{path}",
        note=share.note,
        made_at=share.made_at,
        expires_at=share.expires_at,
        times_opened=share.times_opened,
        last_opened_at=share.last_opened_at,
    )


def _citizen(request: HttpRequest) -> Citizen:
    citizen: Citizen = request.citizen  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return citizen
