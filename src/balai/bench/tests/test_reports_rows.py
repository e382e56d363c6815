"""Invented reports keep every constraint and proportion; recorded acts are written again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from balai.bench.stages import reports_load
from balai.bench.stages.replaying import Recording
from balai.bench.stages.reports_rows import COLUMNS, Kind, Maker, Village
from balai.engines.reports.queries import listing
from balai.engines.reports.queries.listing import Asked
from balai.kernel.uuid7 import uuid7

NOW = datetime(2026, 11, 30, tzinfo=UTC)
KINDS = (
    Kind("jalan-rusak", "roads", "complaint", "Jalan rusak", "dpupr", False, True),
    Kind("air-pdam-mati", "water", "complaint", "Air mati", "pdam", False, False),
    Kind("dimintai-uang", "other", "whistle", "Dimintai uang", "inspektorat", True, False),
)


def made(count: int) -> dict[str, list[tuple[Any, ...]]]:
    """So many reports in one go."""
    maker = Maker(KINDS, [Village("35.05.10.2011", -8.09, 112.2)], "setda", NOW, UTC, seed=1)
    [(done, rows)] = maker.batches(count, count)
    assert done == count
    return rows


def test_shares_are_those_of_the_reference() -> None:
    rows = made(4000)
    place = {name: at for at, name in enumerate(COLUMNS["reports_report"])}
    reports = rows["reports_report"]
    done = sum(row[place["state"]] in ("closed", "unconfirmed", "resolved") for row in reports) / len(reports)
    roads = sum(row[place["category"]] == "jalan-rusak" for row in reports) / len(reports)
    assert 0.55 < done < 0.65
    assert 0.45 < roads < 0.55  # 27 of the 54 of these three groups


def test_every_row_has_a_value_for_each_column() -> None:
    for table, rows in made(300).items():
        assert {len(row) for row in rows} == {len(COLUMNS[table])}, table


def test_number_that_the_town_has_given_is_not_given_again() -> None:
    place = COLUMNS["reports_report"].index("number")
    usual = [row[place] for row in made(5)["reports_report"]]
    villages = [Village("35.05.10.2011", -8.09, 112.2)]
    maker = Maker(KINDS, villages, "setda", NOW, UTC, seed=1, taken=frozenset(usual[:1]))
    [(_done, rows)] = maker.batches(5, 5)
    numbers = [row[place] for row in rows["reports_report"]]
    assert numbers[1:] == usual[1:]
    assert numbers[0] != usual[0]


def test_reports_about_officers_have_no_outcome() -> None:
    rows = made(600)
    place = {name: at for at, name in enumerate(COLUMNS["reports_report"])}
    about_officers = {row[0] for row in rows["reports_report"] if row[place["kind"]] == "whistle"}
    assert about_officers
    assert about_officers.isdisjoint({row[0] for row in rows["reports_outcome"]})


@pytest.mark.django_db
def test_loaded_reports_keep_every_constraint_and_are_found() -> None:
    told = reports_load.load(300)
    assert told["rows"] > 3000
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM reports_report")
        assert cursor.fetchone()[0] == 300
        cursor.execute("SELECT (SELECT SUM(n) FROM reports_officemonth), COUNT(*) FROM reports_outcome")
        counted, outcomes = cursor.fetchone()
        assert counted == outcomes > 300
    connection.check_constraints()
    assert len(listing.page(Asked()).rows) == listing.PAGE
    assert listing.page(Asked(words="gang")).rows


@pytest.mark.django_db
def test_recorded_rows_are_written_again_under_other_names() -> None:
    made_before = uuid7()
    recording = Recording()
    key = uuid7()
    with recording.act(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO runtime_job (name, key, payload, state, run_at, lease, again, attempts, created_at,"
            " last_error) VALUES (%s, %s, %s, 'waiting', %s, '', %s, 0, %s, '')",
            ["bench.none", str(key), f"{key.hex} {made_before}", NOW, False, NOW],
        )
    recording.write_again()
    recording.write_again()
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, payload FROM runtime_job WHERE name = 'bench.none' ORDER BY id")
        rows = [(found_key, *payload.split()) for found_key, payload in cursor.fetchall()]
    assert rows[0] == (str(key), key.hex, str(made_before))
    assert len({row[0] for row in rows}) == 3
    assert all(row[0].replace("-", "") == row[1] for row in rows)
    assert {row[2] for row in rows} == {str(made_before)}
