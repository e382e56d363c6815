"""Why a code from a letter is not believed; each is a sentence for whoever holds the letter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class SummaryRefused(CitizenError):
    """The text from a QR code is not a summary that can be believed."""

    code = "documents.summary_refused"
    template = _("Kode ini tidak dapat dipercaya.")


class NotASummary(SummaryRefused):
    """Some other text, a part of one, or a form that no letter of ours has."""

    code = "documents.not_a_summary"
    template = _("Ini bukan kode dari surat Balai, atau kodenya tidak terbaca lengkap.")


class KeyUnknown(SummaryRefused):
    """Signed, but with a key that is not in the list."""

    code = "documents.summary_key_unknown"
    template = _("Kode ini ditandatangani dengan kunci yang tidak ada di daftar kunci pemerintah ini.")


class SummaryAltered(SummaryRefused):
    """The signature does not belong to this content."""

    code = "documents.summary_altered"
    template = _("Kode ini palsu: isinya tidak cocok dengan tanda tangannya.")
