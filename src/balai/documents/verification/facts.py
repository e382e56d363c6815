"""What was found in a file, in plain words: made by the checking process, judged outside of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Revocation:
    """One certificate and the list or answer that says whether it was revoked; instants as ISO text."""

    certificate: str
    source: str = ""
    issued_by: str = ""
    issued_at: str = ""
    next_at: str = ""


@dataclass(frozen=True)
class SignatureFacts:
    """One signature. `fault` is "" or "broken", "unsupported", "skips", "irregular".

    `chain` is "trusted" or what is wrong with the certificate; `stamp` what is known of its time stamp;
    `after` what happened to the file since. Instants are ISO text in UTC, byte positions count from 0.
    """

    field: str
    fault: str = ""
    signer: str = ""
    organisation: str = ""
    serial: str = ""
    issuers: tuple[str, ...] = ()
    anchor: str = ""
    starts_at: str = ""
    ends_at: str = ""
    revoked_at: str = ""
    claimed_at: str = ""
    stamped_at: str = ""
    stamped_by: str = ""
    stamp: str = "none"
    intact: bool = False
    sound: bool = False
    chain: str = "unclear"
    after: str = "changed"
    gap_start: int = 0
    gap_end: int = 0
    covered_to: int = 0
    level: str = ""
    reason: str = ""
    location: str = ""
    digest: str = ""
    algorithm: str = ""
    revocation: tuple[Revocation, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileFacts:
    """One file. `fault` is "" or why nothing could be found ("damaged", "locked", "too_complex", …)."""

    fault: str = ""
    note: str = ""
    size: int = 0
    pages: int = 0
    trailing: int = 0
    mentions_signature: bool = False
    is_encrypted: bool = False
    empty_fields: int = 0
    stamps: int = 0
    has_script: bool = False
    attachments: int = 0
    is_searched: bool = True
    signatures: tuple[SignatureFacts, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def from_plain(plain: Mapping[str, Any]) -> FileFacts:
    """The reverse of `plain`; raises TypeError or KeyError for what the checking process never writes."""
    signatures = tuple(_signature(each) for each in plain["signatures"])
    return replace(FileFacts(**{**plain, "signatures": ()}), signatures=signatures)


def _signature(plain: Mapping[str, Any]) -> SignatureFacts:
    lists = {name: tuple(plain[name]) for name in ("issuers", "unchecked")}
    found = tuple(Revocation(**each) for each in plain["revocation"])
    return SignatureFacts(**{**plain, **lists, "revocation": found})
