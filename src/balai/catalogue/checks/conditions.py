"""Conditions: about a question that exists, was asked before, and can be answered so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from balai.catalogue.checks.fields import placed_fields, placed_in_rows
from balai.catalogue.checks.finding import Finding
from balai.catalogue.schema import Condition, FieldSpec, ServiceDefinition
from balai.catalogue.schema.form import When, is_group
from balai.kernel.toml_lines import Path

_KINDS_OF = {
    "over": {"number", "rupiah"},
    "under": {"number", "rupiah"},
    "days_ago_over": {"date"},
    "is": {"choice", "yes_no", "number", "area"},
    "is_not": {"choice", "yes_no", "number", "area"},
    "is_any": {"choice", "number", "area"},
}


@dataclass(frozen=True)
class _Placed:
    """The conditions at one place, what may be asked about there, and the question that they decide on.

    `before` is None where every question has been answered; `circles` are those that wait for themselves.
    """

    path: Path
    when: When
    known: Mapping[str, FieldSpec]
    before: str | None
    circles: frozenset[str]


def check(service: ServiceDefinition) -> Iterator[Finding]:
    """Every fault of every `when`."""
    for placed in _placed_conditions(service):
        if not placed.when:
            continue
        order = {name: position for position, name in enumerate(placed.known)}
        for position, condition in enumerate(placed.when):
            many = len(placed.when) > 1
            at = (*placed.path, "when", position, "field") if many else (*placed.path, "when")
            sentence = _sentence(placed, condition, order)
            if sentence:
                yield Finding(at, sentence)
    if all(deadline.when for deadline in service.deadline):
        yield Finding(("deadline", 0, "when"), "one deadline must hold without a condition.")


def _placed_conditions(service: ServiceDefinition) -> Iterator[_Placed]:
    known, circles = service.field_by_id, _circles(_waits(service))
    for at, page in enumerate(service.page):
        yield _Placed(("page", at), page.when, known, page.field[0].id, circles)
    for path, spec in placed_fields(service):
        if spec.when:
            yield _Placed(path, spec.when, known, spec.id, circles)
        if is_group(spec):
            yield from _placed_in_rows(path, spec, known)
    for table in ("requirement", "step", "deadline"):
        for position, each in enumerate(getattr(service, table)):
            if each.when:
                yield _Placed((table, position), each.when, known, None, circles)
    for position, output in enumerate(service.outputs):
        yield _Placed(("output", position), output.when, known, None, circles)


def _placed_in_rows(path: Path, group: FieldSpec, known: Mapping[str, FieldSpec]) -> Iterator[_Placed]:
    """A row looks at itself first, then at what the form asked before the group."""
    own = {spec.id: spec for spec in group.field}
    names = list(known)
    before = [known[name] for name in names[: names.index(group.id)] if name not in own]
    within = {**{spec.id: spec for spec in before}, **own}
    after = {name: spec for name, spec in known.items() if name not in within}
    circles = _circles({spec.id: {each.field for each in spec.when} for spec in group.field})
    for inner, spec in placed_in_rows(path, group):
        yield _Placed(inner, spec.when, {**within, **after}, spec.id, circles)


def _sentence(placed: _Placed, condition: Condition, order: Mapping[str, int]) -> str:
    other, before = placed.known.get(condition.field), placed.before
    if other is None:
        return f'the condition asks about "{condition.field}", which is no field of this service.'
    if before in placed.circles and condition.field in placed.circles:
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


def _waits(service: ServiceDefinition) -> dict[str, set[str]]:
    """For each question those that must be answered before it is asked, its page's and its rows' included."""
    return {
        spec.id: {condition.field for condition in (*page.when, *spec.conditions)}
        for page in service.page
        for spec in page.field
    }


def _circles(waits: Mapping[str, set[str]]) -> frozenset[str]:
    """Questions that, by way of conditions, wait for themselves."""
    return frozenset(name for name in waits if name in _reached(name, waits))


def _reached(start: str, asks: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(asks.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += asks.get(name, ())
    return reached
