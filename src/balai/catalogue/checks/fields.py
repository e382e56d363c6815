"""Questions: ids once, kinds that exist, keys that mean something, facts that a town keeps."""

from __future__ import annotations

from collections.abc import Iterator

from balai.catalogue import kinds
from balai.catalogue.checks.finding import Finding, repeated
from balai.catalogue.schema import FieldSpec, ServiceDefinition
from balai.catalogue.schema.form import is_group, is_upload
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
        yield from _field_findings(service.fields, path, spec)
        if is_group(spec):
            yield from _row_findings(path, spec)


def placed_fields(service: ServiceDefinition) -> Iterator[tuple[Path, FieldSpec]]:
    """Every question with its path."""
    for at, page in enumerate(service.page):
        for position, spec in enumerate(page.field):
            yield ("page", at, "field", position), spec


def placed_in_reports(service: ServiceDefinition) -> Iterator[tuple[Path, FieldSpec]]:
    """Every question of the reports, with its path."""
    for number, report in enumerate(service.report):
        for at, page in enumerate(report.page):
            for position, spec in enumerate(page.field):
                yield ("report", number, "page", at, "field", position), spec


def placed_in_rows(path: Path, group: FieldSpec) -> Iterator[tuple[Path, FieldSpec]]:
    """Every question of the rows of a group, with its path."""
    for position, spec in enumerate(group.field):
        yield (*path, "field", position), spec


def _row_findings(path: Path, group: FieldSpec) -> Iterator[Finding]:
    """What a row may not ask: rows again, files, and what the town knows of the applicant."""
    for position, name in repeated(spec.id for spec in group.field):
        yield Finding((*path, "field", position, "id"), f'the field "{name}" stands twice in a row.')
    for inner, spec in placed_in_rows(path, group):
        if is_group(spec):
            yield Finding((*inner, "kind"), "a row of a group holds no group of its own.")
            continue
        yield from _field_findings(group.field, inner, spec)
        if spec.fact is not None:
            sentence = 'a row asks about somebody else: "fact" fills in what is known of the applicant.'
            yield Finding((*inner, "fact"), sentence)


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


def _field_findings(asked: tuple[FieldSpec, ...], path: Path, spec: FieldSpec) -> Iterator[Finding]:
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
    yield from _unknown_matches(asked, path, spec)
    yield from _unfit_comparisons(asked, path, spec)


def _unknown_matches(asked: tuple[FieldSpec, ...], path: Path, spec: FieldSpec) -> Iterator[Finding]:
    if not spec.matches:
        return
    kinds_asked = {other.id: other.kind for other in asked}
    wanted = {"birth_date": "date", "sex": "choice"}
    for what, name in spec.matches.items():
        if kinds_asked.get(name) != wanted[what]:
            sentence = f'"matches" compares {what} with "{name}", which is no field of kind "{wanted[what]}".'
            yield Finding((*path, "matches", what), sentence)


def _unfit_comparisons(asked: tuple[FieldSpec, ...], path: Path, spec: FieldSpec) -> Iterator[Finding]:
    """An answer is held against an earlier one of its kind; what orders is a day or an hour."""
    earlier: dict[str, str] = {}
    for other in asked:
        if other.id == spec.id:
            break
        earlier[other.id] = other.kind
    order = spec.not_before
    compared = {"differs_from": spec.differs_from, "not_before": order.field if order else None}
    for key, name in compared.items():
        if name is not None and earlier.get(name) != spec.kind:
            sentence = f'"{key}" names "{name}", which is no earlier question of kind "{spec.kind}".'
            yield Finding((*path, key), sentence)
    if order is None:
        return
    if spec.kind not in ("date", "time"):
        yield Finding((*path, "not_before"), f'"not_before" means nothing for a field of kind "{spec.kind}".')
    for name in order.days or ():
        if spec.kind != "time" or earlier.get(name) != "date":
            sentence = f'"days" of an hour names two earlier days; "{name}" is none.'
            yield Finding((*path, "not_before"), sentence)
