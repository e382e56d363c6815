"""Refusals of the wallet and of shared links, each with what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class ContentClosed(CitizenError):
    """Nobody reads a person's letter before an officer has seen her card (architecture.md, decision 10)."""

    code = "documents.content_closed"
    template = _(
        "Isi surat baru terbuka setelah identitas Anda dicocokkan di loket. Datang satu kali dengan KTP asli."
    )
    status = 403


class NotShareable(CitizenError):
    """Only a certified letter that holds today is worth showing as a file."""

    code = "documents.not_shareable"
    template = _("Hanya surat bertanda tangan elektronik yang masih berlaku yang bisa dibagikan.")
    status = 409


class SpanRefused(CitizenError):
    """A link lives for one of a few spans."""

    code = "documents.span_refused"
    template = _("Pilih berapa lama tautan berlaku.")


class NoteRefused(CitizenError):
    """Signs that no keyboard makes."""

    code = "documents.note_refused"
    template = _("Ada tanda di catatan ini yang tidak bisa kami simpan. Ketik ulang, jangan ditempel.")


class TooManyLinks(CitizenError):
    """Links that nobody remembers are a risk."""

    code = "documents.too_many_links"
    template = _("Sudah ada %(count)s tautan yang terbuka untuk surat ini. Tutup dahulu yang tidak dipakai.")
    status = 409


class LinkUnknown(CitizenError):
    """No link has this address."""

    code = "documents.link_unknown"
    template = _("Tautan ini tidak kami kenal. Mungkin ada huruf yang terpotong saat disalin.")
    hint = _("Minta pemilik surat mengirim tautannya sekali lagi.")
    status = 404


class LinkExpired(CitizenError):
    """Its time is over."""

    code = "documents.link_expired"
    template = _("Tautan ini sudah lewat waktunya.")
    hint = _("Minta pemilik surat membuat tautan baru.")
    status = 410


class LinkClosed(CitizenError):
    """The holder closed it."""

    code = "documents.link_closed"
    template = _("Tautan ini sudah ditutup oleh pemilik surat.")
    hint = _("Bila Anda masih perlu melihatnya, tanyakan kepada pemilik surat.")
    status = 410


class LetterRevoked(CitizenError):
    """The office took the letter back."""

    code = "documents.shared_letter_revoked"
    template = _("Surat di tautan ini sudah dicabut oleh kantor yang menerbitkannya dan tidak berlaku lagi.")
    hint = _("Jangan memakai salinannya. Minta surat yang berlaku kepada pemiliknya.")
    status = 410


class LetterReplaced(CitizenError):
    """The office issued another in its place."""

    code = "documents.shared_letter_replaced"
    template = _("Surat di tautan ini sudah diganti dengan surat yang baru dan tidak berlaku lagi.")
    hint = _("Minta pemilik surat membagikan surat penggantinya.")
    status = 410
