"""Processes killed while they sign: one published signed version of each letter, and the order kept."""

from __future__ import annotations

import random
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from balai.audit.models import Entry
from balai.documents import queries
from balai.documents.models import Letter, Number, SigningBatch, Turn
from balai.documents.tests import samples
from balai.documents.tests.partner import ask_certified, head
from balai.files.models import Upload
from balai.people.models import Officer
from balai.sync.tests.racing import Arena

SIGN = """
from balai.documents.tests.signing_process import main
main(*sys.argv[1:])
"""
Heard = dict[str, set[str]]


class Desk:
    """An officer who begins a batch, and opens it again each time its process is gone."""

    def __init__(self, arena: Arena, officer: Officer, seed: int) -> None:
        self.arena = arena
        self.login = officer.account.login_name
        self.chance = random.Random(seed)
        self.minutes = 0
        self.heard: Heard = defaultdict(set)

    def open(self, *turns: str) -> subprocess.Popen[str]:
        """A process of its own, two minutes later than the one before: that one's lease has run out."""
        self.minutes += 2
        seed = self.chance.randrange(10**6)
        return self.arena.started(SIGN, self.login, str(self.minutes), str(seed), *turns)

    def kill_after(self, calls: int, *turns: str) -> None:
        """SIGKILL a moment after the signer was asked so many times."""
        with self.open(*turns) as victim:
            for _call in range(calls):
                self.hear(victim)
            try:
                victim.wait(self.chance.uniform(0, 0.03))
            except subprocess.TimeoutExpired:
                victim.kill()
            assert victim.wait() == -9, "it was to be killed in mid-batch"
            self.hear_out(victim)

    def finish(self, *processes: subprocess.Popen[str]) -> None:
        for process in processes:
            with process:
                self.hear_out(process)
                assert process.wait(120) == 0

    def hear(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        line = process.stdout.readline()
        if line.endswith("\n"):
            number, fingerprint = line.split()
            self.heard[number].add(fingerprint)

    def hear_out(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                number, fingerprint = line.split()
                self.heard[number].add(fingerprint)


def sign_with_kills(tmp_path: Path, count: int, seed: int) -> None:
    """Begin a batch, kill its process twice, open it in two processes at once, look at what is left."""
    samples.make_offices()
    officer = head()
    order = [ask_certified() for _each in range(count)]
    random.Random(seed).shuffle(order)
    turns = [str(queries.open_turn(letter).pk) for letter in order]  # type: ignore[union-attr]  # just asked
    arena = Arena(tmp_path)
    desk = Desk(arena, officer, seed)
    desk.kill_after(count // 4, *turns)
    desk.kill_after(count // 4)
    twins = [desk.open()]
    desk.minutes -= 2
    desk.finish(*twins, desk.open())
    with arena.entered():
        look_at(order, desk.heard)


def look_at(order: list[Letter], heard: Heard) -> None:
    """Every letter published once, numbered in the order chosen, signed from the same bytes at every try."""
    rows = {row.pk: row for row in Letter.objects.select_related("number")}
    letters = [rows[letter.pk] for letter in order]
    assert [letter.state for letter in letters] == ["published"] * len(order)
    assert [letter.number.sequence for letter in letters] == list(range(1, len(order) + 1))
    assert set(Number.objects.values_list("state", flat=True)) == {"issued"}
    assert {number: len(prints) for number, prints in heard.items()} == {
        letter.number.text: 1 for letter in letters
    }
    for letter in letters:
        attached = Upload.objects.filter(owner_id=str(letter.pk), state="attached")
        assert [row.pk for row in attached] == [letter.upload_id]
        assert queries.letter_content(letter).count(b"\n% TTE-1 Bambang\n") == 1
    assert Entry.objects.filter(event="documents.published").count() == len(order)
    assert Entry.objects.filter(event="documents.signed").count() == len(order)
    assert set(Turn.objects.values_list("state", "unsure")) == {("taken", False)}
    assert list(SigningBatch.objects.values_list("state", flat=True)) == ["done"]


@pytest.mark.django_db(transaction=True)
def test_twenty_letters_killed_twice_are_published_once_in_order(tmp_path: Path) -> None:
    sign_with_kills(tmp_path, 20, seed=7)


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(5))
def test_two_hundred_letters_killed_twice_are_published_once_in_order(tmp_path: Path, seed: int) -> None:
    sign_with_kills(tmp_path, 200, seed=seed)
