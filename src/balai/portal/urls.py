"""Addresses of the citizen's shell; their names stay (product.md, names that must stay stable)."""

from __future__ import annotations

from django.urls import path

from balai.portal.views import door, finding, language, mine, notices, reading, tracking

app_name = "portal"
urlpatterns = [
    path("", finding.home, name="home"),
    path("layanan/", finding.services, name="services"),
    path("layanan/catat/", finding.count_search, name="count_search"),
    path("layanan/<slug:slug>/", finding.service, name="service"),
    path("layanan/<slug:slug>/standar/", finding.standard, name="standard"),
    path("maklumat/", reading.promise, name="maklumat"),
    path("masuk/", door.door, name="door"),
    path("masuk/kode/", door.code, name="code"),
    path("keluar/", door.leave, name="leave"),
    path("bahasa/", language.language, name="language"),
    path("lacak/", tracking.track, name="track"),
    path("saya/", mine.me, name="me"),
    path("saya/pemberitahuan/", notices.notices, name="notices"),
    path("saya/pemberitahuan/coba-lagi/", notices.try_again, name="try_again"),
    path("bantuan/", reading.help_page, name="help"),
    path("bantuan/aksesibilitas/", reading.accessibility, name="accessibility"),
    path("bantuan/privasi/", reading.privacy, name="privacy"),
]
