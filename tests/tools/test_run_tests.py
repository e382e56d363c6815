from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from run_tests import Stage, plan, run_stage

PROJECT = Path(__file__).resolve().parents[2]
URL = "postgresql://balai@/balai"


def names(*, only: str | None = None, wanted: tuple[str, ...] = ()) -> list[str]:
    return [stage.name for stage in plan(only, URL, deep=False, wanted=list(wanted))]


def test_the_whole_runs_on_both_databases_and_in_the_browser() -> None:
    assert names() == ["SQLite", "PostgreSQL", "journeys", "journeys on PostgreSQL"]


@pytest.mark.parametrize(
    ("only", "wanted", "expected"),
    [
        ("sqlite", (), ["SQLite"]),
        ("postgresql", (), ["PostgreSQL"]),
        ("journeys", (), ["journeys", "journeys on PostgreSQL"]),
        (None, ("src/balai/kernel",), ["SQLite", "PostgreSQL"]),
        (None, ("tests/journeys",), ["journeys"]),
    ],
)
def test_less_can_be_asked_for(only: str | None, wanted: tuple[str, ...], expected: list[str]) -> None:
    assert names(only=only, wanted=wanted) == expected


def test_deep_rounds_wait_for_their_option() -> None:
    assert all("not deep" in " ".join(stage.arguments) for stage in plan(None, URL, deep=False, wanted=[]))
    assert not any("not deep" in " ".join(stage.arguments) for stage in plan(None, URL, deep=True, wanted=[]))


def test_every_stage_knows_whether_the_round_is_deep() -> None:
    told = [
        ["BALAI_TEST_DEEP" in stage.environment for stage in plan(None, URL, deep=deep, wanted=[])]
        for deep in (False, True)
    ]
    assert told == [[False] * 4, [True] * 4]


def test_options_reach_every_stage() -> None:
    stages = plan(None, URL, deep=False, wanted=["-k", "clock"])
    assert all(stage.arguments[-2:] == ("-k", "clock") for stage in stages)


def test_a_stage_out_of_time_fails() -> None:
    tests, failure = run_stage(Stage("SQLite", ("tests/tools/test_figures.py", "-q")), seconds=0)
    assert (tests, failure) == ([], "SQLite: the 45 minutes of the whole are over")


def test_a_failing_stage_fails() -> None:
    _, failure = run_stage(
        Stage("SQLite", ("tests/tools/absent.py", "-q", "-p", "no:cacheprovider")), seconds=60
    )
    assert failure == "SQLite: pytest ended with code 4"


def test_a_server_does_not_outlive_a_killed_run() -> None:
    code = "import sys, time; sys.path.insert(0, 'tools')\nfrom postgres import running_server\n"
    code += "with running_server() as url: print(url, flush=True); time.sleep(600)"
    run = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    folder = run.stdout.readline().split("host=")[1].strip().replace("%2F", "/")
    [server] = psutil.Process(run.pid).children()
    assert server.username() != "root" or os.geteuid() != 0
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    run.stdout.close()
    psutil.wait_procs([server], timeout=20)
    assert not server.is_running()
    subprocess.run(["rm", "-r", folder], check=True)
