"""Addresses of the demo authority; none in production."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, re_path

from balai.documents.signing import views

ROUTES = [
    re_path(r"^demo/ca/(?P<issuer>root|intermediate)\.cer$", views.certificate, name="demo-ca-certificate"),
    re_path(r"^demo/ca/(?P<issuer>root|intermediate)\.crl$", views.revocations, name="demo-ca-revocations"),
    re_path(r"^demo/ca/tsa$", views.stamp, name="demo-ca-stamp"),
]
urlpatterns: list[URLPattern] = [] if settings.BALAI.mode == "production" else ROUTES
