"""Tokens of the API: made, shown once, revoked."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from balai import audit
from balai.kernel.references import Actor, Subject
from balai.people.models import Account, ApiToken
from balai.people.queries import token_hash
from balai.runtime import clock
from balai.runtime.transaction import write_transaction

PREFIX = "balai_"
LONGEST_DAYS = 366


@write_transaction
def issue_token(*, by: Actor, account: Account, scopes: Iterable[str], days: int, note: str = "") -> str:
    """A secret that speaks for `account` within `scopes` for so many days (1 to 366); shown only here.

    Raises ValueError for no scope or another number of days.
    """
    granted = sorted(set(scopes))
    if not granted or not 1 <= days <= LONGEST_DAYS:
        raise ValueError("a token has at least one scope and lives 1 to 366 days")
    secret = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    token = ApiToken.objects.create(
        account=account,
        secret_hash=token_hash(secret),
        scopes=granted,
        note=note,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    audit.record("people.token_issued", by=by, about=_subject(token), data={"scopes": granted, "days": days})
    return secret


@write_transaction
def revoke_token(*, by: Actor, token: ApiToken) -> None:
    """End a token now; revoking twice keeps the first time."""
    if token.revoked_at is not None:
        return
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    audit.record("people.token_revoked", by=by, about=_subject(token))


def _subject(token: ApiToken) -> Subject:
    return Subject("people.token", str(token.pk), token.note)
