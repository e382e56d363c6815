"""Names that say what a thing is."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from tests.architecture.tree import Fault, Source, Tree, called_name, rule

DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "misc", "shared"}
INSTANT_NAMES = re.compile(r"(^|_)at$")
DAY_NAMES = re.compile(r"(_on|^valid_from|^valid_to|^day)$")


@rule(
    bad={"src/balai/people/utils.py": ""},
    good={"src/balai/people/matching.py": "", "services/village/business-statement/service.toml": ""},
)
def no_module_is_a_drawer(tree: Tree) -> list[Fault]:
    """Modules named after nothing are where cycles begin."""
    return [
        source.fault(1, "a drawer for everything; name the module after what it does")
        for source in [*tree.python("src/", tests=True), *tree.python("tools/")]
        if DRAWERS & set(PurePosixPath(source.path).with_suffix("").parts)
    ]


def model_fields(source: Source) -> list[tuple[str, ast.Call]]:
    """Name and call of every field assigned in a class body."""
    return [
        (statement.targets[0].id, statement.value)
        for node in source.walk()
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Call)
    ]


@rule(
    bad={"src/balai/work/models.py": "class Item:\n    created = models.DateTimeField()\n"},
    good={
        "src/balai/work/models.py": (
            "class Item:\n    created_at = models.DateTimeField()\n    born_on = models.DateField()\n"
        )
    },
)
def instants_end_in_at_and_days_in_on(tree: Tree) -> list[Fault]:
    """A reader knows from the name whether a zone matters; validity is `valid_from` and `valid_to`."""
    faults = []
    for source in tree.python():
        for name, call in model_fields(source):
            kind = called_name(call)
            if kind == "models.DateTimeField" and not INSTANT_NAMES.search(name):
                faults.append(source.fault(call, f"{name} is an instant: end its name in _at"))
            if kind == "models.DateField" and not DAY_NAMES.search(name):
                faults.append(source.fault(call, f"{name} is a day: end its name in _on"))
    return faults


def is_action_module(source: Source) -> bool:
    """Whether a file is an `actions.py` or lies in a folder `actions/`."""
    return source.path.endswith("/actions.py") or "/actions/" in source.path


def is_write_transaction(node: ast.FunctionDef) -> bool:
    """Whether a function is decorated with `@write_transaction` (with or without locks)."""
    return any("write_transaction" in ast.unparse(decorator) for decorator in node.decorator_list)


def public_functions(source: Source) -> list[ast.FunctionDef]:
    """The functions of a module that others may call."""
    functions = [node for node in source.syntax.body if isinstance(node, ast.FunctionDef)]
    return [node for node in functions if not node.name.startswith("_")]


@rule(
    bad={"src/balai/work/actions.py": "@write_transaction\ndef take(by, item):\n    pass\n"},
    good={"src/balai/work/actions.py": "@write_transaction\ndef take(*, by, item):\n    pass\n"},
)
def actions_take_keywords_and_by_comes_first(tree: Tree) -> list[Fault]:
    """One door per change: who does it is the first thing that a call says."""
    faults = []
    for source in filter(is_action_module, tree.python()):
        for node in filter(is_write_transaction, public_functions(source)):
            keywords = [argument.arg for argument in node.args.kwonlyargs]
            if node.args.args or node.args.posonlyargs:
                faults.append(source.fault(node, f"{node.name}: begin its parameters with *"))
            elif "by" in keywords[1:]:
                faults.append(source.fault(node, f"{node.name}: let `by` come first"))
    return faults


def hands_on(source: Source, node: ast.FunctionDef) -> bool:
    """Whether the transaction is another function: the only statement's, or a private one of this file."""
    statements = node.body[1:] if ast.get_docstring(node) else node.body
    private = {
        function.name
        for function in source.syntax.body
        if isinstance(function, ast.FunctionDef) and is_write_transaction(function)
    }
    called = {called_name(call) for call in ast.walk(node) if isinstance(call, ast.Call)}
    only_calls = len(statements) == 1 and isinstance(statements[0], ast.Return | ast.Expr)
    return only_calls or bool(private & called)


def doors(tree: Tree) -> list[tuple[Source, ast.FunctionDef]]:
    """The actions that engines offer: of a folder `actions/`, what its `__init__.py` takes up."""
    sources = list(filter(is_action_module, tree.python("src/balai/engines/")))
    offered = {
        alias.name
        for source in sources
        if source.path.endswith("/actions/__init__.py")
        for node in source.syntax.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return [
        (source, node)
        for source in sources
        for node in public_functions(source)
        if source.path.endswith("/actions.py") or node.name in offered
    ]


@rule(
    bad={"src/balai/engines/cases/actions.py": "def approve(*, by, case):\n    x = 1\n    case.save()\n"},
    good={
        "src/balai/engines/cases/actions.py": (
            "@write_transaction\ndef decide(*, by, case):\n    pass\n\n"
            "def approve(*, by, case):\n    return decide(by=by, case=case)\n"
        )
    },
)
def an_engines_actions_are_write_transactions(tree: Tree) -> list[Fault]:
    """What somebody changes in an engine is changed wholly or not at all."""
    return [
        source.fault(node, f"{node.name}: decorate it with @write_transaction")
        for source, node in doors(tree)
        if "by" in {argument.arg for argument in node.args.kwonlyargs}
        if not is_write_transaction(node) and not hands_on(source, node)
    ]
