"""What the page without a network says; `{name}` is filled in by its script with a fact of the letter."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[str, str | Promise]] = {
    "certified": _("Kode ini asli: surat nomor {number} benar diterbitkan oleh {government}."),
    "wet": _(
        "Kode ini asli: surat nomor {number} benar diterbitkan oleh {government}, dengan tanda tangan basah."
    ),
    "expired": _("Surat ini asli, tetapi masa berlakunya sudah lewat: {valid}."),
    "revoked": _("Surat ini sudah DICABUT oleh {government} dan tidak berlaku lagi."),
    "replaced": _("Surat ini sudah DIGANTI dengan surat yang baru dan tidak berlaku lagi."),
    "altered": _("Kode ini PALSU: isinya tidak cocok dengan tanda tangan {government}."),
    "unknown-key": _(
        "Kode ini tidak dapat dipercaya: kuncinya tidak ada di daftar kunci {government}. Bila surat ini "
        "baru, buka halaman ini sekali lagi saat ada jaringan."
    ),
    "not-ours": _("Ini bukan kode dari surat {government}, atau kodenya tidak terbaca lengkap."),
    "no-crypto": _("Peramban ini tidak dapat memeriksa tanda tangan. Pakai peramban yang lebih baru."),
    "no-camera": _("Kamera tidak dapat dipakai. Izinkan kamera, atau pilih foto kode QR."),
    "no-code": _("Tidak ada kode QR yang terbaca di gambar itu. Foto lebih dekat, terang, dan tegak lurus."),
}
NOTES: Final[dict[str, str | Promise]] = {
    "trial": _("UJI COBA: surat dan kunci ini dari kota peragaan, tanpa kekuatan hukum."),
    "list": _("Sudah dicocokkan dengan daftar surat yang dicabut per {made}."),
    "old-list": _(
        "Daftar surat yang dicabut di halaman ini sudah lama ({made}): pencabutan sesudah itu tidak dapat "
        "diperiksa. Buka lagi halaman ini saat ada jaringan."
    ),
    "newer-than-list": _(
        "Surat ini lebih baru daripada daftar surat yang dicabut di halaman ini: pencabutan tidak dapat "
        "diperiksa."
    ),
    "no-list": _(
        "Daftar surat yang dicabut tidak terbaca di peramban ini: pencabutan tidak dapat diperiksa."
    ),
    "clock": _("Surat ini terbit sesudah jam perangkat Anda: periksa tanggal dan jam perangkat."),
    "paper": _(
        "Cocokkan keterangan di atas dengan yang tertulis di kertas: kode asli dapat ditempel di surat palsu."
    ),
    "file": _("Tanda tangan di berkas PDF tidak diperiksa di sini; unggah berkasnya di halaman periksa."),
    "ink": _("Tanda tangan dan cap di kertas tidak dapat diperiksa di sini."),
}
LABELS: Final[dict[str, str | Promise]] = {
    "title": _("Surat"),
    "number": _("Nomor"),
    "holder": _("Untuk"),
    "dated": _("Tanggal surat"),
    "valid": _("Berlaku sampai"),
    "signer": _("Penanda tangan"),
    "kind": _("Cara tanda tangan"),
    "government": _("Pemerintah"),
    "code": _("Kode"),
}
