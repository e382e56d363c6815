"""Public keys and status list for whoever checks letters, and the page that checks without a network."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from balai.documents.compact import cbor, offline
from balai.documents.compact.keys import cose_key, jwk, public_keys
from balai.documents.compact.status_list import FRESH, MEDIA_TYPE, issue_list
from balai.government import current
from balai.runtime import clock
from balai.runtime.audience import everyone
from balai.ui.bundle import stylesheet

FOR_GOOD = "public, max-age=31536000, immutable"
# The file that people keep calls nobody: not even the address it came from.
FILE_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"


def _published(response: HttpResponse) -> HttpResponse:
    """For other people's programs too, from any page; kept for some minutes, asked again by ETag."""
    response["Cache-Control"] = f"public, max-age={int(FRESH.total_seconds())}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@everyone
@require_safe
def key_list(request: HttpRequest) -> HttpResponse:
    """All public keys as JWK Set (RFC 7517 §5), with whose they are and where the status list is."""
    return _published(
        JsonResponse(
            {
                "issuer": current().name,
                "status_list": offline.status_address(),
                "keys": [jwk(kid, key) for kid, key in public_keys().items()],
            },
            content_type="application/jwk-set+json",
        )
    )


@everyone
@require_safe
def cose_key_list(request: HttpRequest) -> HttpResponse:
    """All public keys as COSE_KeySet (RFC 9052 §7)."""
    keys = [cose_key(kid, key) for kid, key in public_keys().items()]
    return _published(HttpResponse(cbor.encode(keys), content_type="application/cose-key-set"))


@everyone
@require_safe
def status_list(request: HttpRequest) -> HttpResponse:
    """The signed list of letters taken back."""
    content = issue_list(offline.status_address(), clock.now())
    return _published(HttpResponse(content, content_type=MEDIA_TYPE))


@everyone
@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """Checks a letter in the browser, also after the network is gone."""
    at = clock.now()
    carried = offline.carried(at)
    context = {
        "carried": json_script(carried, "letter-keys"),
        "made_at": at,
        "address": carried["address"],
        "version": offline.script_version(),
    }
    response = render(request, "documents/offline/page.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


@everyone
@require_safe
def offline_script(request: HttpRequest) -> HttpResponse:
    """The page's script; its address carries its version."""
    response = HttpResponse(offline.script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = FOR_GOOD
    return response


@everyone
@require_safe
def offline_file(request: HttpRequest) -> HttpResponse:
    """The same page as one file, to be kept on a computer without a network."""
    at = clock.now()
    carried = offline.carried(at)
    context = {
        "carried": json_script(carried, "letter-keys"),
        "made_at": at,
        "address": carried["address"],
        "policy": FILE_POLICY,
        "styles": _element("style", stylesheet("citizen", current().colours)),
        "script": _element("script", offline.script()),
    }
    response = render(request, "documents/offline/file.html", context)
    day = at.astimezone(current().tzinfo).date()
    response["Content-Disposition"] = (
        f'attachment; filename="periksa-surat-{settings.BALAI.government}-{day}.html"'
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def _element(name: str, content: str) -> SafeString:
    """Our own style or script inside the file; raises ValueError for content that would end it early."""
    if f"</{name}" in content.lower():
        raise ValueError(f"a {name} that ends itself")
    return mark_safe(f"<{name}>{content}</{name}>")  # noqa: S308 - made by us alone, checked above
