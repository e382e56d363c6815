"""Ways out of the town; importing the package registers them all."""

from balai.notify.channels import demo, email
from balai.notify.channels.registry import (
    Channel,
    DeliveryFailed,
    Outgoing,
    PermanentFailure,
    TemporaryFailure,
    active,
    active_codes,
    for_kind,
    known_codes,
    register,
)

__all__ = [
    "Channel",
    "DeliveryFailed",
    "Outgoing",
    "PermanentFailure",
    "TemporaryFailure",
    "active",
    "active_codes",
    "demo",
    "email",
    "for_kind",
    "known_codes",
    "register",
]
