"""The words that people's rows are made of; stored codes are stable English."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AccountKind(TextChoices):
    """Citizens and officers sign in by different doors and never share an account."""

    CITIZEN = "citizen", _("Warga")
    OFFICER = "officer", _("Petugas")


class ContactKind(TextChoices):
    """What a one-time code can be sent to."""

    PHONE = "phone", _("Nomor HP")
    EMAIL = "email", _("Alamat e-mail")


class IdentityLevel(TextChoices):
    """How far an account is known to be who it says it is (architecture.md, decision 10); ordered."""

    CLAIMED = "claimed", _("NIK diketik sendiri")
    CONTACT_PROVEN = "contact_proven", _("Nomor HP atau e-mail terbukti")
    COUNTER_PROVEN = "counter_proven", _("Terbukti di loket")

    @property
    def rank(self) -> int:
        """0 for the lowest level; the order of declaration is the order of trust."""
        return list(type(self)).index(self)

    def reaches(self, needed: str) -> bool:
        """Whether this level is at least `needed`, which may be a stored code."""
        return self.rank >= IdentityLevel(needed).rank

    def __lt__(self, other: str) -> bool:
        return self.rank < IdentityLevel(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= IdentityLevel(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > IdentityLevel(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= IdentityLevel(other).rank


class Sex(TextChoices):
    """As the NIK and the family card know it."""

    FEMALE = "female", _("Perempuan")
    MALE = "male", _("Laki-laki")


class Religion(TextChoices):
    """The list of Permendagri 109/2019 (`domain.md` §2.3)."""

    ISLAM = "islam", _("Islam")
    PROTESTANT = "protestant", _("Kristen")
    CATHOLIC = "catholic", _("Katolik")
    HINDU = "hindu", _("Hindu")
    BUDDHIST = "buddhist", _("Buddha")
    CONFUCIAN = "confucian", _("Khonghucu")
    BELIEF = "belief", _("Kepercayaan terhadap Tuhan Yang Maha Esa")


class MaritalStatus(TextChoices):
    """The list of Permendagri 109/2019 (`domain.md` §2.3)."""

    UNMARRIED = "unmarried", _("Belum kawin")
    MARRIED = "married", _("Kawin")
    DIVORCED = "divorced", _("Cerai hidup")
    WIDOWED = "widowed", _("Cerai mati")


class RoleScope(TextChoices):
    """Whether a role held at an office also counts at the offices below it."""

    OWN = "own", _("Kantor sendiri")
    BELOW = "below", _("Kantor sendiri dan di bawahnya")


class Capacity(TextChoices):
    """How an officer holds an office, and so what stands above her name (naskah dinas, Permendagri 1/2023).

    In order: who holds an office in several ways acts in the first of them.
    """

    DEFINITIVE = "definitive", _("Pejabat definitif")
    ACTING = "acting", _("Plt. (pelaksana tugas, jabatan sedang kosong)")
    DAILY = "daily", _("Plh. (pelaksana harian, pejabat sedang berhalangan)")
    ON_BEHALF = "on_behalf", _("a.n. (atas nama pejabat)")
    FOR_DEPUTY = "for_deputy", _("u.b. (untuk beliau, atas nama pejabat)")


class AbsenceReason(TextChoices):
    """Why an officer is away."""

    LEAVE = "leave", _("Cuti")
    ILLNESS = "illness", _("Sakit")
    DUTY = "duty", _("Tugas di luar kantor")
    TRAINING = "training", _("Pendidikan atau pelatihan")
    OTHER = "other", _("Berhalangan lain")


class Purpose(TextChoices):
    """Why an officer opened a masked value: the closed list that the citizen reads at /saya/."""

    CASE_CHECK = "case_check", _("Memeriksa berkas permohonan")
    COUNTER_PROOF = "counter_proof", _("Mencocokkan identitas di loket")
    CONTACT = "contact", _("Menghubungi warga tentang urusannya")
    CORRECTION = "correction", _("Membetulkan data")
    LEGAL_DUTY = "legal_duty", _("Memenuhi perintah undang-undang atau pengadilan")
