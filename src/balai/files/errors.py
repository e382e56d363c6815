"""Why a file is refused: one code and one Indonesian sentence each."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError

SENTENCES: dict[str, Promise] = {
    "files.empty": _("Berkas ini kosong (0 byte). Pilih berkas lain."),
    "files.too_large": _("Berkas ini lebih besar dari %(megabytes)s MB. Perkecil, atau foto ulang."),
    "files.not_photo": _("Isi berkas ini bukan foto (%(found)s). Kirim foto JPG, PNG, atau WebP."),
    "files.not_document": _(
        "Isi berkas ini bukan PDF atau foto (%(found)s). Kirim PDF, JPG, PNG, atau WebP."
    ),
    "files.heic": _("Foto HEIC belum dapat dibaca di sini. Simpan sebagai JPG, lalu kirim lagi."),
    "files.bomb": _("Gambar ini terlalu banyak pikselnya untuk dibuka. Kirim foto biasa dari kamera ponsel."),
    "files.broken": _("Berkas ini rusak atau terpotong dan tidak dapat dibuka. Kirim ulang dari sumbernya."),
    "files.encrypted": _("PDF ini dikunci dengan kata sandi. Kirim PDF yang tidak terkunci."),
    "files.active": _(
        "PDF ini memuat skrip atau berkas sisipan. Simpan ulang sebagai PDF biasa, lalu kirim."
    ),
    "files.many_pages": _("PDF ini terlalu panjang. Kirim paling banyak %(pages)s halaman."),
    "files.disk_full": _("Tempat penyimpanan kami penuh. Berkas Anda belum tersimpan; coba lagi nanti."),
    "files.id_taken": _("Berkas ini tidak dapat diterima dengan nomor itu. Kirim ulang."),
    "files.gone": _("Berkas yang Anda lampirkan sudah tidak ada. Lampirkan sekali lagi."),
}
STATUS = {"files.too_large": 413, "files.disk_full": 507}


class FileRefused(CitizenError):
    """A file that is not taken; `.code` is one of SENTENCES, `.sentence` says why and what to do."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, SENTENCES[code], status=STATUS.get(code, 400), **params)
