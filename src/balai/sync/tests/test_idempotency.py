"""The same envelope twice is one deed, whoever is faster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.transaction import TransactionManagementError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime import clock
from balai.runtime.transaction import write_transaction
from balai.sync import actions
from balai.sync.errors import KeyReused, KeyUnfinished
from balai.sync.models import IdempotencyKey
from balai.sync.tests.racing import Arena

SITI = Subject("people.citizen", "0190-siti")
BUDI = Subject("people.citizen", "0190-budi")


@write_transaction
def send(
    key: str, *, owner: Subject = SITI, kind: str = "cases.submit", fingerprint: str = "", fails: bool = False
) -> str:
    """A deed as engines write it: take the key, do it, say what came of it."""
    earlier = actions.once(owner=owner, kind=kind, key=key, fingerprint=fingerprint)
    if earlier is not None:
        return earlier.result.id
    if fails:
        raise RuntimeError("in mid-deed")
    result = Subject("cases.case", str(uuid7()))
    actions.finish(owner=owner, kind=kind, key=key, result=result)
    return result.id


@pytest.mark.django_db
def test_second_envelope_gives_what_the_first_made() -> None:
    assert send("a") == send("a")
    assert send("a") != send("b")


@pytest.mark.django_db
def test_key_of_another_person_or_kind_is_another_key() -> None:
    made = {send("a"), send("a", owner=BUDI), send("a", kind="reports.submit")}
    assert len(made) == 3


@pytest.mark.django_db
def test_failed_deed_leaves_the_key_free() -> None:
    with pytest.raises(RuntimeError, match="mid-deed"):
        send("a", fails=True)
    assert IdempotencyKey.objects.count() == 0
    assert send("a") == send("a")


@pytest.mark.django_db
def test_key_used_for_another_content_is_refused() -> None:
    send("a", fingerprint="1" * 64)
    assert send("a", fingerprint="1" * 64) == send("a")
    with pytest.raises(KeyReused) as caught:
        send("a", fingerprint="2" * 64)
    assert caught.value.status == 409


@pytest.mark.django_db
def test_key_committed_without_a_result_is_our_mistake() -> None:
    with write_transaction():
        actions.once(owner=SITI, kind="k", key="a")
    with pytest.raises(KeyUnfinished):
        send("a", kind="k")


@pytest.mark.django_db
def test_finish_without_once_is_our_mistake() -> None:
    with pytest.raises(KeyUnfinished), write_transaction():
        actions.finish(owner=SITI, kind="k", key="a", result=BUDI)


@pytest.mark.django_db(transaction=True)
def test_key_taken_outside_a_transaction_is_our_mistake() -> None:
    with pytest.raises(TransactionManagementError):
        actions.once(owner=SITI, kind="k", key="a")


@pytest.mark.django_db
def test_key_is_not_kept_in_the_clear() -> None:
    send("3505105708950001")
    assert "3505105708950001" not in str(IdempotencyKey.objects.values().get())


@pytest.mark.django_db
def test_keys_outlive_every_waiting_phone_and_then_go(frozen_clock: Callable[[datetime], object]) -> None:
    frozen_clock(datetime(2026, 11, 21, tzinfo=UTC))
    send("a")
    assert actions.expire_keys(moment=clock.now() + timedelta(days=366)) == 0
    assert actions.expire_keys(moment=clock.now() + timedelta(days=401)) == 1


@pytest.mark.django_db(transaction=True)
def test_processes_racing_with_one_key_make_one_thing(tmp_path: Path) -> None:
    arena = Arena(tmp_path)
    for round_number in range(5):
        results = arena.race(*[lambda key=f"key {round_number}": send(key)] * 4)
        assert len(set(results)) == 1, results
    with arena.entered():
        assert IdempotencyKey.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_loser_of_a_race_takes_over_when_the_winner_fails(tmp_path: Path) -> None:
    arena = Arena(tmp_path)
    failing = [lambda: send("key", fails=True)] * 2
    results = arena.race(*failing, lambda: send("key"), lambda: send("key"))
    with arena.entered():
        kept = IdempotencyKey.objects.get().result_id
    assert results[2:] == [kept, kept]
    assert set(results[:2]) <= {kept, "RuntimeError: in mid-deed"}


class AnyEnvelopes(TestCase):
    """Any order of any envelopes makes each thing once."""

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([SITI, BUDI]), st.booleans())))
    def test_each_key_makes_one_thing(self, envelopes: list[tuple[str, Subject, bool]]) -> None:
        made: dict[tuple[str, str], str] = {}
        for key, owner, fails in envelopes:
            if fails and (key, owner.id) not in made:
                with pytest.raises(RuntimeError):
                    send(key, owner=owner, fails=True)
            else:
                result = send(key, owner=owner, fails=fails)
                assert made.setdefault((key, owner.id), result) == result
        assert IdempotencyKey.objects.count() == len(made)


@pytest.mark.django_db
def test_result_known_beforehand_needs_no_finish() -> None:
    with write_transaction():
        assert actions.once(owner=SITI, kind="k", key="a", result=BUDI) is None
    with write_transaction():
        earlier = actions.once(owner=SITI, kind="k", key="a", result=SITI)
    assert earlier is not None
    assert (earlier.result.label, earlier.result.id) == (BUDI.label, BUDI.id)
