"""Every odd and hostile file with the one answer that is right for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import pikepdf
from pyhanko.sign import fields

from balai.documents.verification.chamber.materials import Materials
from balai.documents.verification.outcomes import Outcome
from balai.documents.verification.tests import attacks, letters, oddities
from balai.documents.verification.tests.letters import appended, flipped, plain, replaced, sign, signed
from balai.documents.verification.tests.pki import DAY, NOW, town

Bytes = Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A file, what must be said of it, and in which circumstances."""

    name: str
    make: Bytes
    outcome: Outcome
    moment: datetime = NOW
    materials: Callable[[], Materials] | None = None


@cache
def usual() -> Materials:
    """What the tests' town has at hand."""
    return town().materials()


@cache
def without_lists() -> Materials:
    """No revocation list at hand."""
    return town().materials(crls=())


@cache
def later_lists() -> Materials:
    """Fresh lists, two years on."""
    return town().materials(crls=town().crls(at=NOW + 700 * DAY))


def by(who: str, at: datetime = NOW, stamped_at: datetime | None = None, **options: object) -> Bytes:
    """A letter signed by this person of the town."""

    def make() -> bytes:
        people = town()
        stamp = people.stamp(at=stamped_at) if stamped_at else None
        return sign(plain(), getattr(people, who), at=at, stamp=stamp, **options)

    return make


def _flip(find: bytes, offset: int = 0) -> Bytes:
    return lambda: flipped(signed(), signed().index(find) + offset)


def _cut(share: float) -> Bytes:
    return lambda: signed()[: int(len(signed()) * share)]


def _update(change: letters.Change, base: Bytes = signed) -> Bytes:
    return lambda: appended(base(), change)


def _two_then_flip() -> bytes:
    whole = letters.signed_twice()
    return flipped(whole, whole.index(b"halaman 1"))


def _locked(password: str) -> Bytes:
    kept = pikepdf.Encryption(owner="pemilik", user=password, R=6)
    return lambda: letters.rewritten(plain(), lambda pdf: None, encryption=kept)


def _script_then_signed() -> bytes:
    return sign(appended(plain(), attacks.add_script), town().bambang)


def _attachment_then_signed() -> bytes:
    return sign(attacks.with_attachment(plain()), town().bambang)


def _stranger_stamp() -> bytes:
    return sign(plain(), town().bambang, stamp=town().stamp(identity=town().stranger_stamper))


def _archive_cut_off() -> bytes:
    """The file as it was before the archive was appended."""
    end = sum(attacks.byte_range(letters.archived()[: letters.archived().index(b"/DSS")])[2:])
    return letters.archived()[:end]


def _second_is_stranger() -> bytes:
    return sign(signed(), town().stranger, field="TTE-2")


def _old_format() -> bytes:
    return replaced(signed(), b"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /adbe.pkcs7.sha1".ljust(31))


def _form_signed() -> bytes:
    return sign(plain(form=True), town().bambang)


def _padding() -> bytes:
    _, end = attacks.contents(signed())
    return attacks.rehexed(signed(), end - 1)


def _value() -> bytes:
    """One digit inside the signature's value, which stands last in it."""
    start, end = attacks.contents(signed())
    used = len(signed()[start:end].rstrip(b"0"))
    return attacks.rehexed(signed(), start + used - 20)


