"""Affixes: forms of one word share a root, different words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.catalogue.words import roots, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "nikah menikah pernikahan dinikahkan nikahan pernikahannya",
        "lahir kelahiran lahiran melahirkan dilahirkan kelahirannya",
        "hilang kehilangan menghilang dihilangkan",
        "pindah kepindahan perpindahan memindahkan pindahan berpindah",
        "usaha berusaha pengusaha perusahaan usahanya",
        "sewa menyewa nyewa penyewaan disewakan",
        "urus mengurus ngurus pengurusan diuruskan",
        "tulis menulis penulis ditulis tulisan nulis",
        "pakai memakai pemakaian dipakai makai",
        "kirim mengirim pengiriman kiriman ngirim",
        "penduduk kependudukan penduduknya",
        "makam pemakaman dimakamkan",
        "kerja bekerja pekerjaan pekerja dipekerjakan",
        "hasil penghasilan menghasilkan berpenghasilan",
        "milik kepemilikan memiliki pemilik",
        "surat suratnya suratku suratmu",
        "aktif aktifkan aktifnya mengaktifkan pengaktifan",
    ],
)
def test_forms_of_one_word_share_a_root(forms: str) -> None:
    first, *others = forms.split()
    assert [other for other in others if first not in roots(other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("usaha", "usul"),
        ("tanah", "tanaman"),
        ("kartu", "kantor"),
        ("surat", "suara"),
        ("wali", "waris"),
        ("anak", "anda"),
    ],
)
def test_different_words_share_none(one: str, other: str) -> None:
    assert roots(one) & roots(other) == frozenset()


@given(st.text(max_size=40))
def test_any_text_gives_plain_words_that_are_roots_of_themselves(text: str) -> None:
    assert all(word in roots(word) and word.isascii() for word in words_of(text))
