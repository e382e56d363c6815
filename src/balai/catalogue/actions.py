"""Writing snapshots, and notices of disruption."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from balai.audit import actions as audit
from balai.catalogue import queries, running
from balai.catalogue.errors import DisruptionBackwards, DisruptionEmpty, DisruptionOver, DisruptionPast
from balai.catalogue.models import Definition, Disruption, Sought
from balai.catalogue.permissions import ANNOUNCE
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.sought import KEPT_MONTHS, months_before, plain_words
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.people.models import Officer
from balai.people.today import local_today
from balai.runtime import clock
from balai.runtime.errors import Forbidden, NotFound
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


@write_transaction
def announce(
    *, by: Officer, text: str, service_ids: Collection[str], starts_at: datetime, ends_at: datetime
) -> Disruption:
    """Say in public that services (none named: all) do not work as promised in that time.

    Raises Forbidden, DisruptionEmpty, DisruptionBackwards, DisruptionPast, NotFound (a service).
    """
    _require(by)
    try:
        text = " ".join(clean_text(text, multiline=True).split())
    except ValueRefused:
        raise DisruptionEmpty() from None
    if not text:
        raise DisruptionEmpty()
    if ends_at <= starts_at:
        raise DisruptionBackwards()
    if ends_at <= clock.now():
        raise DisruptionPast()
    known = {each.id for each in running.current().listed}
    if unknown := set(service_ids) - known:
        raise NotFound(unknown)
    disruption = Disruption.objects.create(
        text=text,
        service_ids=sorted(service_ids),
        starts_at=starts_at,
        ends_at=ends_at,
        written_by=by.name,
        created_at=clock.now(),
    )
    audit.record(
        "catalogue.disruption_announced",
        by=by.as_actor(),
        about=disruption.as_subject(),
        note=text,
        data={
            "services": disruption.service_ids,
            "from": starts_at.isoformat(),
            "until": ends_at.isoformat(),
        },
    )
    after_commit(queries.forget_disruptions)
    return disruption


@write_transaction
def call_off(*, by: Officer, disruption_id: UUID) -> None:
    """Take a notice back before its time. Raises Forbidden, DisruptionOver (also when there is none)."""
    _require(by)
    now = clock.now()
    standing = Disruption.objects.filter(pk=disruption_id, called_off_at=None, ends_at__gt=now)
    if not standing.update(called_off_at=now):
        raise DisruptionOver()
    disruption = Disruption.objects.get(pk=disruption_id)
    audit.record("catalogue.disruption_called_off", by=by.as_actor(), about=disruption.as_subject())
    after_commit(queries.forget_disruptions)


@write_transaction
def count_search(*, q: str) -> bool:
    """Count words that somebody sought in vain and wants to be there; whether anything was left to count.

    Only plain words are kept, sorted, never who sought them; what is older than `KEPT_MONTHS` goes.
    """
    words = plain_words(q)
    if not words:
        return False
    month_on = local_today().replace(day=1)
    row, is_new = Sought.objects.get_or_create(words=words, month_on=month_on, defaults={"count": 1})
    if is_new:
        Sought.objects.filter(month_on__lt=months_before(month_on, KEPT_MONTHS)).delete()
    else:
        Sought.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return True


def _require(by: Officer) -> None:
    if not by.has_permission(ANNOUNCE):
        raise Forbidden(ANNOUNCE)
