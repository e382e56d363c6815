"""Sentences that a translator can take over."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import Fault, Source, Tree, called_name, rule

GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "gettext_noop"}
BARE_PLACEHOLDER = re.compile(r"%[sdif]|{\d*}")


def messages(source: Source) -> list[tuple[ast.Call, ast.expr]]:
    """Every call for a translation, with its first argument."""
    return [(call, call.args[0]) for call, called in source.calls if called in GETTEXT and call.args]


@rule(
    bad={"src/balai/portal/views.py": "text = _(f'Halo {name}')\n"},
    good={"src/balai/portal/views.py": "text = _('Halo %(name)s') % {'name': name}\n"},
)
def messages_are_plain_strings(tree: Tree) -> list[Fault]:
    """A translation file is keyed by the sentence itself; one that is built can not be found there."""
    return [
        source.fault(call, "give gettext a plain string and put the values in with %(name)s")
        for source in tree.python()
        for call, message in messages(source)
        if isinstance(message, ast.JoinedStr | ast.BinOp)
        or (isinstance(message, ast.Call) and called_name(message).endswith("format"))
    ]


@rule(
    bad={"src/balai/portal/views.py": "text = _('Halo %s, hari %s') % (name, day)\n"},
    good={"src/balai/portal/views.py": "text = _('Halo %(name)s') % {'name': name}\n"},
)
def placeholders_have_names(tree: Tree) -> list[Fault]:
    """Another language puts the words in another order."""
    return [
        source.fault(call, "name the placeholder: %(name)s")
        for source in tree.python()
        for call, message in messages(source)
        if isinstance(message, ast.Constant) and isinstance(message.value, str)
        if BARE_PLACEHOLDER.search(message.value.replace("%%", ""))
    ]
