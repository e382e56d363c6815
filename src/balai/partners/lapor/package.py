"""What is handed over: the fields of LAPOR!'s own form, and nothing else.

There is no place for who reported. Numbers of identity cards and phones inside the words are taken out:
whoever needs the reporter asks us under our reference.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text
from balai.partners.lapor.enums import ReportKind
from balai.partners.lapor.errors import PackageRefused
from balai.runtime.redaction import redact

MOST_ATTACHMENTS = 10
LONGEST = {
    "title": 150,
    "text": 5000,
    "place": 300,
    "target_agency": 200,
    "category": 100,
    "our_reference": 40,
}
NEEDED = {
    "title": _("judulnya kosong."),
    "text": _("isinya kosong."),
    "target_agency": _("instansi tujuannya belum dipilih."),
    "our_reference": _("nomor laporannya tidak ada."),
}


@dataclass(frozen=True)
class LaporPackage:
    """One report as LAPOR!'s form asks for it; `our_reference` is the number that the reporter knows.

    `attachments` are ids of stored files. `is_anonymous` hides the name from the public and the agency,
    `is_secret` hides the report itself from the public.
    """

    title: str
    text: str
    target_agency: str
    our_reference: str
    category: str = ""
    kind: str = ReportKind.COMPLAINT
    event_on: date | None = None
    place: str = ""
    is_anonymous: bool = False
    is_secret: bool = False
    attachments: tuple[UUID, ...] = ()

    def checked(self) -> LaporPackage:
        """The package as it may go out; raises PackageRefused."""
        words: dict[str, Any] = {name: self._clean(name) for name in LONGEST}
        for name, sentence in NEEDED.items():
            if not words[name]:
                raise PackageRefused(name, sentence)
        if self.kind not in ReportKind.values:
            raise PackageRefused("kind", _("jenis laporannya tidak dikenal."))
        if len(set(self.attachments)) > MOST_ATTACHMENTS:
            raise PackageRefused("attachments", _("lampirannya lebih dari sepuluh."))
        return replace(self, **words, attachments=tuple(dict.fromkeys(self.attachments)))

    def _clean(self, name: str) -> str:
        try:
            text = redact(clean_text(getattr(self, name), multiline=name == "text"))
        except ValueRefused:
            raise PackageRefused(name, _("ada tanda yang tidak dapat dibaca.")) from None
        if len(text) > LONGEST[name]:
            raise PackageRefused(name, _("ada isian yang terlalu panjang."))
        return text

    def as_data(self) -> dict[str, Any]:
        """Plain JSON values, in the order of the fields."""
        return asdict(self) | {
            "kind": str(self.kind),
            "event_on": self.event_on.isoformat() if self.event_on else None,
            "attachments": [str(each) for each in self.attachments],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LaporPackage:
        """What `as_data` wrote."""
        event_on = date.fromisoformat(data["event_on"]) if data["event_on"] else None
        attachments = tuple(UUID(each) for each in data["attachments"])
        return cls(**data | {"event_on": event_on, "attachments": attachments})
