from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError

from balai.runtime import ratelimit
from balai.runtime.errors import TooMany
from balai.runtime.models import RateWindow
from balai.runtime.transaction import write_transaction

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def passes(key: str = "0812", bucket: str = "people.code") -> bool:
    try:
        ratelimit.hit(bucket, key, limit=3, seconds=600)
    except TooMany:
        return False
    return True


def test_attempts_up_to_the_limit_pass(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    assert [passes() for _attempt in range(5)] == [True, True, True, False, False]


def test_refusal_tells_when_the_window_ends(frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)
    for _attempt in range(3):
        passes()
    clock.move(seconds=240)
    with pytest.raises(TooMany) as refusal:
        ratelimit.hit("people.code", "0812", limit=3, seconds=600)
    assert refusal.value.retry_after == 361
    assert refusal.value.sentence == "Terlalu banyak percobaan. Silakan coba lagi dalam 7 menit."


def test_new_window_opens_when_the_old_one_is_over(frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)
    for _attempt in range(4):
        passes()
    clock.move(seconds=599)
    assert passes() is False
    clock.move(seconds=1)
    assert [passes() for _attempt in range(4)] == [True, True, True, False]


def test_keys_and_buckets_are_counted_apart(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    for _attempt in range(3):
        passes()
    assert passes(key="0813") is True
    assert passes(bucket="people.login") is True
    assert passes() is False


def test_key_is_not_stored_in_the_clear() -> None:
    passes(key="081234567801")
    assert "081234567801" not in str(RateWindow.objects.values().get())


def test_hit_inside_a_write_transaction_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="rolled back"), write_transaction():
        passes()


def test_forgiven_key_starts_anew(frozen_clock: Callable) -> None:
    frozen_clock(NINE)
    for _attempt in range(3):
        passes()
    ratelimit.forgive("people.code", "0812")
    assert passes() is True


def test_sweep_deletes_windows_that_are_over(frozen_clock: Callable) -> None:
    clock = frozen_clock(NINE)
    passes()
    clock.move(seconds=300)
    passes(key="0813")
    clock.move(seconds=300)
    assert ratelimit.sweep() == 1
    assert RateWindow.objects.count() == 1


def test_hit_costs_one_query(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1):
        passes()
