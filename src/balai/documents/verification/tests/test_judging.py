"""What findings mean where no file of the tests leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from balai.documents.verification.facts import FileFacts, SignatureFacts, from_plain
from balai.documents.verification.judging import GRAVITY, judge, of_signature
from balai.documents.verification.outcomes import Outcome, Standing
from balai.documents.verification.tests.asking import check
from balai.documents.verification.tests.letters import archived

GOOD = SignatureFacts(field="TTE-1", intact=True, sound=True, chain="trusted", after="nothing")


def outcome(**changes: object) -> Outcome:
    return judge(FileFacts(signatures=(replace(GOOD, **changes),)), None, frozenset()).outcome  # type: ignore[arg-type]  # by name


def test_a_certificate_that_cannot_be_followed_is_unclear_and_unknown() -> None:
    assert outcome(chain="unclear") == Outcome.CERTIFICATE_UNCLEAR
    assert Outcome.CERTIFICATE_UNCLEAR.standing == Standing.UNKNOWN


def test_a_fault_without_a_name_is_a_crash_and_never_an_answer() -> None:
    for fault in ("crashed", "something new"):
        assert judge(FileFacts(fault=fault), None, frozenset()).outcome == Outcome.CRASHED


@pytest.mark.parametrize("fault", ["broken", "unsupported", "skips", "irregular", "something new"])
def test_no_fault_of_a_signature_is_ever_valid(fault: str) -> None:
    assert outcome(fault=fault).standing != Standing.VALID


def test_each_outcome_of_a_signature_has_its_gravity() -> None:
    findings = [
        replace(GOOD, **{name: value})
        for name, values in {
            "fault": ("broken", "unsupported", "skips", "irregular"),
            "chain": (
                "untrusted",
                "self_signed",
                "expired",
                "not_yet",
                "revoked",
                "unfit",
                "weak",
                "unclear",
            ),
            "after": ("changed", "filled", "signed", "maintained"),
            "stamp": ("broken", "untrusted", "trusted"),
            "intact": (False,),
            "sound": (False,),
            "unchecked": (("revocation",),),
        }.items()
        for value in values
    ]
    assert {of_signature(each, None) for each in findings} <= set(GRAVITY)


def test_the_gravest_of_two_signatures_decides_in_any_order() -> None:
    bad = replace(GOOD, field="TTE-2", chain="untrusted")
    for both in ((GOOD, bad), (bad, GOOD)):
        found = judge(FileFacts(signatures=both), None, frozenset())
        assert (found.outcome, found.about) == (Outcome.UNTRUSTED, bad)


def test_facts_come_back_from_the_checking_process_as_they_went() -> None:
    facts = check(archived()).facts
    assert from_plain(facts.plain()) == facts
