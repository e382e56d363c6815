"""What applicants are told and may ask by message: the pieces of news, and the words of a question."""

from __future__ import annotations

# Each has its words in services/_shared/notices.toml.
NEWS = frozenset(
    {
        *("returned", "ready", "rejected", "issued", "finished", "revoked", "replacing", "kept"),
        *("reminder", "late", "made", "visit", "expiring", "expired", "upheld", "reopened"),
    }
)
STATUS_WORDS = ("STATUS", "CEK")
