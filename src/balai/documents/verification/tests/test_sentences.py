"""Every outcome has one sentence of its own, and none of them shows a gap."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from balai.documents.verification import wording
from balai.documents.verification.facts import FileFacts, SignatureFacts
from balai.documents.verification.judging import Judgement
from balai.documents.verification.outcomes import REMARKS, SENTENCES, Outcome, Remark, Standing
from balai.documents.verification.records import Record, State
from balai.documents.verification.tests.asking import check, check_case
from balai.documents.verification.tests.cases import CASES
from balai.documents.verification.tests.letters import signed, signed_twice

INSTANT = "2026-11-21T03:00:00+00:00"
SIGNATURE = SignatureFacts(
    field="TTE-1",
    signer="Bambang Sutejo",
    organisation="Desa Sawentar",
    claimed_at=INSTANT,
    starts_at=INSTANT,
    ends_at=INSTANT,
    revoked_at=INSTANT,
)
RECORD = Record(
    title="Surat Keterangan Usaha",
    number="500/001/SWT/XI/2026",
    office="Desa Sawentar",
    dated_on=date(2026, 11, 21),
    signer="Bambang Sutejo, Kepala Desa",
    is_certified=True,
    valid_until_on=None,
    state=State.REVOKED,
    ended_on=date(2026, 11, 21),
    published_at=INSTANT,
    replaced_by="",
    code="7K3M9QXA24TB",
)


def said(outcome: Outcome, signature: SignatureFacts = SIGNATURE) -> str:
    facts = FileFacts(signatures=(signature, replace(signature, signer="Sri Wahyuni")))
    return wording.sentence(Judgement(outcome, signature), facts, RECORD, "PNG")


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_one_whole_sentence(outcome: Outcome) -> None:
    sentence = said(outcome)
    assert re.fullmatch(r"[A-Z].{20,400}\.", sentence)
    assert not re.search(r"%|\(\)|  | \.| ,|pada [.,]|oleh [.,]", sentence)


def test_every_outcome_and_every_remark_has_words_and_none_has_another_ones() -> None:
    assert set(SENTENCES) == set(Outcome)
    assert set(REMARKS) == set(Remark)
    assert len({said(outcome) for outcome in Outcome}) == len(Outcome)


def test_a_sentence_stays_whole_when_the_signer_cannot_be_read() -> None:
    nobody = SignatureFacts(field="TTE-1", fault="broken")
    for outcome in Outcome:
        assert "()" not in said(outcome, nobody)


def test_the_sentence_says_who_and_when_on_the_towns_clock() -> None:
    assert check(signed()).sentence == (
        "Berkas ini bertanda tangan elektronik tersertifikasi dan isinya tidak berubah sejak ditandatangani "
        "oleh Bambang Sutejo dari Desa Sawentar pada 21 November 2026 pukul 10.00."
    )


def test_two_signers_are_both_named() -> None:
    sentence = check(signed_twice()).sentence
    assert sentence.count("Desa Sawentar") == 2
    assert " dan Bambang Sutejo dari Desa Sawentar pada " in sentence


def test_each_odd_file_gets_the_sentence_of_its_outcome() -> None:
    for name in (
        "flip_body",
        "page_appended",
        "stranger",
        "revoked",
        "expired",
        "unsigned",
        "password",
        "png",
    ):
        case = next(case for case in CASES if case.name == name)
        start = str(SENTENCES[case.outcome]).split("%")[0]
        assert check_case(case).sentence.startswith(start)


def test_what_is_not_certified_is_never_called_certified() -> None:
    for outcome in Outcome:
        claims = "tersertifikasi" in said(outcome) and "tidak tersertifikasi" not in said(outcome)
        assert not claims or outcome.standing == Standing.VALID


def test_details_leave_no_label_without_a_value() -> None:
    (found,) = check(signed()).facts.signatures
    rows = wording.signature_rows(found)
    assert all(row["label"] and row["value"] for row in rows)
    assert {"Pencabutan", "Rantai penerbit", "Tingkat", "Yang dilindungi"} <= {row["label"] for row in rows}
