"""What is known of addresses, and how people want to be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from balai import audit
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.notify.models import Address, Preference, Standing
from balai.runtime import clock
from balai.runtime.transaction import write_transaction


@write_transaction
def stop(*, address: Address, channel: str, about: Subject) -> None:
    """Whoever holds the address wants nothing more on this channel; codes that she asks for still come.

    Said again it changes nothing: a machine that repeats it does not fill the journal.
    """
    said = Standing.objects.filter(address_hash=address.hash, channel=channel, stopped_at__isnull=False)
    if said.exists():
        return
    _set(address.hash, channel, stopped_at=clock.now())
    audit.record("notify.stopped", by=SYSTEM, about=about, data={"channel": channel})


@write_transaction
def resume(*, address: Address, channel: str, about: Subject) -> None:
    """The holder of the address wants news on this channel again."""
    _clear(Standing.objects.filter(address_hash=address.hash, channel=channel), stopped_at=None)
    audit.record("notify.resumed", by=SYSTEM, about=about, data={"channel": channel})


@write_transaction
def trust(*, address: Address) -> None:
    """The address has just shown that it works: doubts about it are over."""
    no_doubt(address.hash)


@write_transaction
def set_preferences(
    *,
    by: Actor,
    owner: Subject,
    language: str,
    channels: Sequence[str],
    stopped: Sequence[str],
    addresses: Iterable[Address],
) -> Preference:
    """Write down how a person wants to be told; what she switches on again goes to her addresses again."""
    preference, _is_new = Preference.objects.update_or_create(
        owner_label=owner.label,
        owner_id=owner.id,
        defaults={
            "language": language,
            "channels": list(channels),
            "stopped": list(stopped),
            "updated_at": clock.now(),
        },
    )
    wanted = [code for code in channels if code not in stopped]
    hashes = [address.hash for address in addresses]
    _clear(Standing.objects.filter(address_hash__in=hashes, channel__in=wanted), stopped_at=None)
    data = {"language": language, "channels": list(channels), "stopped": list(stopped)}
    audit.record("notify.preferences", by=by, about=owner, data=data)
    return preference


@write_transaction
def choose_language(*, by: Actor, owner: Subject, language: str) -> None:
    """Write down in which language a person wants to be told; her ways stay as they are."""
    now = clock.now()
    Preference.objects.update_or_create(
        owner_label=owner.label,
        owner_id=owner.id,
        defaults={"language": language, "updated_at": now},
        create_defaults={"language": language, "channels": [], "stopped": [], "updated_at": now},
    )
    audit.record("notify.preferences", by=by, about=owner, data={"language": language})


def doubt(address_hash: str, channel: str, fault: str) -> None:
    """The address seems dead on this channel; inside the caller's transaction."""
    _set(address_hash, channel, doubtful_at=clock.now(), fault=fault)


def no_doubt(address_hash: str, channel: str = "") -> None:
    """Doubts are over, on one channel or on all; inside the caller's transaction."""
    rows = Standing.objects.filter(address_hash=address_hash)
    _clear(rows.filter(channel=channel) if channel else rows, doubtful_at=None, fault="")


def _set(address_hash: str, channel: str, **values: object) -> None:
    Standing.objects.update_or_create(address_hash=address_hash, channel=channel, defaults=values)


def _clear(rows: object, **values: object) -> None:
    """Take one thing back; a row that says nothing any more goes."""
    for row in rows.all():  # type: ignore[attr-defined]  # a queryset of Standing
        for name, value in values.items():
            setattr(row, name, value)
        if row.doubtful_at is None and row.stopped_at is None:
            row.delete()
        else:
            row.save(update_fields=list(values))
