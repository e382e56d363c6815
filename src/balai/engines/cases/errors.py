"""Refusals in a case's life, each a sentence that says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.catalogue.forms import FieldFault, FormErrors
from balai.government.texts import of_town_lazy
from balai.runtime.errors import CitizenError, Conflict, Forbidden


class ServiceClosed(CitizenError):
    """No deadline or fee is in force today, or the government switched the service off."""

    code = "cases.service_closed"
    template = _("Layanan ini sedang tidak menerima permohonan.")


class IdentityTooLow(CitizenError):
    """The service needs a higher identity level than the applicant has."""

    code = "cases.identity_too_low"
    template = _("Layanan ini perlu identitas yang sudah dicocokkan di loket. Datanglah dengan KTP Anda.")
    status = 403


class NikNotYours(FormErrors):
    """The question for the applicant's own NIK is answered with another's. `errors` names the field."""

    code = "cases.nik_not_yours"
    template = _(
        "NIK ini bukan NIK akun Anda. Tulis NIK yang Anda pakai untuk masuk;"
        " orang lain mengajukan dengan masuk memakai NIK-nya sendiri."
    )

    def __init__(self, *, fields: tuple[str, ...]) -> None:
        super().__init__({name: (FieldFault(self.code, str(self.template)),) for name in fields})


class AreaUnknown(CitizenError):
    """Neither the answers nor the record say where the applicant lives."""

    code = "cases.area_unknown"
    template = of_town_lazy(_("Pilih desa atau kelurahan tempat tinggal Anda."))


class OfficeNotOnline(CitizenError):
    """The office in charge takes no applications through Balai yet."""

    code = "cases.office_not_online"
    template = _("%(office)s belum melayani permohonan lewat Balai. Silakan datang ke kantornya.")


class RequirementMissing(CitizenError):
    """A required file was not attached. `requirements` holds the ids."""

    code = "cases.requirement_missing"
    template = _("Masih kurang: %(titles)s.")

    def __init__(self, *, requirements: tuple[str, ...], titles: str) -> None:
        super().__init__(titles=titles)
        self.requirements = requirements


class FileNotAsked(CitizenError):
    """A file was attached under a name that the service does not ask for, or too many under one."""

    code = "cases.file_not_asked"
    template = _("Ada berkas yang tidak diminta. Muat ulang halaman dan periksa lagi lampiran Anda.")


class ApplicationIdRefused(CitizenError):
    """The id made by the client is no fresh UUIDv7, or stands for something else already."""

    code = "cases.application_id_refused"
    template = _("Halaman ini sudah lama dibuka. Muat ulang lalu kirim lagi; isian Anda tersimpan.")
    status = 409


class DeliveryRefused(CitizenError):
    """A way of delivery that the service does not offer."""

    code = "cases.delivery_refused"
    template = _("Pilih cara menerima surat dari daftar.")


class DownloadNeedsProof(CitizenError):
    """A certified letter must not reach somebody who merely typed a NIK."""

    code = "cases.download_needs_proof"
    template = _(
        "Mengunduh surat hanya untuk akun yang identitasnya sudah dicocokkan di loket, sebab siapa pun bisa"
        " mengetik NIK orang lain. Pilih diambil di kantor; petugas mencocokkan KTP Anda saat itu juga."
    )
    status = 403


class Overtaken(Conflict):
    """Somebody did something meanwhile; the sentence names who and what."""

    code = "cases.overtaken"
    template = _("Berkas ini sudah %(what)s oleh %(who)s. Muat ulang untuk melihat keadaannya.")


class NotNow(Conflict):
    """The case's state, or its open steps, do not allow the act."""

    code = "cases.not_now"
    template = _("Langkah ini belum atau tidak lagi bisa dilakukan. Berkas sekarang: %(state)s.")


class NotYourStep(Forbidden):
    """The officer lacks the permission of the act at the case's office."""

    code = "cases.not_your_step"
    template = _("Anda tidak berwenang melakukan langkah ini untuk kantor berkas ini.")


class VerdictMissing(CitizenError):
    """Some requirement has not been judged. `targets` names them ("requirement:ktp")."""

    code = "cases.verdict_missing"
    template = _("Belum diperiksa: %(titles)s.")

    def __init__(self, *, targets: tuple[str, ...], titles: str) -> None:
        super().__init__(titles=titles)
        self.targets, self.titles = targets, titles


class FaultsStand(CitizenError):
    """A case with faults can be returned or rejected, not passed on."""

    code = "cases.faults_stand"
    template = _("Masih ada yang perlu diperbaiki. Kembalikan berkas, atau ubah penilaian Anda.")


class NoFaults(CitizenError):
    """A return without a fault tells the citizen nothing."""

    code = "cases.no_faults"
    template = _("Tandai dahulu apa yang perlu diperbaiki. Warga harus tahu semuanya sekaligus.")


class VerdictRefused(CitizenError):
    """A verdict about something the case does not hold, or a fault without a reason from the list."""

    code = "cases.verdict_refused"
    template = _("Penilaian untuk %(title)s tidak lengkap: pilih alasan dari daftar.")


