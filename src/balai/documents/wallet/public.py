"""What a link opens, to whoever has it: no sign-in, no trace in search engines or in other sites' logs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.documents import queries as documents
from balai.documents.errors import NotPublished
from balai.documents.models import Share
from balai.documents.wallet import actions, queries, rules
from balai.documents.wallet.rules import Standing
from balai.documents.wallet.views import facts
from balai.files.views import answer_file
from balai.kernel.references import Actor
from balai.people.today import local_today
from balai.runtime import clock, ratelimit
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip
from balai.runtime.error_views import error_response
from balai.runtime.errors import CitizenError

# A bank or a school may sit behind one address, and so may somebody who tries addresses by the thousand.
OPENED_PER_ADDRESS, OPENED_PER_LINK, HOUR = 240, 120, 3600
View = Callable[..., HttpResponseBase]


def _by_link(view: View) -> View:
    """Give the view the link that is open; refusals and answers alike are kept out of caches and logs."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            ratelimit.hit(
                "documents.link.address", client_ip(request), limit=OPENED_PER_ADDRESS, seconds=HOUR
            )
            share = queries.share_behind(token, clock.now())
            ratelimit.hit("documents.link", str(share.pk), limit=OPENED_PER_LINK, seconds=HOUR)
            answer = view(request, share, token)
        except CitizenError as error:
            answer = error_response(request, error)
        answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer["Referrer-Policy"] = "no-referrer"
        answer["Cache-Control"] = "private, no-store"
        return answer

    return opened


@everyone
@require_safe
@_by_link
def shared(request: HttpRequest, share: Share, token: str) -> HttpResponseBase:
    """What the letter says of itself, and its file."""
    _note(share)
    letter = share.letter
    holder = str(letter.holder_name.clear) if letter.holder_name else ""
    rows = [{"label": _("Diterbitkan untuk"), "value": holder}] if holder else []
    context: dict[str, Any] = {
        "title": letter.title.capitalize(),
        "rows": [*facts(letter), *rows],
        "is_expired": rules.standing(letter, local_today()) == Standing.EXPIRED,
        "valid_until_on": letter.valid_until_on,
        "expires_at": share.expires_at,
        "token": token,
        "check_url": f"/periksa/{letter.verification_code}/",
    }
    return render(request, "documents/wallet/shared.html", context)


@everyone
@require_safe
@_by_link
def shared_file(request: HttpRequest, share: Share, token: str) -> HttpResponseBase:
    """The PDF, as a download; whoever comes straight here has looked as well."""
    _note(share)
    stored = documents.letter_upload(share.letter)
    if stored is None:
        raise NotPublished()
    return answer_file(stored, as_attachment=True)


def _note(share: Share) -> None:
    actions.note_opening(by=Actor("system", str(share.pk), _("Pembuka tautan")), share=share)
