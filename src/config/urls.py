"""Where every address of the town begins.

Packages route themselves; here they only get their place. The engines are a setting, so their addresses
come from it, and one that has no pages simply has none.
"""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

Routes = list[URLPattern | URLResolver]


def engine_routes() -> Routes:
    """The addresses of each engine that this town runs and that has any."""
    names = [f"balai.engines.{name}" for name in settings.BALAI.engine_list]
    routed = [name for name in names if module_has_submodule(import_module(name), "urls")]
    return [path("", include(f"{name}.urls")) for name in routed]


def workshop_routes() -> Routes:
    """The style guide: for those who build, never in production."""
    return [] if settings.BALAI.mode == "production" else [path("ui/", include("balai.ui.urls"))]


urlpatterns: Routes = [
    path("", include("balai.runtime.urls")),
    path("api/", include("config.api")),
    path("", include("balai.ui.town_urls")),
    path("", include("balai.region.urls")),
    path("", include("balai.files.urls")),
    path("", include("balai.notify.urls")),
    path("", include("balai.documents.urls")),
    path("", include("balai.partners.lapor.urls")),
    # Before the portal: /layanan/<slug>/ajukan/ is longer than /layanan/<slug>/.
    *engine_routes(),
    path("", include("balai.catalogue.urls")),
    path("", include("balai.portal.urls")),
    path("", include("balai.work.urls")),
    path("", include("balai.desk.urls")),
    path("", include("balai.demo.urls")),
    *workshop_routes(),
]

handler400 = "balai.runtime.error_views.bad_request"
handler403 = "balai.runtime.error_views.forbidden"
handler404 = "balai.runtime.error_views.not_found"
handler500 = "balai.runtime.error_views.fault"
