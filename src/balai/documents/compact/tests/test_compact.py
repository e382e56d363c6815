"""What a code proves, to us and to a decoder that is not ours."""

from __future__ import annotations

from base64 import b32decode, b32encode
from datetime import UTC, date, datetime
from pathlib import Path

import cbor2
import pytest
from cwt.exceptions import VerifyError
from hypothesis import given
from hypothesis import strategies as st

from balai.documents import compact
from balai.documents.compact import sign1
from balai.documents.compact.errors import KeyUnknown, NotASummary, SummaryAltered, SummaryRefused
from balai.documents.compact.keys import public_keys
from balai.documents.compact.qr import from_text, to_text
from balai.documents.compact.summary import LETTER, claims_of
from balai.documents.compact.tests.town import MORNING, Desk, claims_by_others
from balai.government import current
from balai.runtime import keyring

NIK = "3505105708950001"


def token_of(text: str) -> bytes:
    bare = text.partition("#")[2]
    return b32decode(bare + "=" * (-len(bare) % 8))


def altered(token: bytes, **changes: object) -> str:
    """The text of a token with other claims under the same signature."""
    protected, unprotected, payload, signature = cbor2.loads(token).value
    claims = cbor2.loads(payload)
    claims[LETTER][5] = changes["holder"]
    forged = cbor2.CBORTag(18, [protected, unprotected, cbor2.dumps(claims, canonical=True), signature])
    return to_text(cbor2.dumps(forged))


def test_code_says_what_stands_on_the_paper(desk: Desk) -> None:
    letter = desk.letter()
    read = compact.read(compact.issue(letter))
    assert (read.title, read.number) == ("Surat Keterangan Usaha", "500.2.2.4/001/SWT/XI/2026")
    assert (read.dated_on, read.valid_until_on) == (date(2026, 11, 21), date(2026, 12, 21))
    assert (read.holder, read.government) == ("Siti Aminah", "Kabupaten Blitar")
    assert (read.signer_name, read.signer_title) == ("Bambang Sutejo", "Kepala Desa Sawentar")
    assert (read.code, read.signature) == (letter.verification_code, "certified")
    assert (read.issued_at, read.index) == (MORNING, letter.number.pk)


def test_address_opens_the_page_that_checks_by_code(desk: Desk) -> None:
    letter = desk.letter()
    head, _, text = compact.issue(letter).partition("#")
    assert head == f"https://balai.blitarkab.example/periksa/{letter.verification_code}/"
    assert compact.read(text) == compact.read(text.lower()) == compact.read(f" {text[:50]}\n{text[50:]} ")


def test_nothing_but_what_is_printed_is_in_the_code(desk: Desk) -> None:
    token = token_of(compact.issue(desk.letter()))
    assert NIK.encode() not in token
    claims = cbor2.loads(cbor2.loads(token).value[2])
    assert sorted(claims) == [-65537, 1, 4, 6, 7]
    assert sorted(claims[LETTER]) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_same_letter_gives_the_same_code(desk: Desk) -> None:
    letter = desk.letter()
    first = compact.issue(letter)
    desk.set_clock(datetime(2027, 3, 1, tzinfo=UTC))
    keyring.forget()
    assert compact.issue(letter) == first


def test_letter_without_end_and_holder_says_neither(desk: Desk) -> None:
    letter = desk.letter(valid_until_on=None)
    letter.holder_name, letter.signature = None, "wet"
    read = compact.read(compact.issue(letter))
    assert (read.valid_until_on, read.holder, read.signature) == (None, "", "wet")
    assert not read.is_expired(date(2099, 1, 1))


def test_letter_is_valid_through_its_last_day(desk: Desk) -> None:
    read = compact.read(compact.issue(desk.letter()))
    assert [read.is_expired(date(2026, 12, day)) for day in (21, 22)] == [False, True]


