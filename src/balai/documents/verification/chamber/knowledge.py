"""Revocation lists and answers: those that a file brings along, and which of all speaks of a certificate."""

from __future__ import annotations

from collections.abc import Iterable

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import LocalKnowledge
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from balai.documents.verification.chamber import naming
from balai.documents.verification.chamber.trusting import Trust
from balai.documents.verification.facts import Revocation

MOST_ENTRIES = 100


def embedded_knowledge(reader: PdfFileReader) -> LocalKnowledge:
    """What the file's security store holds (ISO 32000-2 §12.8.4.3); nothing of a broken one."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        crls = [each.get_object().read_data(DecodePurpose.CRL) for each in store.crls[:MOST_ENTRIES]]
        answers = [
            each.get_object().read_data(DecodePurpose.OCSP_RESPONSE) for each in store.ocsps[:MOST_ENTRIES]
        ]
        return LocalKnowledge(
            known_crls=[CRLContainer(crl.CertificateList.load(each)) for each in crls],
            known_ocsps=[
                held for each in answers for held in OCSPContainer.load_multi(ocsp.OCSPResponse.load(each))
            ],
            known_certs=list(store.load_certs())[:MOST_ENTRIES],
        )
    except NoDSSFoundError:
        return LocalKnowledge()
    except Exception:  # a broken store proves nothing; the signature may hold without it
        return LocalKnowledge()


def revocation_rows(
    path: Iterable[x509.Certificate], known: LocalKnowledge, trust: Trust
) -> tuple[Revocation, ...]:
    """For each certificate below the anchor, what was at hand to look it up in."""
    return tuple(_row(each, known) for each in path if not trust.is_anchor(each))


def _row(certificate: x509.Certificate, known: LocalKnowledge) -> Revocation:
    name = naming.common_name(certificate.subject)
    for answer in known.known_ocsps:
        single = _speaks_of(answer, certificate)
        if single is not None:
            return Revocation(
                name,
                "OCSP",
                "",
                naming.instant(single["this_update"].native),
                naming.instant(single["next_update"].native),
            )
    for held in known.known_crls:
        listed = held.crl_data
        if listed.issuer == certificate.issuer:
            body = listed["tbs_cert_list"]
            return Revocation(
                name,
                "CRL",
                naming.common_name(listed.issuer),
                naming.instant(body["this_update"].native),
                naming.instant(body["next_update"].native),
            )
    return Revocation(name)


def _speaks_of(answer: OCSPContainer, certificate: x509.Certificate) -> ocsp.SingleResponse | None:
    single = answer.extract_single_response()
    if single is None or single["cert_id"]["serial_number"].native != certificate.serial_number:
        return None
    return single
