"""Batches in real threads, and one with the real demo signer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from balai.documents import actions, batching, live, queries
from balai.documents.enums import BatchState
from balai.documents.models import Letter, SigningBatch, Turn
from balai.documents.signing import credentials
from balai.documents.tests import samples
from balai.documents.tests.partner import PASSPHRASE, ask_certified, head, partner, signing_here


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
