"""Requests: sent, listed, looked up by number or by token."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from balai import government
from balai.engines.reports import actions
from balai.engines.reports.actions.filing import STAGED_LABEL
from balai.engines.reports.enums import Channel
from balai.engines.reports.errors import ParameterRefused
from balai.engines.reports.forms import open311 as forms
from balai.engines.reports.queries import listing, reading
from balai.engines.reports.queries.summaries import Summary, summaries
from balai.engines.reports.rules import open311
from balai.engines.reports.rules.open311 import Value
from balai.engines.reports.views.open311.answering import READ, open311_view
from balai.engines.reports.views.open311.keys import WRITE, holder_of, sender_of
from balai.files import actions as files
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.people.queries import TokenHolder
from balai.runtime import clock
from balai.runtime.api import Token
from balai.runtime.errors import NotFound

MOST_PHOTOS = 5
LIST = "service_requests"


@open311_view(*READ, "POST")
def requests(request: HttpRequest) -> tuple[str, Value, int]:
    """Those that everybody may read; or a new one."""
    if request.method == "POST":
        return _file(request)
    wanted = forms.read_wanted(_sent(request.GET), clock.now())
    rows = listing.by_numbers(wanted.numbers) if wanted.numbers else listing.numbered_page(
        wanted.asked, number=wanted.page, size=wanted.size
    )  # fmt: skip
    return LIST, [_told(each) for each in summaries(rows)], 200


requests.tokens = (Token(WRITE),)  # type: ignore[attr-defined]  # what `token_issue` may give


@open311_view(*READ)
def request_by_number(request: HttpRequest, number: str) -> tuple[str, Value, int]:
    """One by its number, or several with commas between; whoever sent it reads it before everybody does."""
    wanted = forms.read_wanted({"service_request_id": number}, clock.now())
    found = listing.by_numbers(wanted.numbers)
    holder = holder_of(request)
    if holder is not None:
        missing = [each for each in wanted.numbers if each not in {row.number for row in found}]
        found += listing.sent_by(missing, **_sender(holder))
    if not found:
        raise NotFound(number)
    return LIST, [_told(each) for each in summaries(found)], 200


@open311_view(*READ)
def token(request: HttpRequest, token: str) -> tuple[str, Value, int]:
    """The number for a token. Numbers are given at once here, so a token is the client's own `id`."""
    try:
        report = listing.sent_with_id(UUID(token))
    except ValueError:
        report = None
    if report is None:
        raise NotFound(token)
    return LIST, [{"service_request_id": report.number, "token": token}], 200


def _sent(query: Any) -> dict[str, str]:
    return {key: query.get(key, "") for key in query}


def _file(request: HttpRequest) -> tuple[str, Value, int]:
    holder, sent = sender_of(request), _sent(request.POST)
    asked_id = forms.read_client_id(sent)
    report_id = asked_id or uuid7()
    forms.read_filing(sent)  # refused before anything is stored
    sender, by = _sender(holder), _actor(holder)
    uploads = _photos(request, by, report_id)
    note = " ".join(filter(None, (sender["login_name"], forms.picture_address(sent))))
    receipt = actions.file(
        by=by,
        filing=forms.read_filing(sent, uploads),
        channel=Channel.OPEN311,
        citizen=sender["citizen"],
        id=report_id,
        channel_note=note,
        device=sent.get("device_id", "")[:200],
    )
    notice = _("Simpan nomor %(number)s dan PIN %(pin)s untuk mengikuti laporan di %(address)s.") % {
        "number": receipt.number,
        "pin": receipt.pin,
        "address": f"{settings.BALAI.public_url}/lacak/",
    }
    account_id = sent.get("account_id", "")[:100] or None
    told = {"service_request_id": receipt.number, "service_notice": notice, "account_id": account_id}
    return LIST, [told], 201


def _sender(holder: TokenHolder) -> dict[str, Any]:
    account = holder.account
    return {"citizen": getattr(account, "citizen", None), "login_name": account.login_name or ""}


def _actor(holder: TokenHolder) -> Actor:
    account = holder.account
    citizen = getattr(account, "citizen", None)
    actor: Actor = citizen.as_actor() if citizen is not None else account.officer.as_actor()
    return actor


def _photos(request: HttpRequest, by: Actor, report_id: UUID) -> tuple[UUID, ...]:
    """Files sent along as `media` (our extension); with a report that came before, they came before."""
    sent = request.FILES.getlist("media")
    if sent and listing.sent_with_id(report_id) is not None:
        return reading.reported_files(report_id)
    if len(sent) > MOST_PHOTOS:
        wanted = _("paling banyak %(most)s foto") % {"most": MOST_PHOTOS}
        raise ParameterRefused(name="media", wanted=wanted)
    owner = Subject(STAGED_LABEL, str(report_id))
    return tuple(files.store(by=by, owner=owner, file=each, allow="photo").pk for each in sent)


def _told(each: Summary) -> dict[str, Value]:
    """Every field of the standard, in its order; what is not for everybody is empty."""
    report, zone = each.report, government.current().tzinfo
    lat, long = each.point or (None, None)
    return {
        "service_request_id": report.number,
        "status": open311.status_of(report.state),
        "status_notes": open311.notes_of(report.state_label, each.said),
        "service_name": each.category,
        "service_code": report.category,
        "description": report.public_text or None,
        "agency_responsible": each.office,
        "service_notice": None,
        "requested_datetime": open311.instant_words(report.filed_at, zone),
        "updated_datetime": open311.instant_words(report.updated_at, zone),
        "expected_datetime": open311.instant_words(each.due_at, zone),
        "address": each.place or None,
        "address_id": None,
        "zipcode": None,
        "lat": lat,
        "long": long,
        "media_url": each.picture_url or None,
    }
