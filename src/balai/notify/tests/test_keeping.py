"""Old messages are forgotten a few at a time, so that nobody waits long to write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.notify import actions, tasks
from balai.notify.actions.keeping import BATCH_ROWS
from balai.notify.channels import Received
from balai.notify.models import Attempt, Incoming, Message
from balai.notify.tests.gateways import PHONE

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
BEFORE = NOON + timedelta(days=1)


def send(key: str) -> Message:
    return actions.send(to=PHONE, subject="Kode", text="123456", key=key, about=Subject("a.b", "1"))


def copy_of(message: Message, key: str) -> Message:
    """The same message once more, not yet stored."""
    values = {each.attname: getattr(message, each.attname) for each in Message._meta.concrete_fields}
    return Message(**{**values, "id": uuid7(), "key": key})


def test_many_old_messages_go_with_their_attempts_oldest_first(frozen_clock, run_jobs) -> None:
    moving = frozen_clock(NOON)
    for number in range(5):
        moving.move(seconds=1)
        send(f"old-{number}")
    run_jobs()
    moving.move(days=31)
    kept = send("new")
    assert actions.forget_old(before=BEFORE, most=2) == 2
    left = [f"old-{number}" for number in (2, 3, 4)]
    assert set(Message.objects.values_list("key", flat=True)) == {*left, "new"}
    assert sorted(Attempt.objects.values_list("message__key", flat=True)) == left
    assert [actions.forget_old(before=BEFORE, most=2) for _again in range(3)] == [2, 1, 0]
    assert list(Message.objects.all()) == [kept]


def test_what_was_written_to_the_town_goes_in_the_same_batches(frozen_clock) -> None:
    frozen_clock(NOON)
    send("old")
    for number in range(2):
        actions.take_in(channel="sms", received=Received(f"in-{number}", PHONE.value, "HALO"))
    assert [actions.forget_old(before=BEFORE, most=2) for _again in range(3)] == [2, 1, 0]
    assert (Message.objects.count(), Incoming.objects.count()) == (0, 0)


def test_forgetting_goes_on_until_nothing_old_is_left(frozen_clock) -> None:
    moving = frozen_clock(NOON)
    first = send("first")
    Message.objects.bulk_create(copy_of(first, f"copy-{number}") for number in range(BATCH_ROWS))
    moving.move(days=31)
    with CaptureQueriesContext(connection) as captured:
        tasks.forget_old()
    # Inside a test's own transaction each of ours is a savepoint; the last one finds nothing.
    transactions = [each for each in captured if each["sql"].startswith("SAVEPOINT")]
    assert (Message.objects.count(), len(transactions)) == (0, 3)
