"""What a run of pytest found, read from its JUnit file, and the figures that `./balai test` prints."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# Who shares the tests of a stage of packages; a file is one worker's, from its first test to its last.
WORKERS = 2
SHARED_STAGES = ("SQLite", "PostgreSQL")
PACKAGE_SECONDS, STAGE_SECONDS = 10.0, 120.0
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

    @property
    def file(self) -> str:
        """The module that the test stands in, without its class."""
        return re.sub(r"(\.test_\w+).*", r"\1", self.name, count=1)


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
    """A line for each package and stage, the longest first: how long one waits for it alone on two cores, the
    seconds of its tests one after another, how many they are; then making databases."""
    lines = [
        f"{waited(own):8.1f} s  {sum(test.seconds for test in own):8.1f} s  {len(own):5d} tests"
        f"  {package} ({stage})"
        for (stage, package), own in _by_package(tests)
    ]
    prepared = [test for test in tests if test.preparation]
    for stage in dict.fromkeys(test.stage for test in prepared):
        spent = [test.preparation for test in prepared if test.stage == stage]
        lines.append(
            f"{max(spent):8.1f} s  {sum(spent):8.1f} s  {len(spent):5d} times  making the database ({stage})"
        )
    return lines


def _by_package(tests: list[Result]) -> list[tuple[tuple[str, str], list[Result]]]:
    packages: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for test in tests:
        packages[test.stage, test.package].append(test)
    return sorted(packages.items(), key=lambda row: -waited(row[1]))


def waited(tests: list[Result]) -> float:
    """Seconds that one waits for these tests of one stage when nothing else runs.

    The workers share them by files, so it takes as long as the longest file at least. Stories are not shared.
    """
    files: dict[str, float] = defaultdict(float)
    for test in tests:
        files[test.file] += test.seconds
    whole = sum(files.values())
    is_shared = any(test.stage in SHARED_STAGES for test in tests)
    return max(whole / WORKERS, *files.values()) if is_shared else whole


def beyond_budget(tests: list[Result], stages: Mapping[str, float]) -> list[str]:
    """A line for each stage of packages, and each package in one, that takes longer than it may.

    Said and not failed: on a machine that does other things too, the same tests take twice the time.
    """
    lines = [
        f"beyond its budget: {stage} took {seconds:.0f} s of {STAGE_SECONDS:.0f} s"
        for stage, seconds in stages.items()
        if stage in SHARED_STAGES and seconds > STAGE_SECONDS
    ]
    lines += [
        f"beyond its budget: {package} took {waited(own):.1f} s of {PACKAGE_SECONDS:.0f} s ({stage})"
        for (stage, package), own in _by_package(tests)
        if stage in SHARED_STAGES and waited(own) > PACKAGE_SECONDS
    ]
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
