"""What the book of letters adds: ours or not, revoked, replaced, run out, and proof of when."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper

from balai.documents.models import Letter
from balai.documents.verification.held import HeldFile
from balai.documents.verification.outcomes import Outcome, Remark, Standing
from balai.documents.verification.records import State, record_with_code
from balai.documents.verification.tests import attacks, book, letters
from balai.documents.verification.tests.cases import by, usual
from balai.documents.verification.tests.letters import appended, plain, sign, signed
from balai.documents.verification.tests.pki import DAY, NOW, town
from balai.documents.verification.verifying import Trusted, Verdict, trusted, verify, verify_held
from balai.people.today import local_today
from balai.runtime import clock

pytestmark = pytest.mark.usefixtures("book")
GONE = {"revoked_at": NOW, "revoked_by_name": "Bambang", "revocation_code": "error"}


def check(content: bytes, *, trial: bool = False) -> Verdict:
    anchors = frozenset({town().root.loaded.sha256.hex()}) if trial else frozenset()
    with HeldFile.of(content) as held:
        return verify_held(held, believe=lambda: Trusted(usual(), anchors))


def ask(content: bytes, **changes: Any) -> tuple[Outcome, Standing]:
    """Publish this file as a letter, and check it."""
    book.publish(content, **changes)
    verdict = check(content)
    return verdict.outcome, verdict.standing


def test_our_signed_letter_is_ours_and_in_force() -> None:
    assert ask(signed()) == (Outcome.VALID_OURS, Standing.VALID)


def test_a_signed_file_that_we_did_not_publish_is_only_valid() -> None:
    assert check(signed()).outcome == Outcome.VALID


def test_our_letter_that_was_revoked_says_so() -> None:
    assert ask(signed(), **GONE) == (Outcome.LETTER_REVOKED, Standing.NOT)


def test_our_letter_that_was_replaced_says_so_and_names_its_successor() -> None:
    old = book.publish(signed(), **{**GONE, "revocation_code": "replaced"})
    new = book.publish(letters.stamped(), replaces=old)
    verdict = check(signed())
    assert verdict.outcome == Outcome.LETTER_REPLACED
    assert verdict.record is not None
    assert new.number is not None
    assert verdict.record.replaced_by == new.number.text


def test_revoked_letter_stays_revoked_whatever_was_appended_that_may_be() -> None:
    book.publish(signed(), **GONE)
    for content in (stamped_over(signed()), sign(signed(), town().sri, field="TTE-2")):
        verdict = check(content)
        assert (verdict.outcome, verdict.standing) == (Outcome.LETTER_REVOKED, Standing.NOT)


@pytest.mark.parametrize("form", ["padding", "another", "trial"])
def test_revoked_letter_is_known_by_its_signature_in_another_file(form: str) -> None:
    letter = book.publish(b"%PDF- another", **GONE)
    reason = f"{letter.title} {letter.number.text if letter.number else ''}"
    content = sign(plain(), town().bambang, reason=f"{reason} (UJI COBA)" if form == "trial" else reason)
    assert check(content).outcome == Outcome.VALID
    book.sign(letter, f"{town().bambang.loaded.serial_number:x}")
    _, end = attacks.contents(content)
    other = attacks.rehexed(content, end - 1) if form == "padding" else content
    verdict = check(other)
    assert (verdict.outcome, verdict.standing) == (Outcome.LETTER_REVOKED, Standing.NOT)
    assert Remark.EARLIER_STATE in verdict.remarks


def test_letter_in_force_is_not_called_ours_for_its_signature_alone() -> None:
    letter = book.publish(b"%PDF- another")
    book.sign(letter, f"{town().bambang.loaded.serial_number:x}")
    reason = f"{letter.title} {letter.number.text if letter.number else ''}"
    verdict = check(sign(plain(), town().bambang, reason=reason))
    assert (verdict.outcome, verdict.record) == (Outcome.VALID, None)


def test_stranger_who_copies_the_words_of_a_signature_is_a_stranger() -> None:
    letter = book.publish(b"%PDF- another", **GONE)
    book.sign(letter, f"{town().stranger.loaded.serial_number:x}")
    reason = f"{letter.title} {letter.number.text if letter.number else ''}"
    verdict = check(sign(plain(), town().stranger, reason=reason))
    assert (verdict.outcome, verdict.record) == (Outcome.UNTRUSTED, None)


def stamped_over(content: bytes) -> bytes:
    """The file with a document time stamp behind it: the one change that leaves a signature whole."""
    stamper = PdfTimeStamper(town().stamp())
    made: bytes = stamper.timestamp_pdf(IncrementalPdfFileWriter(BytesIO(content)), "sha256").getvalue()
    return made


def test_our_letter_past_its_last_day_says_so() -> None:
    yesterday = local_today() - timedelta(days=1)
    assert ask(signed(), valid_until_on=yesterday) == (Outcome.LETTER_EXPIRED, Standing.NOT)


def test_our_letter_on_its_last_day_is_still_in_force() -> None:
    assert ask(signed(), valid_until_on=local_today())[0] == Outcome.VALID_OURS


def test_our_printed_letter_is_known_though_it_is_unsigned() -> None:
    assert ask(plain(), signature="wet") == (Outcome.LETTER_PRINTED, Standing.NOT)


def test_our_printed_letter_that_was_revoked_says_so() -> None:
    assert ask(plain(), signature="wet", **GONE)[0] == Outcome.LETTER_REVOKED


def test_what_was_appended_to_our_letter_is_told_with_the_letter_that_it_was() -> None:
    letter = book.publish(signed())
    verdict = check(appended(signed(), attacks.append_page))
    assert verdict.outcome == Outcome.CHANGED_AFTER
    assert Remark.EARLIER_STATE in verdict.remarks
    assert verdict.record is not None
    assert (verdict.record.code, verdict.record.is_whole) == (letter.verification_code, False)


def test_the_book_proves_the_time_of_a_certificate_that_has_run_out_since() -> None:
    content = by("old", NOW - 100 * DAY)()
    assert check(content).outcome == Outcome.EXPIRED_UNPROVEN
    book.publish(content, published_at=NOW - 100 * DAY)
    verdict = check(content)
    assert verdict.outcome == Outcome.VALID_OURS
    assert Remark.REGISTER_TIME in verdict.remarks


def test_the_book_proves_the_time_of_a_certificate_revoked_since() -> None:
    content = by("revoked", NOW - 100 * DAY)()
    book.publish(content, published_at=NOW - 100 * DAY)
    assert check(content).outcome == Outcome.VALID_OURS


def test_the_book_proves_nothing_for_a_certificate_revoked_before() -> None:
    content = by("revoked")()
    book.publish(content, published_at=NOW)
    assert check(content).outcome == Outcome.CERTIFICATE_REVOKED


def test_a_trial_certificate_is_never_called_certified() -> None:
    book.publish(signed())
    verdict = check(signed(), trial=True)
    assert (verdict.outcome, verdict.remarks[0]) == (Outcome.VALID_TRIAL, Remark.TRIAL)
    assert "UJI COBA" in verdict.sentence


def test_a_revoked_trial_letter_is_revoked_first() -> None:
    book.publish(signed(), **GONE)
    assert check(signed(), trial=True).outcome == Outcome.LETTER_REVOKED


def test_a_letter_that_is_not_published_is_not_known() -> None:
    letter = book.publish(plain(), signature="wet")
    Letter.objects.filter(pk=letter.pk).update(state="void", published_at=None)
    assert check(plain()).outcome == Outcome.UNSIGNED
    assert record_with_code(letter.verification_code) is None


def test_a_code_is_found_however_it_is_typed() -> None:
    letter = book.publish(signed(), verification_code="7K3M9QX024T1")
    for typed in ("7K3M9QX024T1", "7k3m-9qx0-24t1", " 7K3M 9QXO 24TI "):
        record = record_with_code(typed)
        assert record is not None
        assert (record.code, record.state) == (letter.verification_code, State.VALID)
    for wrong in ("", "7K3M9QX024T", "7K3M9QX024TU", "7K3M9QX024T11", "*" * 12):
        assert record_with_code(wrong) is None


def test_a_record_holds_nothing_of_the_person() -> None:
    letter = book.publish(signed())
    assert book.HOLDER not in repr(record_with_code(letter.verification_code))


def test_verify_believes_what_the_town_believes() -> None:
    """The tests' own authority is a stranger to the town."""
    assert verify(signed(), "surat.pdf").outcome == Outcome.UNTRUSTED
    assert trusted().materials.anchors
    assert clock.now() == NOW
