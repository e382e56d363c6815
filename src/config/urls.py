"""Where every address of the town begins."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("balai.runtime.urls")),
]

handler400 = "balai.runtime.error_views.bad_request"
handler403 = "balai.runtime.error_views.forbidden"
handler404 = "balai.runtime.error_views.not_found"
handler500 = "balai.runtime.error_views.fault"
