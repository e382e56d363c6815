"""The demo authority over HTTP: its certificates, its revocation lists, its time stamps (RFC 3161, 3.4)."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from balai.documents.signing.demo_ca.authority import authority, is_allowed
from balai.documents.signing.demo_ca.certificates import Pair
from balai.documents.signing.demo_ca.revocation import revocation_list
from balai.runtime.audience import everyone
from balai.runtime.errors import NotFound

LARGEST_REQUEST = 8_192


@everyone
@require_GET
def certificate(request: HttpRequest, issuer: str) -> HttpResponse:
    """The certificate of root or intermediate."""
    return HttpResponse(
        _issuers()[issuer].certificate.public_bytes(Encoding.DER), content_type="application/pkix-cert"
    )


@everyone
@require_GET
@never_cache
def revocations(request: HttpRequest, issuer: str) -> HttpResponse:
    """The revocation list of root or intermediate."""
    _issuers()
    return HttpResponse(revocation_list(issuer), content_type="application/pkix-crl")


@everyone
@csrf_exempt  # a machine without a session asks
@require_POST
@never_cache
def stamp(request: HttpRequest) -> HttpResponse:
    """A time stamp over the hash that was sent, or a refusal in the protocol's own words."""
    from balai.documents.signing.demo_ca import stamping  # noqa: PLC0415 - pyHanko is heavy

    _issuers()
    if request.content_type != "application/timestamp-query":
        return HttpResponse(status=415)
    body = request.read(LARGEST_REQUEST + 1)
    return HttpResponse(stamping.answer(body), content_type="application/timestamp-reply")


def _issuers() -> dict[str, Pair]:
    if not is_allowed():
        raise NotFound
    return dict(authority().issuers)
