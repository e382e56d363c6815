"""Addresses of letters: what each room of the package writes in its own module, put together here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("balai.documents.compact.urls")),
    path("", include("balai.documents.desk_urls")),
    path("", include("balai.documents.signing.urls")),
    path("", include("balai.documents.verification.urls")),
    path("", include("balai.documents.wallet.urls")),
]
