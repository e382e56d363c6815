"""Answers that are held against an earlier one: two witnesses are two people, an end is no beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from balai.catalogue.schema import FieldSpec
from balai.catalogue.schema.form import Order
from balai.kernel.errors import ValueRefused


def require_fitting(
    spec: FieldSpec, stored: Any, answers: Mapping[str, Any], label_of: Callable[[str], str]
) -> None:
    """Raise ValueRefused where the answer does not fit one given before.

    What was not answered is held against nothing. Stored days and hours are text that sorts as they do.
    """
    other = spec.differs_from
    if other is not None and other in answers and _plain(answers[other]) == _plain(stored):
        raise ValueRefused("compare.same", label=label_of(other))
    order = spec.not_before
    if order is not None and order.field in answers:
        first, second = _days(order, answers)
        if (second, stored) < (first, answers[order.field]):
            raise ValueRefused("compare.before", label=label_of(order.field))


def _plain(stored: Any) -> Any:
    """Names are the same however they are capitalised and spaced."""
    return " ".join(stored.casefold().split()) if isinstance(stored, str) else stored


def _days(order: Order, answers: Mapping[str, Any]) -> tuple[str, str]:
    if order.days is None:
        return "", ""
    first = str(answers.get(order.days[0], ""))
    return first, str(answers.get(order.days[1], first))
