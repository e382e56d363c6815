"""Why people's actions refuse, each as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.government.texts import of_town_lazy
from balai.runtime.errors import CitizenError


class CodeRefused(CitizenError):
    """The code is wrong, too old, spent or never was; all look alike."""

    code = "people.code_refused"
    template = _("Kode tidak cocok atau sudah tidak berlaku. Periksa lagi, atau minta kode baru.")


class ContactUnreachable(CitizenError):
    """No channel of this town sends to this kind of contact."""

    code = "people.contact_unreachable"
    template = _("Kode belum bisa dikirim ke jenis kontak ini. Pakai kontak lain, atau datanglah ke loket.")


class AccountClosed(CitizenError):
    """Shown only to who has proven the contact."""

    code = "people.account_closed"
    template = of_town_lazy(_("Akun ini ditutup. Silakan hubungi kantor desa atau kelurahan Anda."))
    status = 403


class SignInRefused(CitizenError):
    """Name and password do not belong together; an unknown name looks the same."""

    code = "people.sign_in_refused"
    template = _("Nama pengguna atau kata sandi salah.")


class SecondFactorRefused(CitizenError):
    """The code of the authenticator or the recovery code does not fit."""

    code = "people.second_factor_refused"
    template = _("Kode verifikasi salah atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.")


class SecondFactorEnrolled(CitizenError):
    """A second factor is replaced only after a reset by the operator."""

    code = "people.second_factor_enrolled"
    template = _("Verifikasi dua langkah sudah aktif. Minta pengelola untuk mengatur ulang bila perlu.")
    status = 409


class OutsideArea(CitizenError):
    """The officer's offices do not cover the person's area."""

    code = "people.outside_area"
    template = _("Kantor Anda tidak melayani wilayah warga ini.")
    status = 403


class ContactNotProven(CitizenError):
    """An account whose contact nobody has proven cannot be handed a person's data."""

    code = "people.contact_not_proven"
    template = _("Kontak akun ini belum dibuktikan. Minta warga masuk dengan kode sekali pakai dahulu.")
    status = 409


class NikNotThis(CitizenError):
    """The card on the table carries another NIK than the account claims."""

    code = "people.nik_not_this"
    template = _("NIK pada kartu berbeda dari NIK akun ini. Akun tidak dapat dibuktikan.")
    status = 409


class FactMissing(CitizenError):
    """A counter proof or a register row lacks what it cannot do without."""

    code = "people.fact_missing"
    template = _("Data belum lengkap: %(facts)s.")


class FactRefused(CitizenError):
    """A value does not have the form its fact needs."""

    code = "people.fact_refused"
    template = _("Isian %(fact)s tidak sesuai bentuknya.")


class FactsDiffer(CitizenError):
    """The record and the card disagree; the officer must say for each fact which one holds.

    `facts` names them; `actions.compare_with_record` shows both sides and journals the look.
    """

    code = "people.facts_differ"
    template = _("Data di kartu berbeda dari data yang tercatat: %(labels)s. Pilih mana yang benar.")
    status = 409

    def __init__(self, facts: tuple[str, ...], labels: str) -> None:
        super().__init__(labels=labels)
        self.facts = facts


class AlreadyRegistered(CitizenError):
    """One Person for each NIK."""

    code = "people.already_registered"
    template = _("NIK ini sudah tercatat.")
    status = 409


class LoginNameTaken(CitizenError):
    """Login names are unique."""

    code = "people.login_name_taken"
    template = _("Nama pengguna itu sudah dipakai.")
    status = 409


class LoginNameRefused(CitizenError):
    """A login name is typed often and read aloud."""

    code = "people.login_name_refused"
    template = _("Nama pengguna memakai 3 sampai 50 huruf kecil, angka, titik, atau garis, diawali huruf.")


class PasswordWeak(CitizenError):
    """Django's validators refused it; their sentences are carried along."""

    code = "people.password_weak"
    template = _("Kata sandi belum cukup kuat. %(reasons)s")


class Unknown(CitizenError):
    """A command named a role, an office or an officer that does not exist."""

    code = "people.unknown"
    template = _("%(thing)s tidak dikenal.")
    status = 404


class AbsenceDatesRefused(CitizenError):
    """Backwards, over already, or longer than anybody is away."""

    code = "people.absence_dates"
    template = _(
        "Tanggal selesai harus hari ini atau sesudahnya, tidak sebelum tanggal mulai, "
        "paling lama %(most)s hari."
    )


class AbsenceOverlaps(CitizenError):
    """One officer is away once at a time."""

    code = "people.absence_overlaps"
    template = _("Sudah tercatat tidak bertugas pada %(first)s sampai %(last)s. Akhiri dahulu yang itu.")
    status = 409


class StandInRefused(CitizenError):
    """The stand-in is the same person, away too, or has no open account."""

    code = "people.stand_in_refused"
    template = _("%(name)s tidak dapat menggantikan pada hari-hari itu. Pilih orang lain.")
    status = 409


class BasisMissing(CitizenError):
    """Nobody acts for an official without an order."""

    code = "people.basis_missing"
    template = _("Tulis nomor surat perintah atau keputusan yang menunjuknya.")


class ThroughMissing(CitizenError):
    """u.b. names two officials: whose office it is, and who stands between."""

    code = "people.through_missing"
    template = _("Untuk u.b., tulis jabatan yang diwakili, misalnya Sekretaris Kecamatan.")
