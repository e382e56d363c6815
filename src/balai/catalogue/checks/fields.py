"""Questions: ids once, kinds that exist, keys that mean something, facts that a town keeps."""

from __future__ import annotations

from collections.abc import Iterator

from balai.catalogue import kinds
from balai.catalogue.checks.finding import Finding, repeated
from balai.catalogue.schema import FieldSpec, ServiceDefinition
from balai.catalogue.schema.form import is_upload
from balai.catalogue.schema.service import REQUIREMENTS_PAGE
from balai.kernel.toml_lines import Path
from balai.people.facts import FACTS


def check(service: ServiceDefinition) -> Iterator[Finding]:
    """Every fault of pages and fields."""
    for position, page_id in repeated(page.id for page in service.page):
        yield Finding(("page", position, "id"), f'the page "{page_id}" stands twice.')
    for position, page in enumerate(service.page):
        if page.id == REQUIREMENTS_PAGE:
            yield Finding(
                ("page", position, "id"), f'"{page.id}" is the page of the files and is made by itself.'
            )
    yield from _repeated_ids(service)
    for path, spec in placed_fields(service):
        yield from _field_findings(service, path, spec)


def placed_fields(service: ServiceDefinition) -> Iterator[tuple[Path, FieldSpec]]:
    """Every question with its path."""
    for at, page in enumerate(service.page):
        for position, spec in enumerate(page.field):
            yield ("page", at, "field", position), spec


def _repeated_ids(service: ServiceDefinition) -> Iterator[Finding]:
    placed = list(placed_fields(service))
    for position, name in repeated(spec.id for _, spec in placed):
        yield Finding((*placed[position][0], "id"), f'the field "{name}" stands twice.')
    taken = {spec.id for _, spec in placed}
    for position, requirement in enumerate(service.requirement):
        if requirement.id in taken:
            yield Finding(
                ("requirement", position, "id"), f'"{requirement.id}" is the id of a field already.'
            )


def _field_findings(service: ServiceDefinition, path: Path, spec: FieldSpec) -> Iterator[Finding]:
    if spec.kind not in kinds.codes():
        known = ", ".join(kinds.codes())
        yield Finding((*path, "kind"), f'no field kind "{spec.kind}"; known are {known}.')
        return
    if is_upload(spec):
        yield Finding((*path, "kind"), f"ask for a {spec.kind} with a [[requirement]], not with a field.")
        return
    for key, sentence in kinds.kind(spec.kind).spec_faults(spec):
        yield Finding((*path, key), sentence)
    if spec.fact is not None and spec.fact not in FACTS:
        yield Finding((*path, "fact"), f'no fact "{spec.fact}"; known are {", ".join(FACTS)}.')
    yield from _unknown_matches(service, path, spec)


def _unknown_matches(service: ServiceDefinition, path: Path, spec: FieldSpec) -> Iterator[Finding]:
    wanted = {"birth_date": "date", "sex": "choice"}
    for what, name in spec.matches.items():
        other = service.field_by_id.get(name)
        if other is None or other.kind != wanted[what]:
            sentence = f'"matches" compares {what} with "{name}", which is no field of kind "{wanted[what]}".'
            yield Finding((*path, "matches", what), sentence)
