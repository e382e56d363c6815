"""Materials as pyHanko takes them, and the rules by which it judges a certificate with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from asn1crypto import crl, x509
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import (
    CertValidationPolicySpec,
    ValidationTimingInfo,
)
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
)
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from balai.documents.verification.chamber.materials import Materials

# One of the two says "signs" (RFC 5280 §4.2.1.3); Indonesian issuers set either.
SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})


class Trust:
    """Whom to believe; made once, inherited by every forked child."""

    def __init__(self, materials: Materials) -> None:
        self.anchors = [x509.Certificate.load(each) for each in materials.anchors]
        self.intermediates = [x509.Certificate.load(each) for each in materials.intermediates]
        self.crls = [CRLContainer(crl.CertificateList.load(each)) for each in materials.crls]
        self._manager = SimpleTrustManager.build(self.anchors)
        self._anchors = {sha256(each.dump()).hexdigest() for each in self.anchors}

    def strict(self) -> SignatureValidationSpec:
        """Nothing counts whose revocation could not be looked up."""
        return self._spec(REQUIRE_REVINFO)

    def lenient(self) -> SignatureValidationSpec:
        """As if nothing had been revoked: to tell what else would be wrong."""
        return self._spec(NO_REVOCATION)

    def long_term(self, moment: datetime) -> PdfSignatureValidationSpec:
        """With proof that the lists at hand exist since `moment`, as ETSI EN 319 102-1 §5.6 asks for."""
        spec = self.strict()
        known = list(spec.local_knowledge.assert_existence_known_at(moment))
        knowledge = replace(spec.local_knowledge, known_poes=known)
        return PdfSignatureValidationSpec(replace(spec, local_knowledge=knowledge))

    def is_anchor(self, certificate: x509.Certificate) -> bool:
        """Whether it is one of the roots that this town believes."""
        return sha256(certificate.dump()).hexdigest() in self._anchors

    def _spec(self, rule: RevocationCheckingPolicy) -> SignatureValidationSpec:
        return SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(
                trust_manager=self._manager, revinfo_policy=CertRevTrustPolicy(rule)
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                RevinfoOnlineFetchingRule.LOCAL_ONLY,
                certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
            ),
            local_knowledge=LocalKnowledge(known_crls=self.crls, known_certs=self.intermediates),
            key_usage_settings=SIGNING,
        )


def at(moment: datetime) -> ValidationTimingInfo:
    """Judge as of this instant."""
    return ValidationTimingInfo(
        validation_time=moment, best_signature_time=moment, point_in_time_validation=True
    )
