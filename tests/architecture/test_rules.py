"""Every rule holds for this repository, catches its bad sample and lets its good one pass."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.tree import PROJECT, RULES, Rule, Tree

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
assert rules


@pytest.fixture(scope="module")
def repository() -> Tree:
    """Read, parsed and walked once for all rules, and let go of before the next module."""
    return Tree(PROJECT)


def write(root: Path, files: Mapping[str, str]) -> Tree:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Tree(root)


@every_rule
def test_the_repository_keeps_the_rule(rule: Rule, repository: Tree) -> None:
    faults = rule.check(repository)
    assert not faults, "\n".join([str(rule.check.__doc__), *map(str, faults)])


@every_rule
def test_the_rule_catches_its_bad_sample(rule: Rule, tmp_path: Path) -> None:
    assert rule.check(write(tmp_path, rule.bad))


@every_rule
def test_the_rule_lets_its_good_sample_pass(rule: Rule, tmp_path: Path) -> None:
    assert rule.check(write(tmp_path, rule.good)) == []


@every_rule
def test_the_rule_says_why(rule: Rule) -> None:
    assert rule.check.__doc__
