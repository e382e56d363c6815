"""JSON Schema of questions answered together: a whole form, or one row of a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from balai.catalogue.kinds import registry
from balai.catalogue.schema import Condition, FieldSpec
from balai.catalogue.schema.form import When

# A question, and all that must hold for it to be asked.
Asked = tuple[When, FieldSpec]
# How JSON Schema says each operator of a condition; it cannot compare a date with today.
_SAID: dict[str, Callable[[Any], dict[str, Any]]] = {
    "is": lambda operand: {"const": operand},
    "is_not": lambda operand: {"not": {"enum": [operand, ""]}},
    "is_any": lambda operand: {"enum": list(operand)},
    "over": lambda operand: {"type": "integer", "exclusiveMinimum": operand},
    "under": lambda operand: {"type": "integer", "exclusiveMaximum": operand},
}


def json_object(asked: Sequence[Asked]) -> dict[str, Any]:
    """The object that holds the answers.

    A conditional question is required by an if/then as far as JSON Schema can say the condition (it cannot
    compare a date with today, nor look outside of the object); the form decides in any case.
    """
    specs = [spec for _when, spec in asked]
    conditions = _conditions(asked)
    sometimes = [
        _when_then(conditions[spec.id], spec.id)
        for spec in specs
        if spec.required and conditions[spec.id] and _is_expressible(conditions[spec.id], conditions.keys())
    ]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {spec.id: _property(spec) for spec in specs},
        "required": [spec.id for spec in specs if spec.required and not conditions[spec.id]],
        "additionalProperties": False,
    }
    return {**schema, "allOf": sometimes} if sometimes else schema


def _property(spec: FieldSpec) -> dict[str, Any]:
    words = {"title": spec.label, "description": spec.help}
    own = registry.kind(spec.kind).json_schema(spec)
    return {**{key: text for key, text in words.items() if text}, **own}


def _conditions(asked: Sequence[Asked]) -> dict[str, tuple[Condition, ...]]:
    """Every condition of each question: its own, and those of the questions they ask about."""
    found: dict[str, tuple[Condition, ...]] = {}
    for own, spec in asked:
        around = [condition for each in own for condition in found.get(each.field, ())]
        found[spec.id] = tuple(dict.fromkeys([*around, *own]))
    return found


def _is_expressible(conditions: tuple[Condition, ...], here: Any) -> bool:
    return all(
        condition.field in here and _SAID.keys() >= condition.operators().keys() for condition in conditions
    )


def _when_then(conditions: tuple[Condition, ...], name: str) -> dict[str, Any]:
    if_all = [
        {"properties": {condition.field: _operand(condition)}, "required": [condition.field]}
        for condition in conditions
    ]
    return {"if": {"allOf": if_all}, "then": {"required": [name]}}


def _operand(condition: Condition) -> dict[str, Any]:
    ((operator, operand),) = condition.operators().items()
    return _SAID[operator](operand)
