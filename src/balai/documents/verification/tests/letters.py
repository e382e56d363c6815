"""Letters for the tests, made here: plain ones, and signed ones as pyHanko signs them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext

from balai.documents.verification.tests.pki import NOW, Identity, town

Change = Callable[[IncrementalPdfFileWriter], None]
name = generic.pdf_name


class _Signer(signers.PdfSigner):
    """Claims the instant it is given instead of the machine's."""

    claimed_at: datetime = NOW

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.claimed_at
        return session


@cache
def plain(*, pages: int = 2, form: bool = False, xref_streams: bool = False) -> bytes:
    """A letter without signature."""
    with pikepdf.new() as pdf:
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            words = f"BT /F1 12 Tf 72 700 Td (Surat Keterangan Usaha halaman {number + 1}) Tj ET"
            page.Contents = pdf.make_stream(words.encode())
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        if form:
            _add_form(pdf)
        made = BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if xref_streams else pikepdf.ObjectStreamMode.disable
        pdf.save(made, static_id=True, compress_streams=False, object_stream_mode=mode)
    return made.getvalue()


def _add_form(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("keperluan"),
            V=pikepdf.String("Pinjaman"),
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            Rect=[72, 600, 300, 620],
            P=pdf.pages[0].obj,
            DA=pikepdf.String("/Helv 12 Tf 0 g"),
        )
    )
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([field])))


def sign(
    pdf: bytes,
    who: Identity,
    *,
    field: str = "TTE-1",
    stamp: DummyTimeStamper | None = None,
    at: datetime = NOW,
    digest: str = "sha256",
    **options: Any,
) -> bytes:
    """One more signature on this file, appended."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if writer.prev.encrypted:
        writer.encrypt("")
    given = {"subfilter": fields.SigSeedSubFilter.PADES, **options}
    order = signers.PdfSignatureMetadata(field_name=field, md_algorithm=digest, **given)
    signer = _Signer(order, who.signer(), timestamper=stamp)
    signer.claimed_at = at
    made: bytes = signer.sign_pdf(writer).getvalue()
    return made


@cache
def signed() -> bytes:
    """Signed by the head of the village, PAdES B-B."""
    return sign(plain(), town().bambang)


@cache
def stamped() -> bytes:
    """PAdES B-T."""
    return sign(plain(), town().bambang, stamp=town().stamp())


@cache
def archived() -> bytes:
    """PAdES B-LTA: with what it takes to check it when the certificates are long over."""
    people = town()
    context = ValidationContext(
        trust_roots=[people.root.loaded],
        other_certs=[people.middle.loaded],
        crls=list(people.materials().crls),
        allow_fetching=False,
        moment=NOW,
        revocation_mode="require",
    )
    options = {"embed_validation_info": True, "use_pades_lta": True, "validation_context": context}
    return sign(plain(), people.bambang, stamp=people.stamp(), **options)


@cache
def signed_twice() -> bytes:
    """By the secretary first, then by the head."""
    return sign(sign(plain(), town().sri), town().bambang, field="TTE-2")


def appended(pdf: bytes, change: Change) -> bytes:
    """The file with an incremental update that makes this change; what was there stays byte for byte."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:
    """The file written anew after a change."""
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(made, static_id="encryption" not in options, **options)
    return made.getvalue()


def flipped(pdf: bytes, place: int, mask: int = 1) -> bytes:
    """The file with one bit turned (`mask` says which)."""
    return pdf[:place] + bytes([pdf[place] ^ mask]) + pdf[place + 1 :]


def replaced(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """The file with the last occurrence of `old` replaced, at the same length."""
    if len(old) != len(new):
        raise ValueError("the file would shift")
    place = pdf.rindex(old)
    return pdf[:place] + new + pdf[place + len(old) :]
