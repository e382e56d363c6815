"""Stored codes of a case's life, with the words that people read."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where an application stands. Which step is open within `submitted` is told by its steps."""

    SUBMITTED = "submitted", _("Sedang diproses")
    RETURNED = "returned", _("Perlu Anda perbaiki")
    APPROVED = "approved", _("Disetujui, surat sedang dibuat")
    ISSUED = "issued", _("Surat terbit, sedang dicetak")
    READY = "ready", _("Siap diambil")
    CLOSED = "closed", _("Selesai")
    REPLACING = "replacing", _("Surat sedang diganti")
    REJECTED = "rejected", _("Ditolak")
    OBJECTED = "objected", _("Keberatan Anda sedang diperiksa")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")
    EXPIRED = "expired", _("Ditutup karena tidak diperbaiki")


class StepState(TextChoices):
    """One step of one case."""

    OPEN = "open", _("Berjalan")
    DONE = "done", _("Selesai")
    CANCELLED = "cancelled", _("Batal")


class Opinion(TextChoices):
    """What somebody who is asked says to whoever decides. A "no" informs; it decides nothing."""

    YES = "yes", _("Ya, mendukung")
    CONDITIONS = "conditions", _("Ya, dengan syarat")
    NO = "no", _("Tidak")


class HomeReason(TextChoices):
    """Why the office is asked to come to the applicant."""

    ELDERLY = "elderly", _("Lanjut usia")
    ILL = "ill", _("Sakit")
    DISABILITY = "disability", _("Penyandang disabilitas")
    FAR = "far", _("Rumah sangat jauh dari kantor")


class Channel(TextChoices):
    """Through which door an application came."""

    WEB = "web", _("Halaman warga")
    API = "api", _("API")
    COUNTER = "counter", _("Loket")


class Delivery(TextChoices):
    """How the letter reaches the applicant. The codes are those of `[output] delivery`."""

    PICKUP = "pickup", _("Diambil di kantor")
    DOWNLOAD = "download", _("Diunduh sendiri")


class TargetKind(TextChoices):
    """What a verdict is about."""

    REQUIREMENT = "requirement", _("Persyaratan")
    FIELD = "field", _("Isian")


class Outcome(TextChoices):
    """What the officer found."""

    OK = "ok", _("Sesuai")
    FAULT = "fault", _("Perlu diperbaiki")


class EventKind(TextChoices):
    """Entries of the timeline."""

    SUBMITTED = "submitted", _("Diterima")
    ATTESTED = "attested", _("Keterangan RT")
    CHECKED = "checked", _("Diperiksa")
    RECOMMENDED = "recommended", _("Pendapat diberikan")
    PLANNED = "planned", _("Kunjungan direncanakan")
    VISITED = "visited", _("Kunjungan selesai")
    RETURNED = "returned", _("Dikembalikan untuk diperbaiki")
    REPAIRED = "repaired", _("Diperbaiki")
    INITIALLED = "initialled", _("Diparaf")
    REFUSED = "refused", _("Diperiksa lagi")
    APPROVED = "approved", _("Disetujui")
    ISSUED = "issued", _("Surat terbit")
    PRINTED = "printed", _("Dicetak")
    MADE = "made", _("Selesai dibuat")
    READY = "ready", _("Siap diambil")
    PROVEN = "proven", _("Identitas dicocokkan di loket")
    HANDED_OVER = "handed_over", _("Diserahkan")
    REVOKED = "revoked", _("Surat dicabut")
    REPLACING = "replacing", _("Surat akan diganti")
    KEPT = "kept", _("Penggantian dibatalkan")
    CORRECTED = "corrected", _("Isian dibetulkan")
    LATE = "late", _("Lewat waktu")
    OVERDUE = "overdue", _("Diteruskan ke pimpinan")
    REMINDED = "reminded", _("Pemohon diingatkan")
    REJECTED = "rejected", _("Ditolak")
    OBJECTED = "objected", _("Keberatan diajukan")
    UPHELD = "upheld", _("Penolakan tetap berlaku")
    REOPENED = "reopened", _("Dibuka kembali")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")
    EXPIRED = "expired", _("Ditutup karena tidak diperbaiki")


class Review(TextChoices):
    """How an objection ends."""

    UPHELD = "upheld", _("Penolakan tetap berlaku")
    REOPENED = "reopened", _("Permohonan dibuka kembali")


class Relation(TextChoices):
    """Who took the document, seen from the applicant."""

    SELF = "self", _("Pemohon sendiri")
    SPOUSE = "spouse", _("Suami atau istri")
    PARENT = "parent", _("Orang tua")
    CHILD = "child", _("Anak")
    SIBLING = "sibling", _("Saudara kandung")
    FAMILY = "family", _("Keluarga lain")
    NEIGHBOUR = "neighbour", _("Tetangga, ketua RT atau RW")
    REPRESENTATIVE = "representative", _("Pemegang surat kuasa")


class IdentityCard(TextChoices):
    """Which card the officer saw in the taker's hand."""

    KTP = "ktp", _("KTP-el")
    IKD = "ikd", _("Identitas Kependudukan Digital (IKD)")
    SUKET = "suket", _("Surat keterangan pengganti KTP-el")
    SIM = "sim", _("SIM")
    PASSPORT = "passport", _("Paspor")
    KK = "kk", _("Kartu Keluarga")
