"""WhatsApp: the published contract of the Cloud API, for templates, texts, statuses and webhooks.

A business may begin a talk only with a template that was approved before; a free text is taken within a
day after the person wrote. So notices go by template (`balai_<news>`, see docs/operators/notices.md) and
answers as text. The API knows no idempotency key: a reply that is lost may mean a message twice.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balai.notify.channels import handing_over
from balai.notify.channels.events import Event, Receipt
from balai.notify.channels.registry import (
    DeliveryFailed,
    Outgoing,
    TalkingChannel,
    TemporaryFailure,
    register,
)
from balai.notify.channels.signing import fits
from balai.notify.channels.urls_allowed import travels_in_the_clear
from balai.notify.channels.whatsapp.arriving import received
from balai.notify.channels.whatsapp.faults import failure_of_code
from balai.notify.channels.whatsapp.media import fetch
from balai.notify.enums import Category
from balai.runtime.outgoing import Answer, CallFailed, call

looked_up = handing_over.looked_up

SIGNATURE_HEADER = "X-Hub-Signature-256"
SIGNATURE_PREFIX = "sha256="
CODE_TEMPLATE = "code"
# The platform has no Javanese; its templates are written in Indonesian then.
LANGUAGES = {"id": "id", "en": "en"}
_REACHED = frozenset({"delivered", "read"})


@register("whatsapp")
class WhatsAppChannel(TalkingChannel):
    """Templates and answers to a phone, through the Cloud API."""

    label = _("WhatsApp")
    kinds = ("phone",)
    per_minute = 1200

    def is_set(self) -> bool:
        """Whether the API's address is named."""
        return bool(settings.BALAI.whatsapp_url)

    def problems(self) -> list[str]:
        """What is missing, and an address that others can listen to."""
        chosen = settings.BALAI
        if not chosen.whatsapp_url:
            return ["BALAI_WHATSAPP_URL is empty"]
        needed = {
            "BALAI_WHATSAPP_PHONE_ID": chosen.whatsapp_phone_id,
            "BALAI_WHATSAPP_TOKEN": chosen.whatsapp_token.get_secret_value(),
            "BALAI_WHATSAPP_APP_SECRET": chosen.whatsapp_app_secret.get_secret_value(),
            "BALAI_WHATSAPP_VERIFY_TOKEN": chosen.whatsapp_verify_token.get_secret_value(),
        }
        found = [f"{name} is empty" for name, value in needed.items() if not value]
        if chosen.mode == "production" and travels_in_the_clear(chosen.whatsapp_url):
            found.append("BALAI_WHATSAPP_URL must be https")
        return found

    def takes(self, outgoing: Outgoing) -> bool:
        """A template, or an answer to somebody who has just written."""
        return bool(outgoing.template) or outgoing.category == Category.REPLY

    def deliver(self, outgoing: Outgoing) -> str:
        """POST /<phone id>/messages; the id of the accepted message ("wamid…")."""
        chosen = settings.BALAI
        url = f"{chosen.whatsapp_url}/{chosen.whatsapp_phone_id}/messages"
        headers = {"Authorization": f"Bearer {chosen.whatsapp_token.get_secret_value()}"}
        try:
            answer = call("POST", url, headers=headers, json_body=request_body(outgoing))
        except CallFailed as failed:
            raise TemporaryFailure(f"whatsapp.{failed.code}") from None
        if not answer.is_success:
            raise failure(answer)
        remote_id = looked_up(handing_over.decoded("whatsapp", answer), "messages.0.id")
        if not remote_id:
            raise TemporaryFailure("whatsapp.unreadable")
        return remote_id

    def fetch(self, remote_id: str, *, most: int) -> bytes:
        """The photo or document behind an id."""
        return fetch(remote_id, most=most, failure=failure)

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """X-Hub-Signature-256, by the app secret."""
        key = settings.BALAI.whatsapp_app_secret.get_secret_value()
        return fits(headers.get(SIGNATURE_HEADER, ""), body, key=key, prefix=SIGNATURE_PREFIX)

    def events(self, payload: Any) -> list[Event]:
        """Statuses and texts of `entry[].changes[].value`; other kinds of change are left out."""
        if not isinstance(payload, dict) or payload.get("object") != "whatsapp_business_account":
            raise ValueError("not a change of a WhatsApp Business Account")
        return [event for value in _values(payload) for event in _events(value)]

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """The check that is made when the webhook's address is entered at the platform."""
        expected = settings.BALAI.whatsapp_verify_token.get_secret_value()
        given = query.get("hub.verify_token", "")
        is_ours = bool(expected) and hmac.compare_digest(given.encode(), expected.encode())
        return query.get("hub.challenge") if is_ours and query.get("hub.mode") == "subscribe" else None


