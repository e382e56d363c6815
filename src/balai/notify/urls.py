"""Addresses of notify; none in production."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from balai.notify import views

app_name = "notify"
urlpatterns: list[URLPattern] = (
    []
    if settings.BALAI.mode == "production"
    else [path("demo/pesan/", views.demo_messages, name="demo_messages")]
)
