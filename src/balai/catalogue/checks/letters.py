"""Letters: every `data.name` in a Typst source is a question of the form or a fact of the system."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balai.catalogue.checks.fields import placed_fields, placed_in_reports
from balai.catalogue.checks.finding import Finding
from balai.catalogue.checks.rows_in_letters import row_references
from balai.catalogue.forms import RAW, derived_names
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.form import is_group

# What stands in a letter's data beside the answers: by the documents package (letter, office, government,
# signer) and by the engine (case).
SYSTEM_FACTS: dict[str, frozenset[str]] = {
    "letter": frozenset({"title", "number", "date", "date_parts", "valid_until"}),
    "office": frozenset({"name", "kind", "place", "lines", "address", "contact"}),
    "government": frozenset({"name", "short_name", "kind"}),
    "signer": frozenset({"name", "title", "nip", "on_behalf"}),
    "case": frozenset({"number", "filed_on"}),
}
_COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_REFERENCE = re.compile(
    rf"""(?<![A-Za-z0-9_.-])(?:data|given)\.(?:at\(\s*"(?P<at>[^"]*)"|(?P<name>{_NAME}))(?:\.(?:at\(\s*"(?P<inner_at>[^"]*)"|(?P<inner>{_NAME})))?"""
)
# Methods that Typst dictionaries have; they name no entry.
_METHODS = frozenset({"at", "keys", "values", "pairs", "len", "insert", "remove"})


def check(service: ServiceDefinition) -> Iterator[Finding]:
    """Unknown names, names that clash, and a template that is not there."""
    yield from _clashes(service)
    for at, output in enumerate(service.outputs):
        if output.template is not None and output.template not in service.files:
            sentence = f'there is no file "{output.template}" beside service.toml.'
            yield Finding(("output", at, "template"), sentence)
        if output.kind == "letter" and not service.classification:
            sentence = "a letter is numbered by its archive code: add a [[classification]]."
            yield Finding(("output", at), sentence)
    specs = (*service.fields, *service.found_fields)
    known = {name for spec in specs for name in (spec.id, *derived_names(spec))}
    for file, text in service.files.items():
        if "/" not in file:
            yield from _unknown_names(file, text, known, {spec.id for spec in specs})
            yield from _unknown_in_rows(file, text, service)


def _clashes(service: ServiceDefinition) -> Iterator[Finding]:
    """A letter knows each thing by one name."""
    specs = (*service.fields, *service.found_fields)
    derived = {name: spec.id for spec in specs for name in derived_names(spec)}
    for path, spec in (*placed_fields(service), *placed_in_reports(service)):
        if spec.id in SYSTEM_FACTS or spec.id == RAW:
            sentence = f'"{spec.id}" is a name that every letter knows already; choose another.'
            yield Finding((*path, "id"), sentence)
        elif spec.id in derived:
            sentence = f'"{spec.id}" is what a letter makes of "{derived[spec.id]}" already; choose another.'
            yield Finding((*path, "id"), sentence)


def without_comments(text: str) -> str:
    """The same lines without what Typst does not read."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def references(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, name, inner name or "") for every `data.name` outside comments."""
    plain = without_comments(text)
    for found in _REFERENCE.finditer(plain):
        name = found["at"] if found["at"] is not None else found["name"]
        if found["at"] is not None or name not in _METHODS:
            inner = found["inner_at"] or found["inner"] or ""
            yield plain.count("\n", 0, found.start()) + 1, name, "" if inner in _METHODS else inner


def _unknown_names(file: str, text: str, known: set[str], asked: set[str]) -> Iterator[Finding]:
    for line, name, inner in references(text):
        if name in SYSTEM_FACTS:
            if inner and inner not in SYSTEM_FACTS[name]:
                facts = ", ".join(sorted(SYSTEM_FACTS[name]))
                yield Finding((), f'data.{name} has no "{inner}"; it has {facts}.', file, line)
        elif name == RAW:
            if inner and inner not in asked:
                yield Finding((), f'no field gives "data.{RAW}.{inner}".', file, line)
        elif name not in known:
            yield Finding((), f'no field gives "data.{name}".', file, line)


def _unknown_in_rows(file: str, text: str, service: ServiceDefinition) -> Iterator[Finding]:
    """Names that a loop over a group asks of its rows, as far as the loop can be read."""
    groups = {spec.id: spec for spec in service.fields if is_group(spec)}
    plain = without_comments(text) if groups else ""
    for found in row_references(plain):
        group = groups.get(found.group)
        if group is None:
            continue
        known = {inner.id for inner in group.field}
        if not found.is_raw:
            known |= {name for inner in group.field for name in derived_names(inner)}
        if found.name not in known:
            sentence = f'no question of the group "{group.id}" gives "{found.variable}.{found.name}".'
            yield Finding((), sentence, file, found.line)
