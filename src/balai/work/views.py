"""Taking, giving back and handing on an item; and what is late in an officer's care."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from balai.people.models import Officer
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound
from balai.work import actions, queries
from balai.work.colleagues import colleagues, colleagues_of_trays
from balai.work.models import WorkItem
from balai.work.overdue import PERMISSION, overdue

INBOX = "/meja/"
# A page of the inbox and its search hold fewer; more is not ticked by hand.
MOST_TICKED = 100
MOST_REFUSALS = 5


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


@officers
@require_POST
def several(request: OfficerRequest) -> HttpResponse:
    """Take, release or hand on the ticked items, each for itself: what one refuses stops no other."""
    to = _colleague(request, request.POST.get("kepada", ""))
    act = {"ambil": _take_one, "lepas": _release_one, "serahkan": _assign_one}.get(
        request.POST.get("perintah", "")
    )
    items = _ticked(request)
    if act is None or not items:
        messages.error(request, _("Centang dahulu tugasnya, lalu pilih apa yang dilakukan."))
    elif act is _assign_one and to is None:
        messages.error(request, _("Pilih dahulu kepada siapa tugas-tugas ini diserahkan."))
    else:
        _tell(request, len(items), *_each(request.officer, items, to, act))
    return redirect(_back(request))


def _ticked(request: OfficerRequest) -> list[WorkItem]:
    """The items of her trays among those ticked, in the order ticked; what is no id counts as not ticked."""
    found = []
    for text in dict.fromkeys(request.POST.getlist("tugas")[:MOST_TICKED]):
        with suppress(ValueError, NotFound):
            found.append(queries.item_for_officer(request.officer, UUID(text)))
    return found


def _colleague(request: OfficerRequest, wanted: str) -> Officer | None:
    return next((each for each in colleagues_of_trays(request.officer) if str(each.pk) == wanted), None)


def _take_one(by: Officer, item: WorkItem, to: Officer | None) -> None:
    actions.take(by=by, item=item)


def _release_one(by: Officer, item: WorkItem, to: Officer | None) -> None:
    actions.release(by=by, item=item)


def _assign_one(by: Officer, item: WorkItem, to: Officer | None) -> None:
    if to is not None:
        actions.assign(by=by, item=item, to=to)


def _each(
    by: Officer,
    items: Sequence[WorkItem],
    to: Officer | None,
    act: Callable[[Officer, WorkItem, Officer | None], None],
) -> tuple[int, list[str]]:
    """How many were done, and the sentences of those that were not."""
    done, refusals = 0, []
    for item in items:
        try:
            act(by, item, to)
            done += 1
        except CitizenError as error:
            refusals.append(f"{item.reference}: {error.sentence}")
    return done, refusals


def _tell(request: OfficerRequest, asked: int, done: int, refusals: list[str]) -> None:
    if done:
        said = ngettext("%(n)s tugas selesai dipindahkan.", "%(n)s tugas selesai dipindahkan.", done)
        messages.success(request, said % {"n": done})
    if refusals:
        said = ngettext(
            "%(n)s tugas tetap seperti semula.", "%(n)s tugas tetap seperti semula.", asked - done
        )
        messages.error(request, " ".join([said % {"n": asked - done}, *refusals[:MOST_REFUSALS]]))


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