class OneRound(CitizenError):
    """The one-round rule: what could be seen the first time cannot be returned the second time."""

    code = "cases.one_round"
    template = _(
        "%(titles)s sudah ada saat berkas dikembalikan sebelumnya, jadi tidak boleh dikembalikan lagi."
        " Mintalah atasan Anda bila memang harus."
    )
    status = 403

    def __init__(self, *, targets: tuple[str, ...], titles: str) -> None:
        super().__init__(titles=titles)
        self.targets = targets


class NotRepairable(CitizenError):
    """The repair touches something that the officer did not mark."""

    code = "cases.not_repairable"
    template = _("Hanya yang ditandai petugas yang bisa diubah. Yang lain tetap seperti yang Anda kirim.")


class RepairIncomplete(CitizenError):
    """Some fault has no new answer or file. `targets` names them."""

    code = "cases.repair_incomplete"
    template = _("Belum diperbaiki: %(titles)s.")

    def __init__(self, *, targets: tuple[str, ...], titles: str) -> None:
        super().__init__(titles=titles)
        self.targets = targets


class ReasonRefused(CitizenError):
    """A rejection needs a reason from the service's list."""

    code = "cases.reason_refused"
    template = _("Pilih alasan penolakan dari daftar.")


class OpinionRefused(CitizenError):
    """An opinion is one of the three; whoever does not simply agree says why."""

    code = "cases.opinion_refused"
    template = _("Pilih pendapat Anda. Bila bukan “ya”, tulis juga alasan atau syaratnya.")


class VisitRefused(CitizenError):
    """A visit is planned for a time to come, at most a year ahead."""

    code = "cases.visit_refused"
    template = _("Pilih hari dan jam kunjungan yang akan datang, paling lama setahun lagi.")


class ReportMissing(CitizenError):
    """The report asks for photos that were not attached. `fields` holds the questions."""

    code = "cases.report_missing"
    template = _("Masih kurang: %(titles)s.")

    def __init__(self, *, fields: tuple[str, ...], titles: str) -> None:
        super().__init__(titles=titles)
        self.fields = fields


class ObjectionRefused(Conflict):
    """Nothing was rejected, its days are over, or there was an objection before."""

    code = "cases.objection_refused"
    template = _("Keberatan untuk berkas ini tidak bisa diajukan (lagi). Tanyakan kepada petugas bila ragu.")


class ObjectionTooShort(CitizenError):
    """An objection says what is wrong with the rejection, in 20 to 2000 characters."""

    code = "cases.objection_too_short"
    template = _("Tulis alasan keberatan Anda dengan jelas, 20 sampai 2.000 huruf.")


class AnswerMissing(CitizenError):
    """An objection ends one way or the other, and in words."""

    code = "cases.answer_missing"
    template = _("Pilih hasil pemeriksaan, dan tulis jawaban yang akan dibaca pemohon.")


class LetterRefused(CitizenError):
    """A letter that is not the applicant's, of another service, run out or revoked."""

    code = "cases.letter_refused"
    template = _("Surat untuk “%(title)s” tidak bisa dipakai. Pilih surat lain yang masih berlaku.")


class HomeVisitRefused(CitizenError):
    """The office comes only where the service says so, for a reason of the list, to a whole address."""

    code = "cases.home_visit_refused"
    template = _("Untuk meminta petugas datang, pilih alasannya dan tulis alamat yang lengkap.")


class ShelfNumberRefused(CitizenError):
    """Empty, too long, or with signs that nobody writes on a shelf."""

    code = "cases.shelf_number_refused"
    template = _("Tulis nomor rak, misalnya A-12.")


class IdentityNotProven(CitizenError):
    """Nobody has matched the applicant's face and card yet."""

    code = "cases.identity_not_proven"
    template = _("Cocokkan dahulu identitas pemohon dengan KTP-nya, baru surat bisa diserahkan.")
    status = 409


class HandoverIncomplete(CitizenError):
    """Who took it, and which card was seen, must both be known."""

    code = "cases.handover_incomplete"
    template = _("Lengkapi bukti penyerahan: %(missing)s.")


class LetterNotInForce(Conflict):
    """What was revoked is neither printed nor handed over nor replaced by itself."""

    code = "cases.letter_not_in_force"
    template = _("Surat ini sudah tidak berlaku, jadi tidak bisa dicetak atau diserahkan.")


class ReplacementRefused(CitizenError):
    """A replacement says why, and names at most answers that may be corrected."""

    code = "cases.replacement_refused"
    template = _("Pilih alasan penggantian, dan hanya isian yang ada di daftar.")


class NothingToCorrect(Conflict):
    """No replacement is under way that names these answers."""

    code = "cases.nothing_to_correct"
    template = _("Isian ini tidak sedang dibuka untuk dibetulkan.")


class CorrectionAsksMore(Conflict):
    """With the new answers the service asks for papers that nobody has handed in or judged."""

    code = "cases.correction_asks_more"
    template = _("Isian itu memerlukan syarat yang belum ada: %(titles)s. Pemohon perlu mengajukan lagi.")


class LetterNotReady(Conflict):
    """The letter has not been made yet."""

    code = "cases.letter_not_ready"
    template = _("Suratnya masih dibuat. Coba lagi sebentar.")
