"""Reading snapshots."""

from __future__ import annotations

from functools import lru_cache

from balai.catalogue.models import Definition
from balai.catalogue.schema import ServiceDefinition
from balai.runtime.errors import NotFound


def definition(sha256: str) -> ServiceDefinition:
    """The definition whose content has this hash; raise NotFound.

    Content never changes under a hash, so a process keeps the last few hundred it has read.
    """
    return _definition(sha256)


@lru_cache(maxsize=512)
def _definition(sha256: str) -> ServiceDefinition:
    row = Definition.objects.filter(pk=sha256).first()
    if row is None:
        raise NotFound(sha256)
    return ServiceDefinition.model_validate_json(row.body)
