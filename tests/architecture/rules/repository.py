"""What may never be committed: other people's machines, and words that are not the project's."""

from __future__ import annotations

import re

from tests.architecture.tree import Fault, Source, Tree, rule

# Written in halves, so that this file does not break its own rule.
FOREIGN_WORDS = (
    "chat" + "gpt",
    "clau" + "de",
    "co" + "pilot",
    "open" + "ai",
    "anthro" + "pic",
    "gem" + "ini",
    "large language " + "model",
    "ll" + "m",
    "ai" + "-generated",
    "co-" + "authored-by",
)
WORDS = re.compile(r"(?<![a-z0-9_-])(" + "|".join(FOREIGN_WORDS) + r")s?(?![a-z0-9_])", re.I)
MACHINE_PATH = re.compile(
    r"(?<![\w./~}>-])/(" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers")) + r")/\w"
)
REGISTRY = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host|@ file:")
TEXT = (
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".typ",
    ".txt",
    ".cfg",
    ".in",
    ".lock",
    ".csv",
    ".svg",
    ".po",
)
NO_SUFFIX = {"balai", ".ci/run", ".gitignore", ".importlinter"}


def own_text(tree: Tree) -> list[Source]:
    """The project's text: everything but the licence, whose words are not ours to choose."""
    return [source for source in tree.sources() if source.path.endswith(TEXT) or source.path in NO_SUFFIX]


def matches(tree: Tree, pattern: re.Pattern[str], sentence: str) -> list[Fault]:
    """A fault for each line of the project's text that a pattern finds."""
    return [
        source.fault(number, sentence)
        for source in own_text(tree)
        for number, line in enumerate(source.text.splitlines(), start=1)
        if pattern.search(line)
    ]


@rule(
    bad={"docs/notes.md": "Written with " + "chat" + "gpt.\n"},
    good={"docs/notes.md": "Written with care.\n"},
)
def the_text_is_our_own(tree: Tree) -> list[Fault]:
    """A repository speaks about the town, not about who typed it or with what."""
    return matches(tree, WORDS, "say what the code does, not what typed it")


@rule(
    bad={"docs/notes.md": "See /ho" + "me/budi/balai.\n"},
    good={"docs/notes.md": "See docs/operators/ and /layanan/ and /meja/.\n"},
)
def no_path_of_one_machine(tree: Tree) -> list[Fault]:
    """A path of one person's machine is nobody else's."""
    return matches(tree, MACHINE_PATH, "write the path relative to the repository")


@rule(
    bad={"requirements/run.lock": "--index-url htt" + "ps://example.org/simple\n"},
    good={"requirements/run.lock": "django==5.2 \\\n    --hash=sha256:00\n"},
)
def locks_name_no_registry(tree: Tree) -> list[Fault]:
    """Pins and hashes say what; where from is the machine's own business."""
    return [
        source.fault(number, "lock without addresses: ./balai lock")
        for source in tree.sources(".lock", ".in", under="requirements/")
        for number, line in enumerate(source.text.splitlines(), start=1)
        if REGISTRY.search(line)
    ]


@rule(
    bad={"requirements/run.lock": "django==5.2\n"},
    good={"requirements/run.lock": "django==5.2 \\\n    --hash=sha256:00\n"},
)
def every_pin_has_a_hash(tree: Tree) -> list[Fault]:
    """What is fetched is exactly what was tried."""
    return [
        source.fault(number, "lock with hashes: ./balai lock")
        for source in tree.sources(".lock", under="requirements/")
        for number, line in enumerate(source.text.splitlines(), start=1)
        if re.match(r"[a-z0-9]", line, re.I) and not line.endswith("\\")
    ]
