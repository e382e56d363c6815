"""The registry of channels, and which of them this town uses."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class Outgoing:
    """A message in the clear, for the moment of handing it over; never logged, never stored.

    `id` stays the same over retries, so that a channel can make a repeated hand-over recognisable.
    """

    id: UUID
    kind: str
    address: str
    recipient_name: str
    subject: str
    text: str
    created_at: datetime


class DeliveryFailed(Exception):
    """A channel could not hand the message over; `code` is a stable word without personal data."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TemporaryFailure(DeliveryFailed):
    """Worth another try: the job queue comes back with its backoff."""


class PermanentFailure(DeliveryFailed):
    """The address or the message will never be taken; trying again would only annoy."""


class Channel(ABC):
    """A way out of the town. One folder or file each; registered under its code."""

    code: ClassVar[str] = ""
    kinds: ClassVar[tuple[str, ...]] = ()
    is_demo: ClassVar[bool] = False

    @abstractmethod
    def problems(self) -> list[str]:
        """Sentences why the channel cannot work with today's settings; empty when it can."""

    @abstractmethod
    def deliver(self, outgoing: Outgoing) -> None:
        """Hand the message over, or raise TemporaryFailure or PermanentFailure. No database here."""


_channels: dict[str, Channel] = {}


def register(code: str) -> Callable[[type[Channel]], type[Channel]]:
    """Class decorator: make a channel known under `code`."""

    def add(channel: type[Channel]) -> type[Channel]:
        channel.code = code
        _channels[code] = channel()
        return channel

    return add


def active() -> tuple[Channel, ...]:
    """Channels this town uses, first choice first.

    `settings.NOTIFY_CHANNELS` names them where a town wants others than its mode gives: e-mail when a
    mail server is set, and the demo channel everywhere but in production.
    """
    return tuple(_channels[code] for code in active_codes())


def active_codes() -> tuple[str, ...]:
    """Codes behind `active()`."""
    chosen = getattr(settings, "NOTIFY_CHANNELS", None)
    if chosen is not None:
        return tuple(chosen)
    email = ("email",) if settings.BALAI.smtp_url else ()
    return email if settings.BALAI.mode == "production" else (*email, "demo")


def known_codes() -> frozenset[str]:
    """Codes of all registered channels."""
    return frozenset(_channels)


def for_kind(kind: str) -> Channel | None:
    """The channel that takes addresses of this kind, or None."""
    return next((channel for channel in active() if kind in channel.kinds), None)
