"""Pages to read: help, accessibility, privacy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.portal import maklumat
from balai.portal.asking import ask_url
from balai.portal.caching import public_page
from balai.region import queries as region
from balai.runtime.audience import everyone


@everyone
@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, and where somebody helps."""
    return render(request, "portal/help.html", {"offices": region.open_offices(), "ask_url": ask_url()})


@everyone
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/accessibility.html")


@everyone
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and their rights (UU 27/2022)."""
    return render(request, "portal/privacy.html")


@everyone
@public_page
def promise(request: HttpRequest) -> HttpResponse:
    """The government's maklumat."""
    return render(request, "portal/maklumat.html", {"text": maklumat.text()})
