"""Requirements that name another service: it must exist, and issue a letter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from balai.catalogue.faults import Fault
from balai.catalogue.fragments import Resolved
from balai.catalogue.schema import ServiceDefinition


def reference_faults(
    definitions: Iterable[ServiceDefinition], resolved: Mapping[str, Resolved], known: Collection[str]
) -> list[Fault]:
    """One fault for each letter that nobody issues; `known` are all folders, sound or not."""
    by_id = {each.id: each for each in definitions}
    faults = []
    for definition in by_id.values():
        for at, requirement in enumerate(definition.requirement):
            wanted = requirement.service
            if wanted is None:
                continue
            path = ("requirement", at, "service")
            if wanted not in known:
                faults.append(resolved[definition.id].fault(path, f'there is no service "{wanted}".'))
            elif wanted in by_id and by_id[wanted].output.kind != "letter":
                sentence = f'the service "{wanted}" issues no letter.'
                faults.append(resolved[definition.id].fault(path, sentence))
    return faults
