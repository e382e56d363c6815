"""What only shows when all services are seen together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from balai.catalogue.faults import Fault
from balai.catalogue.fragments import Resolved
from balai.catalogue.schema.listed import Listed


def duplicate_faults(definitions: Iterable[Listed], resolved: Mapping[str, Resolved]) -> list[Fault]:
    """A slug is an address and a code begins a case number: each belongs to one service."""
    faults = []
    for key in ("slug", "code"):
        first: dict[str, str] = {}
        for definition in definitions:
            value = getattr(definition, key, None)
            owner = first.setdefault(value, definition.id) if value is not None else definition.id
            if owner != definition.id:
                sentence = f'the {key} "{value}" belongs to {owner} already.'
                faults.append(resolved[definition.id].fault((key,), sentence))
    return faults
