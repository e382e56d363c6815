"""Why a published letter is taken back. A letter's checker reads the code's title; the codes are for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class RevocationReason:
    """One reason. `is_chosen` is False for what the house says itself."""

    code: str
    title: str | Promise
    is_chosen: bool = True


REPLACED: Final = "replaced"
REASONS: Final[tuple[RevocationReason, ...]] = (
    RevocationReason("content-wrong", _("Isi surat keliru")),
    RevocationReason("no-longer-true", _("Keadaan yang diterangkan sudah berubah")),
    RevocationReason("false-statement", _("Diterbitkan atas keterangan yang tidak benar")),
    RevocationReason("issued-by-mistake", _("Terbit karena kekeliruan kantor")),
    RevocationReason("asked-by-holder", _("Diminta oleh pemegang surat")),
    RevocationReason("signature-compromised", _("Sertifikat penanda tangan disalahgunakan")),
    RevocationReason("court-order", _("Putusan pengadilan")),
    RevocationReason(REPLACED, _("Diganti dengan surat yang baru"), is_chosen=False),
)
_BY_CODE: Final = {reason.code: reason for reason in REASONS}


def choices() -> list[tuple[str, str]]:
    """The reasons that an officer may choose, for a form."""
    return [(reason.code, str(reason.title)) for reason in REASONS if reason.is_chosen]


def is_choosable(code: str) -> bool:
    """Whether an officer may give this reason."""
    reason = _BY_CODE.get(code)
    return reason is not None and reason.is_chosen


def title_of(code: str) -> str:
    """The reason in the reader's language; the code itself when a newer version wrote it."""
    reason = _BY_CODE.get(code)
    return str(reason.title) if reason else code
