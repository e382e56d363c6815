"""Every measurement runs, in a tiny size, on real towns; its figures are not looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from balai.bench.management.commands.bench import MEASUREMENTS
from balai.bench.measures.sizes import TINY
from balai.bench.towns import Places

# A town for each: the short one in every run, the others in the deep rounds.
NAMES = [name if name == "catalogue" else pytest.param(name, marks=pytest.mark.deep) for name in MEASUREMENTS]


@pytest.mark.parametrize("name", NAMES)
def test_measurement_runs_and_tells(name: str, tmp_path: Path) -> None:
    told: list[str] = []
    measurement = MEASUREMENTS[name]
    bars, tables = measurement.run(Places("sqlite", tmp_path), TINY, told.append)
    page = measurement.report(TINY, bars, tables).markdown()
    assert [
        bar for bar in bars if "errors" in bar.promise or "statements" in bar.promise if not bar.holds
    ] == []
    assert [table.title for table in tables if f"## {table.title}" not in page] == []
    assert told
