"""Every measurement runs, in a tiny size, on real towns; its figures are not looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from balai.bench.management.commands.bench import MEASUREMENTS
from balai.bench.measures.sizes import TINY
from balai.bench.towns import Places


@pytest.mark.parametrize("name", MEASUREMENTS)
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
