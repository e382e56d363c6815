"""Taking, giving back and handing on an item; and what is late in an officer's care."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError
from balai.work import actions, queries
from balai.work.colleagues import colleagues
from balai.work.models import WorkItem
from balai.work.overdue import PERMISSION, overdue

INBOX = "/meja/"


@officers
@require_POST
def take(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """The officer does this one."""

    def act(item: WorkItem) -> str:
        actions.take(by=request.officer, item=item, over="alih" in request.POST)
        return _("Tugas %(number)s sekarang di tangan Anda.") % {"number": item.reference}

    return _act(request, item_id, act)


@officers
@require_POST
def release(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """Back for whoever is free."""

    def act(item: WorkItem) -> str:
        actions.release(by=request.officer, item=item)
        return _("Tugas %(number)s dilepaskan. Rekan Anda bisa mengambilnya.") % {"number": item.reference}

    return _act(request, item_id, act)


@officers
@require_POST
def assign(request: OfficerRequest, item_id: UUID) -> HttpResponse:
    """To a colleague who may do it."""

    def act(item: WorkItem) -> str:
        wanted = request.POST.get("kepada", "")
        found = [each for each in colleagues(request.officer, item) if str(each.pk) == wanted]
        if not found:
            return ""
        actions.assign(by=request.officer, item=item, to=found[0])
        told = {"number": item.reference, "name": found[0].name}
        return _("Tugas %(number)s diserahkan kepada %(name)s.") % told

    return _act(request, item_id, act, otherwise=_("Pilih dahulu kepada siapa tugas ini diserahkan."))


@officers(PERMISSION)
def late(request: OfficerRequest) -> HttpResponse:
    """What is late in the offices that the officer minds, the longest overdue first."""
    asked = request.GET.get("halaman", "1")
    page = overdue(request.officer, number=int(asked) if asked.isdecimal() and len(asked) < 7 else 1)
    context = {
        "page": page,
        "previous_url": f"?halaman={page.number - 1}" if page.number > 1 else "",
        "next_url": f"?halaman={page.number + 1}" if page.has_next else "",
    }
    return render(request, "work/late.html", context)


def _act(
    request: OfficerRequest, item_id: UUID, act: Callable[[WorkItem], str], *, otherwise: str = ""
) -> HttpResponse:
    """Do it and say so, then back to where the officer was; an act that says nothing did nothing."""
    item = queries.item_for_officer(request.officer, item_id)
    try:
        said = act(item)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        (messages.success if said else messages.error)(request, said or otherwise)
    return redirect(_back(request))


def _back(request: OfficerRequest) -> str:
    target = request.POST.get("lanjut", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith(INBOX)
    return target if is_ours else INBOX
