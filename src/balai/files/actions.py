"""Storing, attaching and letting go of files.

Looking into a file and writing its bytes happen outside any transaction; only the row is written inside
one (house rule 13). So `store` belongs before the caller's transaction, `attach` inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from balai import audit
from balai.files import encryption, queries
from balai.files.enums import Allow, UploadState
from balai.files.errors import FileRefused
from balai.files.inspection import Checked, inspect, safe_name
from balai.files.limits import LIMITS
from balai.files.models import Upload
from balai.files.storage import current_storage
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import client_id_problem, uuid7
from balai.runtime import clock
from balai.runtime.statements import Statement, add_if_new
from balai.runtime.transaction import after_commit, write_transaction

# Staged uploads become part of a thing: of whoever asks (sent or owned by that person), or of a named owner.
_TAKE = """
UPDATE {table} SET owner_label = %s, owner_id = %s, state = 'attached', expires_at = NULL
WHERE id = %s AND state = 'staged'
"""
_ATTACH = Statement(
    Upload,
    f"{_TAKE} AND ((stored_by_kind = %s AND stored_by_id = %s) OR (owner_id = %s AND owner_id <> ''))",
    *("owner_label", "owner_id", "id", "stored_by_kind", "stored_by_id", "owner_id"),
)
_ATTACH_OF = Statement(
    Upload,
    f"{_TAKE} AND owner_label = %s AND owner_id = %s",
    *("owner_label", "owner_id", "id", "owner_label", "owner_id"),
)


def store(
    *, by: Actor, owner: Subject, file: UploadedFile[Any], allow: Allow, id: UUID | None = None
) -> Upload:
    """Check, clean, encrypt and keep one file as a staged upload of `owner`; it expires unless attached.

    A repeated call with the id and content of an upload that this sender already stored returns that
    upload. Raises FileRefused with a sentence; then nothing is stored.
    """
    if id is not None and client_id_problem(id, clock.now()) is not None:
        raise FileRefused("files.id_taken")
    return _keep(by=by, owner=owner, checked=inspect(file, allow), id=id)


def store_bytes(
    *, by: Actor, owner: Subject, name: str, media_type: str, content: bytes, id: UUID | None = None
) -> Upload:
    """Keep what the town made itself (letters, slips), as it is; staged like the rest. No inspection."""
    if not content:
        raise FileRefused("files.empty")
    return _keep(by=by, owner=owner, checked=Checked(safe_name(name, media_type), media_type, content), id=id)


def _keep(*, by: Actor, owner: Subject, checked: Checked, id: UUID | None) -> Upload:
    upload_id = id or uuid7()
    earlier = _earlier(by, owner, checked, id)
    if earlier is not None:
        return earlier
    place = encryption.new_storage_key(upload_id)
    current_storage().write(place, encryption.encrypt(BytesIO(checked.content), upload_id))
    kept, is_ours = _record(by=by, owner=owner, checked=checked, upload_id=upload_id, place=place)
    if not is_ours:
        current_storage().delete(place)
    return kept


def _earlier(by: Actor, owner: Subject, checked: Checked, id: UUID | None) -> Upload | None:
    """The upload already stored under a client's id; refused when it is not this very file of this sender."""
    found = Upload.objects.filter(pk=id).first() if id is not None else None
    if found is None:
        return None
    same_sender = (found.stored_by_kind, found.stored_by_id) == (by.kind, by.id)
    is_living = found.state != UploadState.DISCARDED
    if same_sender and is_living and found.sha256 == checked.sha256 and found.owner_label == owner.label:
        return found
    raise FileRefused("files.id_taken")


@write_transaction
def _record(
    *, by: Actor, owner: Subject, checked: Checked, upload_id: UUID, place: str
) -> tuple[Upload, bool]:
    """The row; False beside it when another sender of the same id was faster and its row is returned."""
    moment = clock.now()
    row = Upload(
        id=upload_id,
        owner_label=owner.label,
        owner_id=owner.id,
        stored_by_kind=by.kind,
        stored_by_id=by.id,
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        storage_key=place,
        created_at=moment,
        expires_at=moment + timedelta(hours=LIMITS.staged_hours),
    )
    if not add_if_new(row):
        faster = _earlier(by, owner, checked, upload_id)
        assert faster is not None  # noqa: S101  # the row is there; _earlier raises when it is another's
        return faster, False
    audit.record("files.stored", by=by, about=row.as_subject(), data={"owner": owner.label})
    return row, True


