"""When a signature existed at the latest: time stamps inside it, and document time stamps laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms
from pyhanko.sign.ades.report import AdESFailure, AdESPassed
from pyhanko.sign.validation.ades import ades_timestamp_validation
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, message_imprint_checker
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import SignatureValidationSpec

from balai.documents.verification.chamber import naming
from balai.documents.verification.chamber.offline import finish
from balai.documents.verification.chamber.trusting import at

Imprint = Callable[[str], bytes]


@dataclass(frozen=True)
class Stamp:
    """One time stamp: "trusted", "untrusted" (sound, but by a stranger) or "broken"."""

    state: str
    at: datetime | None = None
    by: str = ""
    is_revocation_known: bool = True


def best(stamps: Sequence[Stamp]) -> Stamp:
    """The oldest that is trusted; else the worst news there is."""
    trusted = [each for each in stamps if each.state == "trusted" and each.at is not None]
    if any(each.state == "broken" for each in stamps):
        return next(each for each in stamps if each.state == "broken")
    if trusted:
        return min(trusted, key=lambda each: naming.instant(each.at))
    return stamps[0] if stamps else Stamp("none")


def stamps_inside(
    signature: EmbeddedPdfSignature, specs: Sequence[SignatureValidationSpec], moment: datetime
) -> Iterator[Stamp]:
    """Those that the signature carries (PAdES B-T)."""
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        yield judge(token, message_imprint_checker(signature.signer_info), specs, moment)


def judge(
    token: cms.SignedData, imprint: Imprint, specs: Sequence[SignatureValidationSpec], moment: datetime
) -> Stamp:
    """Judge one token by each of the rules in turn, the strictest first."""
    stamp = Stamp("broken")
    for spec in specs:
        try:
            result = finish(ades_timestamp_validation(token, spec, imprint, timing_info=at(moment)))
        except Exception:  # a token that pyHanko cannot follow proves nothing, whatever its reason
            return Stamp("broken")
        if isinstance(result.ades_subindic, AdESFailure) or result.api_status is None:
            return Stamp("broken")
        status = result.api_status
        is_trusted = result.ades_subindic == AdESPassed.OK
        by = naming.common_name(status.signing_cert.subject)
        stamp = Stamp("trusted" if is_trusted else "untrusted", status.timestamp, by, spec is specs[0])
        if is_trusted:
            break
    return stamp
