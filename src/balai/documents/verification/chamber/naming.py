"""Certificates in words: short, printable, and never more than fits on a page."""

from __future__ import annotations

from datetime import UTC, datetime

from asn1crypto import x509

LONGEST = 200


def printable(text: object) -> str:
    """What somebody else wrote, fit to be shown: one line, no control characters, bounded."""
    plain = "".join(each if each.isprintable() else " " for each in str(text or "")[: LONGEST * 4])
    return " ".join(plain.split())[:LONGEST]


def common_name(name: x509.Name) -> str:
    """The name by which a subject or issuer is called."""
    return printable(_first(name, "common_name") or name.human_friendly)


def organisation(name: x509.Name) -> str:
    """The organisation of a subject, or ""."""
    return printable(_first(name, "organization_name"))


def instant(moment: datetime | None) -> str:
    """An instant as ISO text in UTC; "" for none. One without a zone is taken as UTC."""
    if moment is None:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def key_words(certificate: x509.Certificate) -> str:
    """Algorithm and size of the key: "RSA 2048", "ECDSA secp256r1"."""
    key = certificate.public_key
    if key.algorithm == "ec":
        return printable(f"ECDSA {key.curve[1]}")
    return printable(f"{key.algorithm.upper().removesuffix('SSA_PSS')} {key.bit_size}")


def _first(name: x509.Name, field: str) -> str:
    value = name.native.get(field, "")
    return str(value[0] if isinstance(value, list) and value else value or "")
