"""What is mine: my affairs, what the town knows of me, and who looked at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.catalogue import engine
from balai.documents.wallet import queries as wallet
from balai.portal import my_data
from balai.runtime.audience import citizens


@citizens
def me(request: HttpRequest) -> HttpResponse:
    """One page, newest first in every part."""
    citizen = request.citizen  # type: ignore[attr-defined]  # set by WhoAsks
    affairs = [affair for each in engine.engines() for affair in each.affairs(citizen)]
    page = my_data.readings(citizen, my_data.page_number(request.GET.get("halaman", "")))
    context = {
        "citizen": citizen,
        "affairs": sorted(affairs, key=lambda affair: affair.updated_at, reverse=True),
        "usable_letters": wallet.usable_count(citizen),
        "level": my_data.level(citizen),
        "data_rows": my_data.rows(citizen),
        "readings": page.rows,
        "previous_url": f"?halaman={page.number - 1}#readings" if page.number > 1 else "",
        "next_url": f"?halaman={page.number + 1}#readings" if page.has_next else "",
    }
    return render(request, "portal/me.html", context)
