"""How long a file, a function and a view may be."""

from __future__ import annotations

import ast
from statistics import median, quantiles

from tests.architecture.tree import Fault, Source, Tree, rule

FILE_STOP, FILE_P90 = 400, 250
FUNCTION_STOP, FUNCTION_P90, FUNCTION_MEDIAN = 60, 25, 8
VIEW_LINES_PER_WRITE = 1000
WRITES = {
    "save",
    "create",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
EVERYWHERE = ("src/", "tests/", "tools/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def line_count(source: Source) -> int:
    """Lines of a file."""
    return source.text.count("\n")


def functions(source: Source) -> list[Function]:
    """Every function and method of a file, nested ones too."""
    return [node for node in source.walk() if isinstance(node, Function)]


def function_length(function: Function) -> int:
    """Lines from `def` to the end, the docstring left out: a reason is never too long to state."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is not None:
        docstring = function.body[0]
        length -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return length


def all_python(tree: Tree) -> list[Source]:
    """Python files of the whole repository, tests included, migrations left out."""
    return [source for place in EVERYWHERE for source in tree.python(place, tests=True)]


def p90(lengths: list[int]) -> float:
    """The ninetieth percentile."""
    return quantiles(lengths, n=10, method="inclusive")[8] if len(lengths) > 1 else float(sum(lengths))


@rule(bad={"src/balai/ui/long.py": "x = 1\n" * 401}, good={"src/balai/ui/long.py": "x = 1\n" * 400})
def files_stop_at_400_lines(tree: Tree) -> list[Fault]:
    """A longer file hides its parts."""
    return [
        source.fault(FILE_STOP, f"{line_count(source)} lines; make it a folder of the same name")
        for source in all_python(tree)
        if line_count(source) > FILE_STOP
    ]


@rule(
    bad={"src/balai/ui/long.py": "def f():\n" + "    x = 1\n" * 60},
    good={"src/balai/ui/long.py": 'def f():\n    """One\n\n    more."""\n' + "    x = 1\n" * 59},
)
def functions_stop_at_60_lines(tree: Tree) -> list[Fault]:
    """A longer function does more than its name says."""
    return [
        source.fault(function, f"{function.name} has {function_length(function)} lines; give its parts names")
        for source in all_python(tree)
        for function in functions(source)
        if function_length(function) > FUNCTION_STOP
    ]


@rule(
    bad={f"src/balai/ui/m{number}.py": "x = 1\n" * 251 for number in range(5)},
    good={f"src/balai/ui/m{number}.py": "x = 1\n" * 100 for number in range(5)},
)
def most_files_are_short(tree: Tree) -> list[Fault]:
    """Nine files of ten stay within 250 lines."""
    sources = tree.python("src/")
    lengths = [line_count(source) for source in sources]
    if p90(lengths) <= FILE_P90:
        return []
    longest = max(sources, key=line_count)
    return [
        longest.fault(1, f"p90 of files is {p90(lengths):.0f} lines, at most {FILE_P90}; split the longest")
    ]


@rule(
    bad={"src/balai/ui/m.py": "".join(f"def f{n}():\n" + "    x = 1\n" * 8 for n in range(5))},
    good={"src/balai/ui/m.py": "".join(f"def f{n}():\n" + "    x = 1\n" * 7 for n in range(5))},
)
def most_functions_are_short(tree: Tree) -> list[Fault]:
    """Half of the functions fit in 8 lines, nine of ten in 25."""
    pairs = [(source, function) for source in tree.python("src/") for function in functions(source)]
    lengths = [function_length(function) for _, function in pairs]
    if not lengths or (median(lengths) <= FUNCTION_MEDIAN and p90(lengths) <= FUNCTION_P90):
        return []
    source, longest = max(pairs, key=lambda pair: function_length(pair[1]))
    sentence = (
        f"functions: median {median(lengths):.0f} (at most {FUNCTION_MEDIAN}), p90 {p90(lengths):.0f} "
        f"(at most {FUNCTION_P90}); give the parts of the longest names"
    )
    return [source.fault(longest, sentence)]


@rule(
    bad={"src/balai/desk/views.py": "def take(request):\n    item.save()\n"},
    good={"src/balai/desk/views.py": "def take(request):\n    actions.take(by=request.officer)\n"},
)
def views_write_nothing(tree: Tree) -> list[Fault]:
    """At most one direct write per thousand lines of views."""
    views = [source for source in tree.python() if "/views" in source.path or source.path.endswith("api.py")]
    writes = [
        source.fault(node, f".{node.func.attr}() in a view; write through an action")
        for source in views
        for node, _called in source.calls
        if is_row_write(node)
    ]
    allowed = sum(map(line_count, views)) // VIEW_LINES_PER_WRITE
    return writes if len(writes) > allowed else []


def is_row_write(node: ast.Call) -> bool:
    """`row.save()`, `Model.objects.create(…)`; a call on `actions` is the door itself."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
        return False
    holder = ast.unparse(node.func.value)
    if node.func.attr in {"save", "delete"}:
        return not holder.endswith(("actions", "form", "session", "cache"))
    return ".objects" in holder or holder.endswith(("_set", "queryset"))
