"""A citizen's contact: the phone number or e-mail address that an account is bound to."""

from __future__ import annotations

from dataclasses import dataclass

from balai.kernel.email import mask_email, parse_email
from balai.kernel.phone import mask_phone, parse_phone
from balai.people.enums import ContactKind
from balai.runtime.crypto import lookup_hash


@dataclass(frozen=True)
class Contact:
    """A normalised contact: phones as +62…, e-mail addresses in lower case."""

    kind: ContactKind
    value: str

    @property
    def masked(self) -> str:
        """Enough to recognise one's own, too little to learn somebody else's."""
        return mask_email(self.value) if self.kind == ContactKind.EMAIL else mask_phone(self.value)

    @property
    def hash(self) -> str:
        """Keyed hash under which accounts bound to this contact are found."""
        return lookup_hash(f"{self.kind.value}:{self.value}", context="people.contact")


def parse_contact(text: str) -> Contact:
    """Read a phone number or, when there is an @, an e-mail address.

    Raises ValueRefused (phone.shape or a code of `kernel.email`).
    """
    if "@" in text:
        return Contact(ContactKind.EMAIL, parse_email(text))
    return Contact(ContactKind.PHONE, parse_phone(text))


def nik_hash(nik: str) -> str:
    """Keyed hash under which a canonical 16-digit NIK is found; the same for people and accounts."""
    return lookup_hash(nik, context="people.nik")