YEAR_AGO = NOW - 100 * DAY
GOOD = [
    Case("signed", signed, Outcome.VALID),
    Case("signed_rsa", by("rsa"), Outcome.VALID),
    Case("signed_sha512", by("bambang", digest="sha512"), Outcome.VALID),
    Case(
        "signed_adobe", by("bambang", subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED), Outcome.VALID
    ),
    Case("signed_xref_streams", lambda: sign(plain(xref_streams=True), town().bambang), Outcome.VALID),
    Case("signed_encrypted", lambda: sign(_locked("")(), town().bambang), Outcome.VALID),
    Case("stamped", letters.stamped, Outcome.VALID),
    Case("archived", letters.archived, Outcome.VALID),
    Case("archived_two_years_on", letters.archived, Outcome.VALID, NOW + 700 * DAY, later_lists),
    Case("archive_cut_off", _archive_cut_off, Outcome.VALID),
    Case("two_signers", letters.signed_twice, Outcome.VALID_SEVERAL),
    Case("stranger_stamp", _stranger_stamp, Outcome.VALID),
    Case("stamped_before_revocation", by("revoked", YEAR_AGO, YEAR_AGO), Outcome.VALID),
    Case("padding_flipped", _padding, Outcome.VALID),
    Case("attachment_signed", _attachment_then_signed, Outcome.VALID_WITH_ATTACHMENTS),
]
FLIPPED = [
    Case("flip_header", _flip(b"%PDF-1.", 7), Outcome.ALTERED),
    Case("flip_body", _flip(b"halaman 1"), Outcome.ALTERED),
    Case("flip_second_page", _flip(b"halaman 2"), Outcome.ALTERED),
    Case("flip_contents_value", _value, Outcome.SIGNATURE_BROKEN),
    Case("flip_byte_range", _flip(b"/ByteRange [0 ", 14), Outcome.SKIPS_CONTENT),
    Case("flip_byte_range_name", _flip(b"/ByteRange", 1), Outcome.SIGNATURE_BROKEN),
    Case("flip_xref", lambda: flipped(signed(), signed().rindex(b" 00000 n") - 1), Outcome.ALTERED),
    Case(
        "flip_startxref",
        lambda: flipped(signed(), signed().rindex(b"startxref") + 10),
        Outcome.DAMAGED_SIGNED,
    ),
    Case("flip_end_mark", lambda: flipped(signed(), signed().rindex(b"%%EOF")), Outcome.DAMAGED_SIGNED),
    Case("flip_claimed_time", _flip(b"/M (D", 9), Outcome.ALTERED),
    Case("flip_after_two", _two_then_flip, Outcome.ALTERED),
]
CUT = [
    Case("cut_quarter", _cut(0.1), Outcome.DAMAGED),
    Case("cut_in_signature", _cut(0.6), Outcome.DAMAGED_SIGNED),
    Case("cut_ten_bytes", lambda: signed()[:-10], Outcome.DAMAGED_SIGNED),
    Case("cut_one_byte", lambda: signed().rstrip()[:-1], Outcome.DAMAGED_SIGNED),
    Case("cut_before_signature", lambda: signed()[: len(plain())], Outcome.UNSIGNED),
    Case("junk_behind", lambda: signed() + b"\nJUNK" * 20, Outcome.ADDED_BEHIND),
    Case("zip_behind", lambda: signed() + b"PK\x03\x04" + b"\0" * 5000, Outcome.ADDED_BEHIND),
]
APPENDED = [
    Case("page_appended", _update(attacks.append_page), Outcome.CHANGED_AFTER),
    Case("note_appended", _update(attacks.append_note), Outcome.CHANGED_AFTER),
    Case("pages_swapped", _update(attacks.swap_pages), Outcome.CHANGED_AFTER),
    Case("pages_swapped_rewritten", attacks.rewritten_pages, Outcome.SKIPS_CONTENT),
    Case("shadow_hide", _update(attacks.replace_contents), Outcome.CHANGED_AFTER),
    Case("shadow_replace", _update(attacks.replace_font), Outcome.CHANGED_AFTER),
    Case("shadow_hide_and_replace", _update(attacks.replace_catalog), Outcome.CHANGED_AFTER),
    Case("script_appended", _update(attacks.add_script), Outcome.CHANGED_AFTER),
    Case("changed_after_two", _update(attacks.replace_contents, letters.signed_twice), Outcome.CHANGED_AFTER),
    Case("archive_removed", _update(attacks.remove_archive, letters.archived), Outcome.VALID),
    Case("form_filled", _update(attacks.fill_form, _form_signed), Outcome.FILLED_AFTER),
    Case("signature_removed", _update(attacks.remove_form), Outcome.SIGNATURE_REMOVED),
    Case("twin_field", _update(attacks.twin_field), Outcome.IRREGULAR),
]
FORGED = [
    Case("skips_content", attacks.skipping, Outcome.SKIPS_CONTENT),
    Case("wrapped", attacks.wrapped, Outcome.DAMAGED_SIGNED),
    Case("contents_zero", lambda: attacks.with_contents("zero"), Outcome.SIGNATURE_BROKEN),
    Case("contents_absent", lambda: attacks.with_contents("absent"), Outcome.SIGNATURE_BROKEN),
    Case("contents_null", lambda: attacks.with_contents("null"), Outcome.SIGNATURE_BROKEN),
    Case("contents_empty", lambda: attacks.with_contents("empty"), Outcome.SIGNATURE_BROKEN),
    Case("range_empty", lambda: attacks.with_byte_range(signed(), ""), Outcome.SKIPS_CONTENT),
    Case("range_negative", lambda: attacks.with_byte_range(signed(), "0 -1 -1 9"), Outcome.SKIPS_CONTENT),
    Case("range_huge", lambda: attacks.with_byte_range(signed(), "0 99999999 9 9"), Outcome.SKIPS_CONTENT),
    Case("range_words", lambda: attacks.with_byte_range(signed(), "/a /b /c /d"), Outcome.SKIPS_CONTENT),
    Case("range_loop", lambda: attacks.with_byte_range(signed(), "0 0 0 0"), Outcome.SKIPS_CONTENT),
    Case("stamp_broken", attacks.stamp_broken, Outcome.TIMESTAMP_BROKEN),
    Case("old_format", _old_format, Outcome.UNSUPPORTED),
    Case("script_signed", _script_then_signed, Outcome.SIGNED_WITH_SCRIPT),
]
CERTIFICATES = [
    Case("stranger", by("stranger"), Outcome.UNTRUSTED),
    Case("self_signed", by("alone"), Outcome.SELF_SIGNED),
    Case("second_is_stranger", _second_is_stranger, Outcome.UNTRUSTED),
    Case("no_anchor", signed, Outcome.UNTRUSTED, materials=Materials),
    Case("revoked", by("revoked"), Outcome.CERTIFICATE_REVOKED),
    Case("stamped_after_revocation", by("revoked", stamped_at=NOW), Outcome.CERTIFICATE_REVOKED),
    Case("expired", by("old"), Outcome.CERTIFICATE_EXPIRED),
    Case("expired_unproven", by("old", YEAR_AGO), Outcome.EXPIRED_UNPROVEN),
    Case("expired_but_stamped", by("old", YEAR_AGO, YEAR_AGO), Outcome.REVOCATION_UNCHECKED),
    Case("future", by("future"), Outcome.CERTIFICATE_NOT_YET),
    Case("claimed_before_certificate", by("bambang", NOW - 500 * DAY), Outcome.CERTIFICATE_NOT_YET),
    Case("unfit", by("unfit"), Outcome.CERTIFICATE_UNFIT),
    Case("short_key", by("short"), Outcome.WEAK_ALGORITHM),
    Case("sha1", by("bambang", digest="sha1"), Outcome.WEAK_ALGORITHM),
    Case("no_list", signed, Outcome.REVOCATION_UNCHECKED, materials=without_lists),
    Case("stale_list", signed, Outcome.REVOCATION_UNCHECKED, moment=NOW + timedelta(days=90)),
]
OTHERWISE = [
    Case("unsigned", plain, Outcome.UNSIGNED),
    Case("unsigned_script", lambda: appended(plain(), attacks.add_script), Outcome.UNSIGNED),
    Case("unsigned_attachment", lambda: attacks.with_attachment(plain()), Outcome.UNSIGNED),
    Case("empty_field", attacks.empty_field, Outcome.UNSIGNED),
    Case("time_stamp_only", attacks.stamped_only, Outcome.TIMESTAMP_ONLY),
    Case("password", _locked("rahasia"), Outcome.LOCKED),
    Case("encrypted_open", _locked(""), Outcome.UNSIGNED),
    Case("nothing", lambda: b"", Outcome.EMPTY),
    Case("png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, Outcome.NOT_PDF),
    Case("html", lambda: b"<html>%PDF-1.7", Outcome.NOT_PDF),
    Case("junk_before", lambda: b"\n\n" + signed(), Outcome.NOT_PDF),
    Case("only_header", lambda: b"%PDF-1.7\n", Outcome.DAMAGED),
    Case("noise", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", Outcome.DAMAGED),
]
ODD = [
    Case("xref_loop", oddities.xref_loop, Outcome.DAMAGED),
    Case("xref_stream_loop", oddities.xref_stream_loop, Outcome.DAMAGED),
    Case("page_loop", oddities.page_loop, Outcome.UNSIGNED),
    Case("field_loop", oddities.field_loop, Outcome.DAMAGED),
    Case("nested_arrays", lambda: oddities.nested(5000), Outcome.DAMAGED),
    Case("claimed_pages", oddities.claimed_pages, Outcome.UNSIGNED),
    Case("object_stream_in_itself", oddities.object_stream_in_itself, Outcome.DAMAGED),
    Case("bomb_in_contents", oddities.bomb_in_contents, Outcome.UNSIGNED),
    Case("bomb_in_object_stream", oddities.bomb_in_object_stream, Outcome.TOO_COMPLEX),
    Case("bomb_in_xref_stream", oddities.bomb_in_xref_stream, Outcome.TOO_COMPLEX),
    Case("many_signatures", lambda: attacks.hollow_fields(25), Outcome.TOO_COMPLEX),
    Case("hollow_signatures", lambda: attacks.hollow_fields(5), Outcome.SIGNATURE_BROKEN),
    Case("many_updates", lambda: oddities.many_updates(300), Outcome.UNSIGNED),
    Case("many_pages", lambda: oddities.many_pages(5000), Outcome.UNSIGNED),
]
CASES = [*GOOD, *FLIPPED, *CUT, *APPENDED, *FORGED, *CERTIFICATES, *OTHERWISE, *ODD]


def _hundred_megabytes() -> bytes:
    """A letter with a picture of nearly 100 MB, signed."""
    noise = bytes(range(256)) * 4096 * 99

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.PieceInfo = pdf.make_stream(noise)

    return sign(letters.rewritten(plain(), add, compress_streams=False), town().bambang)


HEAVY = [
    Case("hundred_megabytes_signed", _hundred_megabytes, Outcome.VALID),
    Case("long_token", lambda: oddities.long_token(90), Outcome.TOO_LONG),
    Case("many_pages_heavy", lambda: oddities.many_pages(60_000), Outcome.UNSIGNED),
    Case("many_updates_heavy", lambda: oddities.many_updates(5000), Outcome.UNSIGNED),
    Case("nested_arrays_heavy", lambda: oddities.nested(2_000_000), Outcome.DAMAGED),
]
