"""Following a report with number and PIN, answering, judging: no token, as on the pages; and one's own."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from balai.engines.reports import actions
from balai.engines.reports.actions.answering import GUESSES_PER_ADDRESS, GUESSES_PER_NUMBER, HOUR
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.api.filing import EvidenceStored, citizen_of, stored
from balai.engines.reports.api.told import FollowedReport, followed
from balai.engines.reports.enums import ReportState, Verdict
from balai.engines.reports.errors import NotTheFiler
from balai.engines.reports.forms.following import MOST_PHOTOS, owner_of
from balai.engines.reports.models import Voice
from balai.engines.reports.queries import finding, reading
from balai.kernel.references import Actor
from balai.runtime import ratelimit
from balai.runtime.api import Token, everybody, refused
from balai.runtime.client import client_ip

READ = "reports:read"
Number = Annotated[str, Field(max_length=60)]
Pin = Annotated[str, Field(max_length=20)]
Uploads = Annotated[list[UUID], Field(max_length=MOST_PHOTOS)]
REFUSED = refused(400, 403, 404, 409, 413, 422, 429, 507)

router = Router(tags=["reports"])


class VoiceSlipShown(Schema):
    """What stands on the slip, in the body, so that no log of addresses keeps the PIN."""

    model_config = ConfigDict(extra="forbid")
    number: Number
    pin: Pin


class ReplySent(VoiceSlipShown):
    """The filer's answer to what the officer asked."""

    text: Annotated[str, Field(max_length=4000)]
    uploads: Uploads = []


class ReportVerdictSent(VoiceSlipShown):
    """What she says of the repair."""

    verdict: Verdict
    note: Annotated[str, Field(max_length=500)] = ""
    uploads: Uploads = []


class FollowedList(Schema):
    """The last changed first."""

    items: list[FollowedReport]


@router.post(
    "/report-slips/follow",
    auth=everybody,
    operation_id="follow_report",
    response={200: FollowedReport, **refused(400, 404, 413, 422, 429)},
)
def follow(request: HttpRequest, sent: VoiceSlipShown) -> FollowedReport:
    """Where the report stands; a wrong number and a wrong PIN look alike, and guessing is limited."""
    return _told(_voice(request, sent.number, sent.pin))


@router.post(
    "/report-slips/photos",
    auth=everybody,
    operation_id="upload_slip_photo",
    response={201: EvidenceStored, **REFUSED},
)
def upload(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    number: Annotated[Number, Form()],
    pin: Annotated[Pin, Form()],
) -> Status:
    """Store a photo for the answer or the verdict of this slip."""
    return Status(201, stored(file, by=NOBODY, owner=owner_of(_voice(request, number, pin))))


@router.post(
    "/report-slips/reply",
    auth=everybody,
    operation_id="reply_to_report",
    response={200: FollowedReport, **REFUSED},
)
def reply(request: HttpRequest, sent: ReplySent) -> FollowedReport:
    """Answer what was asked; the clock goes on."""
    voice = _voice(request, sent.number, sent.pin)
    if not voice.is_first:
        raise NotTheFiler()
    voice.report = actions.reply(
        by=_actor(voice),
        report=voice.report,
        text=sent.text,
        uploads=sent.uploads,
        owner=owner_of(voice),
    )
    return _told(voice)


@router.post(
    "/report-slips/judge",
    auth=everybody,
    operation_id="judge_report",
    response={200: FollowedReport, **REFUSED},
)
def judge(request: HttpRequest, sent: ReportVerdictSent) -> FollowedReport:
    """Done closes it; partly or not opens it again."""
    voice = _voice(request, sent.number, sent.pin)
    voice.report = actions.judge(
        by=_actor(voice),
        voice=voice,
        verdict=sent.verdict,
        note=sent.note,
        uploads=sent.uploads,
        owner=owner_of(voice),
    )
    return _told(voice)


@router.get(
    "/my-reports",
    auth=Token(READ, "citizen"),
    operation_id="list_my_reports",
    response={200: FollowedList, **refused(401, 403, 429)},
)
def mine(request: HttpRequest) -> FollowedList:
    """The reports of the token's holder, filed and joined, at most fifty."""
    citizen = citizen_of(request)
    voices = reading.voices_of(citizen) if citizen else []
    return FollowedList(items=[_told(each) for each in voices])


def _voice(request: HttpRequest, number: str, pin: str) -> Voice:
    """The part that a slip names; raises NotFound, TooMany. Guesses count together with those by message."""
    ratelimit.hit("reports.follow.address", client_ip(request), limit=GUESSES_PER_ADDRESS, seconds=HOUR)
    named = number.strip().upper()
    ratelimit.hit("reports.follow.number", named, limit=GUESSES_PER_NUMBER, seconds=HOUR)
    voice = finding.voice_by_pin(number, pin)
    ratelimit.forgive("reports.follow.number", named)
    return voice


def _told(voice: Voice) -> FollowedReport:
    is_called_done = voice.report.state in (ReportState.RESOLVED, ReportState.UNCONFIRMED)
    return followed(voice, may_judge=is_called_done and not reading.has_judged(voice))


def _actor(voice: Voice) -> Actor:
    return voice.citizen.as_actor() if voice.citizen else NOBODY
