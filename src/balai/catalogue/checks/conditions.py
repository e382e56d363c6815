"""Conditions: about a question that exists, was asked before, and can be answered so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from balai.catalogue.checks.fields import placed_fields
from balai.catalogue.checks.finding import Finding
from balai.catalogue.schema import Condition, FieldSpec, ServiceDefinition
from balai.catalogue.schema.form import When
from balai.kernel.toml_lines import Path

_KINDS_OF = {
    "over": {"number", "rupiah"},
    "under": {"number", "rupiah"},
    "days_ago_over": {"date"},
    "is": {"choice", "yes_no", "number", "area"},
    "is_not": {"choice", "yes_no", "number", "area"},
    "is_any": {"choice", "number", "area"},
}


def check(service: ServiceDefinition) -> Iterator[Finding]:
    """Every fault of every `when`."""
    order = {spec.id: position for position, spec in enumerate(service.fields)}
    circles = _circles(service)
    for path, when, before in _placed_conditions(service):
        for position, condition in enumerate(when):
            at = (*path, "when", position, "field") if len(when) > 1 else (*path, "when")
            sentence = _sentence(service, condition, before, order, circles)
            if sentence:
                yield Finding(at, sentence)
    if all(deadline.when for deadline in service.deadline):
        yield Finding(("deadline", 0, "when"), "one deadline must hold without a condition.")


def _placed_conditions(service: ServiceDefinition) -> Iterator[tuple[Path, When, str | None]]:
    """(path, conditions, first question that is asked too late to be meant; None when all are asked)."""
    for at, page in enumerate(service.page):
        yield ("page", at), page.when, page.field[0].id
    for path, spec in placed_fields(service):
        yield path, spec.when, spec.id
    for table in ("requirement", "step", "deadline"):
        for position, each in enumerate(getattr(service, table)):
            yield (table, position), each.when, None
    for position, output in enumerate(service.outputs):
        yield ("output", position), output.when, None


def _sentence(
    service: ServiceDefinition,
    condition: Condition,
    before: str | None,
    order: Mapping[str, int],
    circles: frozenset[str],
) -> str:
    other = service.field_by_id.get(condition.field)
    if other is None:
        return f'the condition asks about "{condition.field}", which is no field of this service.'
    if before in circles and condition.field in circles:
        return f'the conditions of "{before}" and "{condition.field}" run in a circle.'
    if before is not None and order[condition.field] >= order[before]:
        return f'the condition asks about "{condition.field}", which is asked only later.'
    return _operand_sentence(other, condition)


def _operand_sentence(other: FieldSpec, condition: Condition) -> str:
    ((operator, operand),) = condition.operators().items()
    if other.kind not in _KINDS_OF[operator]:
        return f'"{operator}" cannot be asked about "{other.id}", a field of kind "{other.kind}".'
    wrong = [
        value for value in (operand if operator == "is_any" else (operand,)) if not _can_be(other, value)
    ]
    if operator.startswith("is") and wrong:
        return f'"{other.id}" is never answered with {wrong[0]!r}.'
    return ""


def _can_be(other: FieldSpec, value: Any) -> bool:
    if other.kind == "choice":
        return value in {choice.value for choice in other.choices}
    if other.kind == "yes_no":
        return isinstance(value, bool)
    return (
        isinstance(value, str)
        if other.kind == "area"
        else isinstance(value, int) and not isinstance(value, bool)
    )


def _circles(service: ServiceDefinition) -> frozenset[str]:
    """Questions that, by way of conditions, wait for themselves."""
    asks: dict[str, set[str]] = {}
    for page in service.page:
        for spec in page.field:
            asks[spec.id] = {condition.field for condition in (*page.when, *spec.when)}
    return frozenset(name for name in asks if name in _reached(name, asks))


def _reached(start: str, asks: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(asks.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += asks.get(name, ())
    return reached
