"""Messages out and in as CSV, without anything that names a person: addresses are masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balai.kernel.csv_lines import csv_lines
from balai.notify.models import Incoming, Message

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


def outbox_csv(messages: Iterable[Message]) -> Iterator[str]:
    """Lines of CSV with a header, for an outbox of any length."""
    return csv_lines(COLUMNS, map(_row, messages))


def _row(message: Message) -> tuple[object, ...]:
    return (
        message.pk,
        message.created_at,
        message.category,
        message.state,
        message.channel,
        sum(attempt.tries for attempt in message.attempts.all()),
        message.fault,
        message.to.masked,
        message.closed_at,
        message.delivered_at,
        f"{message.about_label}:{message.about_id}",
    )


ARRIVED = ("id", "received_at", "channel", "address_masked", "outcome", "needs_person", "settled_at")


def arrived_csv(messages: Iterable[Incoming]) -> Iterator[str]:
    """The same of what people wrote to the town."""
    return csv_lines(ARRIVED, map(_arrived_row, messages))


def _arrived_row(each: Incoming) -> tuple[object, ...]:
    return (
        each.pk,
        each.received_at,
        each.channel,
        each.sender.masked,
        each.outcome,
        each.needs_person,
        each.settled_at,
    )
