"""SMS: handing over to the gateway, and what it calls back with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from balai.notify.channels import handing_over
from balai.notify.channels.events import Event, Receipt, Received
from balai.notify.channels.registry import (
    DeliveryFailed,
    Outgoing,
    PermanentFailure,
    TalkingChannel,
    TemporaryFailure,
    register,
)
from balai.notify.channels.signing import fits
from balai.notify.channels.sms.contract import Contract, ContractRefused, filled, read_contract
from balai.notify.channels.urls_allowed import travels_in_the_clear
from balai.runtime.outgoing import Answer, CallFailed, call

looked_up = handing_over.looked_up


@register("sms")
class SmsChannel(TalkingChannel):
    """Short text to a phone, through the gateway that the settings name."""

    label = _("SMS")
    kinds = ("phone",)

    def is_set(self) -> bool:
        """Whether a gateway is named."""
        return bool(settings.BALAI.sms_url)

    @property
    def per_minute(self) -> int:  # type: ignore[override]  # the contract's figure instead of a constant
        """As the contract says."""
        return read_contract(settings.BALAI.sms_contract).per_minute

    def problems(self) -> list[str]:
        """What is missing, a contract that cannot be read, a gateway that others can listen to."""
        chosen = settings.BALAI
        if not chosen.sms_url:
            return ["BALAI_SMS_URL is empty"]
        found = [
            f"{name} is empty"
            for name, value in (
                ("BALAI_SMS_SECRET", chosen.sms_secret),
                ("BALAI_SMS_WEBHOOK_SECRET", chosen.sms_webhook_secret),
            )
            if not value.get_secret_value()
        ]
        try:
            read_contract(chosen.sms_contract)
        except ContractRefused as refused:
            found.append(f"BALAI_SMS_CONTRACT: {refused}")
        if chosen.mode == "production" and travels_in_the_clear(chosen.sms_url):
            found.append("BALAI_SMS_URL must be https: one-time codes must not travel in the clear")
        return found

    def deliver(self, outgoing: Outgoing) -> str:
        """One request; the reference is its idempotency key."""
        contract = read_contract(settings.BALAI.sms_contract)
        values = _values(outgoing)
        spec = contract.send
        body = {name: filled(value, values) for name, value in spec.body.items()}
        content: dict[str, Any] = {"json_body": body} if spec.format == "json" else {"form": body}
        headers = {name: filled(value, values) for name, value in spec.headers.items()}
        try:
            answer = call("POST", settings.BALAI.sms_url + spec.path, headers=headers, **content)
        except CallFailed as failed:
            raise TemporaryFailure(f"sms.{failed.code}") from None
        if not answer.is_success:
            raise failure(contract, answer)
        return _taken_id(contract, handing_over.decoded("sms", answer))

    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """By the key that we share with the gateway."""
        webhook = read_contract(settings.BALAI.sms_contract).webhook
        key = settings.BALAI.sms_webhook_secret.get_secret_value()
        given = headers.get(webhook.signature_header, "")
        return fits(given, body, key=key, prefix=webhook.signature_prefix)

    def events(self, payload: Any) -> list[Event]:
        """A receipt or an incoming SMS, or a list of them."""
        contract = read_contract(settings.BALAI.sms_contract)
        bodies = payload if isinstance(payload, list) else [payload]
        if not all(isinstance(body, dict) for body in bodies):
            raise ValueError("not an object or a list of objects")
        return [event for body in bodies if (event := _event(contract, body)) is not None]


def _taken_id(contract: Contract, body: dict[str, Any]) -> str:
    """The gateway's id for what it took over; some gateways refuse with a 200 and a code in the body."""
    if (fault := _known_fault(contract, looked_up(body, contract.faults.code))) is not None:
        raise fault
    remote_id = looked_up(body, contract.send.id)
    if not remote_id:
        raise TemporaryFailure("sms.unreadable")
    return remote_id


def failure(contract: Contract, answer: Answer) -> DeliveryFailed:
    """What a refusal means: the gateway's own code where the contract knows it, else its status."""
    try:
        code = looked_up(answer.json(), contract.faults.code)
    except ValueError:
        code = ""
    return _known_fault(contract, code) or handing_over.failure_of_status("sms", answer)


def _known_fault(contract: Contract, code: str) -> PermanentFailure | None:
    if code in contract.faults.wrong_number:
        return PermanentFailure(f"sms.{code}", is_doubtful=True)
    return PermanentFailure(f"sms.{code}") if code in contract.faults.permanent else None


def _values(outgoing: Outgoing) -> dict[str, str]:
    return {
        "id": outgoing.reference or str(outgoing.id),
        "to": outgoing.address,
        "to_digits": outgoing.address.lstrip("+"),
        "sender": settings.BALAI.sms_sender,
        "text": outgoing.brief,
        "secret": settings.BALAI.sms_secret.get_secret_value(),
        "receipt_url": f"{settings.BALAI.public_url}/webhooks/sms/",
    }


def _event(contract: Contract, body: dict[str, Any]) -> Event | None:
    spec, receipt = contract.incoming, contract.receipt
    if text := looked_up(body, spec.text):
        remote_id, sender = looked_up(body, spec.id), looked_up(body, spec.sender)
        if not (remote_id and sender):
            return None
        return Received(remote_id, sender, text, _instant(looked_up(body, spec.at)))
    status = looked_up(body, receipt.status)
    reference, remote_id = looked_up(body, receipt.reference), looked_up(body, receipt.id)
    if status in receipt.delivered:
        return Receipt("delivered", reference, remote_id)
    if status in receipt.failed:
        fault = _known_fault(contract, looked_up(body, receipt.fault)) or PermanentFailure("sms.undelivered")
        return Receipt("failed", reference, remote_id, fault.code, is_doubtful=fault.is_doubtful)
    return None


def _instant(text: str) -> datetime | None:
    """When it was sent, where the gateway says so with a zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
