"""Officers' certificates without officers, letters to sign, and two validators that are not ours."""

from __future__ import annotations

import asyncio
import base64
import subprocess
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import typst
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from balai.documents.models import Credential
from balai.documents.signing import trust
from balai.documents.signing.demo_ca import authority as demo
from balai.documents.signing.demo_ca.certificates import Pair
from balai.documents.signing.keys import PrivateKey, open_p12, validity
from balai.documents.signing.registry import Mark, SignOrder

PASSPHRASE = "frasa rahasia 7"
MARK = Mark(-1, (300.0, 60.0, 520.0, 120.0), ("Ditandatangani secara elektronik oleh", "Bambang Sutejo"))


def order(**changes: object) -> SignOrder:
    """Sign now, at B-B, with a mark."""
    values: dict[str, object] = {
        "field_name": "TTE-1",
        "reason": "Penerbitan surat",
        "location": "Sawentar",
        "name": "Bambang Sutejo",
        "level": "b-b",
        "mark": MARK,
        "at": datetime.now(UTC).replace(microsecond=0),
    }
    return SignOrder(**{**values, **changes})  # type: ignore[arg-type]  # a test's own words


@cache
def letter() -> bytes:
    """A letter as Typst sets it: PDF/A-2b, titled, tagged."""
    source = b'#set document(title: "Surat Keterangan")\n#set text(lang: "id")\n= Surat\nIsi surat.\n'
    pdf = typst.compile(source, format="pdf", pdf_standards=["a-2b"])
    assert isinstance(pdf, bytes)
    return pdf


@cache
def dated_letter() -> bytes:
    """The same with a day, as the frame of every letter gives it one."""
    day = b'#set document(title: "Surat", author: "D", date: datetime(year: 2026, month: 11, day: 19))\n= S'
    pdf = typst.compile(day, format="pdf", pdf_standards=["a-2b"])
    assert isinstance(pdf, bytes)
    return pdf


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Made once: finding primes takes longer than all else here."""
    return rsa.generate_private_key(65537, 2048)


def p12(name: str = "Bambang Sutejo", key: PrivateKey | None = None) -> bytes:
    """A file of the demo authority for an officer."""
    return demo.make_p12(demo.officer_name(name, "Kepala Desa"), PASSPHRASE, key=key)


def credential(content: bytes, certificate: x509.Certificate, signer: str = "demo") -> Credential:
    """A certificate on record, without a database."""
    starts_at, ends_at = validity(certificate)
    secret = base64.b64encode(content).decode()
    return Credential(signer=signer, secret=secret, starts_at=starts_at, ends_at=ends_at)


def officer_row(
    name: str = "Bambang Sutejo", signer: str = "demo", key: PrivateKey | None = None
) -> Credential:
    """A fresh certificate of the demo authority on record, without a database."""
    content = p12(name, key)
    return credential(content, open_p12(content, PASSPHRASE).certificate, signer)


def of_pair(pair: Pair, signer: str = "demo") -> Credential:
    """The same for a certificate that the test has made."""
    return credential(demo.packed(pair, PASSPHRASE), pair.certificate, signer)


def ades_outcome(pdf: bytes, level: str, which: int = 0, at: datetime | None = None) -> str:
    """What pyHanko's validation of this level says of a signature: "OK", or a word of ETSI EN 319 102-1."""
    return asyncio.run(_ades_outcome(pdf, level, which, at or datetime.now(UTC)))


async def _ades_outcome(pdf: bytes, level: str, which: int, at: datetime) -> str:
    embedded = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[which]
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=False)
    if level == "b-lta":
        spec = PdfSignatureValidationSpec(_policy())
        result = await ades.ades_lta_validation(embedded, spec, timing_info=timing)
    else:
        validate = ades.ades_basic_validation if level == "b-b" else ades.ades_with_time_validation
        digest = embedded.compute_digest()
        result = await validate(embedded.signed_data, _policy(), timing_info=timing, raw_digest=digest)
    return str(result.ades_subindic.standard_name)


def _policy() -> SignatureValidationSpec:
    """Every link of every chain needs a revocation list; nothing is fetched."""
    manager = SimpleTrustManager.build(trust_roots=list(trust.anchors()))
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=manager,
            revinfo_policy=CertRevTrustPolicy(
                revocation_checking_policy=REQUIRE_REVINFO, retroactive_revinfo=True
            ),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(
            known_crls=[CRLContainer(each) for each in trust.crls()],
            known_certs=list(trust.intermediates()),
        ),
    )


def pdfsig(pdf: bytes, folder: Path) -> list[dict[str, str]]:
    """What poppler and NSS say of each signature, by the words of `pdfsig`; `nss/` holds whom they trust."""
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    said = told("pdfsig", "-nssdir", str(folder.parent / "nss"), str(file))
    blocks = said.split("Signature #")[1:]
    return [dict(_said(line) for line in block.splitlines() if line.startswith("  - ")) for block in blocks]


def told(*command: str) -> str:
    """What a program says about a file that a test has made."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - a test's own words
    return done.stdout


def _said(line: str) -> tuple[str, str]:
    word, _colon, rest = line.removeprefix("  - ").partition(": ")
    return word, rest