@write_transaction
def attach(*, by: Actor, ids: Iterable[UUID | str], to: Subject, owner: Subject | None = None) -> None:
    """Make staged uploads part of a thing; from now on `to` decides who reads them.

    Only uploads that `by` stored or owns may be taken, or those of `owner` where it is given. Attaching
    twice to the same thing is no error. Raises FileRefused `files.gone` for any other id. Takes no
    declared lock: each row changes by one conditional statement.
    """
    wanted = sorted({UUID(str(id)) for id in ids})
    moved = [id for id in wanted if _attach_one(by, id, to, owner)]
    others = set(wanted) - set(moved)
    if others and _of(to).filter(state=UploadState.ATTACHED, pk__in=others).count() != len(others):
        raise FileRefused("files.gone")
    if moved:
        audit.record("files.attached", by=by, about=to, data={"uploads": [str(id) for id in moved]})


def _attach_one(by: Actor, id: UUID, to: Subject, owner: Subject | None) -> bool:
    """Whether the staged upload was there to be taken, and moved."""
    if owner is not None:
        return _ATTACH_OF.change(to.label, to.id, id, owner.label, owner.id) == 1
    return _ATTACH.change(to.label, to.id, id, by.kind, by.id, by.id) == 1


def _same(one: Subject, other: Subject) -> bool:
    return (one.label, one.id) == (other.label, other.id)


def _of(owner: Subject) -> QuerySet[Upload]:
    return Upload.objects.filter(owner_label=owner.label, owner_id=owner.id)


@write_transaction
def change_owner(
    *, by: Actor, ids: Iterable[UUID | str], owner: Subject, to: Subject, expires_at: datetime | None = None
) -> int:
    """Hand staged uploads from one owner to another (a draft without a session finds its person).

    Returns how many moved; ids that are gone or belong to another are left alone. `expires_at` sets
    the new end of staging, so that a draft and its files end together (`owner` may equal `to`).
    """
    staged = _of(owner).filter(pk__in=[UUID(str(id)) for id in ids], state=UploadState.STAGED)
    moved = staged.update(
        owner_label=to.label, owner_id=to.id, **({"expires_at": expires_at} if expires_at else {})
    )
    if moved and not _same(owner, to):
        audit.record("files.handed_on", by=by, about=to, data={"uploads": moved})
    return moved


@write_transaction
def discard(
    *, by: Actor, ids: Iterable[UUID | str], reason: str = "", staged_of: Subject | None = None
) -> int:
    """Let go of uploads: the rows stay as a trace, the bytes are removed once the transaction holds.

    With `staged_of` only what is still staged by that owner goes. Returns how many went.
    """
    found = Upload.objects.filter(pk__in=[UUID(str(id)) for id in ids])
    living = found.exclude(state=UploadState.DISCARDED).order_by("pk")
    if staged_of is not None:
        living = living & _of(staged_of).filter(state=UploadState.STAGED)
    gone = [row for row in living if _discard_one(by, row, reason)]
    after_commit(lambda: _remove([row.storage_key for row in gone]))
    return len(gone)


def _discard_one(by: Actor, row: Upload, reason: str) -> bool:
    """False when the row changed since it was read: an upload attached in this very moment stays."""
    unchanged = Upload.objects.filter(pk=row.pk, state=row.state)
    if not unchanged.update(state=UploadState.DISCARDED, expires_at=None):
        return False
    audit.record("files.discarded", by=by, about=row.as_subject(), note=reason)
    return True


def _remove(places: Sequence[str]) -> None:
    for place in places:
        current_storage().delete(place)


def expire_staged(*, by: Actor, moment: datetime) -> int:
    """Discard staged uploads whose time is over; returns how many. Runs in short transactions."""
    count = 0
    while batch := [row.pk for row in queries.expired(moment)]:
        count += discard(by=by, ids=batch, reason="staging expired")
    return count


def sweep_orphans(*, moment: datetime) -> int:
    """Remove stored bytes that no row speaks of: what a kill between the bytes and the row left behind."""
    storage = current_storage()
    old = storage.keys_older_than(moment - timedelta(hours=LIMITS.orphan_hours))
    count = 0
    while some := list(islice(old, 500)):  # a town has millions: never all keys at once
        orphans = _unknown(some)
        _remove(orphans)
        count += len(orphans)
    return count


def _unknown(keys: Sequence[str]) -> list[str]:
    known = queries.known_storage_keys(keys)
    return [key for key in keys if key not in known]
