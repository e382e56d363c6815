"""Whatever bit is turned, a letter is not called unchanged, but where it says that no signature looks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.documents.verification.outcomes import Outcome, Standing
from balai.documents.verification.tests.asking import check
from balai.documents.verification.tests.letters import archived, flipped, signed, signed_twice

SAMPLES = {"signed": signed, "signed_twice": signed_twice, "archived": archived}


def hold(name: str, place: int, mask: int) -> None:
    """Turn bits of one byte; a verdict that is still good names that byte as not protected."""
    content = SAMPLES[name]()
    at = place % len(content)
    verdict = check(flipped(content, at, mask))
    if verdict.standing == Standing.VALID or verdict.outcome == Outcome.REVOCATION_UNCHECKED:
        found = verdict.facts.signatures
        assert all(each.gap_start < at < each.gap_end or each.covered_to <= at for each in found), (at, mask)
        assert any(each.gap_start < at < each.gap_end for each in found) or name == "archived", (at, mask)


def cut(name: str, place: int) -> None:
    """A letter cut off is never good, but where an earlier revision ended honestly."""
    content = SAMPLES[name]()
    at = place % (len(content.rstrip()) - 1)
    verdict = check(content[:at])
    if verdict.standing == Standing.VALID:
        assert {each.signer for each in verdict.facts.signatures} < {"Bambang Sutejo", "Sri Wahyuni"}
        assert at >= max(each.covered_to for each in verdict.facts.signatures) - 2


NAMES, PLACES, MASKS = st.sampled_from(sorted(SAMPLES)), st.integers(0, 10**6), st.integers(1, 255)


@settings(max_examples=25)
@given(name=NAMES, place=PLACES, mask=MASKS)
def test_a_turned_bit_never_leaves_a_letter_unchanged(name: str, place: int, mask: int) -> None:
    hold(name, place, mask)


@settings(max_examples=10)
@given(name=NAMES, place=PLACES)
def test_a_letter_cut_off_is_never_whole(name: str, place: int) -> None:
    cut(name, place)


@pytest.mark.deep
@settings(max_examples=6000)
@given(name=NAMES, place=PLACES, mask=MASKS)
def test_many_turned_bits(name: str, place: int, mask: int) -> None:
    hold(name, place, mask)


@pytest.mark.deep
@settings(max_examples=2000)
@given(name=NAMES, place=PLACES)
def test_many_cuts(name: str, place: int) -> None:
    cut(name, place)


@pytest.mark.deep
def test_every_byte_of_a_signed_letter() -> None:
    for place in range(len(signed())):
        hold("signed", place, 1 << place % 8)
