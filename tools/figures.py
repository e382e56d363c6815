"""What a run of pytest found, read from its JUnit file, and the figures that `./balai test` prints."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

OUTCOMES = ("failed", "passed", "skipped", "error")


@dataclass(frozen=True)
class Result:
    """One test of one stage: where it stands, how it ended, how many seconds it took.

    `preparation`: seconds of its worker's database being made, which are not in `seconds`.
    """

    stage: str
    name: str
    package: str
    outcome: str
    seconds: float
    preparation: float = 0.0


def read_results(stage: str, junit: Path) -> list[Result]:
    """The tests that a JUnit file holds; none when pytest did not get far enough to write it."""
    if not junit.exists():
        return []
    # The file was written by our own pytest a moment ago.
    cases = ElementTree.parse(junit).getroot().iter("testcase")  # noqa: S314 - our own file
    return [
        Result(
            stage=stage,
            name=f"{case.get('classname')}::{case.get('name')}",
            package=package_of(case.get("classname") or ""),
            outcome=outcome_of(case),
            seconds=max(float(case.get("time") or 0) - preparation_of(case), 0.0),
            preparation=preparation_of(case),
        )
        for case in cases
    ]


def preparation_of(case: ElementTree.Element) -> float:
    """How many of a test's seconds the root conftest.py says were the making of a database."""
    noted = (each for each in case.iter("property") if each.get("name") == "preparation")
    return sum(float(each.get("value") or 0) for each in noted)


def outcome_of(case: ElementTree.Element) -> str:
    """One of OUTCOMES."""
    named = {"failure": "failed", "error": "error", "skipped": "skipped"}
    return next((named[child.tag] for child in case if child.tag in named), "passed")


def package_of(classname: str) -> str:
    """The folder that the tests stand in or beside, as a module: `engines.cases`, `notify.channels.sms`.

    Outside packages the folder itself: `tests.journeys.test_x` → `tests.journeys`.
    """
    path = classname.removeprefix("src.").removeprefix("balai.")
    if path.startswith("tests."):
        return ".".join(path.split(".")[:2])
    return path.partition(".tests.")[0]


def per_package(tests: list[Result]) -> list[str]:
    """A line for each package and stage: seconds and tests, the slowest first; then making databases."""
    seconds: dict[tuple[str, str], list[float]] = defaultdict(list)
    for test in tests:
        seconds[test.stage, test.package].append(test.seconds)
    rows = sorted(seconds.items(), key=lambda row: -sum(row[1]))
    lines = [f"{sum(t):8.1f} s  {len(t):5d} tests  {package} ({stage})" for (stage, package), t in rows]
    prepared = [test for test in tests if test.preparation]
    for stage in dict.fromkeys(test.stage for test in prepared):
        spent = [test.preparation for test in prepared if test.stage == stage]
        lines.append(f"{sum(spent):8.1f} s  {len(spent):5d} times  making the database ({stage})")
    return lines


def slowest(tests: list[Result], count: int = 10) -> list[str]:
    """A line for each of the slowest tests."""
    chosen = sorted(tests, key=lambda test: -test.seconds)[:count]
    return [f"{test.seconds:8.2f} s  {test.name} ({test.stage})" for test in chosen]


def closing_line(tests: list[Result], seconds: float) -> str:
    """One line over all stages, in pytest's own form, so that whoever reads pytest can read this."""
    counts = {outcome: sum(test.outcome == outcome for test in tests) for outcome in OUTCOMES}
    words = {"error": "errors"} if counts["error"] > 1 else {}
    parts = [f"{count} {words.get(outcome, outcome)}" for outcome, count in counts.items() if count]
    said = ", ".join(parts) or "no tests ran"
    clock = (
        f" ({int(seconds) // 3600}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02})"
        if seconds >= 60
        else ""
    )
    return f" {said} in {seconds:.2f}s{clock} ".center(80, "=")