def test_letter_without_number_has_no_code(desk: Desk) -> None:
    letter = desk.letter()
    letter.number = None
    with pytest.raises(ValueError, match="number"):
        compact.issue(letter)


def test_decoder_not_ours_reads_it_with_the_published_key(desk: Desk) -> None:
    text = compact.issue(desk.letter())
    claims = claims_by_others(token_of(text))
    assert (claims[1], claims[6]) == ("Kabupaten Blitar", int(MORNING.timestamp()))
    # In force until the day is over in Blitar, seven hours ahead of Greenwich.
    assert claims[4] == int(datetime(2026, 12, 21, 17, tzinfo=UTC).timestamp())
    facts = claims[LETTER]
    assert (facts[2], facts[5]) == ("500.2.2.4/001/SWT/XI/2026", "Siti Aminah")
    assert facts[3] == date(2026, 11, 21)


def test_altered_claims_are_refused_by_both(desk: Desk) -> None:
    token = token_of(compact.issue(desk.letter()))
    forged = altered(token, holder="Siti Aminoh")
    with pytest.raises(SummaryAltered):
        compact.read(forged)
    with pytest.raises(VerifyError):
        claims_by_others(from_text(forged))


def test_any_flipped_bit_is_refused(desk: Desk) -> None:
    token = token_of(compact.issue(desk.letter()))
    keys = public_keys()
    for place in range(len(token)):
        flipped = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        with pytest.raises(SummaryRefused):
            compact.read(to_text(flipped), keys)


def test_key_of_another_town_is_unknown(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ours = public_keys()
    monkeypatch.setattr(keyring, "ring_path", lambda: tmp_path / "elsewhere" / "ring.json")
    text = compact.issue(desk.letter())
    with pytest.raises(KeyUnknown):
        compact.read(text, ours)


def test_code_signed_with_our_key_id_and_a_key_of_others_is_refused(desk: Desk) -> None:
    text = compact.issue(desk.letter())
    (kid, _key), other = next(iter(public_keys().items())), keyring.rotate("letters")
    swapped = {kid: public_keys()[other.encode()]}
    with pytest.raises(SummaryAltered):
        compact.read(text, swapped)


def test_letters_of_a_rotated_key_are_read_beside_new_ones(desk: Desk) -> None:
    before = compact.issue(desk.letter())
    kid = keyring.rotate("letters")
    after = compact.issue(desk.letter())
    assert compact.read(after).kid == kid != compact.read(before).kid
    assert len(public_keys()) == 2


def test_token_of_another_kind_is_no_summary(desk: Desk) -> None:
    claims = claims_of(compact.summarise(desk.letter()), current().tzinfo)
    typed = sign1.sign(claims, media_type="application/statuslist+cwt")
    for token in (typed, sign1.sign({1: "Kabupaten Blitar"}), sign1.sign({**claims, 99: "more"})):
        with pytest.raises(NotASummary):
            compact.read(to_text(token))


def test_wrong_types_of_claims_are_no_summary(desk: Desk) -> None:
    claims = claims_of(compact.summarise(desk.letter()), current().tzinfo)
    for name, value in ((1, 3), (6, -1), (6, 2**60), (7, b"short"), (7, "text"), (LETTER, 1)):
        with pytest.raises(NotASummary):
            compact.read(to_text(sign1.sign({**claims, name: value})))
    for name, value in ((1, b""), (3, 20000), (3, sign1.cbor.Tag(100, 2**40)), (8, 2), (8, True), (9, -1)):
        with pytest.raises(NotASummary):
            compact.read(to_text(sign1.sign({**claims, LETTER: {**claims[LETTER], name: value}})))


@given(st.text(max_size=200) | st.binary(max_size=100).map(lambda data: b32encode(data).decode()))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotASummary) as caught:
        compact.read(text, {})
    assert "kode" in caught.value.sentence
    assert NotASummary().sentence


def test_text_without_measure_is_refused() -> None:
    with pytest.raises(NotASummary):
        compact.read("A" * 100_000, {})
