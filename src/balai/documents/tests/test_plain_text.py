"""Letters read out as lines."""

from __future__ import annotations

from datetime import date

from balai.documents import rendering

DATA = {
    "office": {"name": "Desa Sawentar"},
    "letter": rendering.letter_facts(
        title="SURAT", number="1", dated_on=date(2026, 11, 23), valid_until_on=None
    ),
}


def test_table_is_read_with_its_heading_row() -> None:
    table = "#table(columns: 2, table.header[Nama][NIK], [Siti], [3505])"
    assert rendering.read_out({"letter.typ": table}, DATA, "letter.typ") == ["Nama", "NIK", "Siti", "3505"]


def test_source_that_cannot_be_set_has_no_lines() -> None:
    assert rendering.read_out({"letter.typ": "#strong("}, DATA, "letter.typ") == []
