"""Writing snapshots."""

from __future__ import annotations

from balai.catalogue.models import Definition
from balai.catalogue.schema import ServiceDefinition
from balai.runtime.memory import Remembered
from balai.runtime.transaction import after_commit, write_transaction

# Hashes whose rows are committed: definitions are never deleted, so there is nothing to ask again.
_kept: Remembered[str, Definition] = Remembered()


@write_transaction
def snapshot(*, service: ServiceDefinition) -> Definition:
    """Keep the definition as it is now and return its row; the same content makes one row, whoever asks."""
    known = _kept.get(service.content_hash)
    if known is not None:
        return known
    # Mostly it is kept already; its body is long: written only when it is new, and not read back.
    row, _ = Definition.objects.only("service_id").get_or_create(
        pk=service.content_hash,
        defaults={"service_id": service.id, "body": service.canonical},  # type: ignore[misc]  # Django calls it
    )
    after_commit(lambda: _kept.keep(row.sha256, row))
    return row
