"""Addresses of checking; they are printed on letters, so they stay."""

from __future__ import annotations

from django.urls import path, re_path

from balai.documents.verification import views

app_name = "verification"

urlpatterns = [
    path("periksa/", views.check, name="check"),
    # Long enough for a code however it is grouped, and never `luring`.
    re_path(r"^periksa/(?P<code>[0-9A-Za-z-]{10,20})/$", views.letter, name="letter"),
]
