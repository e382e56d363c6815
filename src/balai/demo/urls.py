"""Addresses of the demo town; none in production."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from balai.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = (
    [] if settings.BALAI.mode == "production" else [path("demo/petugas/", views.officers, name="officers")]
)
