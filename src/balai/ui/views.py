"""The style guide's pages, routed outside production only; and what scripts of maps say, everywhere."""

from __future__ import annotations

import json
import math
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from balai.runtime import error_views
from balai.runtime.audience import everyone
from balai.runtime.errors import Forbidden, NotFound, TooMany
from balai.ui import gallery, maps
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


@everyone
def map_words(request: HttpRequest) -> HttpResponse:
    """What the scripts of maps say, as a script, in the language that its address names."""
    wanted = request.GET.get("bahasa", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        words = json.dumps({name: str(sentence) for name, sentence in maps.WORDS.items()})
    answer = HttpResponse(f"window.balaiWords={words};", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@everyone
def sample_points(request: HttpRequest) -> JsonResponse:
    """Points for the map of the style guide, around the middle of the default town."""
    return JsonResponse({"type": "FeatureCollection", "features": [_sample(at) for at in range(60)]})


def _sample(at: int) -> dict[str, object]:
    """One of sixty points on a spiral, with every tone."""
    angle, far = at * 2.4, 0.004 * at**0.7
    place = [round(112.2 + far * math.cos(angle), 5), round(-8.09 + far * math.sin(angle), 5)]
    tone = ("calm", "good", "attention", "late")[at % 4]
    properties = {"title": f"Lampu padam {at + 1}", "note": "Contoh", "url": "/ui/", "tone": tone}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": place},
    }


def _context_of(component: str) -> dict[str, object]:
    return next(one.context for one in gallery.examples() if one.component == component)
