"""Every translation file says the same as its source: no stale sentence, no lost or invented placeholder.

The msgids are Indonesian and stand in the code; a translation file (`locale/<language>/LC_MESSAGES/
django.po`) may be incomplete, since what is missing shows in Indonesian, but it must not be wrong. Of what
citizens read (`citizen_shell.py`) each language says at least 95 %.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from citizen_shell import is_read_by_citizens

PROJECT = Path(__file__).resolve().parents[1]
LEAST_SHARE = 0.95  # of the citizen's shell, in each language
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\w){(\w+)}")
TEMPLATE_MESSAGE = re.compile(r"""{%\s*(?:trans|translate)\s+(["'])(.+?)\1|\b_\((["'])(.+?)\3\)""")
TEMPLATE_BLOCK = re.compile(r"{%\s*(?:blocktrans|blocktranslate)([^%]*)%}(.*?){%\s*end", re.S)
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$|^(".*")$', re.M)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}


def messages_of_python(text: str) -> Iterator[str]:
    """The msgids of a Python file."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
            texts = (argument for argument in node.args if isinstance(argument, ast.Constant))
            yield from (text.value for text in texts if isinstance(text.value, str))


def messages_of_template(text: str) -> Iterator[str]:
    """The msgids of a template, variables written as `%(name)s` like Django's own extraction."""
    for first, second in ((m[2], m[4]) for m in TEMPLATE_MESSAGE.finditer(text)):
        yield (first or second).replace("%", "%%")  # as Django looks it up
    for options, body in TEMPLATE_BLOCK.findall(text):
        for part in re.split(r"{%\s*plural\s*%}", body):
            message = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", part.replace("%", "%%"))
            yield (
                " ".join(line.strip() for line in message.strip().split("\n"))
                if "trimmed" in options
                else message
            )


def source_messages(root: Path, is_wanted: Callable[[Path], bool] = lambda path: True) -> set[str]:
    """Every msgid that the source under `root` uses, of the files that are wanted."""
    found: set[str] = set()
    for path in filter(is_wanted, root.rglob("*.py")):
        found.update(messages_of_python(path.read_text()))
    for path in filter(is_wanted, root.rglob("*.html")):
        found.update(messages_of_template(path.read_text()))
    return found


def missing(po: Path, shell: set[str]) -> list[str]:
    """The sentences of the citizen's shell that a language does not say, in order."""
    said = {message for _, message, translations in entries(po.read_text()) if all(translations)}
    return sorted(shell - said)


def too_little(po: Path, shell: set[str]) -> Iterator[str]:
    """A sentence, with some of what is missing, when a language says too little of the citizen's shell."""
    gaps = missing(po, shell)
    share = 1 - len(gaps) / max(1, len(shell))
    if share < LEAST_SHARE:
        some = ", ".join(map(repr, gaps[:5]))
        yield f"{po}: {share:.1%} of what citizens read, at least {LEAST_SHARE:.0%}; missing: {some} ..."


def entries(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line, msgid and translations of every entry of a PO file."""
    for match in re.finditer(r"(?:^(?:msgid|msgstr|msgctxt|\").*\n?)+", text, re.M):
        parts: dict[str, str] = {}
        key = ""
        for name, first, more in ENTRY.findall(match[0]):
            key = name or key
            parts[key] = parts.get(key, "") + ast.literal_eval(first or more)
        translations = [value for name, value in parts.items() if name.startswith("msgstr")]
        yield text.count("\n", 0, match.start()) + 1, parts.get("msgid", ""), translations


def faults_of(po: Path, known: set[str]) -> Iterator[str]:
    """A sentence for each fault of one translation file."""
    text = po.read_text()
    for line, message, translations in entries(text):
        if message and message not in known:
            yield f"{po}:{line}: nobody says this any more: {message!r}"
        for translation in filter(None, translations if message else []):
            if set(PLACEHOLDER.findall(translation)) != set(PLACEHOLDER.findall(message)):
                yield f"{po}:{line}: the placeholders differ from the original: {translation!r}"
    for number, comment in enumerate(text.splitlines(), start=1):
        if comment.startswith("#,") and "fuzzy" in comment:
            yield f"{po}:{number}: a guess (fuzzy); settle it"


def main(root: Path = PROJECT / "src") -> int:
    """Check every translation file under `root`."""
    known = source_messages(root)
    shell = source_messages(root, lambda path: is_read_by_citizens(path.relative_to(root).as_posix()))
    catalogues = sorted(root.rglob("*.po"))
    faults = [fault for po in catalogues for fault in (*faults_of(po, known), *too_little(po, shell))]
    print("\n".join(faults) or f"{len(known)} sentences in the source, {len(shell)} of them for citizens")
    for po in catalogues:
        gaps = missing(po, shell)
        print(f"{po.parent.parent.name}: {1 - len(gaps) / max(1, len(shell)):.1%} of what citizens read")
        if "--missing" in sys.argv:
            print("\n".join(map(repr, gaps)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
