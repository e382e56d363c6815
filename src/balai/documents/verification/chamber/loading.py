"""Everything that the libraries load on first use, loaded before: a closed-in child can open no file."""

from __future__ import annotations

import codecs
import logging

import lxml._elementpath  # type: ignore[import-untyped]  # lxml brings no types
import lxml.etree  # type: ignore[import-untyped]  # as above
import pyhanko.keys
import pyhanko.pdf_utils.crypt._saslprep
import pyhanko.pdf_utils.crypt.pdfmac
import pyhanko.pdf_utils.filters
import pyhanko.pdf_utils.metadata.xmp_xml
import pyhanko.sign.signers.pdf_cms
import pyhanko.sign.timestamps
import pyhanko_certvalidator.revinfo.validate_ocsp
import pyhanko_certvalidator.validate
from cryptography.hazmat.backends.openssl import backend

from balai.documents.verification.chamber.trusting import Trust

LOADED = (
    lxml._elementpath,
    lxml.etree,
    pyhanko.keys,
    pyhanko.pdf_utils.crypt._saslprep,
    pyhanko.pdf_utils.crypt.pdfmac,
    pyhanko.pdf_utils.filters,
    pyhanko.pdf_utils.metadata.xmp_xml,
    pyhanko.sign.signers.pdf_cms,
    pyhanko.sign.timestamps,
    pyhanko_certvalidator.revinfo.validate_ocsp,
    pyhanko_certvalidator.validate,
    backend,
)
_CODECS = ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le", "utf-32-be", "idna", "punycode")


def warm_up(trust: Trust) -> None:
    """Load codecs, parse what is trusted once for all, and silence logs, which would read sources."""
    logging.disable(logging.CRITICAL)
    for name in _CODECS:
        codecs.lookup(name)
    for each in (*trust.anchors, *trust.intermediates):
        _ = each.self_signed, each.subject.human_friendly, each.key_usage_value
    for held in trust.crls:
        _ = held.crl_data.issuer
