"""The holder's pages: what was issued to her, one letter, and the links that show it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai.documents import queries as documents
from balai.documents import revocation
from balai.documents.models import Letter, Share
from balai.documents.wallet import actions, queries, rules
from balai.documents.wallet.forms import ShareForm
from balai.documents.wallet.rules import Standing
from balai.people.requests import CitizenRequest
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime import clock, ratelimit
from balai.runtime.audience import citizens
from balai.runtime.errors import CitizenError
from balai.ui.days import format_date

SHARES_PER_HOUR = 60


@citizens
@never_cache
@require_safe
def wallet(request: CitizenRequest) -> HttpResponse:
    """Every letter, those that can be used first."""
    cards = [_card(letter) for letter in queries.letters_of(request.citizen)]
    usable = (Standing.MAKING, Standing.VALID)
    context = {
        "current": [card for card in cards if card["standing"] in usable],
        "past": [card for card in cards if card["standing"] not in usable],
        "may_read": rules.may_read_content(request.citizen),
    }
    return render(request, "documents/wallet/list.html", context)


@citizens
@never_cache
@require_safe
def letter(request: CitizenRequest, letter_id: UUID) -> HttpResponse:
    """One letter: what it says of itself, its file, and its links."""
    return _draw(request, queries.letter_of(request.citizen, letter_id), ShareForm())


@citizens
@require_POST
def share(request: CitizenRequest, letter_id: UUID) -> HttpResponse:
    """Make a link."""
    found = queries.letter_of(request.citizen, letter_id)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, form, status=422)
    try:
        ratelimit.hit("documents.share", str(request.citizen.pk), limit=SHARES_PER_HOUR, seconds=3600)
        actions.share(
            by=request.citizen,
            letter=found,
            days=int(form.cleaned_data["days"]),
            note=form.cleaned_data["note"],
        )
    except CitizenError as error:
        form.add_error(None, error.sentence)
        return _draw(request, found, form, status=error.status)
    messages.success(request, _("Tautan dibuat. Salin, lalu kirim kepada yang memerlukan."))
    return redirect(f"{reverse('wallet:letter', args=[found.pk])}#tautan")


@citizens
@require_POST
def close(request: CitizenRequest, share_id: UUID) -> HttpResponse:
    """Close a link."""
    found = actions.close_share(by=request.citizen, share=queries.share_of(request.citizen, share_id))
    messages.success(request, _("Tautan ditutup dan tidak bisa dibuka lagi."))
    return redirect(f"{reverse('wallet:letter', args=[found.letter_id])}#tautan")


def _draw(request: CitizenRequest, letter: Letter, form: ShareForm, *, status: int = 200) -> HttpResponse:
    may_read = rules.may_read_content(request.citizen)
    stands = rules.standing(letter, local_today())
    stored = documents.letter_upload(letter) if may_read and rules.is_file_the_letter(letter) else None
    successor = queries.successor_of(letter)
    context = {
        "letter": letter,
        "card": _card(letter),
        "rows": facts(letter),
        "may_read": may_read,
        "is_paper": stands != Standing.MAKING and not rules.is_file_the_letter(letter),
        "file": stored if stands in (Standing.VALID, Standing.EXPIRED) else None,
        "reason": revocation.title_of(letter.revocation_code) if letter.is_revoked else "",
        "successor_url": reverse("wallet:letter", args=[successor.pk]) if successor else "",
        "may_share": may_read and rules.is_shareable(letter, local_today()),
        "form": form,
        "links": [_link(share) for share in queries.open_shares(letter, clock.now())],
    }
    return render(request, "documents/wallet/letter.html", context, status=status)


def _card(letter: Letter) -> dict[str, Any]:
    stands = rules.standing(letter, local_today())
    return {
        "title": letter.title.capitalize(),
        "number": letter.number.text if letter.number and stands != Standing.MAKING else "",
        "dated_on": letter.dated_on if stands != Standing.MAKING else None,
        "url": reverse("wallet:letter", args=[letter.pk]),
        "standing": stands,
        "label": stands.label,
        "tone": rules.TONES[stands],
    }


def facts(letter: Letter) -> list[dict[str, str]]:
    """What a letter says of itself, in words; what is not known yet is left out."""
    office = region.office(letter.office_code)
    rows = [
        (_("Nomor"), letter.number.text if letter.number else ""),
        (_("Tanggal"), format_date(letter.dated_on) if letter.dated_on else ""),
        (_("Diterbitkan oleh"), office.name if office else ""),
        (_("Ditandatangani oleh"), ", ".join(filter(None, (letter.signer_name, letter.signer_title)))),
        (_("Berlaku sampai"), format_date(letter.valid_until_on) if letter.valid_until_on else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _link(share: Share) -> dict[str, Any]:
    path = reverse("wallet:shared", args=[rules.token_of(share)])
    return {"share": share, "address": f"{settings.BALAI.public_url.rstrip('/')}{path}"}
