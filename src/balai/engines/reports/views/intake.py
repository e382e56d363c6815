"""Reporting in three pages, without account and without scripts: what, where, what shows it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai import government
from balai.catalogue.kinds.sentences import sentence
from balai.engines.reports.enums import ReportKind
from balai.engines.reports.errors import PlaceOutside
from balai.engines.reports.forms import intake as drafts
from balai.engines.reports.forms import kinds
from balai.engines.reports.forms.asking import PhotoForm, WhatForm, WhereForm
from balai.engines.reports.forms.intake import Intake
from balai.engines.reports.queries import definitions, places
from balai.engines.reports.rules import numbers
from balai.engines.reports.rules.categories import Category
from balai.engines.reports.views import device
from balai.kernel.uuid7 import uuid7
from balai.people.requests import VisitorRequest
from balai.runtime.audience import everyone

Typed = dict[str, Any]


@everyone
@never_cache
@require_http_methods(["GET", "HEAD"])
def start(request: VisitorRequest) -> HttpResponse:
    """What happened? First in words, else by a photo, else by what kind it is."""
    chosen = {key: request.GET[key][:80] for key in ("jenis", "pintu") if request.GET.get(key)}
    if "jenis" in chosen:
        return redirect(f"{reverse('reports:what')}?{urlencode(chosen)}")
    face = definitions.current().face(chosen.get("pintu", ""))
    context = {
        "face": face,
        "groups": [_tile(each, face.slug if face else "") for each in kinds.grouped(face)],
        "whistle": kinds.of_whistle(),
        "asks_nik": definitions.current().here.identity == "nik" and not request.citizen,
        "has_draft": drafts.IN_SESSION in request.session and drafts.current(request) is not None,
    }
    return render(request, "reports/start.html", context)


def _tile(group: kinds.KindGroup, face: str) -> dict[str, str]:
    query = {"kelompok": group.code, **({"pintu": face} if face else {})}
    url = f"{reverse('reports:what')}?{urlencode(query)}"
    return {"title": group.title, "icon": group.icon, "url": url, "note": ""}


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def photo(request: VisitorRequest) -> HttpResponse:
    """Photo first, for whoever would rather show than write."""
    form = PhotoForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        refused = device.why_not_kept(request)
        if not refused:
            draft = drafts.begin(request)
            draft.keep(_door(request))
            refused = draft.add_photos(request.FILES.getlist("foto"))
            if draft.uploads and not refused:
                return redirect("reports:what")
        form.add_error("foto", refused or _("Pilih satu foto, atau tulis saja ceritanya."))
    context = {"form": form, "face": definitions.current().face(request.GET.get("pintu", ""))}
    return render(request, "reports/photo.html", context, status=422 if form.errors else 200)


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: VisitorRequest) -> HttpResponse:
    """Her words, and the kind that they seem to mean, to be confirmed."""
    if request.method != "POST":
        draft = drafts.current(request) or Intake(uuid7())
        face = draft.face or definitions.current().face(request.GET.get("pintu", ""))
        initial = {"cerita": draft.text("cerita"), "jenis": request.GET.get("jenis") or draft.text("jenis")}
        return _draw_what(request, draft, WhatForm(initial=initial), face_slug=face.slug if face else "")
    typed = {"cerita": request.POST.get("cerita", "")[: 2 * numbers.LONGEST_TEXT], **_door(request)}
    form, refused = WhatForm(request.POST), device.why_not_kept(request)
    if refused:
        form.add_error(None, refused)
        return _draw_what(request, Intake(uuid7()), form, face_slug=typed.get("pintu", ""), status=429)
    draft = drafts.begin(request)
    if form.is_valid():
        draft.keep({**typed, **form.cleaned_data})
        category = draft.category
        return redirect("reports:last" if category and category.place == "none" else "reports:where")
    draft.keep(typed)
    if "jenis" not in request.POST and "cerita" not in form.errors:
        # From the start page: only now is it known which kinds it may be.
        return _draw_what(request, draft, WhatForm(initial=typed), face_slug=draft.text("pintu"))
    return _draw_what(request, draft, form, face_slug=draft.text("pintu"), status=422)


def _door(request: VisitorRequest) -> Typed:
    """The local name under which she came in, as far as it is one."""
    slug = request.POST.get("pintu") or request.GET.get("pintu", "")
    return {"pintu": slug} if definitions.current().face(slug) else {}


def _draw_what(
    request: VisitorRequest, draft: Intake, form: WhatForm, *, face_slug: str, status: int = 200
) -> HttpResponse:
    face = definitions.current().face(face_slug)
    text = str(form["cerita"].value() or "")
    groups = kinds.grouped(face)
    wanted = str(form["jenis"].value() or "")
    first = kinds.suggested(text, face)
    group = next((each for each in groups if each.code == request.GET.get("kelompok")), None)
    if group is not None:
        first = [*first, *(each for each in group.kinds if each not in first)]
    chosen = definitions.current().offered.get(wanted)
    if chosen is not None and chosen not in first:
        first = [chosen, *first]
    if not wanted and first and text:
        wanted = first[0].slug
    if any(each.slug == wanted and each.kind == ReportKind.WHISTLE for each in first):
        form.ask_who()
    context = {
        "form": form,
        "draft": draft,
        "face": face,
        "first": first,
        "groups": groups,
        "wanted": wanted,
        "photos": len(draft.uploads),
        "total": _total(chosen),
    }
    return render(request, "reports/what.html", context, status=status)


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: VisitorRequest) -> HttpResponse:
    """A point, or a village and what people know near by."""
    draft = drafts.current(request)
    category = draft.category if draft else None
    if draft is None or category is None:
        return begin_again(request)
    if request.method != "POST":
        return _draw_where(request, draft, category, WhereForm(initial=draft.where_typed, category=category))
    form, refused = WhereForm(request.POST, category=category), device.why_not_kept(request)
    if refused:
        form.add_error(None, refused)
        return _draw_where(request, draft, category, form, status=429)
    if form.is_valid():
        _look_at(form, category)
    if form.errors:
        draft.keep({name: request.POST.get(name, "")[:200] for name in ("desa", "dekat", "jalan")})
        return _draw_where(request, draft, category, form, status=422)
    drafts.begin(request)
    draft.keep(form.cleaned_data)
    return redirect("reports:same")


def _look_at(form: WhereForm, category: Category) -> None:
    """What only the map knows: that the point lies elsewhere, or in no village that it knows."""
    typed = form.cleaned_data
    lat, lon = typed["titik"] or (None, None)
    found = places.place_of(lat, lon, typed.get("desa", ""))
    if found.is_outside:
        form.add_error(None, PlaceOutside(town=government.current().name).sentence)
    elif category.place == "village" and not found.area_code:
        form.add_error("desa", sentence("area.unknown"))


def _draw_where(
    request: VisitorRequest, draft: Intake, category: Category, form: WhereForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "draft": draft, "category": category, "face": draft.face, "total": 3}
    return render(request, "reports/where.html", context, status=status)


@everyone
@require_POST
def discard(request: VisitorRequest) -> HttpResponse:
    """Throw away what was typed, on her word."""
    draft = drafts.current(request)
    if draft is not None:
        draft.discard()
    drafts.forget(request)
    messages.success(request, _("Isian dihapus."))
    return redirect("reports:start")


def begin_again(request: VisitorRequest) -> HttpResponse:
    """A page in the middle of nothing: the draft is gone, or was never there."""
    messages.info(request, _("Mulai dari sini: ceritakan dulu apa yang terjadi."))
    return redirect("reports:start")


def _total(category: Category | None) -> int:
    return 2 if category is not None and category.place == "none" else 3
