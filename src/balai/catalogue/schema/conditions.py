"""Whether a `when` holds for stored answers. Pure: the day of filing is an argument."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from balai.catalogue.schema.form import Condition, When


def _days_back(value: Any, on: date) -> int:
    try:
        return (on - date.fromisoformat(value)).days
    except (TypeError, ValueError):
        return -1


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _is_over(value: Any, limit: int) -> bool:
    number = _number(value)
    return number is not None and number > limit


def _is_under(value: Any, limit: int) -> bool:
    number = _number(value)
    return number is not None and number < limit


_OPERATORS: dict[str, Callable[[Any, Any, date], bool]] = {
    "is": lambda value, operand, on: bool(value == operand),
    "is_not": lambda value, operand, on: bool(value != operand),
    "is_any": lambda value, operand, on: value in operand,
    "over": lambda value, operand, on: _is_over(value, operand),
    "under": lambda value, operand, on: _is_under(value, operand),
    "days_ago_over": lambda value, operand, on: _days_back(value, on) > operand,
}


def condition_holds(condition: Condition, answers: Mapping[str, Any], on: date) -> bool:
    """Whether one condition holds; an unanswered question fulfils none, not even `is_not`."""
    value = answers.get(condition.field)
    if value is None or value == "":
        return False
    return all(_OPERATORS[name](value, operand, on) for name, operand in condition.operators().items())


def holds(when: When, answers: Mapping[str, Any], on: date) -> bool:
    """Whether every condition holds for these stored answers of an application filed on `on`."""
    return all(condition_holds(condition, answers, on) for condition in when)
