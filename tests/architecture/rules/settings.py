"""One list of settings, each explained to the person who runs the town."""

from __future__ import annotations

import ast

from tests.architecture.tree import Fault, Source, Tree, called_name, dotted, rule

DECLARED = "src/balai/runtime/settings.py"
EXPLAINED = "docs/settings.md"
READERS = {"os.getenv", "os.environ.get", "environ.get", "getenv"}


def declared_settings(source: Source) -> list[ast.AnnAssign]:
    """The fields of `RuntimeSettings`."""
    classes = [node for node in source.walk() if isinstance(node, ast.ClassDef)]
    bodies = [node.body for node in classes if node.name == "RuntimeSettings"]
    return [statement for body in bodies for statement in body if isinstance(statement, ast.AnnAssign)]


@rule(
    bad={
        DECLARED: "class RuntimeSettings:\n    port: int = Field(8000)\n",
        EXPLAINED: "`BALAI_PORT`\n",
    },
    good={
        DECLARED: "class RuntimeSettings:\n    port: int = Field(8000, description='port')\n",
        EXPLAINED: "`BALAI_PORT`\n",
    },
)
def every_setting_describes_itself(tree: Tree) -> list[Fault]:
    """`./balai manage settings_doc` writes the description into docs/settings.md."""
    return [
        source.fault(field, f"{ast.unparse(field.target)} has no description; say what it chooses")
        for source in tree.sources(".py", under=DECLARED)
        for field in declared_settings(source)
        if not (isinstance(field.value, ast.Call) and "description" in {k.arg for k in field.value.keywords})
    ]


@rule(
    bad={
        DECLARED: "class RuntimeSettings:\n    port: int = Field(8000, description='port')\n",
        EXPLAINED: "Nothing here.\n",
    },
    good={
        DECLARED: "class RuntimeSettings:\n    port: int = Field(8000, description='port')\n",
        EXPLAINED: "| `BALAI_PORT` | port |\n",
    },
)
def every_setting_is_in_the_operators_manual(tree: Tree) -> list[Fault]:
    """Whoever runs a town reads docs/settings.md, not the code (./balai manage settings_doc writes it)."""
    manual = "".join(source.text for source in tree.sources(".md", under=EXPLAINED))
    names = [
        (source, field, f"BALAI_{ast.unparse(field.target).upper()}")
        for source in tree.sources(".py", under=DECLARED)
        for field in declared_settings(source)
    ]
    return [
        source.fault(field, f"explain {name} in {EXPLAINED}")
        for source, field, name in names
        if f"`{name}`" not in manual
    ]


def reads_environment(node: ast.AST) -> bool:
    """Whether a node takes a value out of the process environment."""
    if isinstance(node, ast.Call):
        return called_name(node) in READERS
    return (
        isinstance(node, ast.Subscript)
        and dotted(node.value).endswith("environ")
        and isinstance(node.ctx, ast.Load)
    )


@rule(
    bad={"src/balai/notify/actions.py": "host = os.environ['SMTP_HOST']\n"},
    good={"src/balai/notify/actions.py": "host = settings.BALAI.smtp_url\n"},
)
def the_environment_is_read_in_one_place(tree: Tree) -> list[Fault]:
    """A setting outside the list is neither explained nor refused when it is misspelt."""
    return [
        source.fault(node, f"declare it in {DECLARED} and read it from there")
        for source in tree.python()
        if source.path != DECLARED
        for node in source.walk()
        if reads_environment(node)
    ]
