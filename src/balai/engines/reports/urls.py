"""Addresses of reports; their names stay (product.md, names that must stay stable)."""

from __future__ import annotations

from django.urls import path

from balai.engines.reports.views import intake, league, lists, own, public, receipt, sending
from balai.engines.reports.views.officer import entering, incoming, merits, register, sheet, silence
from balai.engines.reports.views.open311 import answering as open311
from balai.engines.reports.views.open311 import offering as open311_offering
from balai.engines.reports.views.open311 import requests as open311_requests

app_name = "reports"

# A report is sent; one that is there is joined.
sending_routes = [
    path("lapor/", intake.start, name="start"),
    path("lapor/foto/", intake.photo, name="photo"),
    path("lapor/apa/", intake.what, name="what"),
    path("lapor/di-mana/", intake.where, name="where"),
    path("lapor/sama/", sending.same, name="same"),
    path("lapor/kirim/", sending.last, name="last"),
    path("lapor/buang/", intake.discard, name="discard"),
    path("lapor/terkirim/<str:number>/", receipt.sent, name="sent"),
]

# Who is behind a report follows it, answers and judges.
own_routes = [
    path("lacak/laporan/<str:number>/", own.followed, name="followed"),
    path("lacak/laporan/<str:number>/jawab/", own.reply, name="reply"),
    path("lacak/laporan/<str:number>/nilai/", own.judge, name="judge"),
    path("lacak/laporan/<str:number>/tarik/", own.withdraw, name="withdraw"),
    path("saya/laporan/<str:number>/", own.mine, name="mine"),
]

# Everybody reads the list, the map, and the same as files.
list_routes = [
    path("lapor/daftar/", lists.daftar, name="list"),
    path("lapor/peta/", lists.peta, name="map"),
    path("lapor/peta.json", lists.map_points, name="map_points"),
    path("lapor/daftar.csv", lists.list_csv, name="list_csv"),
    path("lapor/daftar.geojson", lists.list_geojson, name="list_geojson"),
    path("lapor/daftar.rss", lists.list_rss, name="list_rss"),
]

# Everybody reads one report. Last, as a number may be any word.
public_routes = [
    path("lapor/kinerja/", league.league, name="league"),
    path("lapor/kinerja/csv/", league.league_csv, name="league_csv"),
    path("lapor/<str:number>/", public.report, name="report"),
    path("lapor/<str:number>/ikut/", public.join, name="join"),
    path("lapor/<str:number>/foto/<uuid:upload_id>/", public.picture, name="picture"),
]

# What officers open.
officer_routes = [
    path("meja/laporan/", register.register, name="register"),
    path("meja/laporan/csv/", register.register_csv, name="register_csv"),
    path("meja/laporan/xlsx/", register.register_xlsx, name="register_xlsx"),
    path("meja/laporan/beberapa/", register.several, name="several"),
    path("meja/laporan/masuk/", incoming.incoming, name="incoming"),
    path("meja/laporan/senyap/", silence.silence, name="silence"),
    path("meja/laporan/catat/", entering.enter, name="enter"),
    path("meja/laporan/penilaian/", merits.merits, name="merits"),
    path("meja/laporan/penilaian/csv/", merits.merits_csv, name="merits_csv"),
    path("meja/laporan/penilaian/pdf/", merits.merits_pdf, name="merits_pdf"),
    path("meja/laporan/penilaian/laporan/", merits.behind, name="merits_behind"),
    path("meja/laporan/<uuid:report_id>/", sheet.page, name="sheet"),
    path("meja/laporan/<uuid:report_id>/gabung/", sheet.merge, name="merge"),
    path("meja/laporan/<uuid:report_id>/identitas/", sheet.identify, name="identify"),
    path("meja/laporan/<uuid:report_id>/catatan/", sheet.note, name="note"),
    path("meja/laporan/<uuid:report_id>/<slug:name>/", sheet.act, name="act"),
]

# GeoReport v2; without a form named it is XML.
_OPEN311 = (
    ("discovery", open311_offering.discovery, "discovery"),
    ("services", open311_offering.services, "services"),
    ("services/<slug:code>", open311_offering.service, "service"),
    ("requests", open311_requests.requests, "requests"),
    ("requests/<str:number>", open311_requests.request_by_number, "request"),
    ("tokens/<str:token>", open311_requests.token, "token"),
)
open311_routes = [
    *(
        path(f"open311/v2/{route}.<slug:form>", view, name=f"open311_{name}")
        for route, view, name in _OPEN311
    ),
    *(path(f"open311/v2/{route}", view) for route, view, name in _OPEN311),
    path("open311/v2/<path:rest>", open311.unknown),
]

urlpatterns = [*open311_routes, *sending_routes, *own_routes, *officer_routes, *list_routes, *public_routes]
