"""Dated rules: no two at once, none that ends without a successor."""

from __future__ import annotations

from collections.abc import Iterator

from balai.catalogue.checks.finding import Finding
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.dated import gaps, overlaps

_TABLES = ("fee", "deadline", "classification")


def check(service: ServiceDefinition) -> Iterator[Finding]:
    """Every overlap and gap."""
    for table in _TABLES:
        rules = getattr(service, table)
        for earlier, later in overlaps(rules):
            first = rules[earlier]
            until = first.valid_to.isoformat() if first.valid_to else "further notice"
            sentence = (
                f"this {table} overlaps the one that holds from {first.valid_from.isoformat()} until {until}."
            )
            yield Finding((table, later, "valid_from"), sentence)
        for position in gaps(rules):
            end = rules[position].valid_to.isoformat()
            sentence = (
                f"this {table} ends on {end} and none follows on the next day; "
                'leave "valid_to" out until then.'
            )
            yield Finding((table, position, "valid_to"), sentence)
