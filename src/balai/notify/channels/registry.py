"""The registry of channels, and which of them this town uses."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise

from balai.notify.channels.events import Event
from balai.notify.enums import Category


@dataclass(frozen=True)
class Outgoing:
    """A message in the clear, for the moment of handing it over; never logged, never stored.

    `id` stays the same over retries, so that a channel can make a repeated hand-over recognisable;
    `reference` does too, but is another for another address, and when an officer sends the message again.
    `short` is the text for channels that charge by length. `template` and `parameters` say the same for
    channels that send approved templates only. `thread` are the Message-IDs that an e-mail answers to.
    """

    id: UUID
    kind: str
    address: str
    recipient_name: str
    subject: str
    text: str
    created_at: datetime
    reference: str = ""
    category: str = Category.DIRECT
    short: str = ""
    template: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    language: str = "id"
    thread: tuple[str, ...] = ()

    @property
    def brief(self) -> str:
        """The short text where there is one."""
        return self.short or self.text


class DeliveryFailed(Exception):
    """A channel could not hand the message over; `code` is a stable word without personal data."""

    def __init__(self, code: str, *, is_doubtful: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_doubtful = is_doubtful


class TemporaryFailure(DeliveryFailed):
    """Worth another try: the job queue comes back with its backoff."""


class PermanentFailure(DeliveryFailed):
    """It will never be taken; trying again would only annoy. `is_doubtful`: because of the address."""


class Channel(ABC):
    """A way out of the town. One folder or file each; registered under its code."""

    code: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    kinds: ClassVar[tuple[str, ...]] = ()
    is_demo: ClassVar[bool] = False
    per_minute: int = 0  # hand-overs that the other side takes in a minute; 0 for no limit

    @abstractmethod
    def problems(self) -> list[str]:
        """Sentences why the channel cannot work with today's settings; empty when it can."""

    @abstractmethod
    def deliver(self, outgoing: Outgoing) -> str:
        """Hand the message over; the other side's id for it, "" where it gives none. No database here.

        Raises TemporaryFailure or PermanentFailure.
        """

    def is_set(self) -> bool:
        """Whether the settings name what the channel needs at all."""
        return True

    def takes(self, outgoing: Outgoing) -> bool:
        """Whether the channel can carry this message, beside the kind of its address."""
        return True


class TalkingChannel(Channel):
    """A channel whose other side calls back: receipts, and what people answer, signed."""

    @abstractmethod
    def is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the raw body carries the other side's signature; False without a key of ours."""

    @abstractmethod
    def events(self, payload: Any) -> list[Event]:
        """What a signed body says; unknown parts are left out. Raises ValueError for another shape."""

    def fetch(self, remote_id: str, *, most: int) -> bytes:
        """The bytes of a file that came along, at most so many. No database here.

        Raises TemporaryFailure or PermanentFailure.
        """
        raise PermanentFailure(f"{self.code}.no_media")

    def challenge(self, query: Mapping[str, str]) -> str | None:
        """What to answer when the other side checks the address of the webhook; None to refuse."""
        return None


_channels: dict[str, Channel] = {}


def register(code: str) -> Callable[[type[Channel]], type[Channel]]:
    """Class decorator: make a channel known under `code`."""

    def add(channel: type[Channel]) -> type[Channel]:
        channel.code = code
        _channels[code] = channel()
        return channel

    return add


def channel(code: str) -> Channel | None:
    """The channel of this code, whether this town uses it or not."""
    return _channels.get(code)


def label(code: str) -> str:
    """The channel's name for people; the code itself when nobody knows it any more."""
    found = _channels.get(code)
    return str(found.label) if found else code


def active() -> tuple[Channel, ...]:
    """Channels this town uses, first choice first.

    `settings.NOTIFY_CHANNELS` names them in tests, BALAI_NOTIFY_CHANNELS in a town that wants an order
    of its own; else those are used whose settings are there, and the demo channel everywhere but in
    production.
    """
    return tuple(_channels[code] for code in active_codes() if code in _channels)


def active_codes() -> tuple[str, ...]:
    """Codes behind `active()`, also those that no channel has."""
    chosen = getattr(settings, "NOTIFY_CHANNELS", None)
    if chosen is not None:
        return tuple(chosen)
    named = tuple(code.strip() for code in settings.BALAI.notify_channels.split(",") if code.strip())
    real = named or tuple(each.code for each in _channels.values() if not each.is_demo and each.is_set())
    return real if settings.BALAI.mode == "production" else (*real, "demo")


def known_codes() -> frozenset[str]:
    """Codes of all registered channels."""
    return frozenset(_channels)


def offered() -> tuple[Channel, ...]:
    """Channels that a person can choose from; where the demo channel stands in for them, all real ones."""
    used = [each for each in active() if not each.is_demo]
    if any(each.is_demo for each in active()):
        used += [each for each in _channels.values() if not each.is_demo and each not in used]
    return tuple(used)


def carrier(code: str) -> Channel | None:
    """Who carries what was chosen for `code`: the channel itself, or the demo channel in its place."""
    used = {each.code: each for each in active()}
    return used.get(code) or next((each for each in used.values() if each.is_demo), None)


def for_kind(kind: str) -> Channel | None:
    """The first channel that takes addresses of this kind, or None."""
    return next((each for each in active() if kind in each.kinds), None)
