"""Ways out of the town; importing the package registers them all, the usual first choice first."""

from balai.notify.channels import sms, whatsapp  # isort: skip - the order of registration is the order of choice
from balai.notify.channels import demo, email
from balai.notify.channels.events import Event, Media, Receipt, Received
from balai.notify.channels.registry import (
    Channel,
    DeliveryFailed,
    Outgoing,
    PermanentFailure,
    TalkingChannel,
    TemporaryFailure,
    active,
    active_codes,
    carrier,
    channel,
    for_kind,
    known_codes,
    label,
    offered,
    register,
)

__all__ = [
    "Channel",
    "DeliveryFailed",
    "Event",
    "Media",
    "Outgoing",
    "PermanentFailure",
    "Receipt",
    "Received",
    "TalkingChannel",
    "TemporaryFailure",
    "active",
    "active_codes",
    "carrier",
    "channel",
    "demo",
    "email",
    "for_kind",
    "known_codes",
    "label",
    "offered",
    "register",
    "sms",
    "whatsapp",
]
