"""Codes of faults of a hand-over as sentences for the officer who sees to it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.notify import fault_sentences

_OWN: Mapping[str, str | Promise] = {
    "lapor.too_large": _("Lampirannya terlalu besar untuk e-mail. Bawa sendiri lewat paket unduhan."),
    "lapor.gave_up": _("Sudah dicoba berkali-kali tanpa hasil. Coba lagi, atau bawa lewat paket unduhan."),
    "lapor.not_set": _("Alamat admin koordinator belum diatur. Hubungi pengelola sistem."),
}


def sentence(code: str) -> str:
    """What a code means; "" for no code."""
    return str(_OWN.get(code) or fault_sentences.sentence(code))
