"""The words of a hand-over to SP4N-LAPOR!."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How a hand-over goes: by e-mail to the region's coordinating admin, or in an officer's hands."""

    MAIL = "mail", _("E-mail ke admin koordinator")
    BUNDLE = "bundle", _("Diunduh dan dimasukkan petugas")


class HandOverState(TextChoices):
    """Where a hand-over stands on our side."""

    WAITING = "waiting", _("Menunggu")
    SENT = "sent", _("Diserahkan")
    ACKNOWLEDGED = "acknowledged", _("Diterima")
    REFUSED = "refused", _("Tidak diterima")
    WITHDRAWN = "withdrawn", _("Ditarik")


class OutsideState(TextChoices):
    """What LAPOR! says of a report, as far as its administrators' acts are known (operators/lapor.md)."""

    RECEIVED = "received", _("Baru masuk")
    POSTPONED = "postponed", _("Ditunda")
    VERIFIED = "verified", _("Terverifikasi")
    ASSIGNED = "assigned", _("Didisposisikan")
    IN_PROGRESS = "in_progress", _("Sedang diproses")
    AWAITING_REPORTER = "awaiting_reporter", _("Menunggu jawaban pelapor")
    DONE = "done", _("Selesai")
    ARCHIVED = "archived", _("Diarsipkan")
    NOT_THEIRS = "not_theirs", _("Bukan wewenang")
    REJECTED = "rejected", _("Ditolak")


class ReportKind(TextChoices):
    """Kinds of report; whistleblowing goes another way and never through here."""

    COMPLAINT = "complaint", _("Pengaduan")
    ASPIRATION = "aspiration", _("Aspirasi")
    INFORMATION = "information", _("Permintaan informasi")
