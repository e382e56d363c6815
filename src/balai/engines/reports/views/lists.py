"""The public list and map of reports, and the same as files: nobody signs in, nothing here is private."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from balai.engines.reports import exports
from balai.engines.reports.forms.listing import AFTER, BOX, ListForm, read_after, read_box, town_name
from balai.engines.reports.models import Report
from balai.engines.reports.queries import listing, mapping
from balai.engines.reports.queries.listing import Asked
from balai.engines.reports.queries.mapping import Many
from balai.engines.reports.queries.summaries import Summary, summaries
from balai.kernel.csv_lines import csv_lines
from balai.runtime import clock, ratelimit
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip

MOST_LINES, MOST_FEATURES, MOST_ITEMS = 10_000, 200, 50
DOWNLOADS_PER_ADDRESS, HOUR = 240, 3600
MAP_SECONDS, FILE_SECONDS = 60, 300
GEOJSON, RSS = "application/geo+json", "application/rss+xml; charset=utf-8"


@everyone
@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """The list, filtered by its address, thirty at a time."""
    form = ListForm(request.GET)
    return _draw(request, form, "reports/list.html")


@everyone
@require_safe
def peta(request: HttpRequest) -> HttpResponse:
    """The map, loaded when it is asked for, with the newest of the same reports beneath."""
    form = ListForm(request.GET)
    return _draw(request, form, "reports/map.html")


def _draw(request: HttpRequest, form: ListForm, template: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "rows": [], "query": ""}
    if form.is_valid():
        after = read_after(request.GET.get(AFTER, ""))
        page, query = listing.page(form.asked, after=after), form.query
        now = clock.now()
        context |= {
            "rows": [_row(each, is_late=each.is_late(now)) for each in summaries(page.rows)],
            "chosen": form.chosen,
            "query": urlencode(query),
            "is_first": after is None,
            "next_url": f"?{urlencode({**query, AFTER: page.next})}" if page.next else "",
            "previous_url": "",
            "list_words": _("Lihat sebagai daftar"),
            "points_url": f"{reverse('reports:map_points')}?{urlencode(query)}",
        }
    answer = render(request, template, context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _row(each: Summary, *, is_late: bool) -> dict[str, Any]:
    return {"told": each, "report": each.report, "tone": _tone(each.report), "is_late": is_late}


def _tone(report: Report) -> str:
    if report.state == "closed":
        return "done"
    return "waiting" if report.is_open else "attention" if report.state == "resolved" else "neutral"


@everyone
@require_safe
def map_points(request: HttpRequest) -> HttpResponse:
    """What lies on a piece of the map: points, or numbers where there are many. 400 for no piece of it."""
    form = ListForm(request.GET)
    box = read_box(request.GET.get(BOX, ""))
    asked = form.asked if form.is_valid() else Asked(categories=("",))
    shown = mapping.shown(asked, box)
    features = [_point(each) for each in summaries(shown.points) if each.point]
    features += [_number(each) for each in shown.many]
    return _geojson({"type": "FeatureCollection", "features": features}, MAP_SECONDS)


def _point(each: Summary) -> dict[str, Any]:
    lat, lon = each.point or (0.0, 0.0)
    tones = {"done": "good", "attention": "attention"}
    return _feature(
        lat,
        lon,
        title=each.report.title,
        note=f"{each.category}. {each.report.state_label}",
        url=each.report.get_absolute_url(),
        tone=tones.get(_tone(each.report), "calm"),
    )


def _number(each: Many) -> dict[str, Any]:
    title = ngettext("%(n)s laporan", "%(n)s laporan", each.number) % {"n": each.number}
    return _feature(each.lat, each.lon, title=title, count=each.number, tone="calm")


def _feature(lat: float, lon: float, **properties: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _geojson(value: dict[str, Any], seconds: int) -> HttpResponse:
    answer = HttpResponse(json.dumps(value, ensure_ascii=False), content_type=GEOJSON)
    return _open(answer, seconds)


def _open(answer: Any, seconds: int) -> Any:
    """For every page on the web, and for as long as that; no session is looked at."""
    answer["Cache-Control"] = f"public, max-age={seconds}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@everyone
@require_safe
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """What was asked as CSV, streamed, up to ten thousand; `Link: rel="next"` goes on."""
    form, after = _counted(request)
    if not form.is_valid():
        return _draw(request, form, "reports/list.html")
    rows = _lines(form.asked, after)
    answer = StreamingHttpResponse(
        csv_lines(exports.public_heads(), rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{_("laporan-warga")}.csv"'
    return _linked(_open(answer, FILE_SECONDS), "reports:list_csv", form, MOST_LINES, after)


def _lines(asked: Asked, after: UUID | None) -> Iterator[tuple[Any, ...]]:
    for part in listing.pages(asked, MOST_LINES, after=after):
        yield from map(exports.public_line, summaries(part))


@everyone
@require_safe
def list_geojson(request: HttpRequest) -> HttpResponseBase:
    """The same as GeoJSON, two hundred at a time; without a point where none may be shown."""
    form, after = _counted(request)
    if not form.is_valid():
        return _draw(request, form, "reports/list.html")
    rows = listing.page(form.asked, after=after, size=MOST_FEATURES).rows
    features = [exports.as_feature(each) for each in summaries(rows)]
    answer = _geojson({"type": "FeatureCollection", "features": features}, FILE_SECONDS)
    return _linked(answer, "reports:list_geojson", form, MOST_FEATURES, after)


@everyone
@require_safe
def list_rss(request: HttpRequest) -> HttpResponseBase:
    """The newest fifty as RSS: whoever reads feeds follows an area or a kind without telling us."""
    form, _after = _counted(request)
    if not form.is_valid():
        return _draw(request, form, "reports/list.html")
    rows = listing.page(form.asked, size=MOST_ITEMS).rows
    title = ": ".join(filter(None, (_("Laporan warga %(town)s") % {"town": town_name()}, form.chosen)))
    address = _address("reports:list", form.query)
    feed = Rss201rev2Feed(
        title=title,
        link=address,
        description=_("Laporan yang dapat dibaca semua orang, yang terbaru lebih dahulu."),
        language="id",
        feed_url=_address("reports:list_rss", form.query),
        ttl=15,
    )
    for each in summaries(rows):
        described = ". ".join(filter(None, (each.report.public_text, each.place, each.report.state_label)))
        feed.add_item(
            title=each.report.title,
            link=each.url,
            description=described,
            unique_id=each.report.number,
            unique_id_is_permalink=False,
            pubdate=each.report.filed_at,
            categories=[each.category],
        )
    return _open(HttpResponse(feed.writeString("utf-8"), content_type=RSS), FILE_SECONDS)


def _counted(request: HttpRequest) -> tuple[ListForm, UUID | None]:
    """The filters of a download, which is counted; raises TooMany."""
    ratelimit.hit("reports.download", client_ip(request), limit=DOWNLOADS_PER_ADDRESS, seconds=HOUR)
    return ListForm(request.GET), read_after(request.GET.get(AFTER, ""))


def _linked(answer: Any, name: str, form: ListForm, most: int, after: UUID | None) -> Any:
    last = listing.behind(form.asked, most, after=after)
    if last is not None:
        answer["Link"] = f'<{_address(name, {**form.query, AFTER: str(last)})}>; rel="next"'
    return answer


def _address(name: str, query: dict[str, str]) -> str:
    path = f"{settings.BALAI.public_url.rstrip('/')}{reverse(name)}"
    return f"{path}?{urlencode(query)}" if query else path
