"""Tests that can fail, exceptions that say why, and no promises in comments."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import Fault, Source, Tree, called_name, rule

CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.datetime.now",
    "date.today",
    "time.time",
}
SKIPS = {"pytest.skip", "pytest.importorskip", "pytest.xfail"}
FOR_ONE_DATABASE = re.compile(r"pytest\.mark\.skipif\(connection\.vendor [!=]= '\w+', reason=")
SKIP_MARKS = ("pytest.mark.skip", "pytest.mark.xfail", "unittest.skip")
MARKS = re.compile(r"#.*(noqa|type: ignore)")
REASONED = re.compile(
    r"#\s*(?:ruff: )?noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s*[-(#:]\s*\w+|#\s*type: ignore\[[a-z, -]+\]\s+#\s*\w+"
)
PROMISE = re.compile(
    "|".join(rf"\b{word}\b" for word in ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"))
)


def comments(source: Source, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Line and text of the comments in which a pattern is found."""
    if pattern.search(source.text):
        yield from ((line, comment) for line, comment in source.comments if pattern.search(comment))


def every_python(tree: Tree) -> list[Source]:
    """All of the project's own Python, tests included."""
    return [source for place in ("src/", "tests/", "tools/") for source in tree.python(place, tests=True)]


@rule(
    bad={"src/balai/work/tests/test_actions.py": "from unittest.mock import patch\n"},
    good={"src/balai/work/tests/test_actions.py": "from balai.work import actions\n"},
)
def tests_do_not_mock(tree: Tree) -> list[Fault]:
    """A test of a mock proves the mock; run the real thing on a real database."""
    return [
        source.fault(node, "use the real code, or a registered demo class")
        for source in every_python(tree)
        for node, name in source.imports
        if name.startswith(("unittest.mock", "mock", "pytest_mock"))
    ]


@rule(
    bad={"src/balai/work/tests/test_actions.py": "def test_it():\n    time.sleep(1)\n"},
    good={
        "src/balai/work/tests/test_actions.py": "def test_it(frozen_clock):\n    frozen_clock('2026-01-01')\n"
    },
)
def package_tests_do_not_sleep(tree: Tree) -> list[Fault]:
    """Time is an argument: move the clock, or wait for an event."""
    return [
        source.fault(node, "move the clock with frozen_clock, or wait for the event itself")
        for source in tree.python(tests=True)
        if source.is_test
        for node, called in source.calls
        if called in {"time.sleep", "sleep"}
    ]


def skips(node: ast.AST) -> bool:
    """Whether a node leaves a test out for any other reason than the database it is about."""
    if isinstance(node, ast.Call):
        return called_name(node) in SKIPS
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return False
    marks = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(mark.startswith(SKIP_MARKS) and not FOR_ONE_DATABASE.match(mark) for mark in marks)


@rule(
    bad={"src/balai/work/tests/test_actions.py": "@pytest.mark.skip\ndef test_it():\n    pass\n"},
    good={
        "src/balai/work/tests/test_actions.py": (
            "@pytest.mark.skipif(connection.vendor == 'sqlite', reason='two writers')\ndef test_it(): ...\n"
        )
    },
)
def no_test_is_skipped(tree: Tree) -> list[Fault]:
    """Only `deep` rounds wait for `./balai test --deep`; what is about one database runs in its own stage."""
    return [
        source.fault(node, "make it run, mark it deep, or delete it")
        for source in every_python(tree)
        if source.is_test
        for node in source.walk()
        if skips(node)
    ]


@rule(
    bad={"src/balai/work/queries.py": "late = items.filter(due_at__lt=timezone.now())\n"},
    good={"src/balai/runtime/clock.py": "def now():\n    return datetime.now(UTC)\n"},
)
def the_clock_is_read_in_one_place(tree: Tree) -> list[Fault]:
    """`runtime.clock` owns the time, so that a test can set it."""
    return [
        source.fault(node, "call balai.runtime.clock.now(), or take the instant as an argument")
        for source in tree.python()
        if source.path != "src/balai/runtime/clock.py"
        for node, called in source.calls
        if called in CLOCKS
    ]


@rule(
    bad={"src/balai/work/queries.py": "import os  # " + "noqa\n"},
    good={"src/balai/work/queries.py": "import os  # " + "noqa: PLC0415 - needs Django's settings\n"},
)
def exceptions_state_their_reason(tree: Tree) -> list[Fault]:
    """An exception from a check names the check and says why: `# noqa: CODE - reason`."""
    return [
        source.fault(
            line, "name the code and say why: `# noqa: CODE - reason`, `# type: ignore[code]  # reason`"
        )
        for source in every_python(tree)
        for line, comment in comments(source, MARKS)
        if not REASONED.search(comment)
    ]


@rule(
    bad={"src/balai/work/queries.py": "# TO" + "DO later\n"},
    good={"src/balai/work/queries.py": "# The index serves the inbox.\nTO" + "DO = 'todo'\n"},
)
def comments_promise_nothing(tree: Tree) -> list[Fault]:
    """What is not done is an issue, not a comment."""
    in_python = [
        source.fault(line, "do it now, or open an issue")
        for source in every_python(tree)
        for line, _comment in comments(source, PROMISE)
    ]
    elsewhere = [
        source.fault(number, "do it now, or open an issue")
        for source in tree.sources(".html", ".js", ".css", ".toml", ".typ", ".md")
        for number, line in enumerate(source.text.splitlines(), start=1)
        if PROMISE.search(line)
    ]
    return in_python + elsewhere
