"""How long messages stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet

from balai.notify.models import Incoming, Message
from balai.runtime.transaction import write_transaction

KEPT = timedelta(days=30)
# So many rows, with their attempts, are deleted in well under a second.
BATCH_ROWS = 500
Row = TypeVar("Row", bound=Model)


@write_transaction
def forget_old(*, before: datetime, most: int = BATCH_ROWS) -> int:
    """Delete the oldest messages from before, at most so many; what they were about keeps its own record.

    Returns how many went, 0 when none is left: call it again until then, since after a long stop there are
    many, and whoever writes meanwhile should not wait for all. What is known of addresses stays: it holds
    keyed hashes only.
    """
    gone = _forget(Message.objects.filter(created_at__lt=before).order_by("created_at"), most)
    return gone + _forget(
        Incoming.objects.filter(received_at__lt=before).order_by("received_at"), most - gone
    )


def _forget(rows: QuerySet[Row], most: int) -> int:
    ids = list(rows.values_list("pk", flat=True)[:most])
    if ids:
        rows.model._default_manager.filter(pk__in=ids).delete()
    return len(ids)
