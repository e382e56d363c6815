"""`./balai test`: every test on SQLite, the packages again on PostgreSQL, then the stories in Chromium."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from debian import Missing, need_program
from figures import WORKERS, Result, beyond_budget, closing_line, per_package, read_results, slowest
from postgres import running_server

PROJECT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 45 * 60
DEEP_LIMIT_SECONDS = 6 * 60 * 60
NO_TESTS_COLLECTED = 5
# Signed letters are judged by what is not ours: poppler, and NSS whom it asks.
VALIDATORS = (("pdfsig", "poppler-utils"), ("certutil", "libnss3-tools"))
# By files, in the order of their names: in the usual order, by the number of tests, the long stories that are
# one test each come last, and one worker waits for the other.
SHARED = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")


@dataclass(frozen=True)
class Stage:
    """One run of pytest: its name, what it collects, and which database it stands on."""

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    may_be_empty: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages and print the figures; 0 only when everything passed within the time."""
    chosen, pytest_arguments = parse(arguments)
    began = time.monotonic()
    try:
        with ExitStack() as stack:
            server = "" if chosen.only == "sqlite" else stack.enter_context(running_server(in_memory=True))
            if chosen.only in {None, "journeys"}:
                need_program("chromium", "chromium")
            if chosen.only != "journeys":
                for program, package in VALIDATORS:
                    need_program(program, package)
            stages = plan(chosen.only, server, deep=chosen.deep, wanted=pytest_arguments)
            limit = DEEP_LIMIT_SECONDS if chosen.deep else LIMIT_SECONDS
            tests, failures, taken = run_all(stages, deadline=began + limit)
    except Missing as missing:
        print(f"The tests can not run: {missing}", file=sys.stderr)
        return 2
    beyond = [] if chosen.deep else beyond_budget(tests, taken)
    report(tests, [*beyond, *failures], time.monotonic() - began)
    return 1 if failures else 0


def parse(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    """Split our own options from those that pytest takes."""
    parser = argparse.ArgumentParser(prog="./balai test", description=__doc__)
    parser.add_argument("--deep", action="store_true", help="also the long rounds (marked deep)")
    parser.add_argument("--only", choices=("sqlite", "postgresql", "journeys"), help="one stage")
    return parser.parse_known_args(arguments)


def plan(only: str | None, server: str, *, deep: bool, wanted: list[str]) -> list[Stage]:
    """The stages to run; paths and options that were typed take the place of the whole suite."""
    depth = () if deep else ("-m", "not deep")
    paths = tuple(argument for argument in wanted if (PROJECT / argument.split("::")[0]).exists())
    options = tuple(argument for argument in wanted if argument not in paths)
    narrowed = bool(wanted)
    stories = tuple(path for path in paths if path.startswith("tests/journeys"))
    code = tuple(path for path in paths if path not in stories)
    # Read by conftest.py: how many examples a property is tried on.
    depth_told = {"BALAI_TEST_DEEP": "yes"} if deep else {}
    on_server = {**depth_told, "BALAI_TEST_POSTGRES_URL": server}
    packages = Stage(
        "SQLite",
        (*(code or ("src", "tests/architecture", "tests/tools")), *depth, *SHARED, *options),
        depth_told,
    )
    again = Stage(
        "PostgreSQL",
        (*(code or ("src",)), *depth, *SHARED, *options),
        {**on_server, "BALAI_TEST_DATABASE_URL": server},
        may_be_empty=narrowed,
    )
    told = Stage(
        "journeys", (*(stories or ("tests/journeys",)), *depth, *options), on_server, may_be_empty=narrowed
    )
    again_on_server = (
        "tests/journeys",
        "-m",
        "on_postgresql" if deep else "on_postgresql and not deep",
        *options,
    )
    retold = Stage("journeys on PostgreSQL", again_on_server, again.environment, may_be_empty=True)
    by_name = {"sqlite": [packages], "postgresql": [again], "journeys": [told, retold]}
    if only:
        return by_name[only]
    if stories and not code:
        return [told]
    return [packages, again] if code else [packages, again, told, retold]


def run_all(stages: list[Stage], *, deadline: float) -> tuple[list[Result], list[str], dict[str, float]]:
    """Run the stages one after another.

    Return every test, a sentence for each stage that failed, and how many seconds each stage took.
    """
    tests: list[Result] = []
    failures: list[str] = []
    taken: dict[str, float] = {}
    for stage in stages:
        print(f"\n--- {stage.name} " + "-" * 60, flush=True)
        began = time.monotonic()
        found, failure = run_stage(stage, deadline - began)
        taken[stage.name] = time.monotonic() - began
        tests += found
        failures += [failure] if failure else []
    return tests, failures, taken


def run_stage(stage: Stage, seconds: float) -> tuple[list[Result], str]:
    """Run one stage within `seconds`; return its tests, and why it failed ("" when it did not)."""
    with tempfile.TemporaryDirectory(prefix="balai-results-") as folder:
        junit = Path(folder) / "junit.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={junit}", "-o", "junit_duration_report=total"]
        environment = {**os.environ, **stage.environment}
        # Each worker of each stage would compile the code, and rewrite every assertion, anew.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            done = subprocess.run(
                [*command, *stage.arguments],
                cwd=PROJECT,
                env=environment,
                timeout=max(seconds, 0),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return read_results(stage.name, junit), f"{stage.name}: the 45 minutes of the whole are over"
        tests = read_results(stage.name, junit)
        is_fine = done.returncode == 0 or (done.returncode == NO_TESTS_COLLECTED and stage.may_be_empty)
        return tests, "" if is_fine else f"{stage.name}: pytest ended with code {done.returncode}"


def report(tests: list[Result], remarks: list[str], seconds: float) -> None:
    """Print time per package, the ten slowest, what failed, and pytest's closing line over everything.

    `remarks`: what else is to be said, each a line.
    """
    print(
        "\nTime per package: alone on two cores, and on one",
        *per_package(tests),
        "\nTen slowest",
        *slowest(tests),
        sep="\n",
    )
    broken = [test for test in tests if test.outcome in {"failed", "error"}]
    print("", *(f"{test.outcome.upper()} {test.name} ({test.stage})" for test in broken), *remarks, sep="\n")
    print(closing_line(tests, seconds), flush=True)


if __name__ == "__main__":
    sys.exit(main())
