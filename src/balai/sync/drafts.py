"""Drafts kept at the server: what was typed survives a closed browser and a session that ended."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from balai.files import actions as files
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import client_id_problem, uuid7
from balai.runtime import clock
from balai.runtime.errors import NotFound
from balai.runtime.statements import Statement
from balai.runtime.transaction import lock, write_transaction
from balai.sync import queries
from balai.sync.errors import DraftChanged, DraftTooLarge, StashNotFound
from balai.sync.models import Draft

KEPT_FOR = timedelta(days=30)
STASH_KEPT_FOR = timedelta(hours=2)  # long enough to fetch a code, short on a shared computer
LARGEST = 256 * 1024
Data = Mapping[str, Any]
_FORGET = Statement(
    Draft,
    "DELETE FROM {table} WHERE owner_label = %s AND owner_id = %s AND kind = %s AND about = %s",
    *("owner_label", "owner_id", "kind", "about"),
)


@write_transaction(locks="draft")
def save_draft(
    *,
    by: Actor,
    owner: Subject,
    kind: str,
    about: str,
    data: Data,
    id: UUID | None = None,
    uploads: Sequence[UUID | str] | None = None,
    version: int | None = None,
) -> Draft:
    """Keep what `owner` has typed so far into one form; there is one draft for each (owner, kind, about).

    `data` replaces what was kept. `uploads` (ids of staged uploads; None leaves the list) stay alive as
    long as the draft. `version` is the version the writer has seen: DraftChanged is raised when another
    device saved since. `id` names a new draft and is ignored when the form has one already.
    """
    _refuse_size(data)
    draft = _locked(owner, kind, about)
    if draft is not None and version is not None and version != draft.version:
        raise DraftChanged(draft.version)
    if draft is None:
        draft = _begin(owner, kind, about, id)
    _write(draft, data, uploads)
    if uploads:
        files.change_owner(by=by, ids=uploads, owner=owner, to=owner, expires_at=draft.expires_at)
    return draft


@write_transaction
def stash(
    *,
    kind: str,
    about: str,
    data: Data,
    uploads: Sequence[UUID | str] = (),
    meant_for: Subject | None = None,
    id: UUID | None = None,
) -> str:
    """Keep what someone typed although no session says who; returns the token that claims it, for two hours.

    `meant_for` (from a signed field of the form) lets only that person claim it, so the next user of a
    shared computer does not find another's answers. Uploads were stored with the owner
    `Subject("sync.draft", id)`, `id` being handed in here too.
    """
    _refuse_size(data)
    token, moment = secrets.token_urlsafe(24), clock.now()
    stashed = Draft(
        id=_client_id(id),
        kind=kind,
        about=about,
        uploads=[str(upload) for upload in uploads],
        token_hash=_hash(token),
        meant_for_hash=_hash(f"{meant_for.label}:{meant_for.id}") if meant_for else "",
        created_at=moment,
        updated_at=moment,
        expires_at=moment + STASH_KEPT_FOR,
    )
    stashed.data = dict(data)
    stashed.save(force_insert=True)
    return token


@write_transaction(locks="draft")
def claim_stash(*, by: Actor, owner: Subject, token: str) -> Draft:
    """Make the stash the owner's draft, once; raises StashNotFound when unknown, expired or another's.

    Where the owner already has a draft of that form, answers of the stash win field by field (they were
    typed last) and all others stay.
    """
    found = lock(Draft.objects.filter(token_hash=_hash(token), expires_at__gt=clock.now()))
    kept = next(iter(found), None)
    if kept is None or kept.meant_for_hash not in ("", _hash(f"{owner.label}:{owner.id}")):
        raise StashNotFound()
    draft = _locked(owner, kept.kind, kept.about)
    data, uploads = dict(kept.data.clear), list(kept.uploads)
    if draft is not None:
        data = {**draft.data.clear, **data}
        uploads = list(dict.fromkeys([*draft.uploads, *uploads]))
    stashed, key = kept.as_subject(), kept.pk
    kept.delete()
    draft = draft or _begin(owner, kept.kind, kept.about, key)
    _write(draft, data, uploads)
    files.change_owner(by=by, ids=kept.uploads, owner=stashed, to=owner, expires_at=draft.expires_at)
    return draft


@write_transaction
def discard(*, by: Actor, owner: Subject, kind: str, about: str, keep_uploads: bool = False) -> bool:
    """Forget what was typed; True when there was something. Takes no lock, so `submit` may call it.

    With `keep_uploads` the files stay: they have become part of what was sent, and nothing is read first.
    """
    if keep_uploads:
        return _FORGET.change(owner.label, owner.id, kind, about) > 0
    draft = queries.draft(owner, kind, about)
    if draft is None:
        return False
    _discard_uploads(by, draft)
    draft.delete()
    return True


def expire_drafts(*, by: Actor, moment: datetime, batch: int = 200) -> int:
    """Forget drafts and stashes whose time is over, in short transactions; returns how many."""
    count = 0
    while old := list(Draft.objects.filter(expires_at__lte=moment).order_by("expires_at")[:batch]):
        with write_transaction():
            count += sum(_forget(by, draft, moment) for draft in old)
    return count


def _forget(by: Actor, draft: Draft, moment: datetime) -> bool:
    """False when it was saved again since it was read: then it stays."""
    is_gone = Draft.objects.filter(pk=draft.pk, expires_at__lte=moment).delete()[0] > 0
    if is_gone:
        _discard_uploads(by, draft)
    return is_gone


def _discard_uploads(by: Actor, draft: Draft) -> None:
    if draft.uploads:
        files.discard(by=by, ids=draft.uploads, reason="draft", staged_of=draft.owner or draft.as_subject())


def _locked(owner: Subject, kind: str, about: str) -> Draft | None:
    found = Draft.objects.filter(owner_label=owner.label, owner_id=owner.id, kind=kind, about=about)
    return next(iter(lock(found)), None)


def _begin(owner: Subject, kind: str, about: str, id: UUID | None) -> Draft:
    """A new draft, or the one that another request began a moment ago (unique index), locked."""
    moment = clock.now()
    fresh = Draft(
        id=_client_id(id),
        owner_label=owner.label,
        owner_id=owner.id,
        kind=kind,
        about=about,
        created_at=moment,
        updated_at=moment,
        expires_at=moment + KEPT_FOR,
    )
    fresh.data = {}
    Draft.objects.bulk_create([fresh], ignore_conflicts=True)
    begun = _locked(owner, kind, about)
    if begun is None:  # the id is taken by someone else's draft
        raise NotFound()
    begun.is_fresh = begun.pk == fresh.pk
    return begun


def _write(draft: Draft, data: Data, uploads: Sequence[UUID | str] | None) -> None:
    moment = clock.now()
    draft.data = dict(data)
    if uploads is not None:
        draft.uploads = [str(upload) for upload in uploads]
    if not draft.is_fresh:
        draft.version += 1
    draft.updated_at, draft.expires_at = moment, moment + KEPT_FOR
    draft.save(update_fields=["data", "uploads", "version", "updated_at", "expires_at"])


def _client_id(id: UUID | None) -> UUID:
    if id is not None and client_id_problem(id, clock.now()) is not None:
        raise NotFound()
    return id or uuid7()


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_size(data: Data) -> None:
    if len(json.dumps(data, default=str)) > LARGEST:
        raise DraftTooLarge(kilobytes=LARGEST // 1024)
