"""The bare site's one address."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from balai.bench.bare.models import MODELS, PATTERN


def insert(request: HttpRequest) -> HttpResponse:
    """The rows of one submit, in one transaction."""
    with transaction.atomic():
        for model, values in zip(MODELS, PATTERN.rows(), strict=True):
            model.objects.create(**values)  # type: ignore[attr-defined]  # made at run time
    return redirect("/")


urlpatterns = [path("ajukan/", insert if getattr(settings, "BARE_ALONE", False) else login_required(insert))]
