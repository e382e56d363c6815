"""Stored codes of a report's life, with the words that people read."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    """Where a report stands. What the agency is doing meanwhile is told by its stage."""

    RECEIVED = "received", _("Diterima, menunggu diperiksa")
    ASSIGNED = "assigned", _("Sudah diteruskan ke dinas")
    WORKING = "working", _("Sedang ditangani")
    WAITING = "waiting", _("Menunggu jawaban pelapor")
    FORWARDED = "forwarded", _("Diteruskan ke instansi lain")
    RESOLVED = "resolved", _("Dinyatakan selesai, menunggu penilaian pelapor")
    CLOSED = "closed", _("Selesai, dibenarkan pelapor")
    UNCONFIRMED = "unconfirmed", _("Selesai menurut dinas, belum dibenarkan pelapor")
    REJECTED = "rejected", _("Tidak dapat ditangani")
    ARCHIVED = "archived", _("Diarsipkan")
    JOINED = "joined", _("Digabung dengan laporan lain")
    WITHDRAWN = "withdrawn", _("Ditarik oleh pelapor")


OPEN = frozenset(
    {
        ReportState.RECEIVED,
        ReportState.ASSIGNED,
        ReportState.WORKING,
        ReportState.WAITING,
        ReportState.FORWARDED,
    }
)
"""Somebody still owes something; Open311 calls these "open"."""
AT_WORK = frozenset({ReportState.ASSIGNED, ReportState.WORKING})
OVER = frozenset(ReportState) - OPEN - {ReportState.RESOLVED}
"""Nothing more will happen unless it is opened again."""
DONE = frozenset({ReportState.RESOLVED, ReportState.CLOSED, ReportState.UNCONFIRMED})
"""The agency calls it done."""
LISTED = frozenset(ReportState) - {
    ReportState.RECEIVED,
    ReportState.ARCHIVED,
    ReportState.JOINED,
    ReportState.WITHDRAWN,
}
"""States in which everybody reads a public report: what nobody has looked at yet is not shown."""


class ReportKind(TextChoices):
    """What somebody wants (SP4N-LAPOR!; reference §5.1). Whistleblowing goes a way of its own."""

    COMPLAINT = "complaint", _("Pengaduan")
    ASPIRATION = "aspiration", _("Aspirasi")
    INFORMATION = "information", _("Permintaan informasi")
    WHISTLE = "whistle", _("Pelanggaran oleh petugas")


class Visibility(TextChoices):
    """Who reads the report itself; whether the name is hidden stands with each voice."""

    PUBLIC = "public", _("Boleh dibaca semua orang")
    SECRET = "secret", _("Rahasia")


class Channel(TextChoices):
    """Through which door a report came; all lie in the same register."""

    WEB = "web", _("Halaman warga")
    API = "api", _("API")
    OPEN311 = "open311", _("Open311")
    PHONE = "phone", _("Telepon")
    COUNTER = "counter", _("Loket")
    LETTER = "letter", _("Surat")
    RADIO = "radio", _("Radio")
    EMAIL = "email", _("Surel")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL = "social", _("Media sosial")
    LAPOR = "lapor", _("SP4N-LAPOR!")


class Residency(TextChoices):
    """How it is known that a reporter lives here; never from the first digits of a NIK."""

    UNSAID = "unsaid", _("Tidak ditanyakan")
    DECLARED = "declared", _("Menurut pernyataannya sendiri")
    PROVEN = "proven", _("Diperiksa di loket")
    MATCHED = "matched", _("Sesuai data kependudukan")
    ELSEWHERE = "elsewhere", _("Bukan warga sini")


class EventKind(TextChoices):
    """What a line of the timeline is about."""

    FILED = "filed", _("Laporan masuk")
    JOINED = "joined", _("Warga ikut melapor")
    ACKNOWLEDGED = "acknowledged", _("Tanda terima")
    ASSIGNED = "assigned", _("Diteruskan")
    ANSWERED = "answered", _("Jawaban")
    ASKED = "asked", _("Ditanyakan kepada pelapor")
    REPLIED = "replied", _("Jawaban pelapor")
    RESUMED = "resumed", _("Waktu berjalan lagi")
    STAGE = "stage", _("Perkembangan")
    FORWARDED = "forwarded", _("Ke instansi lain")
    RETURNED = "returned", _("Kembali dari instansi lain")
    RESOLVED = "resolved", _("Dinyatakan selesai")
    VERDICT = "verdict", _("Penilaian warga")
    REOPENED = "reopened", _("Dibuka lagi")
    CLOSED = "closed", _("Ditutup")
    REJECTED = "rejected", _("Ditolak")
    ARCHIVED = "archived", _("Diarsipkan")
    MERGED = "merged", _("Digabung")
    SPLIT = "split", _("Dipisah")
    RECHECKED = "rechecked", _("Diperiksa ulang")
    EDITED = "edited", _("Disunting sebelum tampil")
    WITHDRAWN = "withdrawn", _("Ditarik")
    LATE = "late", _("Lewat waktu")


class EvidenceRole(TextChoices):
    """What a photo or document shows."""

    REPORTED = "reported", _("Bukti laporan")
    STAGE = "stage", _("Perkembangan")
    PROOF = "proof", _("Bukti selesai")
    RECHECK = "recheck", _("Pemeriksaan ulang")
    DISPUTE = "dispute", _("Sanggahan pelapor")


class Verdict(TextChoices):
    """What a reporter says of a repair that the agency calls done."""

    DONE = "done", _("Ya, sudah beres")
    PARTLY = "partly", _("Baru sebagian")
    NOT = "not", _("Belum beres")


class Relation(TextChoices):
    """How a report belongs to its parent."""

    DUPLICATE = "duplicate", _("Laporan yang sama")
    PART = "part", _("Bagian dari laporan")


class ClockName(TextChoices):
    """The three promises of a report; automatic answers count for none of them."""

    ACKNOWLEDGE = "acknowledge", _("Diperiksa dan diteruskan")
    FIRST_RESPONSE = "first_response", _("Jawaban pertama")
    COMPLETION = "completion", _("Penyelesaian")


class Merit(TextChoices):
    """What a threshold in force says of one promise."""

    REWARD = "reward", _("Penghargaan")
    SANCTION = "sanction", _("Sanksi")


class Together(StrEnum):
    """Many kinds counted as one, in place of a kind's own slug, so that a map of all sums up few rows.

    POINTS: whose place everybody sees. VILLAGES: shown by village alone. FINER: the first in smaller cells.
    """

    POINTS = "*"
    VILLAGES = "~"
    FINER = "*8"
