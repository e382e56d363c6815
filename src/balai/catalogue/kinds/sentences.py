"""The Indonesian sentence for each code with which the kernel refuses a value."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.government.texts import of_town_lazy
from balai.kernel.errors import ValueRefused

SENTENCES: dict[str, str | Promise] = {
    "nik.digits": _("NIK terdiri atas 16 angka. Periksa kembali angka pada KTP atau KK Anda."),
    "nik.date": _("Angka ke-7 sampai ke-12 pada NIK ini bukan tanggal lahir. Periksa kembali angkanya."),
    "nik.serial": _("Empat angka terakhir NIK tidak mungkin 0000. Periksa kembali angkanya."),
    "kk.digits": _("Nomor KK terdiri atas 16 angka. Periksa kembali angka di bagian atas KK Anda."),
    "kk.serial": _("Empat angka terakhir nomor KK tidak mungkin 0000. Periksa kembali angkanya."),
    "name.empty": _("Nama belum diisi."),
    "name.characters": _("Nama hanya boleh berisi huruf, spasi, titik, koma, tanda petik, dan tanda hubung."),
    "name.long": _("Nama paling panjang %(longest)s huruf."),
    "date.shape": _("Tulis tanggal seperti 31-12-1990: tanggal, bulan, lalu tahun dengan empat angka."),
    "date.impossible": _("Tanggal ini tidak ada di kalender. Periksa kembali tanggal dan bulannya."),
    "date.early": _("Tanggal paling awal %(earliest)s."),
    "date.late": _("Tanggal paling akhir %(latest)s."),
    "date.future": _("Tanggal ini belum terjadi. Periksa kembali tahunnya."),
    "time.shape": _("Tulis jam seperti 14.30: jam, titik, lalu menit."),
    "time.impossible": _("Jam ini tidak ada. Tulis dari 00.00 sampai 23.59."),
    "rupiah.shape": _("Tulis jumlah uang dengan angka saja, misalnya 1500000 atau 1.500.000."),
    "rupiah.large": _("Jumlah uang ini terlalu besar. Periksa kembali angkanya."),
    "number.shape": _("Tulis dengan angka bulat saja, misalnya 12."),
    "number.between": _("Tulis dengan angka bulat saja, dari %(least)s sampai %(most)s."),
    "number.small": _("Angka paling kecil %(least)s."),
    "number.large": _("Angka paling besar %(most)s."),
    "phone.shape": _("Nomor HP tidak dikenali. Tulis seperti 0812-3456-7890."),
    "email.shape": _("Alamat e-mail tidak dikenali. Tulis seperti nama@contoh.id."),
    "text.control": _("Isian ini memuat tanda yang tidak dapat disimpan. Hapus lalu ketik ulang."),
    "text.long": _("Isian ini terlalu panjang. Paling banyak %(longest)s huruf."),
    "text.short": _("Isian ini terlalu pendek. Paling sedikit %(least)s huruf."),
    "choice.unknown": _("Pilih salah satu jawaban yang tersedia."),
    "area.unknown": of_town_lazy(_("Pilih desa atau kelurahan dari daftar.")),
    "compare.same": _("Jawaban ini sama dengan “%(label)s”. Isi yang berbeda."),
    "compare.before": _("Ini lebih awal daripada “%(label)s”. Periksa keduanya."),
    "rows.few": _("Isi paling sedikit %(least)s %(row)s."),
    "rows.many": _("Paling banyak %(most)s %(row)s."),
    "json.type": _("Jenis isian ini tidak sesuai."),
    "json.pattern": _("Bentuk isian ini tidak sesuai."),
    "json.unknown_field": _("Isian ini tidak dikenal dalam layanan ini."),
    "required": _("Isian ini belum diisi."),
}

WARNINGS: dict[str, str | Promise] = {
    "nik.placeholder": _("NIK diawali angka 0: nomor sementara dari desa, bukan NIK dari Dukcapil."),
    "nik.region_unknown": _("Kode kecamatan pada NIK tidak ada dalam daftar wilayah sekarang."),
    "nik.birth_differs": _("Tanggal lahir berbeda dengan yang terkandung dalam NIK."),
    "nik.sex_differs": _("Jenis kelamin berbeda dengan yang terkandung dalam NIK."),
}


def sentence(code: str, **params: object) -> str:
    """The sentence for a code, filled in; a code without one gets the plainest sentence there is."""
    text = str(SENTENCES.get(code, SENTENCES["json.pattern"]))
    return text % params if params else text


def refusal(refused: ValueRefused) -> ValidationError:
    """A refused value as Django's error, with the same code."""
    return ValidationError(sentence(refused.code, **refused.params), code=refused.code)
