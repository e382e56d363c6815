"""The list of letters taken back: small, signed, and honest about its age."""

from __future__ import annotations

import zlib
from datetime import timedelta

import pytest

from balai.documents import compact
from balai.documents.compact.errors import NotASummary, SummaryAltered
from balai.documents.compact.keys import public_keys
from balai.documents.compact.qr import to_text
from balai.documents.compact.sign1 import sign
from balai.documents.compact.status_list import EXP, IAT, STATUS_LIST, SUB, Status, issue_list, read_list
from balai.documents.compact.tests.town import MORNING, Desk, claims_by_others
from balai.documents.numbering import void_letter
from balai.documents.tests.samples import SRI

ADDRESS = "https://balai.blitarkab.example/.well-known/balai/letter-status.cwt"
NOON = MORNING + timedelta(hours=5, minutes=17)


def test_list_tells_what_became_of_each_letter(desk: Desk) -> None:
    kept, revoked, replaced = (desk.letter() for _ in range(3))
    desk.revoke(revoked)
    desk.revoke(replaced, "replaced")
    found = read_list(issue_list(ADDRESS, NOON), public_keys())
    said = [found.status(compact.summarise(letter).index) for letter in (kept, revoked, replaced)]
    assert said == [Status.IN_FORCE, Status.REVOKED, Status.REPLACED]


def test_number_that_was_made_void_proves_no_letter(desk: Desk) -> None:
    letter = desk.letter()
    index = compact.summarise(letter).index
    desk.set_clock(NOON)
    void_letter(by=SRI, letter=letter, reason="Salah ketik")
    found = read_list(issue_list(ADDRESS, NOON + timedelta(seconds=1)), public_keys())
    assert (found.status(index), found.made_at) == (Status.REVOKED, NOON)


def test_letter_far_newer_than_the_list_is_not_judged(desk: Desk) -> None:
    desk.letter()
    assert read_list(issue_list(ADDRESS, NOON), public_keys()).status(10**6) is None


def test_list_has_the_same_bytes_until_the_hour_or_a_revocation(desk: Desk) -> None:
    letter = desk.letter()
    early, later = issue_list(ADDRESS, NOON), issue_list(ADDRESS, NOON + timedelta(minutes=40))
    assert early == later
    at = NOON + timedelta(minutes=41)
    desk.revoke(letter, at=at)
    found = read_list(issue_list(ADDRESS, at + timedelta(seconds=1)), public_keys())
    assert found.made_at == at
    assert issue_list(ADDRESS, NOON + timedelta(hours=1)) != early


def test_list_is_old_after_a_week(desk: Desk) -> None:
    found = read_list(issue_list(ADDRESS, MORNING), public_keys())
    assert found.made_at == MORNING
    assert [found.is_old(MORNING + timedelta(days=days)) for days in (6, 7)] == [False, True]


def test_decoder_not_ours_reads_the_list(desk: Desk) -> None:
    letter = desk.letter()
    desk.revoke(letter)
    claims = claims_by_others(issue_list(ADDRESS, NOON))
    assert (claims[SUB], claims[EXP] - claims[IAT]) == (ADDRESS, 7 * 86400)
    data = zlib.decompress(claims[STATUS_LIST]["lst"])
    index = letter.number.pk
    assert data[index // 4] >> (index % 4 * 2) & 3 == 1


def test_list_of_a_large_town_stays_small(desk: Desk) -> None:
    number = desk.letter().number
    number.pk, number.sequence = 500_000, 500_000
    number.save(force_insert=True)
    assert len(issue_list(ADDRESS, NOON)) < 500


def test_summary_is_no_list_and_list_no_summary(desk: Desk) -> None:
    letter = desk.letter()
    with pytest.raises(NotASummary):
        compact.read(to_text(issue_list(ADDRESS, NOON)))
    with pytest.raises(NotASummary):
        read_list(compact.qr.from_text(compact.issue(letter)), public_keys())


def test_broken_lists_are_refused(desk: Desk) -> None:
    good = issue_list(ADDRESS, NOON)
    with pytest.raises(SummaryAltered):
        read_list(good[:-1] + bytes([good[-1] ^ 1]), public_keys())
    media_type = "application/statuslist+cwt"
    for inner in ({"bits": 1, "lst": b""}, {"bits": 2, "lst": b"not packed"}, "none"):
        with pytest.raises(NotASummary):
            read_list(sign({2: ADDRESS, 4: 1, 6: 0, 65533: inner}, media_type=media_type), public_keys())
