"""The inbox: one list for all engines, what is due first on top."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.work import queries
from balai.work.enums import Box


@officers
def inbox(request: OfficerRequest) -> HttpResponse:
    """One page of one box, searched by number or name when `q` is given."""
    box = request.GET.get("kotak", Box.TODO.value)
    q = "".join(filter(str.isprintable, request.GET.get("q", ""))).strip()[:60]
    page = queries.inbox(request.officer, box, after=request.GET.get("setelah"), q=q)
    context = {"box": box, "page": page, "q": q, "next_url": _next_url(box, q, page.next), "elsewhere": []}
    if q and not page.items:
        context["elsewhere"] = [
            (other.value, f"?{urlencode({'kotak': other.value, 'q': q})}")
            for other in queries.boxes_with(request.officer, q)
        ]
    return render(request, "desk/inbox.html", context)


def _next_url(box: str, q: str, cursor: str | None) -> str:
    if not cursor:
        return ""
    query = {"kotak": box, "setelah": cursor} | ({"q": q} if q else {})
    return f"?{urlencode(query)}"
