"""One signature of a PDF: what it protects, whether it holds, who made it, and what became of the file since.

pyHanko does the cryptography, the paths (RFC 5280) and the comparison of revisions; which bytes are protected
is measured again here (`coverage`), because everything else stands on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.ades import AdESBasicValidationResult, ades_basic_validation, ades_lta_validation
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import LocalKnowledge, SignatureValidationSpec
from pyhanko.sign.validation.status import SignatureCoverageLevel

from balai.documents.verification.chamber import naming
from balai.documents.verification.chamber.coverage import measure
from balai.documents.verification.chamber.knowledge import revocation_rows
from balai.documents.verification.chamber.offline import finish
from balai.documents.verification.chamber.stamping import Stamp, best, stamps_inside
from balai.documents.verification.chamber.trusting import Trust, at
from balai.documents.verification.facts import SignatureFacts

KNOWN_FORMATS = {"/ETSI.CAdES.detached": "PAdES", "/adbe.pkcs7.detached": "PKCS#7", "/PBAD.PAdES": "PAdES"}
_WEAK = {
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
}
_REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}


@dataclass(frozen=True)
class Bench:
    """What all signatures of one file are judged with."""

    reader: PdfFileReader
    size: int
    trust: Trust
    embedded: LocalKnowledge
    moment: datetime
    field_names: frozenset[str]
    document_stamps: Sequence[tuple[int, Stamp]] = ()
    has_archive: bool = False

    def specs(self) -> tuple[SignatureValidationSpec, SignatureValidationSpec]:
        """The strict rule and the lenient one, each knowing what the file brings along."""
        return self._knowing(self.trust.strict()), self._knowing(self.trust.lenient())

    def _knowing(self, spec: SignatureValidationSpec) -> SignatureValidationSpec:
        base = spec.local_knowledge
        return replace(
            spec,
            local_knowledge=replace(
                base,
                known_crls=base.known_crls + self.embedded.known_crls,
                known_ocsps=base.known_ocsps + self.embedded.known_ocsps,
                known_certs=base.known_certs + self.embedded.known_certs,
            ),
        )


def judge(signature: EmbeddedPdfSignature, bench: Bench) -> SignatureFacts:
    """All there is to say about one signature."""
    facts = _described(signature)
    place = measure(bench.reader.stream, bench.size, signature.byte_range, signature.pkcs7_content)
    facts = replace(facts, gap_start=place.gap_start, gap_end=place.gap_end, covered_to=place.end)
    if not place.is_sound:
        return replace(facts, fault="skips")
    facts = replace(facts, after=_after(signature, bench))
    stamp = _stamp(signature, bench)
    strict, _ = bench.specs()
    result = _basic(signature, strict, bench.moment)
    status = result.api_status
    if status is None or not status.intact or not status.valid:
        return replace(
            facts,
            intact=bool(status and status.intact),
            sound=bool(status and status.valid),
            stamp=stamp.state,
        )
    facts = replace(
        facts,
        intact=True,
        sound=True,
        stamp=stamp.state,
        stamped_at=naming.instant(stamp.at) if stamp.state == "trusted" else "",
        stamped_by=stamp.by,
        level=_level(signature, stamp, bench),
    )
    return _with_chain(facts, signature, bench, result, stamp)


def _described(signature: EmbeddedPdfSignature) -> SignatureFacts:
    certificate = signature.signer_cert
    entry = signature.sig_object
    return SignatureFacts(
        field=naming.printable(signature.field_name),
        signer=naming.common_name(certificate.subject),
        organisation=naming.organisation(certificate.subject),
        serial=f"{certificate.serial_number:x}"[:80],
        issuers=(naming.common_name(certificate.issuer),),
        starts_at=naming.instant(certificate.not_valid_before),
        ends_at=naming.instant(certificate.not_valid_after),
        claimed_at=naming.instant(_claimed(signature)),
        reason=naming.printable(entry.get("/Reason", "")),
        location=naming.printable(entry.get("/Location", "")),
        digest=naming.printable(signature.md_algorithm.upper()),
        algorithm=naming.key_words(certificate),
    )


def _claimed(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        return signature.self_reported_timestamp
    except Exception:  # a date that is none is no claim
        return None


def _after(signature: EmbeddedPdfSignature, bench: Bench) -> str:
    """What happened since: "nothing", "maintained", "signed", "filled" or "changed"."""
    if bench.reader.xrefs.hybrid_xrefs_present:
        # Two tables of contents for one file: only a signature over all of it leaves no choice between them.
        signature.compute_digest()
        whole = signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
        return "nothing" if whole else "changed"
    signature.compute_integrity_info()
    found = signature.diff_result
    if not isinstance(found, DiffResult) or signature.summarise_integrity_info()["docmdp_ok"] is False:
        return "changed"
    if found.changed_form_fields - bench.field_names:
        return "filled"
    return {
        ModificationLevel.NONE: "nothing",
        ModificationLevel.LTA_UPDATES: "maintained",
        ModificationLevel.FORM_FILLING: "signed" if found.changed_form_fields else "filled",
    }.get(found.modification_level, "changed")


def _stamp(signature: EmbeddedPdfSignature, bench: Bench) -> Stamp:
    inside = list(stamps_inside(signature, bench.specs(), bench.moment))
    over = [stamp for revision, stamp in bench.document_stamps if revision > signature.signed_revision]
    return best([*inside, *over])


def _level(signature: EmbeddedPdfSignature, stamp: Stamp, bench: Bench) -> str:
    """The PAdES baseline level by what is there (ETSI EN 319 142-1 §6)."""
    kind = KNOWN_FORMATS.get(str(signature.sig_object.get("/SubFilter", "")), "")
    if kind != "PAdES":
        return kind
    if stamp.state == "none":
        return "PAdES B-B"
    if not bench.has_archive:
        return "PAdES B-T"
    is_over = any(revision > signature.signed_revision for revision, _ in bench.document_stamps)
    return "PAdES B-LTA" if is_over else "PAdES B-LT"


def _basic(
    signature: EmbeddedPdfSignature, spec: SignatureValidationSpec, moment: datetime
) -> AdESBasicValidationResult[Any]:
    return finish(
        ades_basic_validation(
            signature.signed_data, spec, timing_info=at(moment), raw_digest=signature.compute_digest()
        )
    )


def _with_chain(
    facts: SignatureFacts,
    signature: EmbeddedPdfSignature,
    bench: Bench,
    result: AdESBasicValidationResult[Any],
    stamp: Stamp,
) -> SignatureFacts:
    chain, unchecked = _chain(signature, bench, result, stamp)
    facts = replace(facts, chain=chain, unchecked=unchecked)
    if stamp.state == "trusted" and not stamp.is_revocation_known:
        facts = replace(facts, unchecked=(*facts.unchecked, "stamp_revocation"))
    details = result.api_status.revocation_details if result.api_status else None
    if details is not None:
        facts = replace(facts, revoked_at=naming.instant(details.revocation_date))
    lenient = _basic(signature, bench.specs()[1], _moment_of(signature, bench, stamp))
    path = (result.api_status.validation_path if result.api_status else None) or (
        lenient.api_status.validation_path if lenient.api_status else None
    )
    if path is None:
        return facts
    certificates = [each for each in path if isinstance(each, x509.Certificate)]
    return replace(
        facts,
        issuers=tuple(naming.common_name(each.subject) for each in reversed(certificates[:-1])),
        anchor=next((each.sha256.hex() for each in certificates if bench.trust.is_anchor(each)), ""),
        revocation=revocation_rows(reversed(certificates), _consulted(facts, bench), bench.trust),
    )


def _consulted(facts: SignatureFacts, bench: Bench) -> LocalKnowledge:
    """Lists and answers that the verdict rests on: none where revocation was not established by any.

    An ended list, or one that somebody made up under the issuer's name, is at hand and says nothing.
    """
    is_established = facts.chain in {"trusted", "revoked"} and "revocation" not in facts.unchecked
    return bench.specs()[0].local_knowledge if is_established else LocalKnowledge()


def _moment_of(signature: EmbeddedPdfSignature, bench: Bench, stamp: Stamp) -> datetime:
    """When the certificate had to be valid: the proven time, or now."""
    return stamp.at if stamp.state == "trusted" and stamp.at else bench.moment


def _chain(
    signature: EmbeddedPdfSignature,
    bench: Bench,
    result: AdESBasicValidationResult[Any],
    stamp: Stamp,
) -> tuple[str, tuple[str, ...]]:
    """ "trusted" or what is wrong with the certificate, and what could not be checked about it."""
    certificate = signature.signer_cert
    when = _moment_of(signature, bench, stamp)
    if result.ades_subindic == AdESPassed.OK:
        return ("not_yet", ()) if when < certificate.not_valid_before else ("trusted", ())
    if result.ades_subindic in _WEAK:
        return "weak", ()
    lenient = _basic(signature, bench.specs()[1], when)
    known = "" if lenient.ades_subindic == AdESPassed.OK else _wrong(lenient, certificate, when)
    if known:
        return known, ()
    if result.ades_subindic in _REVOKED:
        return _revoked(signature, result, when, stamp), ()
    return ("trusted", ()) if _holds_long_term(signature, bench) else ("trusted", ("revocation",))


def _wrong(result: AdESBasicValidationResult[Any], certificate: x509.Certificate, when: datetime) -> str:
    """What is wrong apart from revocation."""
    found = result.ades_subindic
    if found in _WEAK:
        return "weak"
    if found == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE and certificate.self_issued:
        return "self_signed"
    if found == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        return "self_signed" if certificate.self_issued else "untrusted"
    if when < certificate.not_valid_before:
        return "not_yet"
    if when > certificate.not_valid_after:
        return "expired"
    return "unfit" if found == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE else "unclear"


def _revoked(
    signature: EmbeddedPdfSignature, result: AdESBasicValidationResult[Any], when: datetime, stamp: Stamp
) -> str:
    """A signature that is proven to be older than the revocation stays good."""
    details = result.api_status.revocation_details if result.api_status else None
    is_older = stamp.state == "trusted" and details is not None and when < details.revocation_date
    return "trusted" if is_older else "revoked"


def _holds_long_term(signature: EmbeddedPdfSignature, bench: Bench) -> bool:
    """Whether what the file archived proves it as of then (ETSI EN 319 102-1 §5.6.3)."""
    if not bench.has_archive or not bench.document_stamps:
        return False
    try:
        result = finish(
            ades_lta_validation(signature, bench.trust.long_term(bench.moment), timing_info=at(bench.moment))
        )
    except Exception:  # an archive that pyHanko cannot follow proves nothing
        return False
    return result.ades_subindic == AdESPassed.OK
