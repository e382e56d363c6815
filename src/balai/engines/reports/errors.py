"""Refusals in a report's life, each a sentence that says what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.government.texts import of_town_lazy
from balai.runtime.errors import CitizenError, Conflict, Forbidden


class NotYourReport(Forbidden):
    """The officer has no part in this report."""

    code = "reports.not_yours"
    template = _("Laporan ini bukan bagian dari tugas Anda. Minta petugas penerima laporan meneruskannya.")


class Moved(Conflict):
    """A colleague was faster, or the report is in another state."""

    code = "reports.moved"
    template = _("Laporan ini sudah berubah: %(state)s. Muat ulang halaman untuk melihat yang terbaru.")


class Overtaken(Conflict):
    """A colleague, or the reporter, did something while the officer read."""

    code = "reports.overtaken"
    template = _(
        "Sementara Anda membaca, %(who)s sudah mengubah laporan ini (%(what)s). "
        "Keadaannya sekarang: %(state)s. Isian Anda masih ada; periksa, lalu kirim lagi bila masih perlu."
    )


class CategoryUnknown(CitizenError):
    """The kind of report is not offered here."""

    code = "reports.category_unknown"
    template = _("Jenis laporan ini tidak ada di sini. Pilih jenis lain atau “Lainnya”.")


class TextMissing(CitizenError):
    """Nothing was said."""

    code = "reports.text_missing"
    template = _("Ceritakan apa yang terjadi, paling sedikit beberapa kata.")


class TextTooLong(CitizenError):
    """More than the box holds."""

    code = "reports.text_too_long"
    template = _("Ceritanya terlalu panjang. Paling banyak %(most)s huruf.")


class PlaceMissing(CitizenError):
    """Nobody can go where nobody knows."""

    code = "reports.place_missing"
    template = of_town_lazy(
        _("Tunjukkan letaknya: lokasi ponsel, titik di peta, atau nama desa/kelurahan dan tempat terdekat.")
    )


class PlaceOutside(CitizenError):
    """The point lies in another regency."""

    code = "reports.place_outside"
    template = _("Letak yang ditunjuk ada di luar %(town)s. Periksa titiknya, atau lapor ke daerah itu.")


class PhotosMissing(CitizenError):
    """This kind of report needs photos."""

    code = "reports.photos_missing"
    template = _("Lampirkan paling sedikit %(count)s foto agar petugas tahu keadaannya.")


class TooManyPhotos(CitizenError):
    """More than an answer takes."""

    code = "reports.too_many_photos"
    template = _("Paling banyak %(most)s foto.")


class IdentityMissing(CitizenError):
    """The government asks who reports."""

    code = "reports.identity_missing"
    template = _("Isi NIK atau nomor telepon Anda. Nama Anda dapat disembunyikan.")


class ResidentsOnly(CitizenError):
    """Said to live elsewhere, where only residents are answered."""

    code = "reports.residents_only"
    template = _(
        "Layanan ini untuk warga %(town)s. Untuk keluhan di daerah lain, gunakan SP4N-LAPOR! (lapor.go.id)."
    )


class ReportIdRefused(CitizenError):
    """A client-made id that is no UUIDv7, or of another day."""

    code = "reports.id_refused"
    template = _("Halaman ini sudah lama dibuka. Muat ulang lalu kirim lagi; isian Anda tersimpan.")


class AlreadyJoined(Conflict):
    """The same citizen joins twice."""

    code = "reports.already_joined"
    template = _("Anda sudah tercatat dalam laporan ini.")


class NotJoinable(Conflict):
    """It is over, or is not for everybody."""

    code = "reports.not_joinable"
    template = _("Laporan itu sudah tidak dapat diikuti. Kirim laporan baru.")


class ProofMissing(CitizenError):
    """Nothing is called done without proof (product.md, item 4)."""

    code = "reports.proof_missing"
    template = _("Lampirkan %(wanted)s sebagai bukti bahwa pekerjaan selesai.")


class StagePhotoMissing(ProofMissing):
    """A stage that shows itself, such as a sign before the danger, is said with its picture."""

    code = "reports.stage_photo_missing"
    template = _("Lampirkan fotonya. Perkembangan ini baru dapat dicatat dengan foto.")


class ProofElsewhere(CitizenError):
    """The photo was taken somewhere else."""

    code = "reports.proof_elsewhere"
    template = _(
        "Foto bukti diambil %(distance)s m dari letak laporan; paling jauh %(most)s m. "
        "Ambil foto di tempatnya, atau jelaskan mengapa tidak dapat."
    )


class VerdictTaken(Conflict):
    """Said once for each repair."""

    code = "reports.verdict_taken"
    template = _("Penilaian Anda untuk perbaikan ini sudah kami catat.")


class NoSuchOffice(CitizenError):
    """The office to hand over to does not exist or takes no reports."""

    code = "reports.no_such_office"
    template = _("Pilih kantor yang menangani laporan ini dari daftar.")


class NotTogether(CitizenError):
    """Two reports that cannot become one."""

    code = "reports.not_together"
    template = _("Dua laporan ini tidak dapat digabung: salah satunya rahasia, selesai, atau sudah digabung.")


class ReasonUnknown(CitizenError):
    """A reason that stands in no list."""

    code = "reports.reason_unknown"
    template = _("Pilih alasan dari daftar.")


class JurisdictionUnknown(CitizenError):
    """A client of Open311 asks for another town."""

    code = "reports.jurisdiction_unknown"
    template = _("jurisdiction_id ini tidak ada di sini. Yang ada: %(known)s.")
    status = 404


class KeyRefused(CitizenError):
    """A client of Open311 sends without a key, or with one that opens nothing here."""

    code = "reports.api_key_refused"
    template = _("api_key tidak disertakan, tidak dikenal, atau tidak mencakup %(scope)s.")
    status = 403


class ServiceUnknown(CitizenError):
    """A client of Open311 names a kind of report that is not offered."""

    code = "reports.service_unknown"
    template = _("service_code ini tidak ada. Daftarnya ada di services.")
    status = 404


class ParameterRefused(CitizenError):
    """A client of Open311 sends something that cannot be read, or not enough."""

    code = "reports.parameter_refused"
    template = _("%(name)s tidak ada atau tidak dapat dibaca: %(wanted)s.")


class NotTheFiler(Forbidden):
    """Who joined is asked nothing."""

    code = "reports.not_the_filer"
    template = _("Pertanyaan petugas dijawab oleh pelapor pertama.")
