"""The outbox as CSV, without anything that names a person: addresses are masked."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from balai.notify.models import Message

COLUMNS = (
    "id",
    "created_at",
    "category",
    "state",
    "channel",
    "attempts",
    "fault",
    "address_masked",
    "closed_at",
    "delivered_at",
    "about",
)
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that hands each written line back, so that an outbox of any length streams."""

    def write(self, text: str) -> str:
        return text


def outbox_csv(messages: Iterable[Message]) -> Iterator[str]:
    """Lines of CSV (RFC 4180) with a header; instants in ISO 8601 UTC."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for message in messages:
        yield writer.writerow([_cell(value) for value in _row(message)])


def _row(message: Message) -> tuple[object, ...]:
    return (
        message.pk,
        message.created_at.isoformat(),
        message.category,
        message.state,
        message.channel,
        sum(attempt.tries for attempt in message.attempts.all()),
        message.fault,
        message.to.masked,
        message.closed_at.isoformat() if message.closed_at else "",
        message.delivered_at.isoformat() if message.delivered_at else "",
        f"{message.about_label}:{message.about_id}",
    )


def _cell(value: object) -> str:
    """Text as a spreadsheet may open it: nothing is read as a formula (OWASP, CSV injection)."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_MARKS) else text
