"""A batch of letters and a signer with bad days: order kept, one published version each, no secret kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from balai.audit.models import Entry
from balai.documents import actions, batching, live, queries
from balai.documents.actions.batches import MOST_LETTERS, TRIES
from balai.documents.batching import LeaseLost
from balai.documents.enums import BatchState
from balai.documents.errors import (
    BatchOver,
    BeingSigned,
    NoCertificate,
    NothingChosen,
    NotYourTurn,
    TooManyAtOnce,
    TurnOver,
)
from balai.documents.models import SigningBatch, Turn
from balai.documents.production import store_pdf, unsigned_or_last
from balai.documents.signing.registry import PassphraseWrong
from balai.documents.tests import samples
from balai.documents.tests.batches import SEVEN, asked, begin, published, resume, sequences, turn_of
from balai.documents.tests.partner import (
    PASSPHRASE,
    QUICK,
    TO_INITIAL,
    TO_SIGN,
    ask_certified,
    head,
    partner,
    secretary,
    signing_here,
)
from balai.documents.tests.samples import SRI
from balai.files.models import Upload
from balai.runtime.errors import Forbidden, TooMany

pytestmark = pytest.mark.django_db
DOWN = ["busy"] * QUICK.tries


@pytest.fixture(autouse=True)
def clock(db: None, frozen_clock: Callable[[datetime], Any]) -> Iterator[Any]:
    """Sawentar at seven in the morning; batches are signed before `begin_batch` returns."""
    standing = frozen_clock(SEVEN)
    samples.make_offices()
    with signing_here():
        yield standing


def test_letters_are_numbered_in_the_order_they_were_chosen() -> None:
    signer, officer = partner(), head()
    turns = asked(4)
    chosen = [turns[2], turns[0], turns[3], turns[1]]
    batch = begin(officer, chosen)
    assert (batch.state, sequences(chosen), published()) == (BatchState.DONE, [1, 2, 3, 4], 4)
    assert [key.is_open for key in signer.keys] == [False]


def test_busy_signer_is_tried_again_and_the_order_stays() -> None:
    signer, officer = partner(["busy", "busy", "", "busy"]), head()
    turns = asked(3)
    assert begin(officer, turns).state == BatchState.DONE
    assert (sequences(turns), published(), len(signer.asked)) == ([1, 2, 3], 3, 6)
    assert list(Turn.objects.order_by("place").values_list("attempts", "fault", "unsure")) == [
        (3, "", False),
        (2, "", False),
        (1, "", False),
    ]


def test_lost_answer_sends_the_same_bytes_under_the_same_number() -> None:
    signer = partner(["lost", "lost"])
    turns = asked(1)
    begin(head(), turns)
    assert len(signer.asked) == 3
    assert len(set(signer.asked)) == 1
    assert (sequences(turns), published()) == ([1], 1)


def test_letter_that_cannot_be_signed_goes_back_and_the_others_go_on() -> None:
    signer, officer = partner(["", "refused"]), head()
    turns = asked(3)
    batch = begin(officer, turns)
    back = Turn.objects.get(pk=turns[1].pk)
    assert (batch.state, published()) == (BatchState.DONE, 2)
    assert (back.state, back.fault, back.place, back.batch_id) == ("open", "pdf_unreadable", None, batch.pk)
    assert queries.batch_progress(batch).returned == [back]
    partner()
    begin(officer, [back])
    assert (sequences(turns), published()) == ([1, 2, 3], 3)
    assert len(signer.keys) == 1


def test_letter_whose_template_is_broken_goes_back_to_the_tray() -> None:
    partner()
    broken = ask_certified(files={"letter.typ": "#given.nothing"})
    turns = [turn_of(broken), *asked(1)]
    begin(head(), turns)
    assert Turn.objects.get(pk=turns[0].pk).fault == live.RENDER
    assert published() == 1


def test_signer_that_stays_down_lets_the_batch_wait_in_order() -> None:
    signer, officer = partner(["", *DOWN]), head()
    turns = asked(3)
    batch = begin(officer, turns)
    progress = queries.batch_progress(batch)
    assert (batch.state, batch.fault, batch.lease) == (BatchState.WAITING, "signer_down", "")
    assert (progress.signed, progress.queued, progress.total) == (1, 2, 3)
    assert progress.current == Turn.objects.get(pk=turns[1].pk)
    assert not signer.keys[0].is_open
    partner()
    assert resume(officer).state == BatchState.DONE
    assert (sequences(turns), published()) == ([1, 2, 3], 3)


def test_letters_added_while_a_batch_waits_come_after_it() -> None:
    officer = head()
    partner(DOWN)
    first = asked(2)
    waiting = begin(officer, first)
    partner()
    later = asked(1)
    assert begin(officer, later).pk == waiting.pk
    assert sequences([*first, *later]) == [1, 2, 3]


def test_letters_added_to_a_live_batch_are_signed_by_its_thread() -> None:
    """The second call finds the batch live: it queues, and its own key is forgotten."""
    signer, officer = partner(), head()
    first, second = asked(2), asked(1)
    held: list[live.LiveBatch] = []
    with live.started_by(held.append):
        batch = begin(officer, first)
        assert begin(officer, second).pk == batch.pk
    assert [key.is_open for key in signer.keys] == [True, False]
    assert (len(held), published()) == (1, 0)
    held[0].run()
    assert (sequences([*first, *second]), published()) == ([1, 2, 3], 3)


def test_stopped_batch_waits_and_forgets_its_key() -> None:
    signer, officer = partner(), head()
    held: list[live.LiveBatch] = []
    with live.started_by(held.append):
        batch = begin(officer, asked(2))
    held[0].stop()
    held[0].run()
    batch.refresh_from_db()
    assert (batch.state, batch.fault, signer.keys[0].is_open) == (BatchState.WAITING, "stopped", False)


def test_batch_of_a_lost_process_waits_and_its_late_answer_is_thrown_away(clock: Any) -> None:
    """The process stalls in mid-signature; another signs the letter; the first comes back."""
    officer = head()
    partner()
    turns, held = asked(2), list[live.LiveBatch]()
    with live.started_by(held.append):
        batch = begin(officer, turns)
    stalled = batching.take_up(batch_id=batch.pk, lease=batch.lease)
    assert stalled is not None
    late = store_pdf(stalled.letter, unsigned_or_last(stalled.letter).pdf + b"% late\n")
    assert batching.let_lapsed_wait() == 0
    clock.move(seconds=31)
    assert batching.let_lapsed_wait() == 1
    assert resume(officer).state == BatchState.DONE
    with pytest.raises(LeaseLost):
        batching.keep_signed(turn=stalled, lease=batch.lease, upload=late)
    assert not batching.hold(batch.pk, batch.lease)
    held[0].run()
    assert (sequences(turns), published()) == ([1, 2], 2)
    assert Upload.objects.get(pk=late.pk).state == "staged"


def test_lapsed_batch_is_resumed_without_waiting_for_the_watch(clock: Any) -> None:
    officer = head()
    partner()
    with live.started_by(lambda batch: None):
        batch = begin(officer, asked(1))
    assert not batch.is_waiting
    clock.move(seconds=31)
    assert batch.is_waiting
    assert resume(officer).state == BatchState.DONE


def test_running_batch_is_not_taken_over() -> None:
    signer, officer = partner(), head()
    with live.started_by(lambda batch: None):
        batch = begin(officer, asked(1))
    assert resume(officer).lease == batch.lease
    assert [key.is_open for key in signer.keys] == [True, False]


def test_released_letters_return_to_the_tray_with_the_number_they_may_be_signed_under() -> None:
    officer = head()
    signer = partner(["lost"] * QUICK.tries)
    turns = asked(2)
    begin(officer, turns)
    batch = actions.release(by=officer)
    assert batch.state == BatchState.DONE
    assert list(Turn.objects.order_by("pk").values_list("state", "unsure")) == [
        ("open", True),
        ("open", False),
    ]
    before = set(signer.asked)
    signer = partner()
    begin(officer, turns)
    assert (signer.asked[0] in before, sequences(turns)) == (True, [1, 2])


def test_nothing_is_released_or_resumed_without_a_waiting_batch() -> None:
    officer = head()
    partner()
    for _ in range(2):
        with pytest.raises(BatchOver):
            actions.release(by=officer)
        with pytest.raises(BatchOver):
            resume(officer)
        begin(officer, asked(1))


def test_live_batch_is_not_released() -> None:
    officer = head()
    partner()
    with live.started_by(lambda batch: None):
        begin(officer, asked(1))
    with pytest.raises(BatchOver):
        actions.release(by=officer)


def test_letter_whose_signature_may_exist_is_not_withdrawn_one_not_begun_is() -> None:
    officer = head()
    partner(["lost"] * QUICK.tries)
    turns = asked(2)
    begin(officer, turns)
    with pytest.raises(BeingSigned):
        actions.withdraw_letter(by=SRI, letter=turns[0].letter, reason="ditarik")
    actions.withdraw_letter(by=SRI, letter=turns[1].letter, reason="ditarik")
    partner()
    assert resume(officer).state == BatchState.DONE
    assert (published(), sequences(turns)) == (1, [1, None])


def test_letter_of_a_batch_that_nobody_resumes_is_released_by_who_may_revoke_and_then_stopped() -> None:
    officer, other = head(), head(certificate=False, name="Rahayu")
    partner(["lost"] * QUICK.tries)
    turns = asked(2)
    begin(officer, turns)
    batch = actions.release_of_another(by=other, letter=turns[0].letter)
    assert batch.state == BatchState.DONE
    assert set(Turn.objects.values_list("state", "fault")) == {("open", batching.RELEASED)}
    entry = Entry.objects.get(event="documents.batch_released")
    assert (entry.by_id, entry.facts) == (other.as_actor().id, {"letters": 2, "officer": "Bambang"})
    actions.withdraw_letter(by=SRI, letter=turns[0].letter, reason="ditarik")
    with pytest.raises(BatchOver):
        actions.release_of_another(by=other, letter=turns[1].letter)


def test_batch_of_another_is_not_released_without_the_permission_nor_while_it_is_signed() -> None:
    officer, other = head(), head(certificate=False, name="Rahayu")
    partner()
    turns = asked(1)
    with live.started_by(lambda batch: None):
        begin(officer, turns)
    with pytest.raises(BatchOver):
        actions.release_of_another(by=other, letter=turns[0].letter)
    for stranger in (head(certificate=False, office_code=samples.DISTRICT), secretary()):
        with pytest.raises(Forbidden):
            actions.release_of_another(by=stranger, letter=turns[0].letter)


def test_officer_who_lost_the_office_meanwhile_signs_no_more(clock: Any) -> None:
    officer = head()
    partner(DOWN)
    turns = asked(2)
    begin(officer, turns)
    officer.assignments.update(valid_to="2026-11-21")
    clock.move(days=1)
    partner()
    resume(officer)
    faults = set(Turn.objects.values_list("state", "fault"))
    assert (published(), faults) == (0, {("open", batching.NOT_ALLOWED)})


def test_wrong_passphrase_queues_nothing_and_is_counted() -> None:
    signer, officer = partner(), head()
    turns = asked(1)
    for _ in range(TRIES):
        with pytest.raises(PassphraseWrong):
            actions.begin_batch(by=officer, turns=turns, passphrase="salah")
    with pytest.raises(TooMany):
        begin(officer, turns)
    assert (signer.keys, SigningBatch.objects.count(), queries.tray_page(officer).total) == ([], 0, 1)


def test_right_passphrase_forgives_the_wrong_ones_before_it() -> None:
    officer = head()
    partner()
    for _ in range(2):
        for _ in range(TRIES - 1):
            with pytest.raises(PassphraseWrong):
                actions.begin_batch(by=officer, turns=asked(1), passphrase="salah")
        begin(officer, asked(1))


def test_batch_is_refused_whole_when_one_letter_is_not_to_be_signed() -> None:
    signer, officer = partner(), head()
    initial = turn_of(ask_certified(TO_INITIAL, TO_SIGN))
    gone = turn_of(ask_certified())
    actions.refuse(by=officer, turn=gone, reason="keliru")
    for wrong, error in ((initial, NotYourTurn), (gone, TurnOver)):
        with pytest.raises(error):
            begin(officer, [*asked(1), wrong])
    assert (SigningBatch.objects.count(), [key.is_open for key in signer.keys]) == (0, [False, False])


def test_batch_has_letters_and_an_end() -> None:
    officer = head()
    partner()
    with pytest.raises(NothingChosen):
        begin(officer, [])
    turn = asked(1)[0]
    with pytest.raises(TooManyAtOnce):
        begin(officer, [turn] * (MOST_LETTERS + 1))


def test_officer_without_certificate_is_told_so() -> None:
    with pytest.raises(NoCertificate):
        begin(head(certificate=False), asked(1))


def test_signer_that_breaks_its_word_stops_the_batch_and_keeps_the_order(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def explode() -> Iterator[str]:
        yield ""
        raise RuntimeError("no such answer was agreed")

    officer, turns = head(), asked(2)
    partner(explode())
    with caplog.at_level(logging.CRITICAL, logger="balai.documents.live"):
        batch = begin(officer, turns)
    assert (batch.state, batch.fault) == (BatchState.WAITING, "broken")
    partner()
    resume(officer)
    assert (sequences(turns), published()) == ([1, 2], 2)


def test_passphrase_and_key_are_nowhere_in_the_database() -> None:
    officer = head()
    partner(DOWN)
    begin(officer, asked(2))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names that the database gave
            assert PASSPHRASE not in str(cursor.fetchall())


@pytest.mark.parametrize(
    "nonsense",
    [{"lease_ends_at": None}, {"state": "done"}, {"state": "waiting"}, {"state": "lost"}],
)
def test_database_refuses_impossible_batches(nonsense: dict[str, object]) -> None:
    partner()
    with live.started_by(lambda batch: None):
        batch = begin(head(), asked(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningBatch.objects.filter(pk=batch.pk).update(**nonsense)


def test_officer_has_one_open_batch() -> None:
    partner()
    officer = head()
    with live.started_by(lambda batch: None):
        batch = begin(officer, asked(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningBatch.objects.create(
            officer=officer,
            credential=batch.credential,
            lease="x",
            lease_ends_at=SEVEN + timedelta(seconds=1),
            created_at=SEVEN,
        )
