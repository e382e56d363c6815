"""Writing snapshots."""

from __future__ import annotations

from balai.catalogue.models import Definition
from balai.catalogue.schema import ServiceDefinition
from balai.runtime.transaction import write_transaction


@write_transaction
def snapshot(*, service: ServiceDefinition) -> Definition:
    """Keep the definition as it is now and return its row; the same content makes one row, whoever asks."""
    # Mostly it is kept already; its body is long: written only when it is new, and not read back.
    row, _ = Definition.objects.only("service_id").get_or_create(
        pk=service.content_hash,
        defaults={"service_id": service.id, "body": service.canonical},  # type: ignore[misc]  # Django calls it
    )
    return row
