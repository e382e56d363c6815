"""Signed letters as others see them: pdfsig (poppler, NSS), pyHanko's validation by the book, and qpdf."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import cms
from pyhanko.sign.signers import Signer as CmsSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from balai.documents.signing import trust
from balai.documents.signing.cms import HeldKeySigner
from balai.documents.signing.demo import WARNING
from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca import revocation
from balai.documents.signing.demo_ca.certificates import Pair, new_key
from balai.documents.signing.keys import open_p12
from balai.documents.signing.registry import LEVELS, Mark, OpenedKey, Signer, SignerRefused
from balai.documents.signing.tests import samples
from balai.documents.signing.tests.samples import PASSPHRASE, ades_outcome, letter, order, pdfsig

DIGEST = bytes(range(32))
VALID, TRUSTED = "Signature is Valid.", "Certificate is Trusted."


@pytest.mark.parametrize("level", LEVELS)
def test_pdfsig_and_pyhanko_agree_on_each_level(
    level: str, signer: Signer, opened: OpenedKey, nss: Path
) -> None:
    signed = signer.sign(opened, letter(), order(level=level))
    seen = pdfsig(signed, nss)[0]
    assert (seen["Signature Validation"], seen["Certificate Validation"]) == (VALID, TRUSTED)
    assert seen["Signature Type"] == "ETSI.CAdES.detached"
    assert ades_outcome(signed, level) == "OK"


def test_a_stamp_over_the_file_covers_all_of_it(signer: Signer, opened: OpenedKey, nss: Path) -> None:
    signed = signer.sign(opened, letter(), order(level="b-lta"))
    file = nss / "whole.pdf"
    file.write_bytes(signed)
    assert "Total document signed" in samples.told("pdfsig", "-nocert", str(file)).split("Signature #2")[1]


def test_signed_file_says_twice_when_it_was_changed_and_else_what_it_said(
    signer: Signer, opened: OpenedKey
) -> None:
    dated, once = samples.dated_letter(), order()
    signed = signer.sign(opened, dated, once)
    with pikepdf.open(BytesIO(dated)) as old, pikepdf.open(BytesIO(signed)) as new:
        old_xmp, new_xmp = dict(old.open_metadata()), dict(new.open_metadata())
        old_info, new_info = ({key: str(value) for key, value in pdf.docinfo.items()} for pdf in (old, new))
    modified = "{http://ns.adobe.com/xap/1.0/}ModifyDate"
    assert datetime.fromisoformat(new_xmp[modified]) == once.at
    assert new_info["/ModDate"].startswith(f"D:{once.at:%Y%m%d%H%M%S}")
    assert new_xmp == {**old_xmp, modified: new_xmp[modified]}
    assert new_info == {**old_info, "/ModDate": new_info["/ModDate"]}


def test_only_the_long_level_is_proven_after_the_certificate_has_ended(
    signer: Signer, opened: OpenedKey, frozen_clock: Callable[[datetime], object]
) -> None:
    short = signer.sign(opened, letter(), order())
    long = signer.sign(opened, letter(), order(level="b-lta"))
    later = datetime.now(UTC) + timedelta(days=3 * 365)
    frozen_clock(later)
    assert ades_outcome(short, "b-b", at=later) != "OK"
    assert ades_outcome(long, "b-lta", at=later) == "OK"


def test_rsa_signs_as_well(signer: Signer, nss: Path) -> None:
    row = samples.officer_row(key=samples.rsa_key())
    signed = signer.sign(signer.unlock(row, PASSPHRASE), letter(), order())
    assert pdfsig(signed, nss)[0]["Certificate Validation"] == TRUSTED
    assert ades_outcome(signed, "b-b") == "OK"


@pytest.mark.parametrize("is_rsa", [False, True])
def test_a_cast_signature_is_what_pyhanko_would_have_encoded(is_rsa: bool) -> None:
    held = open_p12(samples.p12(key=samples.rsa_key() if is_rsa else None), PASSPHRASE)
    mine = HeldKeySigner(held.key, held.certificate, held.chain)
    asked = {
        "use_pades": True,
        "signed_attr_settings": PdfCMSSignedAttributes(signing_time=datetime.now(UTC)),
    }
    wanted = asyncio.run(CmsSigner.async_sign(mine, DIGEST, "sha256", **asked))
    for digest in (DIGEST, DIGEST[::-1]):
        cast = cms.ContentInfo.load(asyncio.run(mine.async_sign(digest, "sha256", **asked)), strict=True)
        assert _encoded(cast).replace(digest, DIGEST) == _encoded(wanted)


def _encoded(info: cms.ContentInfo) -> bytes:
    """Everything that was encoded, but the signature and the lengths around it."""
    signed = info["content"]
    signer_info = signed["signer_infos"][0]
    outer = ("version", "digest_algorithms", "encap_content_info", "certificates")
    inner = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "unsigned_attrs")
    return b"".join([signed[name].dump() for name in outer] + [signer_info[name].dump() for name in inner])


@pytest.mark.parametrize("level", ["b-b", "b-lta"])
def test_a_second_signer_appends_and_leaves_the_first_valid(
    level: str, signer: Signer, opened: OpenedKey, nss: Path
) -> None:
    first = signer.sign(opened, letter(), order(level=level))
    row = samples.officer_row("Hendra Gunawan")
    above = Mark(1, (60.0, 60.0, 280.0, 120.0), ("Mengetahui", "Hendra Gunawan"))
    second = order(level=level, field_name="TTE-2", name="Hendra Gunawan", mark=above)
    both = signer.sign(signer.unlock(row, PASSPHRASE), first, second)
    assert both.startswith(first)
    seen = [each for each in pdfsig(both, nss) if each["Signature Type"] == "ETSI.CAdES.detached"]
    assert [each["Signature Validation"] for each in seen] == [VALID, VALID]
    assert [each["Signer Certificate Common Name"].split(" (")[0] for each in seen] == [
        "Bambang Sutejo",
        "Hendra Gunawan",
    ]
    assert [ades_outcome(both, level, which) for which in (0, 1)] == ["OK", "OK"]


def test_one_changed_byte_is_seen(signer: Signer, opened: OpenedKey, nss: Path) -> None:
    signed = signer.sign(opened, letter(), order())
    spot = signed.index(b"/Type /Page") if b"/Type /Page" in signed else 200
    broken = signed[:spot] + bytes([signed[spot] ^ 1]) + signed[spot + 1 :]
    assert pdfsig(broken, nss)[0]["Signature Validation"] != VALID


def test_a_revoked_certificate_is_seen(signer: Signer) -> None:
    content = samples.p12("Edi Kurniawan")
    certificate = open_p12(content, PASSPHRASE).certificate
    signed = signer.sign(
        signer.unlock(samples.credential(content, certificate), PASSPHRASE), letter(), order()
    )
    assert ades_outcome(signed, "b-b") == "OK"
    revocation.revoke(certificate.serial_number, reason="key_compromise")
    assert ades_outcome(signed, "b-b").startswith("REVOKED")


@pytest.mark.parametrize("level", LEVELS)
def test_qpdf_finds_the_structure_sound_and_the_letter_unchanged(
    level: str, signer: Signer, opened: OpenedKey
) -> None:
    signed = signer.sign(opened, letter(), order(level=level))
    assert signed.startswith(letter())
    with pikepdf.open(BytesIO(signed)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.Lang == "id"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.AcroForm.SigFlags == 3
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            assert (meta["pdfaid:part"], meta["dc:title"]) == ("2", "Surat Keterangan")
        field = pdf.Root.AcroForm.Fields[0]
        assert (field.T, field.V.SubFilter) == ("TTE-1", "/ETSI.CAdES.detached")
        assert str(field.TU) == "Penerbitan surat (UJI COBA), Bambang Sutejo"


def test_the_signature_says_who_why_where_and_when(signer: Signer, opened: OpenedKey) -> None:
    at = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
    signed = signer.sign(opened, letter(), order(at=at))
    with pikepdf.open(BytesIO(signed)) as pdf:
        value = pdf.Root.AcroForm.Fields[0].V
        assert str(value.Name) == "Bambang Sutejo"
        assert str(value.Reason) == "Penerbitan surat (UJI COBA)"
        assert str(value.Location) == "Sawentar"
        assert str(value.M) == "D:20261121023000Z"


def test_the_mark_stands_in_its_box_with_fonts_of_its_own(
    signer: Signer, opened: OpenedKey, tmp_path: Path
) -> None:
    file = tmp_path / "marked.pdf"
    file.write_bytes(signer.sign(opened, letter(), order()))
    box = ["-x", "300", "-y", "720", "-W", "220", "-H", "64"]  # from above: 842 - 120
    told = samples.told("pdftotext", *box, str(file), "-")
    lines = [line for line in told.splitlines() if line.strip()]
    assert lines == [*samples.MARK.lines, WARNING]
    with pikepdf.open(file) as pdf:
        form = pdf.Root.AcroForm.Fields[0].AP.N
        used = form.Resources.Font
        assert all("/FontFile2" in f.DescendantFonts[0].FontDescriptor for f in used.values())


def test_a_letter_without_a_mark_is_signed_out_of_sight(signer: Signer, opened: OpenedKey) -> None:
    with pikepdf.open(BytesIO(signer.sign(opened, letter(), order(mark=None)))) as pdf:
        assert [float(edge) for edge in pdf.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]


def test_what_cannot_be_signed_is_refused_for_good(signer: Signer, opened: OpenedKey) -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(letter())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user="x"))
    signed = signer.sign(opened, letter(), order())
    tiny = Mark(1, (0.0, 0.0, 5.0, 5.0), ("x",))
    cases = [
        (b"not a PDF", order(), "pdf_unreadable"),
        (letter()[:3000], order(), "pdf_unreadable"),
        (locked.getvalue(), order(), "pdf_unreadable"),
        (signed, order(), "signature_refused"),
        (letter(), order(mark=tiny), "order_refused"),
        (letter(), order(mark=Mark(9, samples.MARK.box, ("x",))), "pdf_unreadable"),
        (letter(), order(at=datetime(2040, 1, 1, tzinfo=UTC)), "certificate_ended"),
    ]
    for pdf_bytes, asked, code in cases:
        with pytest.raises(SignerRefused) as refused:
            signer.sign(opened, pdf_bytes, asked)
        assert refused.value.code == code


def test_a_chain_that_reaches_no_anchor_gets_no_long_level(signer: Signer) -> None:
    stranger = _stranger()
    opened = signer.unlock(samples.of_pair(stranger), PASSPHRASE)
    assert signer.sign(opened, letter(), order()).startswith(letter())
    with pytest.raises(SignerRefused) as refused:
        signer.sign(opened, letter(), order(level="b-lta"))
    assert refused.value.code == "chain_unproven"


def _stranger() -> Pair:
    """A certificate of an authority that nobody here knows."""
    key, now = new_key(), datetime.now(UTC)
    from balai.documents.signing.demo_ca import certificates as c  # noqa: PLC0415 - for this one

    root = c.make_root(c.demo_name("Akar lain", "Lain"), now)
    at = c.Addresses("http://127.0.0.1/x.cer", "http://127.0.0.1/x.crl")
    valid = (now - timedelta(days=1), now + timedelta(days=9))
    return Pair(c.issue(c.demo_name("Orang lain", "Lain"), key.public_key(), root, at, valid), key)


def test_demo_certificates_are_known_as_such() -> None:
    assert trust.is_demo(trust.intermediates()[-1])
    assert demo.authority().root.certificate.subject.rfc4514_string().count("UJI COBA") == 2
