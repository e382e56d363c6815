"""What pydantic cannot see: whether the parts of one definition fit each other, and this town."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from balai.catalogue.checks import conditions, dated, fields, letters, process
from balai.catalogue.checks.finding import Finding
from balai.catalogue.schema import ServiceDefinition

CHECKS: tuple[Callable[[ServiceDefinition], Iterator[Finding]], ...] = (
    fields.check,
    conditions.check,
    dated.check,
    process.check,
    letters.check,
)


def findings(service: ServiceDefinition) -> list[Finding]:
    """Everything that does not fit, in the order of the checks."""
    return [finding for check in CHECKS for finding in check(service)]


__all__ = ["CHECKS", "Finding", "findings"]
