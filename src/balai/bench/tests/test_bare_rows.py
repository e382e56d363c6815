"""Rows of the bare endpoint: like the recorded ones, and never the same twice."""

from __future__ import annotations

from typing import Any

from balai.bench.bare.fresh import Pattern

CASE = "01a1ff6e-6fb5-7fd1-b0df-6a8c20c72770"
STEP = "01a1ff6e-7749-7fe8-acff-412eb509ffeb"


def column(name: str, value: str | None, *, is_key: bool = False, is_fresh: bool = False) -> dict[str, Any]:
    return {"name": name, "kind": "CharField", "value": value, "is_key": is_key, "is_fresh": is_fresh}


RECORDED = [
    {
        "table": "cases_case",
        "columns": [
            column("id", CASE, is_key=True),
            column("number", "SKU-2026-4831-7762", is_fresh=True),
            column("title", "Surat keterangan usaha"),
            column("closed_at", None),
        ],
    },
    {
        "table": "cases_casestep",
        "columns": [column("id", STEP, is_key=True), column("case_id", CASE), column("subject_id", CASE)],
    },
]


def test_fresh_rows_agree_with_each_other() -> None:
    case, step = Pattern(RECORDED).rows()
    assert step["case_id"] == step["subject_id"] == case["id"]
    assert case["title"] == "Surat keterangan usaha"
    assert set(case) == {"id", "number", "title"}


def test_fresh_rows_have_the_size_of_the_recorded() -> None:
    fresh = Pattern(RECORDED).rows()
    for recorded, row in zip(RECORDED, fresh, strict=True):
        sizes = {each["name"]: len(each["value"]) for each in recorded["columns"] if each["value"]}
        assert {name: len(value) for name, value in row.items()} == sizes


def test_keys_are_new_each_time() -> None:
    pattern = Pattern(RECORDED)
    made = [row for _ in range(50) for row in pattern.rows()]
    assert len({row["id"] for row in made}) == 100
    assert len({row["number"] for row in made if "number" in row}) == 50
