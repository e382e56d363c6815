from __future__ import annotations

from pathlib import Path

import pytest

from figures import (
    Result,
    beyond_budget,
    closing_line,
    package_of,
    per_package,
    read_results,
    slowest,
    waited,
)

JUNIT = """<testsuites><testsuite>
<testcase classname="src.balai.kernel.tests.test_nik" name="test_a" time="0.5"/>
<testcase classname="src.balai.kernel.tests.test_nik" name="test_b" time="2"><failure>x</failure></testcase>
<testcase classname="tests.journeys.test_letter" name="test_c" time="30"><error>x</error></testcase>
<testcase classname="src.balai.work.tests.test_x" name="test_d" time="0"><skipped/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def tests(tmp_path: Path) -> list[Result]:
    (tmp_path / "junit.xml").write_text(JUNIT)
    return read_results("SQLite", tmp_path / "junit.xml")


def test_outcomes_are_read(tests: list[Result]) -> None:
    assert [test.outcome for test in tests] == ["passed", "failed", "error", "skipped"]


def test_a_run_that_wrote_nothing_has_no_tests(tmp_path: Path) -> None:
    assert read_results("SQLite", tmp_path / "junit.xml") == []


@pytest.mark.parametrize(
    ("classname", "package"),
    [
        ("src.balai.kernel.tests.test_nik", "kernel"),
        ("src.balai.engines.cases.tests.test_actions", "engines.cases"),
        ("src.config.tests.test_start", "config"),
        ("src.balai.notify.channels.sms.tests.test_channel", "notify.channels.sms"),
        ("tests.journeys.test_letter.TestLetter", "tests.journeys"),
    ],
)
def test_the_package_is_known_from_the_module(classname: str, package: str) -> None:
    assert package_of(classname) == package


def took(seconds: float, file: str, *, stage: str = "SQLite", package: str = "work") -> Result:
    return Result(stage, f"src.balai.{package}.tests.{file}::test_a", package, "passed", seconds)


def test_time_is_summed_for_each_package(tests: list[Result]) -> None:
    assert per_package(tests) == [
        "    30.0 s      30.0 s      1 tests  tests.journeys (SQLite)",
        "     2.5 s       2.5 s      2 tests  kernel (SQLite)",
        "     0.0 s       0.0 s      1 tests  work (SQLite)",
    ]


def test_making_a_database_is_told_apart_from_the_test_that_waited_for_it(tmp_path: Path) -> None:
    waiting = '<properties><property name="preparation" value="1.5"/></properties></testcase>'
    (tmp_path / "junit.xml").write_text(JUNIT.replace('time="0.5"/>', f'time="2.0">{waiting}'))
    assert per_package(read_results("SQLite", tmp_path / "junit.xml"))[1:] == [
        "     2.5 s       2.5 s      2 tests  kernel (SQLite)",
        "     0.0 s       0.0 s      1 tests  work (SQLite)",
        "     1.5 s       1.5 s      1 times  making the database (SQLite)",
    ]


def test_two_workers_share_the_files_of_a_package() -> None:
    assert waited([took(3, "test_a"), took(2, "test_b"), took(4, "test_c")]) == 4.5


def test_a_file_is_one_workers_whatever_its_classes() -> None:
    assert waited([took(3, "test_a.TestX"), took(3, "test_a"), took(1, "test_b")]) == 6


def test_stories_are_told_one_after_another() -> None:
    assert waited([took(3, "test_a", stage="journeys"), took(2, "test_b", stage="journeys")]) == 5


def test_what_is_beyond_its_budget_is_said() -> None:
    tests = [
        took(10, "test_a"),
        took(10.2, "test_b"),
        took(10, "test_a", package="desk"),
        took(300, "test_a", stage="journeys", package="tests.journeys"),
    ]
    assert beyond_budget(tests, {"SQLite": 121.0, "PostgreSQL": 120.0, "journeys": 300.0}) == [
        "beyond its budget: SQLite took 121 s of 120 s",
        "beyond its budget: work took 10.2 s of 10 s (SQLite)",
    ]


def test_the_slowest_come_first(tests: list[Result]) -> None:
    assert slowest(tests, 1) == ["   30.00 s  tests.journeys.test_letter::test_c (SQLite)"]


def test_the_closing_line_is_pytests_own(tests: list[Result]) -> None:
    line = closing_line(tests, 3723.456)
    assert line.strip("=") == " 1 failed, 1 passed, 1 skipped, 1 error in 3723.46s (1:02:03) "
    assert len(line) == 80


def test_a_run_without_tests_says_so() -> None:
    assert closing_line([], 0.5).strip("=") == " no tests ran in 0.50s "
