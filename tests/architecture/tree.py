"""A source tree as the rules see it: files with their package, text and syntax tree."""

from __future__ import annotations

import ast
import configparser
import io
import subprocess
import tokenize
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BALAI = "src/balai/"


@dataclass(frozen=True)
class Fault:
    """One place where a rule is broken, and what to do instead."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass
class Source:
    """One text file; `path` is relative to the tree's root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def syntax(self) -> ast.Module:
        """The parsed module."""
        return ast.parse(self.text, self.path)

    @property
    def package(self) -> str:
        """`region`, `engines.cases`, or "" outside `src/balai/`."""
        if not self.path.startswith(BALAI):
            return ""
        parts = self.path.removeprefix(BALAI).split("/")[:-1]
        return ".".join(parts[:2] if parts[:1] == ["engines"] else parts[:1])

    @property
    def is_test(self) -> bool:
        """Whether this file is test code."""
        return "/tests/" in self.path or self.path.startswith("tests/") or self.path.endswith("conftest.py")

    @property
    def is_migration(self) -> bool:
        """Whether this file is a migration."""
        return "/migrations/" in self.path

    def walk(self) -> Iterator[ast.AST]:
        """Every node of the syntax tree."""
        return iter(self._nodes)

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        """Walked once, however many rules look."""
        return list(ast.walk(self.syntax))

    @cached_property
    def calls(self) -> list[tuple[ast.Call, str]]:
        """Every call with the dotted name of what is called, "" when it is not a plain name."""
        return [(node, called_name(node)) for node in self._nodes if isinstance(node, ast.Call)]

    @cached_property
    def comments(self) -> list[tuple[int, str]]:
        """Line and text of every comment."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]

    @cached_property
    def imports(self) -> list[tuple[ast.AST, str]]:
        """Every module that an import statement names, relative ones left out."""
        return list(imported_modules(self))

    def fault(self, place: ast.AST | int, sentence: str) -> Fault:
        """A fault at a node or a line of this file."""
        line = place if isinstance(place, int) else getattr(place, "lineno", 1)
        return Fault(self.path, line, sentence)


@dataclass
class Tree:
    """All text files under `root` that are, or could be, committed."""

    root: Path
    _read: dict[str, Source] = field(default_factory=dict)

    @cached_property
    def paths(self) -> list[str]:
        """Relative paths; in a repository what git ignores is left out."""
        if not (self.root / ".git").exists():
            return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())
        listing = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=True,
        )
        return sorted(
            path for path in set(listing.stdout.split("\0")) if path and (self.root / path).is_file()
        )

    def sources(self, *suffixes: str, under: str = "") -> list[Source]:
        """The text files with one of `suffixes` (all when none is given) below the folder `under`."""
        chosen = (path for path in self.paths if path.startswith(under))
        found = (self._source(path) for path in chosen if not suffixes or path.endswith(suffixes))
        return [source for source in found if source is not None]

    def python(self, under: str = BALAI, *, tests: bool = False, migrations: bool = False) -> list[Source]:
        """Python files below `under`; tests and migrations only when asked for."""
        return [
            source
            for source in self.sources(".py", under=under)
            if (tests or not source.is_test) and (migrations or not source.is_migration)
        ]

    def _source(self, path: str) -> Source | None:
        if path not in self._read:
            content = (self.root / path).read_bytes()
            if b"\0" in content[:8000]:
                return None
            self._read[path] = Source(path, content.decode("utf-8", "replace"))
        return self._read[path]


Check = Callable[[Tree], list[Fault]]


@dataclass(frozen=True)
class Rule:
    """A check, a tree that it must catch, and one that it must let pass."""

    check: Check
    bad: Mapping[str, str]
    good: Mapping[str, str]

    @property
    def name(self) -> str:
        """The rule as a sentence."""
        return self.check.__name__


RULES: list[Rule] = []


def rule(*, bad: Mapping[str, str], good: Mapping[str, str]) -> Callable[[Check], Check]:
    """Declare a rule together with its samples: a rule never seen failing is not a rule."""

    def register(check: Check) -> Check:
        RULES.append(Rule(check, bad, good))
        return check

    return register


@cache
def layers() -> list[list[str]]:
    """The arrows of `.importlinter`, highest first; packages in one list do not see each other."""
    contracts = configparser.ConfigParser()
    contracts.read(PROJECT / ".importlinter")
    lines = contracts["importlinter:contract:layers"]["layers"].split("\n")
    return [[name.strip(" ()") for name in line.split("|")] for line in lines if line.strip()]


def rank(package: str) -> int:
    """How high a package stands: kernel is 0."""
    names = list(reversed(layers()))
    return next(index for index, layer in enumerate(names) if package.split(".")[0] in layer)


def may_import(package: str, other: str) -> bool:
    """Whether the arrows let `package` reach `other` (both like `region` or `engines.cases`)."""
    return package == other or rank(other) < rank(package)


def called_name(node: ast.Call) -> str:
    """The dotted name of what is called: `models.ForeignKey`; "" when it is not a plain name."""
    return dotted(node.func)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of attributes on a name, else ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        start = dotted(node.value)
        return f"{start}.{node.attr}" if start else ""
    return ""


def imported_modules(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every module that an import statement names, relative ones left out."""
    for node in source.walk():
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
