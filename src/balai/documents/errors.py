"""What can go wrong with a letter, said to the officer; faults of a template are said to its author."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError


class NumberIssued(CitizenError):
    """A number that left the house cannot be made void."""

    code = "documents.number_issued"
    template = _("Nomor %(number)s sudah terbit bersama suratnya dan tidak dapat dibatalkan.")
    status = 409


class ReasonMissing(CitizenError):
    """A void number stays visible, so it says why."""

    code = "documents.reason_missing"
    template = _("Tulis alasan pembatalan nomor surat.")


class RefusalUnexplained(CitizenError):
    """Whoever refuses to initial or to sign says why: somebody must repair it."""

    code = "documents.refusal_unexplained"
    template = _("Tulis alasan penolakan, agar yang menyiapkan surat tahu apa yang perlu diperbaiki.")


class NotPublished(CitizenError):
    """The letter is not there yet (or never will be)."""

    code = "documents.not_published"
    template = _("Surat ini belum terbit.")
    status = 404


class OfficeUnknown(CitizenError):
    """No office has this code, so no letterhead and no series."""

    code = "documents.office_unknown"
    template = _("Kantor dengan kode %(office)s tidak dikenal.")


class TurnOver(CitizenError):
    """The turn was taken, cancelled, or is not open yet."""

    code = "documents.turn_over"
    template = _("Surat ini tidak lagi menunggu Anda: %(state)s.")
    hint = _("Muat ulang daftar tanda tangan untuk melihat keadaan terbaru.")
    status = 409


class NotYourTurn(CitizenError):
    """Another office, or another permission."""

    code = "documents.not_your_turn"
    template = _("Surat ini bukan giliran Anda untuk memaraf atau menandatangani.")
    status = 403


class NoCertificate(CitizenError):
    """Nothing to sign with; ink remains."""

    code = "documents.no_certificate"
    template = _("Anda belum mempunyai sertifikat elektronik. Pilih tanda tangan basah, atau hubungi admin.")
    status = 409


class TooManyAtOnce(CitizenError):
    """A batch has an end that a person can wait for."""

    code = "documents.too_many_at_once"
    template = _("Paling banyak %(most)s surat sekali tanda tangan. Pilih lebih sedikit.")


class NothingChosen(CitizenError):
    """The form came without a letter."""

    code = "documents.nothing_chosen"
    template = _("Pilih paling sedikit satu surat.")


class BatchOver(CitizenError):
    """There is no batch that waits."""

    code = "documents.batch_over"
    template = _("Tidak ada tanda tangan yang sedang menunggu frasa sandi.")
    status = 409


class BeingSigned(CitizenError):
    """Its signature was asked for and may exist already: it is revoked once published, not stopped now."""

    code = "documents.being_signed"
    template = _("Surat ini sedang ditandatangani. Tunggu sampai selesai, lalu cabut bila perlu.")
    hint = _("Bila menunggu frasa sandi terlalu lama, surat dapat dilepas di buku surat keluar.")
    status = 409


class AlreadySigned(CitizenError):
    """A letter that bears a certified signature is not finished in ink."""

    code = "documents.already_signed"
    template = _(
        "Surat ini sudah memuat tanda tangan elektronik, jadi tidak dapat beralih ke tanda tangan basah."
    )
    status = 409


class ToBeSignedInInk(CitizenError):
    """Ink was chosen for it, so that a certified signature would make it neither the one nor the other."""

    code = "documents.to_be_signed_in_ink"
    template = _("Surat ini ditandatangani dengan pena. Buka suratnya dan pilih tanda tangan basah.")
    status = 409


class NotInForce(CitizenError):
    """Only a published letter that was not revoked is revoked or replaced."""

    code = "documents.not_in_force"
    template = _("Surat ini tidak sedang berlaku, sehingga tidak dapat dicabut atau diganti.")
    status = 409


class RevocationUnexplained(CitizenError):
    """Whoever holds the letter is told why it no longer counts."""

    code = "documents.revocation_unexplained"
    template = _("Pilih alasan pencabutan surat.")


class BeingReplaced(CitizenError):
    """Its successor is already in the making."""

    code = "documents.being_replaced"
    template = _("Pengganti surat ini sudah disiapkan.")
    status = 409


class DraftBroken(CitizenError):
    """The letter's template does not go with what it was given; its author must repair it."""

    code = "documents.draft_broken"
    template = _("Naskah surat ini tidak dapat dicetak. Tolak surat ini, lalu hubungi pengelola.")
    status = 409


class TemplateRefused(Exception):
    """The Typst sources of a letter cannot be taken: paths, packages from the network, no entry."""


class RenderFailed(Exception):
    """Typst could not set the letter; the message carries Typst's own diagnosis, no personal data."""
