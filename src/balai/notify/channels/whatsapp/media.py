"""Fetching what came along: the id gives an address that is good for five minutes, the address the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

from balai.notify.channels import handing_over
from balai.notify.channels.registry import DeliveryFailed, PermanentFailure, TemporaryFailure
from balai.notify.channels.urls_allowed import is_loopback, travels_in_the_clear
from balai.runtime.outgoing import Answer, CallFailed, call

MEDIA_SECONDS = 60.0
Failure = Callable[[Answer], DeliveryFailed]


def fetch(remote_id: str, *, most: int, failure: Failure) -> bytes:
    """The bytes; too many of them are a permanent failure, and so is an address that is not safe."""
    if not remote_id.isalnum():
        raise PermanentFailure("whatsapp.media_id")
    chosen = settings.BALAI
    told = _get(f"{chosen.whatsapp_url}/{remote_id}?phone_number_id={chosen.whatsapp_phone_id}", failure)
    known = handing_over.decoded("whatsapp", told)
    size = handing_over.looked_up(known, "file_size")
    if size.isdecimal() and int(size) > most:
        raise PermanentFailure("files.too_large")
    url = handing_over.looked_up(known, "url")
    if not _is_safe(url):
        raise PermanentFailure("whatsapp.media_address")
    content = _get(url, failure, largest=most).body
    expected = handing_over.looked_up(known, "sha256")
    if expected and hashlib.sha256(content).hexdigest() != expected.lower():
        raise TemporaryFailure("whatsapp.broken")
    return content


def _get(url: str, failure: Failure, largest: int | None = None) -> Answer:
    """One reading; the token goes along, as the platform asks for it at both addresses."""
    headers = {"Authorization": f"Bearer {settings.BALAI.whatsapp_token.get_secret_value()}", "Accept": "*/*"}
    try:
        answer = call("GET", url, headers=headers, seconds=MEDIA_SECONDS, largest=largest)
    except CallFailed as failed:
        if failed.code == "too_large":
            raise PermanentFailure("files.too_large") from None
        raise TemporaryFailure(f"whatsapp.{failed.code}") from None
    if not answer.is_success:
        raise failure(answer)
    return answer


def _is_safe(url: str) -> bool:
    """https to anywhere; this machine only where the platform itself is a simulator on this machine."""
    host = urlsplit(url).hostname or ""
    if is_loopback(host):
        return is_loopback(urlsplit(settings.BALAI.whatsapp_url).hostname or "")
    return bool(host) and not travels_in_the_clear(url)
