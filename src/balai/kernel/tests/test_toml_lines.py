"""Lines of TOML keys."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.kernel.tests.brief import brief
from balai.kernel.toml_lines import Path, line_index, line_of

TEXT = '''\
# comment with = and [brackets]
title = "a # b"
list = [
  "one", # first
  [2,
   3],
]
long = """
[not.a.table]
x = 1
"""
[table]
"quoted key" = 1
dotted.name = 2
inline = { a = 1, b = [1, 2] }
[[row]]
x = 1
[[row]]
x = 2
[row.sub]
y = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("list",), 3),
        (("list", 0), 4),
        (("list", 1), 5),
        (("list", 1, 1), 6),
        (("long",), 8),
        (("table",), 12),
        (("table", "quoted key"), 13),
        (("table", "dotted", "name"), 14),
        (("table", "inline", "b", 1), 15),
        (("row",), 16),
        (("row", 0), 16),
        (("row", 0, "x"), 17),
        (("row", 1), 18),
        (("row", 1, "x"), 19),
        (("row", 1, "sub", "y"), 21),
        (("row", 0, "missing"), 16),
        (("nothing", "at", "all"), 1),
    ],
)
def test_line_of(path: Path, line: int) -> None:
    tomllib.loads(TEXT)
    assert line_of(line_index(TEXT), path) == line


def test_lines_are_the_same_with_windows_line_ends() -> None:
    assert line_index(TEXT.replace("\n", "\r\n")) == line_index(TEXT)


def paths_of(value: object, path: Path = ()) -> set[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path}.union(*(paths_of(part, (*path, key)) for key, part in inner))


SCALARS = st.sampled_from(
    ["1", "true", '"a]b"', "'c}d'", "2026-11-21", "1.5", '"\\""', "''", '"""x\ny"""', "'''z\n'''", '""']
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: f"[ {', '.join(parts)} ]"),
    max_leaves=6,
)


@brief
@given(st.lists(VALUES, max_size=6), st.integers(0, 3))
def test_every_key_of_a_valid_text_has_its_line(values: list[str], tables: int) -> None:
    text, expected = "", {}
    for number, value in enumerate(values):
        expected[f"k{number}",] = text.count("\n") + 1
        text += f"k{number} = {value} # note\n"
    for number in range(tables):
        expected["t", number] = text.count("\n") + 1
        text += "[[t]]\nx = 1\n"
    index = line_index(text)
    assert set(index) == paths_of(tomllib.loads(text))
    assert {path: index[path] for path in expected} == expected
