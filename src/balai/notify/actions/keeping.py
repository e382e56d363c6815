"""How long messages stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from balai.notify.models import Incoming, Message
from balai.runtime.transaction import write_transaction

KEPT = timedelta(days=30)


@write_transaction
def forget_old(*, before: datetime) -> int:
    """Delete messages from before; what they were about keeps its own record. Returns how many.

    What is known of addresses stays: it holds keyed hashes only.
    """
    Incoming.objects.filter(received_at__lt=before).delete()
    return Message.objects.filter(created_at__lt=before).delete()[1].get("notify.Message", 0)
