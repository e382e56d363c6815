"""Batches in real threads, and one with the real demo signer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import OperationalError, connection

from balai.documents import actions, batching, live, queries
from balai.documents.enums import BatchState
from balai.documents.models import Letter, SigningBatch, Turn
from balai.documents.signing import credentials
from balai.documents.tests import samples
from balai.documents.tests.partner import PASSPHRASE, QUICK, ask_certified, head, partner, signing_here

TAKING_UP = 'UPDATE "documents_turn" SET "attempts"'
KEEPING = 'UPDATE "documents_turn" SET "state"'


@pytest.fixture
def offices(transactional_db: None) -> None:
    """Sawentar, seen by every thread."""
    samples.make_offices()


def asked(count: int) -> list[Turn]:
    turns = [queries.open_turn(ask_certified()) for _ in range(count)]
    return [turn for turn in turns if turn is not None]


def wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("signing"):
            thread.join(20)
            assert not thread.is_alive()


def sign_in_a_thread(count: int, when_asked: Callable[[str, bytes], None]) -> SigningBatch:
    signer = partner()
    signer.when_asked = when_asked
    batch = actions.begin_batch(by=head(), turns=asked(count), passphrase=PASSPHRASE)
    wait_for_threads()
    signer.when_asked = lambda reason, pdf: None
    assert [key.is_open for key in signer.keys] == [False]
    batch.refresh_from_db()
    return batch


def test_batch_is_signed_by_a_thread_of_its_own(offices: None) -> None:
    seen: set[str] = set()
    batch = sign_in_a_thread(3, lambda reason, pdf: seen.add(threading.current_thread().name))
    assert (batch.state, seen) == (BatchState.DONE, {"signing"})
    assert set(Letter.objects.values_list("state", flat=True)) == {"published"}


def test_process_that_ends_finishes_the_letter_in_hand(offices: None) -> None:
    def end_the_process(reason: str, pdf: bytes) -> None:
        ending = threading.Thread(target=live.end_all, args=(0,))
        ending.start()
        ending.join()

    batch = sign_in_a_thread(3, end_the_process)
    progress = queries.batch_progress(batch)
    assert (batch.state, batch.fault) == (BatchState.WAITING, live.STOPPED)
    assert (progress.signed, progress.queued) == (1, 2)


def test_slow_signer_does_not_cost_the_lease(offices: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One answer takes four leases; the watch finds nothing that has lapsed."""
    monkeypatch.setattr(batching, "LEASE", timedelta(seconds=0.3))
    lapsed: list[int] = []

    def take_long(reason: str, pdf: bytes) -> None:
        for _look in range(4):
            threading.Event().wait(0.3)
            lapsed.append(batching.let_lapsed_wait())

    batch = sign_in_a_thread(1, take_long)
    assert (batch.state, lapsed) == (BatchState.DONE, [0, 0, 0, 0])


@contextmanager
def refused_by_the_database(statement: str, times: int) -> Iterator[list[str]]:
    """Batches are signed here, while the first `times` statements that begin so find the database locked."""
    refused: list[str] = []

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(statement) and len(refused) < times:
            refused.append(sql)
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    def run(batch: live.LiveBatch) -> None:
        batch.patience = QUICK
        with connection.execute_wrapper(refuse):
            batch.run()

    with live.started_by(run):
        yield refused


# Without a transaction around: a refused step may end the connection, and takes a new one.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", [TAKING_UP, KEEPING], ids=["at taking up", "at keeping"])
def test_moment_without_the_database_does_not_cost_the_passphrase(statement: str) -> None:
    samples.make_offices()
    signer = partner()
    with refused_by_the_database(statement, 2) as refused:
        batch = actions.begin_batch(by=head(), turns=asked(2), passphrase=PASSPHRASE)
    batch.refresh_from_db()
    assert (batch.state, len(refused), len(signer.asked)) == (BatchState.DONE, 2, 2)
    assert list(Letter.objects.values_list("number__sequence", flat=True).order_by("pk")) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_database_that_stays_away_ends_the_batch_and_the_key() -> None:
    samples.make_offices()
    signer = partner()
    with refused_by_the_database(TAKING_UP, 99) as refused:
        batch = actions.begin_batch(by=head(), turns=asked(1), passphrase=PASSPHRASE)
    assert (len(refused), signer.asked, signer.keys[0].is_open) == (QUICK.database_tries, [], False)
    assert SigningBatch.objects.get(pk=batch.pk).state == BatchState.LIVE


@pytest.mark.django_db
def test_demo_signer_signs_what_was_asked_in_the_order_asked() -> None:
    samples.make_offices()
    officer = head(certificate=False)
    credentials.make_demo(officer=officer, passphrase="padi-menguning-2")
    turns = asked(2)
    with signing_here():
        batch = actions.begin_batch(by=officer, turns=turns[::-1], passphrase="padi-menguning-2")
    batch.refresh_from_db()
    letters = list(Letter.objects.select_related("number").order_by("number__sequence"))
    assert batch.state == BatchState.DONE
    assert [letter.pk for letter in letters] == [turn.letter_id for turn in turns[::-1]]
    for letter in letters:
        with pikepdf.open(BytesIO(queries.letter_content(letter))) as pdf:
            fields = [(str(field.T), str(field.V.SubFilter)) for field in pdf.Root.AcroForm.Fields]
            assert fields == [("TTE-1", "/ETSI.CAdES.detached")]
