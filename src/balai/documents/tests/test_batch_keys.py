"""Who signs a letter of a batch, with what, and under which name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from balai.documents import actions, live
from balai.documents.enums import BatchState
from balai.documents.errors import ToBeSignedInInk
from balai.documents.models import Letter, SigningBatch
from balai.documents.signing.credentials import close, open_credential
from balai.documents.tests import samples
from balai.documents.tests.batches import SEVEN, asked, begin, published, resume, sequences, turn_of
from balai.documents.tests.partner import (
    TO_SIGN,
    ask_certified,
    give_certificate,
    head,
    partner,
    signing_here,
)
from balai.documents.tests.samples import SRI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(db: None, frozen_clock: Callable[[datetime], object]) -> Iterator[None]:
    """Sawentar at seven in the morning; batches are signed before `begin_batch` returns."""
    frozen_clock(SEVEN)
    samples.make_offices()
    with signing_here():
        yield


def test_certificate_that_was_closed_meanwhile_signs_no_more() -> None:
    signer, officer = partner(), head()
    turns = asked(3)
    held = open_credential(officer)
    assert held is not None
    signer.when_asked = lambda reason, pdf: void(close(by=SRI, credential=held))
    try:
        batch = begin(officer, turns)
    finally:
        signer.when_asked = lambda reason, pdf: None
    assert (published(), batch.state, batch.fault) == (1, BatchState.WAITING, live.KEY_WITHDRAWN)
    assert [key.is_open for key in signer.keys] == [False]
    give_certificate(officer)
    assert resume(officer).state == BatchState.DONE
    assert sequences(turns) == [1, 2, 3]


def void(_value: object) -> None:
    """For what is done, not for what it gives."""


def test_letter_that_came_back_bears_the_name_of_who_signs_it_then() -> None:
    partner(["refused"])
    turns = asked(1)
    begin(head(name="Bambang"), turns)
    partner()
    begin(head(name="Endang Purwati"), turns)
    letter = Letter.objects.get(pk=turns[0].letter_id)
    assert (letter.state, letter.signer_name, sequences(turns)) == ("published", "Endang Purwati", [1])
    assert letter.data.clear["signer"]["name"] == "Endang Purwati"


def test_letter_for_ink_is_not_signed_with_a_certificate() -> None:
    partner()
    officer = head()
    for letter in (samples.ask(turns=(TO_SIGN,)), ask_certified(TO_SIGN, TO_SIGN)):
        if letter.signature == "certified":
            actions.sign_in_ink(by=officer, turn=turn_of(letter))
        with pytest.raises(ToBeSignedInInk):
            begin(officer, [turn_of(letter)])
    assert not SigningBatch.objects.exists()
