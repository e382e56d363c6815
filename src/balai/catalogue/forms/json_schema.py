"""JSON Schema of the answers that a service takes, for the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from balai.catalogue import kinds
from balai.catalogue.schema import Condition, FieldSpec, Page, ServiceDefinition

# How JSON Schema says each operator of a condition; it cannot compare a date with today.
_SAID: dict[str, Callable[[Any], dict[str, Any]]] = {
    "is": lambda operand: {"const": operand},
    "is_not": lambda operand: {"not": {"enum": [operand, ""]}},
    "is_any": lambda operand: {"enum": list(operand)},
    "over": lambda operand: {"type": "integer", "exclusiveMinimum": operand},
    "under": lambda operand: {"type": "integer", "exclusiveMaximum": operand},
}


def json_schema(service: ServiceDefinition) -> dict[str, Any]:
    """Draft 2020-12. Uploads are not answers and stand apart.

    A conditional question is required by an if/then as far as JSON Schema can say the condition (it
    cannot compare a date with today); the form decides in any case.
    """
    conditions = _conditions(service)
    always = [spec.id for spec in service.fields if spec.required and not conditions[spec.id]]
    sometimes = [
        _when_then(conditions[spec.id], spec.id)
        for spec in service.fields
        if spec.required and conditions[spec.id] and _is_expressible(conditions[spec.id])
    ]
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": service.title,
        "type": "object",
        "properties": {spec.id: _property(spec) for spec in service.fields},
        "required": always,
        "additionalProperties": False,
    }
    return {**schema, "allOf": sometimes} if sometimes else schema


def _property(spec: FieldSpec) -> dict[str, Any]:
    words = {"title": spec.label, "description": spec.help}
    return {**{key: text for key, text in words.items() if text}, **kinds.kind(spec.kind).json_schema(spec)}


def _conditions(service: ServiceDefinition) -> dict[str, tuple[Condition, ...]]:
    """Every condition of each field: its own, its page's, and those of the questions they ask about."""
    found: dict[str, tuple[Condition, ...]] = {}
    for page in service.page:
        for spec in page.field:
            found[spec.id] = _all_conditions(page, spec, found)
    return found


def _all_conditions(
    page: Page, spec: FieldSpec, earlier: dict[str, tuple[Condition, ...]]
) -> tuple[Condition, ...]:
    own = (*page.when, *spec.when)
    around = [condition for each in own for condition in earlier.get(each.field, ())]
    return tuple(dict.fromkeys([*around, *own]))


def _is_expressible(conditions: tuple[Condition, ...]) -> bool:
    return all(_SAID.keys() >= condition.operators().keys() for condition in conditions)


def _when_then(conditions: tuple[Condition, ...], name: str) -> dict[str, Any]:
    if_all = [
        {"properties": {condition.field: _operand(condition)}, "required": [condition.field]}
        for condition in conditions
    ]
    return {"if": {"allOf": if_all}, "then": {"required": [name]}}


def _operand(condition: Condition) -> dict[str, Any]:
    ((operator, operand),) = condition.operators().items()
    return _SAID[operator](operand)
