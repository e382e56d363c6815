"""Writing PAdES signatures (ETSI EN 319 142-1) into a PDF with pyHanko, each appended to what is there.

B-B is a signature with its chain. B-T adds a time stamp over it. B-LTA adds what is needed to check it when
the certificates have long ended (chain and revocation lists), and a time stamp over the whole file.

Room for the signature is reserved by the size of the chain, so that nothing is signed twice to measure it.
"""

from __future__ import annotations

import asyncio
import io
import logging
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError, PdfReadError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_byterange import BuildProps
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from balai.documents.signing import mark as marks
from balai.documents.signing import trust
from balai.documents.signing.cms import HeldKeySigner
from balai.documents.signing.dating import DatedWriter
from balai.documents.signing.errors import SignerBusy, SignerRefused
from balai.documents.signing.registry import SignOrder

# It warns that nothing is fetched, at every letter; that is so on purpose.
logging.getLogger("pyhanko").setLevel(logging.ERROR)

HASH = "sha256"
CMS_BYTES = 2_048
STAMP_MARGIN = 128
CHAIN_FAULTS = (PathBuildingError, PathValidationError)
# What is needed for checking goes into the revision of the signature; the stamp over the file comes last.
DSS = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
MADE_BY = BuildProps(name="Balai")


def room_for(signer: HeldKeySigner) -> int:
    """Bytes that a signature of this key takes at most, without a time stamp."""
    chain = [*signer.cert_registry, signer.signing_cert]
    return CMS_BYTES + sum(len(certificate.dump()) for certificate in chain if certificate is not None)


def sign(signer: HeldKeySigner, pdf: bytes, order: SignOrder, *, room: int) -> bytes:
    """The PDF with one more signature; raises SignerBusy or SignerRefused with a stable code."""
    try:
        if order.level == "b-b":
            return asyncio.run(_signed(signer, pdf, order, room=room, stamper=None))
        stamper = trust.timestamper()
        if stamper is None:
            raise SignerRefused("no_timestamper")
        return asyncio.run(_signed(signer, pdf, order, room=room, stamper=stamper))
    except TimestampRequestError:
        raise SignerBusy("timestamper_refused") from None
    except (*CHAIN_FAULTS, SigningError, PdfError, PdfReadError, ValueError) as error:
        raise SignerRefused(_code_of(error)) from error


def _code_of(error: Exception) -> str:
    if isinstance(error, CHAIN_FAULTS) or isinstance(error.__cause__, CHAIN_FAULTS):
        return "chain_unproven"
    if isinstance(error, SigningError):
        return "signature_refused"
    return "pdf_unreadable" if isinstance(error, PdfError) else "order_refused"


async def _signed(
    signer: HeldKeySigner, pdf: bytes, order: SignOrder, *, room: int, stamper: TimeStamper | None
) -> bytes:
    if stamper is not None:  # it keeps what it was answered once, and so knows how long its stamps are
        room += len((await stamper.async_dummy_response(HASH)).dump()) + STAMP_MARGIN
    writer = DatedWriter(io.BytesIO(pdf), order.at)
    session = _pdf_signer(signer, order, stamper).init_signing_session(writer)
    session.system_time = order.at
    status = await session.perform_presign_validation(writer)
    prepared = session.prepare_tbs_document(validation_info=status, bytes_reserved=2 * room)
    output = io.BytesIO()
    digest, _same = prepared.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=order.at)
    done = await prepared.perform_signature(digest.document_digest, attributes)
    await done.post_signature_processing(output)
    return output.getvalue()


def _pdf_signer(signer: HeldKeySigner, order: SignOrder, stamper: TimeStamper | None) -> PdfSigner:
    mark = order.mark
    is_long = order.level == "b-lta"
    meta = PdfSignatureMetadata(
        field_name=order.field_name,
        md_algorithm=HASH,
        subfilter=SigSeedSubFilter.PADES,
        name=order.name,
        reason=order.reason,
        location=order.location,
        app_build_props=MADE_BY,
        validation_context=_context(order.at) if is_long else None,
        embed_validation_info=is_long,
        use_pades_lta=is_long,
        timestamp_field_name=f"{order.field_name}-waktu",
        dss_settings=DSS,
    )
    spec = SigFieldSpec(
        order.field_name,
        on_page=0 if mark is None else mark.page - (mark.page > 0),
        box=None if mark is None else mark.box,  # type: ignore[arg-type]  # floats are as good
        readable_field_name=f"{order.reason}, {order.name}",
    )
    style = None if mark is None else marks.style_of(mark)
    return PdfSigner(meta, signer, timestamper=stamper, stamp_style=style, new_field_spec=spec)


def _context(at: datetime) -> ValidationContext:
    """For B-LTA: only a chain that reaches an anchor, with a revocation list for each link."""
    return ValidationContext(
        trust_roots=list(trust.anchors()),
        other_certs=list(trust.intermediates()),
        crls=list(trust.crls()),
        revocation_mode="hard-fail",
        allow_fetching=False,
        retroactive_revinfo=True,
        moment=at,
    )
