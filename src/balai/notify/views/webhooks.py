"""Where gateways call back: receipts for what we sent, and what people answer."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from balai.notify import actions, channels
from balai.notify.channels import Event, Receipt, TalkingChannel
from balai.runtime import ratelimit
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip
from balai.runtime.errors import Forbidden, NotFound

LARGEST_BODY = 256_000
CALLS_PER_MINUTE = 1200
WRONG_SIGNATURES = 30
TEN_MINUTES = 600


# A machine without a session calls here: its signature over the raw body takes the place of the form's token,
# and stands for the audience (nobody without the key that we share gets further than the first check).
@csrf_exempt
@everyone
@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, code: str) -> HttpResponse:
    """Take signed events in; 404 for a channel that this town does not use.

    Every event is idempotent: a gateway that hears no 200 sends the whole body again.
    """
    channel = next((each for each in channels.active() if each.code == code), None)
    if not isinstance(channel, TalkingChannel):
        raise NotFound(code)
    address = client_ip(request)
    ratelimit.hit("notify.webhook", address, limit=CALLS_PER_MINUTE, seconds=60)
    if request.method == "GET":
        return _challenge(channel, request, address)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        return HttpResponse(status=413)
    if not channel.is_signed(request.headers, request.body):
        _refuse(address)
    try:
        events = channel.events(_decoded(request.body))
    except (ValueError, RecursionError):
        return JsonResponse({"error": "unreadable"}, status=400)
    return JsonResponse({"taken": sum(_take(channel.code, event) for event in events)})


def _decoded(body: bytes) -> Any:
    """The JSON; half a sign (an emoji that a gateway cut in two) becomes "?", since no text can hold it.

    It must not be refused: the gateway would repeat the whole body for days.
    """
    plain = json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(plain)


def _challenge(channel: TalkingChannel, request: HttpRequest, address: str) -> HttpResponse:
    answer = channel.challenge(request.GET.dict())
    if answer is None:
        _refuse(address)
    return HttpResponse(answer, content_type="text/plain; charset=utf-8")


def _refuse(address: str) -> None:
    """Forbidden, and after many guesses TooMany."""
    ratelimit.hit("notify.webhook.refused", address, limit=WRONG_SIGNATURES, seconds=TEN_MINUTES)
    raise Forbidden("notify.signature")


def _take(code: str, event: Event) -> bool:
    if isinstance(event, Receipt):
        return actions.note_receipt(channel=code, receipt=event)
    return actions.take_in(channel=code, received=event) is not None
