"""Odd and hostile files: the exact verdict on each, within bounds of time and memory, and no crash."""

from __future__ import annotations

from datetime import timedelta

import pytest

from balai.documents.verification.outcomes import Outcome
from balai.documents.verification.tests.asking import check, check_case
from balai.documents.verification.tests.cases import CASES, Case
from balai.documents.verification.tests.letters import archived, signed
from balai.documents.verification.tests.measuring import MOST_CPU_SECONDS, MOST_PEAK_KIB
from balai.documents.verification.tests.pki import NOW

# Found out by the book of letters, or by limits that have tests of their own.
ELSEWHERE = {
    Outcome.VALID_OURS,
    Outcome.VALID_TRIAL,
    Outcome.LETTER_EXPIRED,
    Outcome.LETTER_REPLACED,
    Outcome.LETTER_REVOKED,
    Outcome.LETTER_PRINTED,
    Outcome.CERTIFICATE_UNCLEAR,
    Outcome.TOO_LARGE,
    Outcome.TOO_LONG,
    Outcome.CRASHED,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_odd_file_gets_its_exact_verdict_within_bounds(case: Case) -> None:
    verdict = check_case(case)
    assert verdict.outcome == case.outcome, (verdict.facts, verdict.sentence)
    assert verdict.cpu_seconds <= MOST_CPU_SECONDS
    assert verdict.peak_kib <= MOST_PEAK_KIB


def test_every_outcome_is_reached_by_a_file_here_or_by_a_test_of_its_own() -> None:
    assert {case.outcome for case in CASES} == set(Outcome) - ELSEWHERE


def test_names_of_cases_are_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_facts_name_signer_chain_level_coverage_and_what_revocation_was_looked_up_in() -> None:
    (found,) = check(archived()).facts.signatures
    assert (found.signer, found.organisation) == ("Bambang Sutejo", "Desa Sawentar")
    assert found.issuers == ("Balai Test Intermediate", "Balai Test Root")
    assert (found.level, found.algorithm, found.digest) == ("PAdES B-LTA", "ECDSA secp256r1", "SHA256")
    assert (found.stamped_at, found.stamped_by) == ("2026-11-21T03:00:00+00:00", "Balai Test TSA")
    assert [(row.certificate, row.source, row.issued_by) for row in found.revocation] == [
        ("Bambang Sutejo", "CRL", "Balai Test Intermediate"),
        ("Balai Test Intermediate", "CRL", "Balai Test Root"),
    ]


def test_a_list_that_has_ended_is_not_said_to_have_been_consulted() -> None:
    (found,) = check(signed(), moment=NOW + timedelta(days=90)).facts.signatures
    assert [(row.certificate, row.source) for row in found.revocation] == [
        ("Bambang Sutejo", ""),
        ("Balai Test Intermediate", ""),
    ]


def test_bytes_that_no_signature_protects_are_named() -> None:
    (found,) = check(signed()).facts.signatures
    gap = signed()[found.gap_start : found.gap_end]
    assert (gap[:1], gap[-1:], found.covered_to) == (b"<", b">", len(signed()))
