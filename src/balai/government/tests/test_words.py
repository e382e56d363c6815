"""Texts say desa or kelurahan as the town has them."""

from __future__ import annotations

import pytest

from balai.government.loading import GOVERNMENTS, load

TEXTS = [
    ("Kantor desa atau kelurahan", "Kantor desa", "Kantor kelurahan"),
    ("Desa atau kelurahan", "Desa", "Kelurahan"),
    ("desa atau kelurahannya", "desanya", "kelurahannya"),
    ("petugas desa/kelurahan", "petugas desa", "petugas kelurahan"),
    ("Kepala desa atau lurah menandatangani", "Kepala desa menandatangani", "Lurah menandatangani"),
    ("Kepala Desa/Lurah", "Kepala Desa", "Lurah"),
    ("a desa or kelurahan office", "a desa office", "a kelurahan office"),
    ("kantor desa utawi kelurahan", "kantor desa", "kantor kelurahan"),
]


@pytest.mark.parametrize(("written", "in_serang", "in_tanjungpinang"), TEXTS)
def test_a_text_says_what_the_town_has(written: str, in_serang: str, in_tanjungpinang: str) -> None:
    towns = ("3505-kab-blitar", "3604-kab-serang", "2172-kota-tanjungpinang")
    said = [load(GOVERNMENTS / town).words.set_in(written) for town in towns]
    assert said == [written, in_serang, in_tanjungpinang]
