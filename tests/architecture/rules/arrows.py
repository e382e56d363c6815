"""The arrows that an import linter can not see: keys, templates and names in strings."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import Fault, Source, Tree, may_import, rule

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
# Loads every installed package's tasks.py, whichever they are, and so names none of them.
LOADS_TASKS = "src/balai/runtime/apps.py"
BY_STRING = {
    "import_string",
    "import_module",
    "__import__",
    "apps.get_model",
    "autodiscover_modules",
    "importlib.import_module",
}
SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
TEMPLATE_TAG = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def relation_target(node: ast.Call) -> str:
    """`people.Citizen` for a relation named by a string, else ""."""
    given = node.args[:1] + [word.value for word in node.keywords if word.arg == "to"]
    target = given[0] if given else None
    return target.value if isinstance(target, ast.Constant) and isinstance(target.value, str) else ""


def packages_by_label(tree: Tree) -> dict[str, str]:
    """App label → package: `cases` → `engines.cases`, `people` → `people`."""
    packages = {source.package for source in tree.python() if source.package}
    return {package.split(".")[-1]: package for package in packages}


@rule(
    bad={
        "src/balai/region/models.py": "office = models.ForeignKey('people.Officer', models.CASCADE)\n",
        "src/balai/people/models.py": "",
    },
    good={
        "src/balai/people/models.py": "area = models.ForeignKey('region.Area', models.PROTECT)\n",
        "src/balai/region/models.py": "parent = models.ForeignKey('self', models.PROTECT)\n",
    },
)
def foreign_keys_point_down(tree: Tree) -> list[Fault]:
    """A model's key written as a string obeys the same arrows as an import."""
    packages = packages_by_label(tree)
    keys = [
        (source, node, packages.get(relation_target(node).split(".")[0], ""))
        for source in tree.python()
        for node, called in source.calls
        if called.split(".")[-1] in RELATIONS and "." in relation_target(node)
    ]
    return [
        source.fault(
            node, f"the key points up to {package}; store a label and an id instead (kernel.Subject)"
        )
        for source, node, package in keys
        if package and not may_import(source.package, package)
    ]


@rule(
    bad={"src/balai/audit/models.py": "by = models.ForeignKey('audit.Batch', models.PROTECT)\n"},
    good={"src/balai/audit/models.py": "batch_number = models.BigIntegerField(null=True)\n"},
)
def the_journal_has_no_foreign_keys(tree: Tree) -> list[Fault]:
    """Nothing may block a deletion or pull a row of the journal along with it."""
    return [
        source.fault(node, "the journal holds plain values: store the label and the id, not a key")
        for source in tree.python("src/balai/audit/")
        for node, called in source.calls
        if called.split(".")[-1] in RELATIONS
    ]


@rule(
    bad={"src/balai/portal/templates/portal/home.html": '{% include "cases/card.html" %}\n'},
    good={"src/balai/portal/templates/portal/home.html": '{% extends "ui/citizen.html" %}\n'},
)
def templates_take_from_their_own_package_and_ui(tree: Tree) -> list[Fault]:
    """A page is made of its own package's pieces and of `ui/` (and of the framework's, `django/`)."""
    faults = []
    for source in tree.sources(".html", ".txt", ".svg", under="src/balai/"):
        own = source.package.split(".")[-1]
        for number, line in enumerate(source.text.splitlines(), start=1):
            for name in TEMPLATE_TAG.findall(line):
                if name.split("/")[0] not in {own, "ui", "django"}:
                    faults.append(
                        source.fault(number, f"{name} is another package's; use ui/ or move it to ui/")
                    )
    return faults


@rule(
    bad={"src/balai/portal/views.py": "case = apps.get_model('cases', 'Case')\n"},
    good={
        "src/balai/portal/views.py": "from balai.catalogue import engine\n",
        "src/balai/cases/migrations/0002_fill.py": "Case = apps.get_model('cases', 'Case')\n",
    },
)
def nothing_is_imported_through_a_string(tree: Tree) -> list[Fault]:
    """A name in a string hides an arrow from every reader and every tool."""
    sentence = "imports through strings hide an arrow; import the name, or register it in apps.ready()"
    return [
        source.fault(node, sentence)
        for source in tree.python(tests=True)
        if source.path != LOADS_TASKS
        for node, called in source.calls
        if called in BY_STRING
    ]


@rule(
    bad={"src/balai/notify/actions.py": "from config.settings import BALAI\n"},
    good={"src/balai/notify/actions.py": "from balai.runtime.settings import load_settings\n"},
)
def nobody_imports_config(tree: Tree) -> list[Fault]:
    """`config` assembles the house; the house does not know it."""
    return [
        source.fault(node, "read django.conf.settings or runtime.settings; config is imported by nobody")
        for source in tree.python(tests=True)
        for node, name in source.imports
        if name.split(".")[0] == "config"
    ]


@rule(
    bad={"src/balai/demo/town.py": "from balai.people.tests.factories import make_person\n"},
    good={"src/balai/demo/town.py": "from balai.people.actions import register_person\n"},
)
def production_does_not_import_tests(tree: Tree) -> list[Fault]:
    """What runs in a town does not stand on what proves it."""
    return [
        source.fault(node, "move what is shared out of tests/ into the package that owns it")
        for source in [*tree.python(), *tree.python("src/config/")]
        for node, name in source.imports
        if "tests" in name.split(".") or name.split(".")[-1] == "conftest"
    ]


@rule(
    bad={"src/balai/work/signals.py": "from django.dispatch import receiver\n"},
    good={"src/balai/work/actions.py": "from balai.runtime.jobs import enqueue\n"},
)
def packages_do_not_talk_by_signals(tree: Tree) -> list[Fault]:
    """A signal is an arrow that nobody sees; an event is a job row in the transaction of its cause."""

    def is_signal(source: Source) -> list[Fault]:
        sentence = "call down, fill a registry, or enqueue a job in the same transaction"
        return [source.fault(node, sentence) for node, name in source.imports if name.startswith(SIGNALS)]

    return [fault for source in tree.python() for fault in is_signal(source)]
