"""The doors of the package: keys that make repeats harmless, and drafts."""

from __future__ import annotations

from balai.sync.drafts import claim_stash, discard, expire_drafts, save_draft, stash
from balai.sync.idempotency import Earlier, expire_keys, finish, once

__all__ = (
    "Earlier",
    "claim_stash",
    "discard",
    "expire_drafts",
    "expire_keys",
    "finish",
    "once",
    "save_draft",
    "stash",
)
