"""Expand, then contract: the running version and the next one both work at every moment."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

from tests.architecture.tree import Fault, Source, Tree, called_name, rule

CONTRACTING = {"RemoveField", "DeleteModel", "RenameField", "RenameModel", "AlterModelTable"}
CONTRACT_NAME = re.compile(r"^\d{4}_contract_")


def later_migrations(tree: Tree) -> list[Source]:
    """Every migration after a package's first."""
    sources = tree.python(migrations=True)
    return [
        s for s in sources if s.is_migration and not PurePosixPath(s.path).name.startswith(("0001_", "__"))
    ]


def operations(source: Source) -> list[ast.Call]:
    """The calls `migrations.<Operation>(…)` of a migration."""
    return [call for call, called in source.calls if called.startswith("migrations.")]


@rule(
    bad={"src/balai/work/migrations/0002_tidy.py": "migrations.RemoveField('item', 'note')\n"},
    good={"src/balai/work/migrations/0003_contract_note.py": "migrations.RemoveField('item', 'note')\n"},
)
def what_removes_is_named_contract(tree: Tree) -> list[Fault]:
    """A column goes only when no running version reads it: in a release of its own, named for it."""
    return [
        source.fault(call, "expand first; remove in a later release, in a migration named NNNN_contract_…")
        for source in later_migrations(tree)
        if not CONTRACT_NAME.match(PurePosixPath(source.path).name)
        for call in operations(source)
        if called_name(call).split(".")[-1] in CONTRACTING
    ]


def added_field(call: ast.Call) -> ast.Call | None:
    """The field of an AddField operation."""
    named = [word.value for word in call.keywords if word.arg == "field"]
    fields = named or call.args[2:3]
    return fields[0] if fields and isinstance(fields[0], ast.Call) else None


def model_named(call: ast.Call) -> str:
    """The model that an operation changes or makes, in small letters; "" where no text names it."""
    named = [word.value for word in call.keywords if word.arg in {"model_name", "name"}]
    texts = [word.value for word in [*named, *call.args] if isinstance(word, ast.Constant)]
    return str(texts[0]).lower() if texts else ""


def models_made(source: Source) -> frozenset[str]:
    """Models that the same migration makes: no running version knows their tables."""
    made = (call for call in operations(source) if called_name(call) == "migrations.CreateModel")
    return frozenset(model_named(call) for call in made)


def old_version_can_insert(field: ast.Call) -> bool:
    """Whether a row written by the running version, which does not know the column, is accepted."""
    options = {word.arg: word.value for word in field.keywords}
    null = options.get("null")
    is_null = isinstance(null, ast.Constant) and null.value is True
    return is_null or "db_default" in options or "ManyToMany" in called_name(field)


@rule(
    bad={
        "src/balai/work/migrations/0002_note.py": (
            "migrations.AddField('item', 'note', models.TextField(default=''))\n"
        )
    },
    good={
        "src/balai/work/migrations/0002_note.py": (
            "migrations.AddField('item', 'note', models.TextField(db_default=''))\n"
            "migrations.CreateModel(name='Remark', fields=[])\n"
            "migrations.AddField(model_name='remark', name='item', field=models.ForeignKey())\n"
        )
    },
)
def a_new_column_accepts_old_rows(tree: Tree) -> list[Fault]:
    """Django's `default` is forgotten by the database: the version still running could not insert."""
    return [
        source.fault(call, "give the new column db_default=… or null=True")
        for source in later_migrations(tree)
        for call in operations(source)
        if called_name(call) == "migrations.AddField" and model_named(call) not in models_made(source)
        if (field := added_field(call)) is not None and not old_version_can_insert(field)
    ]
