"""Why a fact of a register was refused, for the officer who mends the file."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES: Mapping[str, str | Promise] = {
    "fact.missing": gettext_lazy("wajib diisi"),
    "fact.unknown": gettext_lazy("kolom tidak dikenal"),
    "nik.digits": gettext_lazy("NIK terdiri atas 16 angka"),
    "nik.date": gettext_lazy("tanggal lahir di dalam NIK tidak mungkin ada"),
    "nik.serial": gettext_lazy("empat angka terakhir NIK tidak boleh 0000"),
    "kk.digits": gettext_lazy("nomor KK terdiri atas 16 angka"),
    "kk.serial": gettext_lazy("empat angka terakhir nomor KK tidak boleh 0000"),
    "name.empty": gettext_lazy("nama kosong"),
    "name.characters": gettext_lazy("nama memuat tanda yang bukan huruf"),
    "name.long": gettext_lazy("nama terlalu panjang"),
    "sex.unknown": gettext_lazy("tulis perempuan atau laki-laki"),
    "religion.unknown": gettext_lazy("tulis agama seperti di KTP, misalnya Islam atau Kristen"),
    "marital_status.unknown": gettext_lazy("tulis belum kawin, kawin, cerai hidup atau cerai mati"),
    "date.shape": gettext_lazy("tulis tanggal seperti 31-12-1990"),
    "date.impossible": gettext_lazy("tanggal itu tidak ada di kalender"),
    "phone.shape": gettext_lazy("tulis nomor HP seperti 081234567801"),
    "rt.shape": gettext_lazy("tulis satu sampai tiga angka"),
    "area.shape": gettext_lazy("tulis kode desa seperti 35.05.10.2011"),
    "area.unknown": gettext_lazy("kode desa ini tidak ada di pemerintah daerah ini"),
    "text.long": gettext_lazy("terlalu panjang"),
    "text.control": gettext_lazy("memuat tanda yang tidak terbaca"),
    "register.twice": gettext_lazy("NIK ini sudah ada di baris sebelumnya"),
    "register.differs": gettext_lazy("NIK ini sudah tercatat dengan data lain"),
    "register.column_twice": gettext_lazy("kolom ini ada dua kali"),
    "register.cells": gettext_lazy("jumlah kolom di baris ini berbeda dari judulnya"),
    "register.encoding": gettext_lazy("simpan berkas sebagai CSV UTF-8"),
    "register.empty": gettext_lazy("berkas tidak berisi baris"),
}


def sentence(code: str) -> str:
    """The sentence of a code in the language now active."""
    return str(SENTENCES.get(code) or _("isian tidak sesuai bentuknya"))
