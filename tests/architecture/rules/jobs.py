"""Every job that is owed has somebody who does it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.tree import Fault, Source, Tree, rule

QUEUE = "src/balai/runtime/jobs/"
REGISTERING = {"job", "jobs.job", "periodic", "jobs.periodic"}
ENQUEUING = {"enqueue", "jobs.enqueue"}


def calls(source: Source, names: set[str]) -> Iterator[tuple[ast.Call, str]]:
    """Calls of these functions, each with its first argument when that is a text."""
    for node, called in source.calls:
        if called in names:
            first = node.args[0] if node.args else None
            text = first.value if isinstance(first, ast.Constant) else ""
            yield node, text if isinstance(text, str) else ""


def shipped(tree: Tree) -> list[Source]:
    """Python that runs in a town, without the queue itself."""
    return [s for s in tree.python() if not s.is_test and not s.path.startswith(QUEUE)]


@rule(
    bad={
        "src/balai/notify/tasks.py": "@job('notify.deliver')\ndef deliver(): ...\n",
        "src/balai/notify/actions.py": "enqueue('notify.delivr', message_id=1)\n",
    },
    good={
        "src/balai/notify/tasks.py": "@job('notify.deliver')\ndef deliver(): ...\n",
        "src/balai/notify/actions.py": "enqueue('notify.deliver', message_id=1)\n",
    },
)
def every_enqueued_job_has_a_handler(tree: Tree) -> list[Fault]:
    """A job whose name nobody registered would wait for a handler for ever, in silence."""
    known = {name for source in shipped(tree) for _call, name in calls(source, REGISTERING)}
    return [
        source.fault(call, f"no handler is registered for {name!r}" if name else "write the job's name here")
        for source in shipped(tree)
        for call, name in calls(source, ENQUEUING)
        if name not in known
    ]


@rule(
    bad={"src/balai/notify/actions.py": "@job('notify.deliver')\ndef deliver(): ...\n"},
    good={"src/balai/notify/tasks.py": "@job('notify.deliver')\ndef deliver(): ...\n"},
)
def handlers_live_where_they_are_found(tree: Tree) -> list[Fault]:
    """The worker loads every package's tasks.py; a handler elsewhere is registered by luck."""
    return [
        source.fault(call, f"move the handler of {name!r} to tasks.py")
        for source in shipped(tree)
        if not source.path.endswith("/tasks.py")
        for call, name in calls(source, REGISTERING)
    ]