def request_body(outgoing: Outgoing) -> dict[str, Any]:
    """The request; `biz_opaque_callback_data` comes back with every status."""
    body: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": outgoing.address.lstrip("+"),
        "biz_opaque_callback_data": outgoing.reference or str(outgoing.id),
    }
    if not outgoing.template or outgoing.category == Category.REPLY:
        text = {"preview_url": False, "body": outgoing.brief}
        return {**body, "type": "text", "text": text}
    template = {
        "name": template_name(outgoing.template),
        "language": {"code": LANGUAGES.get(outgoing.language, "id")},
        "components": list(_components(outgoing)),
    }
    return {**body, "type": "template", "template": template}


def template_name(news: str) -> str:
    """The template's name at the platform: small letters, digits and underscores."""
    return f"balai_{news.replace('.', '_').replace('-', '_')}"


def _components(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    """Named parameters of the body; an authentication template takes its code in the body and the button."""
    if outgoing.template == CODE_TEMPLATE:
        code = [{"type": "text", "text": outgoing.parameters["code"]}]
        yield {"type": "body", "parameters": code}
        yield {"type": "button", "sub_type": "url", "index": "0", "parameters": code}
        return
    parameters = [
        {"type": "text", "parameter_name": name, "text": value}
        for name, value in sorted(outgoing.parameters.items())
    ]
    if parameters:
        yield {"type": "body", "parameters": parameters}


def failure(answer: Answer) -> DeliveryFailed:
    """What a refusal means: by the published code where we know it, else by the status."""
    try:
        code = looked_up(answer.json(), "error.code")
    except ValueError:
        code = ""
    return _of_code(code) or handing_over.failure_of_status("whatsapp", answer)


def _of_code(code: str) -> DeliveryFailed | None:
    return failure_of_code(int(code)) if code.isdecimal() and len(code) < 9 else None


def _values(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in _objects(payload.get("entry")):
        for change in _objects(entry.get("changes")):
            if change.get("field") == "messages" and isinstance(change.get("value"), dict):
                yield change["value"]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _events(value: dict[str, Any]) -> Iterator[Event]:
    """Only what was sent to our own number: one account may hold several."""
    if looked_up(value, "metadata.phone_number_id") != settings.BALAI.whatsapp_phone_id:
        return
    for status in _objects(value.get("statuses")):
        if (receipt := _receipt(status)) is not None:
            yield receipt
    for message in _objects(value.get("messages")):
        if (arrived := received(message)) is not None:
            yield arrived


def _receipt(status: dict[str, Any]) -> Receipt | None:
    """sent, delivered, read, failed. That somebody has read a message is not kept."""
    reference, remote_id = looked_up(status, "biz_opaque_callback_data"), looked_up(status, "id")
    word = status.get("status")
    if word == "sent":
        return Receipt("accepted", reference, remote_id)
    if word in _REACHED:
        return Receipt("delivered", reference, remote_id)
    if word != "failed":
        return None
    fault = _of_code(looked_up(status, "errors.0.code"))
    code = fault.code if fault else "whatsapp.undelivered"
    return Receipt("failed", reference, remote_id, code, is_doubtful=bool(fault and fault.is_doubtful))
