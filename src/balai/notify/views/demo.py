"""The demo page of messages; it exists in no production town."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.notify import queries
from balai.runtime.audience import everyone
from balai.runtime.errors import NotFound


@everyone
def demo_messages(request: HttpRequest) -> HttpResponse:
    """Latest messages of the demo channel, codes included, newest first."""
    if settings.BALAI.mode == "production":
        raise NotFound
    messages = [queries.outgoing(message) for message in queries.demo_messages()]
    response = render(request, "notify/demo_messages.html", {"outgoing_messages": messages})
    response["Cache-Control"] = "no-store"
    return response
