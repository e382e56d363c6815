"""How I am told of my affairs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from balai.notify import actions as notify
from balai.notify import queries
from balai.people.requests import CitizenRequest
from balai.portal.notice_forms import NoticesForm
from balai.runtime.audience import citizens
from balai.runtime.language import remember


@citizens
def notices(request: CitizenRequest) -> HttpResponse:
    """Language and ways, as they are and as they shall be."""
    owner = request.citizen.as_subject()
    choices = queries.choices(owner)
    form = NoticesForm(choices, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        notify.set_preferences(
            by=request.citizen.as_actor(),
            owner=owner,
            language=form.cleaned_data["language"],
            channels=form.order,
            stopped=form.stopped,
            addresses=queries.addresses_of(owner),
        )
        with override(form.cleaned_data["language"]):
            messages.success(request, _saved(form))
        saved = redirect("portal:notices")
        remember(saved, form.cleaned_data["language"])
        return saved
    doubtful = [each for each in choices.channels if each.doubtful_at and each.addresses]
    context = {"form": form, "doubtful": doubtful}
    return render(request, "portal/notices.html", context, status=400 if form.errors else 200)


@citizens
@require_POST
def try_again(request: CitizenRequest) -> HttpResponse:
    """The citizen says that her address is right: what failed before counts no more."""
    for address in queries.addresses_of(request.citizen.as_subject()):
        notify.trust(address=address)
    messages.success(request, _("Baik, pemberitahuan berikutnya kami kirim ke sana lagi."))
    return redirect("portal:notices")


def _saved(form: NoticesForm) -> str:
    if form.ways and len(form.stopped) == len(form.ways):
        return _(
            "Tersimpan. Kami tidak mengirim pemberitahuan lagi; lihatlah perkembangannya di halaman ini."
        )
    return _("Tersimpan. Pemberitahuan berikutnya mengikuti pilihan Anda.")
