"""The style guide's pages; routed outside production only."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.runtime import error_views
from balai.runtime.audience import everyone
from balai.runtime.errors import Forbidden, NotFound, TooMany
from balai.ui import gallery
from balai.ui.icons import ICONS


@everyone
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with its examples, on the citizen's shell."""
    shown = [one for one in gallery.examples() if gallery.is_on(one.component, "citizen")]
    groups = [(name, list(made)) for name, made in groupby(shown, key=lambda one: one.component)]
    return render(request, "ui/gallery.html", {"groups": groups, "icons": ICONS})


@everyone
def desk_sample(request: HttpRequest) -> HttpResponse:
    """The desk's shell with a realistic inbox."""
    return render(request, "ui/gallery_desk.html", {"boxes": _context_of("boxes")})


@everyone
def slip_sample(request: HttpRequest) -> HttpResponse:
    """The printable slip."""
    return render(request, "ui/gallery_slip.html", _context_of("slip"))


@everyone
def error_sample(request: HttpRequest, status: int) -> HttpResponse:
    """One of the error pages, drawn by the handlers themselves."""
    samples = {403: Forbidden(), 404: NotFound(), 429: TooMany(retry_after=90), 500: error_views.Fault()}
    return error_views.error_response(request, samples.get(status, NotFound()))


def _context_of(component: str) -> dict[str, object]:
    return next(one.context for one in gallery.examples() if one.component == component)
