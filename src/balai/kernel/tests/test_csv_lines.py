from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest

from balai.kernel.csv_lines import cell, csv_lines


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (-3, "-3"),
        ("-3", "'-3"),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("Siti", "Siti"),
        (datetime(2026, 11, 23, 2, tzinfo=UTC), "2026-11-23T02:00:00+00:00"),
    ],
)
def test_cell_is_what_a_spreadsheet_may_open(value: object, written: str) -> None:
    assert cell(value) == written


def test_lines_are_read_back_by_any_reader() -> None:
    rows = [['say "hi"', "two\nlines"], ["a,b", ""]]
    assert list(csv.reader("".join(csv_lines(("x", "y"), rows)).splitlines(keepends=True))) == [
        ["x", "y"],
        *rows,
    ]
