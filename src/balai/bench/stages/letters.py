"""Letters that wait for their signers, and processes that sign them while somebody looks at the clock.

`letters` asks for them and gives the signers keys of the wanted kind. `signing` is one process: it sets and
signs with the bare engine, then signs a batch as a town does (or the other way round), each from a barrier
that all processes of the round reach first.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import settings
from django.db import connection

from balai.catalogue import forms, running
from balai.catalogue.examples import read_examples
from balai.documents import live, rendering
from balai.documents.actions import Signer, TurnPlan, begin_batch, request_letter
from balai.documents.enums import LetterState, TurnState
from balai.documents.models import Letter, Turn
from balai.documents.permissions import SIGN
from balai.documents.signing import credentials
from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.registry import Mark, SignOrder, signer_of
from balai.kernel.references import SYSTEM, Subject
from balai.people.models import Officer
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.transaction import write_transaction

SERVICE = "village/business-statement"
PATTERN = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"
CLASSIFICATION = "500.2.2.4"
PASSPHRASE = "only-for-measuring"  # noqa: S105 - of keys in a town that is thrown away
AT_ONCE = 100
BARRIER_SECONDS = 120.0
MARK = Mark(-1, (330.0, 150.0, 500.0, 190.0), ("Ditandatangani secara elektronik oleh", "Kepala Desa"))


@dataclass(frozen=True)
class Taken:
    """What one block took: instants of the machine's own clock, processor seconds, letters that came out."""

    begin: float
    end: float
    processor: float
    letters: int


def letters(count: int, is_rsa: int) -> int:
    """So many letters for each of two signers, who get keys on P-256 or of RSA-2048."""
    for officer, office_code in _signers():
        key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
        name = demo.officer_name(officer.name, officer.title)
        content = demo.make_p12(name, PASSPHRASE, key=key)
        credentials.enrol(by=SYSTEM, officer=officer, signer="demo", p12=content, passphrase=PASSPHRASE)
        for start in range(0, count, AT_ONCE):
            _ask(officer, office_code, min(AT_ONCE, count - start))
    return count


@write_transaction(locks="letter")
def _ask(officer: Officer, office_code: str, count: int) -> None:
    service = running.current().by_id(SERVICE)
    examples, _faults = read_examples(running.SERVICES / service.id, service.id)
    good = next(example for example, _place in examples if example.expect.valid is not False)
    data = forms.letter_data(service, forms.clean_answers(service, good.answers))
    case = {"number": "SKU-2026-0000-0000", "filed_on": "21 November 2026"}
    for _ in range(count):
        request_letter(
            by=SYSTEM,
            owner=Subject("bench.letter", "measured"),
            office_code=office_code,
            title=service.output.title,
            classification=CLASSIFICATION,
            pattern=PATTERN,
            files=service.files,
            template=service.output.template or "",
            data={**data, "case": case},
            signer=Signer(name=officer.name, title=officer.title),
            valid_until_on=None,
            signature="certified",
            turns=[TurnPlan("sign", office_code, title=officer.title)],
        )


def _signers() -> list[tuple[Officer, str]]:
    """Two who sign, each with an office of her own and so a run of numbers of her own."""
    found = [
        (officer, sorted(officer.office_codes(SIGN))[0])
        for officer in Officer.objects.select_related("account").order_by("account__login_name")
        if officer.has_permission(SIGN)
    ]
    return found[:2]


def signing(place: int, processes: int, round_number: int, warm_up: int, count: int) -> dict[str, Any]:
    """What signer `place` took for `count` letters, bare and as a town; the first turns with the rounds."""
    gc.collect()
    gc.freeze()  # as a town's servers do before their first request (config.start)
    officer, office_code = _signers()[place]
    barrier = _Barrier(place, processes, round_number)
    bare = _Bare(officer, office_code)
    blocks: dict[str, Callable[[int], int]] = {
        "bare": bare.sign,
        "balai": lambda wanted: _sign_batch(officer, office_code, wanted),
    }
    for block in blocks.values():
        block(warm_up)
    order = list(blocks) if round_number % 2 == 0 else list(reversed(blocks))
    return {name: asdict(_measured(blocks[name], count, barrier)) for name in order}


def _measured(block: Callable[[int], int], count: int, barrier: _Barrier) -> Taken:
    connection.close()
    barrier.reach()
    begin, processor = time.monotonic(), time.process_time()
    done = block(count)
    return Taken(begin, time.monotonic(), time.process_time() - processor, done)


def _sign_batch(officer: Officer, office_code: str, count: int) -> int:
    """One passphrase, one batch, in this thread; returns how many letters are published by it."""
    waiting = Turn.objects.filter(
        state=TurnState.OPEN, office_code=office_code, letter__state=LetterState.REQUESTED
    )
    turns = list(waiting.order_by("letter_id")[:count])
    with live.started_by(live.LiveBatch.run):
        begin_batch(by=officer, turns=turns, passphrase=PASSPHRASE)
    mine = Letter.objects.filter(pk__in=[turn.letter_id for turn in turns], state=LetterState.PUBLISHED)
    return mine.count()


class _Bare:
    """Typst and pyHanko alone: same template and answers, same key and mark; nothing numbered or kept."""

    def __init__(self, officer: Officer, office_code: str) -> None:
        letter = Letter.objects.filter(office_code=office_code).select_related("source").order_by("pk")[0]
        self._files, self._template, self._data = letter.source.files, letter.template, letter.data.clear
        credential = credentials.open_credential(officer)
        assert credential is not None  # noqa: S101 - enrolled by `letters`
        self._signer = signer_of(credential.signer)
        self._opened = self._signer.unlock(credential, PASSPHRASE)
        self._name = officer.name

    def sign(self, count: int) -> int:
        """Set and sign so many letters."""
        for number in range(count):
            facts = rendering.letter_facts(
                title="Surat Keterangan Usaha",
                number=f"500.2.2.4/{number:03}/SWT/XI/2026",
                dated_on=local_today(),
                valid_until_on=None,
            )
            pdf = rendering.render(self._files, {**self._data, "letter": facts}, self._template)
            order = SignOrder("TTE-1", "Surat", "Sawentar", self._name, "b-b", MARK, clock.now())
            self._signer.sign(self._opened, pdf, order)
        return count


class _Barrier:
    """A place in the data folder where the processes of a round wait for each other."""

    def __init__(self, place: int, processes: int, round_number: int) -> None:
        self._place, self._processes, self._round = place, processes, round_number
        self._reached = 0

    def reach(self) -> None:
        """Go on when everybody is here; raises TimeoutError when somebody never comes."""
        self._reached += 1
        folder: Path = settings.BALAI.data_dir / f"bench-{self._processes}-{self._round}-{self._reached}"
        folder.mkdir(exist_ok=True)
        (folder / str(self._place)).touch()
        ends = time.monotonic() + BARRIER_SECONDS
        while len(list(folder.iterdir())) < self._processes:
            if time.monotonic() > ends:
                raise TimeoutError("another process of the round did not come")
            time.sleep(0.001)
