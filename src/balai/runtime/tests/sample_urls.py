"""Pages of every audience, for the tests of the edge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.vary import vary_on_cookie

from balai.runtime.audience import citizens, everyone, machines, officers
from balai.runtime.errors import CitizenError, NotFound, TooMany


class QuotaFull(CitizenError):
    code = "sample.full"
    template = _("Antrean <%(day)s> penuh.")
    status = 409


@everyone
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@everyone
@vary_on_cookie
def personal(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


@everyone
def strict(request: HttpRequest) -> HttpResponse:
    return HttpResponse("file", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "no-cache"})


@everyone
def static(request: HttpRequest) -> HttpResponse:
    return HttpResponse("", content_type=request.GET["type"])


@everyone
def full(request: HttpRequest) -> HttpResponse:
    raise QuotaFull(day="21")


@everyone
def absent(request: HttpRequest) -> HttpResponse:
    raise NotFound("3505105708950001")


@everyone
def often(request: HttpRequest) -> HttpResponse:
    raise TooMany(retry_after=90)


@everyone
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("of 3505105708950001")


@citizens
def mine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


@officers
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


@officers("cases.check")
def check(request: HttpRequest) -> HttpResponse:
    return HttpResponse("check")


@machines("cases:read")
def cases(request: HttpRequest) -> HttpResponse:
    return HttpResponse("cases")


urlpatterns = [
    path("", include("balai.runtime.urls")),
    path("plain/", plain),
    path("personal/", personal),
    path("strict/", strict),
    path("static/", static),
    path("full/", full),
    path("absent/", absent),
    path("often/", often),
    path("broken/", broken),
    path("api/v1/full/", full),
    path("api/v1/mine/", mine),
    path("api/v1/broken/", broken),
]
handler400 = "balai.runtime.error_views.bad_request"
handler403 = "balai.runtime.error_views.forbidden"
handler404 = "balai.runtime.error_views.not_found"
handler500 = "balai.runtime.error_views.fault"
