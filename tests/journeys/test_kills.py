"""`kill -9` of web server, worker or both while people work: what they were told is so, once.

The rounds are those of `./balai bench kills`, which also keeps their figures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from balai.bench.measures.kills import storm_over
from balai.bench.towns import Town
from tests.journeys.town import fresh_database

pytestmark = [pytest.mark.journey, pytest.mark.on_postgresql]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    """An empty place for a town, on the database of this run."""
    server = os.environ.get("BALAI_TEST_DATABASE_URL", "")
    if not server:
        yield Town(tmp_path / "town")
        return
    with fresh_database(server, f"kills_{os.getpid()}") as url:
        yield Town(tmp_path / "town", url)


@pytest.mark.parametrize("rounds", [3, pytest.param(200, marks=pytest.mark.deep)])
def test_what_was_acknowledged_survives_every_kill(rounds: int, place: Town) -> None:
    storm = storm_over(place, rounds, print)
    assert storm.faults == []
    assert sum(storm.kills.values()) == rounds
    assert len(storm.told.numbers) >= rounds
