"""Addresses for machines that watch over the town."""

from django.urls import path

from balai.runtime import health

app_name = "runtime"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
