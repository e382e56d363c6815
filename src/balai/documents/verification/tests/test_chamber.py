"""The closed-in process: what a file can do to it at most, and that the next file finds it well."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import psutil
import pytest

from balai.documents.verification import client
from balai.documents.verification.held import LARGEST_BYTES, MEGABYTE, MOST_HELD_BYTES, HeldFile, NoRoom
from balai.documents.verification.outcomes import Outcome
from balai.documents.verification.tests import oddities
from balai.documents.verification.tests.asking import check
from balai.documents.verification.tests.cases import usual
from balai.documents.verification.tests.letters import plain, signed
from balai.documents.verification.tests.measuring import MOST_CPU_SECONDS, MOST_PEAK_KIB
from balai.documents.verification.tests.pki import NOW


def checkers() -> list[psutil.Process]:
    """The checking processes of this test run."""
    children = [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]
    return [each for each in children if "balai.documents.verification.chamber" in each.cmdline()]


@pytest.fixture
def chamber() -> Iterator[client.Chamber]:
    """A checking process of one test's own, gone after it."""
    mine = client.Chamber(usual())
    yield mine
    mine.close()
    mine.wait()


def test_a_file_that_takes_too_long_is_given_up_within_the_bound() -> None:
    verdict = check(oddities.long_token(40))
    assert verdict.outcome == Outcome.TOO_LONG
    assert verdict.cpu_seconds <= MOST_CPU_SECONDS
    assert verdict.peak_kib <= MOST_PEAK_KIB


def test_after_the_process_was_killed_the_next_file_starts_another() -> None:
    assert check(plain()).outcome == Outcome.UNSIGNED
    for process in checkers():
        process.kill()
        process.wait(10)
    assert check(signed()).outcome == Outcome.VALID


def test_a_child_that_dies_is_an_answer() -> None:
    answer = client._understood(b'{"half of an ans\n{"exit": -11, "cpu": 0.1, "peak_kib": 5}')
    assert (answer.facts.fault, answer.facts.note) == ("crashed", "-11")
    for killed in (signal.SIGPROF, signal.SIGALRM):
        said = b'\n{"exit": %d, "cpu": 1.0, "peak_kib": 5}' % -killed
        assert client._understood(said).facts.fault == "too_long"
    assert client._understood(b"").facts.fault == "crashed"
    assert client._understood(None).facts.fault == "too_long"


def test_several_files_at_once_each_get_their_own_answer() -> None:
    files = [signed(), plain(), b"%PDF-1.7\n", signed()] * 3
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(_facts, files))
    wanted = [("Bambang Sutejo", ""), ("", ""), ("", "damaged"), ("Bambang Sutejo", "")] * 3
    assert found == wanted


def _facts(content: bytes) -> tuple[str, str]:
    with HeldFile.of(content) as held:
        facts = client.ask(held, usual(), NOW).facts
    return "".join(each.signer for each in facts.signatures), facts.fault


def test_an_answer_waits_for_no_other_file_that_is_being_checked(chamber: client.Chamber) -> None:
    """The second child is stopped; did it hold the way of the first one's answer, nobody would hear."""
    slow = oddities.long_token(40)
    with HeldFile.of(slow) as first, HeldFile.of(slow) as second, ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(chamber.ask, first, NOW), pool.submit(chamber.ask, second, NOW)]
        last = _last_of_two(psutil.Process(chamber._process.pid))
        last.suspend()
        done, waiting = wait(answers, timeout=client.PATIENCE_SECONDS / 2, return_when=FIRST_COMPLETED)
        last.resume()
        assert (len(done), len(waiting)) == (1, 1)


def _last_of_two(process: psutil.Process) -> psutil.Process:
    """The younger child of two, once it is closed in: before, it holds all that it was forked with."""
    children: list[psutil.Process] = []
    while len(children) < 2:
        children = process.children()
    last = max(children, key=lambda child: (child.create_time(), child.pid))
    while last.rlimit(resource.RLIMIT_NOFILE) != (0, 0):
        pass
    return last


def test_new_materials_start_a_new_process_and_let_the_old_one_go() -> None:
    check(plain())
    before = checkers()
    check(plain(), materials=usual().__class__(anchors=usual().anchors))
    gone, _ = psutil.wait_procs(before, timeout=10)
    assert len(gone) == len(before) == 1
    check(plain())


def test_a_checking_process_has_nothing_of_the_town_in_its_environment() -> None:
    check(plain())
    (process,) = checkers()
    assert set(process.environ()) <= {"PYTHONPATH", "LANG", "LC_CTYPE"}


def test_what_is_too_large_is_let_go_of_as_it_arrives() -> None:
    with HeldFile() as held:
        held.write(b"%PDF-1.7\n")
        for _ in range(LARGEST_BYTES // MEGABYTE):
            held.write(bytes(MEGABYTE))
        assert os.fstat(held.descriptor).st_size == 0
        assert (held.is_too_large, held.sha256) == (True, "")


def test_slow_uploads_of_one_address_leave_room_for_others() -> None:
    slow = [HeldFile("192.0.2.7") for _ in range(3)]
    try:
        with pytest.raises(NoRoom):
            for each in slow:
                for _ in range(90):
                    each.write(bytes(MEGABYTE))
        with HeldFile("192.0.2.8") as another:
            for _ in range(90):
                another.write(bytes(MEGABYTE))
            assert another.size == 90 * MEGABYTE
    finally:
        for each in slow:
            each.close()
    with HeldFile("192.0.2.7") as again:
        again.write(bytes(MEGABYTE))
        assert again.size == MEGABYTE


def test_all_held_files_together_stay_within_their_room() -> None:
    held: list[HeldFile] = []
    try:
        with pytest.raises(NoRoom):
            for _ in range(MOST_HELD_BYTES // LARGEST_BYTES + 1):
                held.append(HeldFile())
                for _ in range(90):
                    held[-1].write(bytes(MEGABYTE))
    finally:
        for each in held:
            each.close()
    with HeldFile.of(bytes(MEGABYTE)) as another:
        assert another.size == MEGABYTE


def test_the_process_ends_although_a_forked_one_holds_its_socket(chamber: client.Chamber) -> None:
    holder = os.fork()
    if holder == 0:
        signal.pause()
    try:
        chamber.close()
        began = time.monotonic()
        chamber.wait()
        assert time.monotonic() - began < client.PATIENCE_SECONDS / 2
    finally:
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)
