"""Addresses of notify: where gateways call, and outside production the demo page."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from balai.notify.views import demo, webhooks

app_name = "notify"
urlpatterns: list[URLPattern] = [path("webhooks/<slug:code>/", webhooks.webhook, name="webhook")]
if settings.BALAI.mode != "production":
    urlpatterns += [path("demo/pesan/", demo.demo_messages, name="demo_messages")]
