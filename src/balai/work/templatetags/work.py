"""The inbox as engines and the desk draw it: boxes with counts, and the list of one box.

It lives here because both look down on `work`: the desk's own page and an engine's page of one subject show
the same list, so that an officer goes from case to case without going back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from balai.kernel.references import Subject
from balai.people.models import Officer
from balai.region import queries as region
from balai.runtime import clock
from balai.work import queries
from balai.work.colleagues import colleagues, colleagues_of_trays
from balai.work.enums import Box, ItemState
from balai.work.models import WorkItem

register = template.Library()

INBOX = "/meja/"
BOX_LABELS: dict[Box, Any] = {
    Box.TODO: lambda: _("Perlu dikerjakan"),
    Box.SOON: lambda: _("Hampir lewat waktu"),
    Box.LATE: lambda: _("Lewat waktu"),
    Box.WAITING: lambda: _("Menunggu warga"),
    Box.DONE_TODAY: lambda: _("Selesai hari ini"),
}
BOX_EMPTY: dict[Box, Any] = {
    Box.TODO: lambda: _("Permohonan baru muncul di sini begitu dikirim warga."),
    Box.SOON: lambda: _("Tidak ada yang mendekati batas waktunya."),
    Box.LATE: lambda: _("Tidak ada yang terlambat."),
    Box.WAITING: lambda: _("Tidak ada yang menunggu perbaikan atau kedatangan warga."),
    Box.DONE_TODAY: lambda: _("Yang Anda selesaikan hari ini muncul di sini."),
}
BOX_TONES = {Box.SOON: "attention", Box.LATE: "late"}


@dataclass(frozen=True)
class Row:
    """One line of the list: what, whose, how much time is left."""

    item: WorkItem
    url: str
    time_label: str
    tone: str
    share: int
    is_selected: bool
    is_mine: bool
    is_live: bool


@register.simple_tag(takes_context=True)
def inbox_boxes(context: dict[str, Any], current: str = "") -> list[dict[str, Any]]:
    """`{% inbox_boxes box as boxes %}`: the five boxes with their bounded counts, one statement."""
    officer = _officer(context)
    counts = queries.counts(officer)
    return [
        {
            "label": BOX_LABELS[box](),
            "url": f"{INBOX}?{urlencode({'kotak': box.value})}",
            "count": str(counts[box]),
            "tone": BOX_TONES.get(box, "") if counts[box].number else "",
            "is_current": box.value == current,
        }
        for box in Box
    ]


@register.filter
def box_label(box: str) -> str:
    """The name of a box, from its code."""
    return str(BOX_LABELS[Box(box)]())


@register.filter
def box_empty(box: str) -> str:
    """What an empty box means, from its code."""
    return str(BOX_EMPTY[Box(box)]())


@register.simple_tag(takes_context=True)
def inbox_rows(
    context: dict[str, Any], items: Iterable[WorkItem], box: str = "", selected: str = ""
) -> list[Row]:
    """`{% inbox_rows page.items box subject_id as rows %}`: lines ready to draw, no query."""
    now, officer = clock.now(), _officer(context)
    suffix = f"?{urlencode({'kotak': box})}" if box else ""
    return [
        Row(
            item=item,
            url=f"{item.link}{suffix}" if item.link else "",
            time_label=time_label(item, now),
            tone=tone(item, now),
            share=share_used(item, now),
            is_selected=bool(selected) and item.subject_id == selected,
            is_mine=item.assignee_id == officer.pk,
            is_live=item.state in (ItemState.OPEN, ItemState.PAUSED),
        )
        for item in items
    ]


@register.inclusion_tag("work/in_hand.html", takes_context=True)
def in_hand(context: dict[str, Any], label: str, subject_id: object) -> dict[str, Any]:
    """`{% in_hand "cases.case" case.id %}`: who does the subject's open items; take, release, hand on."""
    officer, request = _officer(context), context["request"]
    mine = [
        item
        for item in queries.items_of(Subject(label, str(subject_id)))
        if officer.has_permission(item.permission, item.office_code)
    ]
    hands = [
        {
            "item": item,
            "is_mine": item.assignee_id == officer.pk,
            "colleagues": colleagues(officer, item),
        }
        for item in mine
    ]
    return {"request": request, "hands": hands, "here": request.get_full_path()}


@register.simple_tag(takes_context=True)
def late_rows(context: dict[str, Any], items: Iterable[WorkItem]) -> list[dict[str, Any]]:
    """`{% late_rows page.items as rows %}`: with the office's name, and a link where she may go."""
    officer, now = _officer(context), clock.now()
    names = {office.code: office.name for office in region.offices()}
    return [
        {
            "item": item,
            "office": names.get(item.office_code, item.office_code),
            "url": item.link if officer.has_permission(item.permission, item.office_code) else "",
            "time_label": time_label(item, now),
        }
        for item in items
    ]


@register.inclusion_tag("work/list.html", takes_context=True)
def inbox_list(context: dict[str, Any], page: queries.Page, box: str) -> dict[str, Any]:
    """`{% inbox_list page box %}`: one page of a box as a table."""
    request = context["request"]
    is_live = box != Box.DONE_TODAY.value
    return {
        "request": request,
        "page": page,
        "box": box,
        "selected": "",
        "here": request.get_full_path(),
        "several": is_live,
        "colleagues": colleagues_of_trays(_officer(context)) if is_live else [],
    }


@register.inclusion_tag("work/beside.html", takes_context=True)
def inbox_beside(context: dict[str, Any], selected: str) -> dict[str, Any]:
    """`{% inbox_beside subject_id %}`: first page of the box the officer came from, for wide screens."""
    request: HttpRequest = context["request"]
    box = request.GET.get("kotak", Box.TODO.value)
    box = box if box in set(Box) else Box.TODO.value
    page = queries.inbox(_officer(context), box)
    none: dict[str, Any] = {"several": False, "colleagues": []}
    return {"request": request, "page": page, "box": box, "selected": selected, "here": "", **none}


def time_label(item: WorkItem, now: datetime) -> str:
    """What is left, in words: "38 menit lagi", "lewat 2 jam"; waiting and finished items say so."""
    if item.state == ItemState.PAUSED:
        return _("waktu berhenti")
    if item.state == ItemState.DONE:
        return _("selesai")
    left = item.due_at - now
    if left < timedelta(0):
        return _("lewat %(time)s") % {"time": _span(-left)}
    return _("%(time)s lagi") % {"time": _span(left)}


def tone(item: WorkItem, now: datetime) -> str:
    """late, attention (less than a quarter of the time left), calm while paused, good otherwise."""
    if item.state != ItemState.OPEN:
        return "calm"
    if item.due_at < now:
        return "late"
    return "attention" if share_used(item, now) >= 75 else "good"


def share_used(item: WorkItem, now: datetime) -> int:
    """How much of the time from opening to due has passed, in percent, 0 to 100."""
    whole = (item.due_at - item.opened_at).total_seconds()
    used = (now - item.opened_at).total_seconds()
    return 100 if whole <= 0 else max(0, min(100, round(100 * used / whole)))


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)s jam", "%(n)s jam", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s hari", "%(n)s hari", minutes // 1440) % {"n": minutes // 1440}


def _officer(context: dict[str, Any]) -> Officer:
    officer: Officer = context["request"].officer
    return officer
