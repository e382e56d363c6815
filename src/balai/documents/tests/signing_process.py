"""A process that signs one officer's letters and may be killed; run by test_kills.py, never imported there.

    main(login, minutes ahead of the clock, seed, *turns)

Without turns it goes on with the batch that waits. One call in ten fails: the signer is busy, or its answer
is lost. Says "NUMBER FINGERPRINT" for every call, so that whoever listens knows when to kill.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from balai.documents import actions, live
from balai.documents.errors import BatchOver
from balai.documents.models import Turn
from balai.documents.tests.partner import PASSPHRASE, partner, signing_here
from balai.people import queries as people
from balai.runtime import clock

SHARE_OF_FAULTS = 0.1
PATIENCE = live.Patience(first_seconds=0.001, longest_seconds=0.01, tries=40)


def bad_luck(seed: int) -> Iterator[str]:
    """What goes wrong at each call."""
    chance = random.Random(seed)
    while True:
        failed = chance.random() < SHARE_OF_FAULTS
        yield chance.choice(["busy", "lost"]) if failed else ""


def tell(reason: str, pdf: bytes) -> None:
    """Say which letter the signer was just asked to sign."""
    sys.stdout.write(f"{reason.split()[-1]} {sha256(pdf).hexdigest()}\n")
    sys.stdout.flush()


def main(login: str, minutes: str, seed: str, *turns: str) -> None:
    """Sign until nothing is left."""
    partner(bad_luck(int(seed))).when_asked = tell
    officer = people.officer_by_login(login)
    assert officer is not None
    ahead = timedelta(minutes=int(minutes))
    with clock.reading(lambda: datetime.now(UTC) + ahead), signing_here(PATIENCE):
        if turns:
            rows = {str(row.pk): row for row in Turn.objects.filter(pk__in=turns)}
            actions.begin_batch(by=officer, turns=[rows[id] for id in turns], passphrase=PASSPHRASE)
        else:
            with suppress(BatchOver):  # a twin was faster
                actions.resume(by=officer, passphrase=PASSPHRASE)
