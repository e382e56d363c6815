"""What people send by WhatsApp: texts, photos and documents with a caption, a place on the map."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from balai.notify.channels.events import Media, Received
from balai.notify.channels.handing_over import looked_up

# Kinds of message that hold a file; of "sticker" there is nothing to know.
WITH_FILES = ("image", "document", "video", "audio")


def received(message: dict[str, Any]) -> Received | None:
    """One entry of `messages`; None without an id or a sender."""
    remote_id, sender = looked_up(message, "id"), looked_up(message, "from")
    if not (remote_id and sender):
        return None
    return Received(
        remote_id,
        f"+{sender}",
        _text(message),
        _instant(looked_up(message, "timestamp")),
        _media(message),
        looked_up(message, "context.id"),
    )


def _text(message: dict[str, Any]) -> str:
    """What was written; a place that was pinned reads geo:-8.09,112.17 (RFC 5870)."""
    kind = looked_up(message, "type")
    captions = (f"{kind}.caption",) if kind in WITH_FILES else ()
    paths = ("text.body", "button.text", "interactive.button_reply.title", *captions)
    said = next((text for path in paths if (text := looked_up(message, path))), "")
    return said or _place(message.get("location"))


def _place(location: Any) -> str:
    if not isinstance(location, dict):
        return ""
    values = (location.get("latitude"), location.get("longitude"))
    if not all(isinstance(value, int | float) for value in values):
        return ""
    return "geo:{:.6f},{:.6f}".format(*values)


def _media(message: dict[str, Any]) -> tuple[Media, ...]:
    """The file of a message: the platform sends each in a message of its own."""
    kind = looked_up(message, "type")
    remote_id = looked_up(message, f"{kind}.id") if kind in WITH_FILES else ""
    if not remote_id:
        return ()
    media_type = looked_up(message, f"{kind}.mime_type").partition(";")[0].strip()
    return (Media(remote_id, media_type or f"{kind}/unknown", looked_up(message, f"{kind}.filename")),)


def _instant(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if text.isdecimal() and len(text) < 12 else None
