"""Addresses of the outbox to LAPOR!, at the officer's desk."""

from __future__ import annotations

from django.urls import path

from balai.partners.lapor import views

app_name = "lapor"

urlpatterns = [
    path("meja/lapor/", views.outbox, name="outbox"),
    path("meja/lapor/csv/", views.outbox_file, name="outbox_file"),
    path("meja/lapor/paket/", views.waiting_bundle, name="waiting_bundle"),
    path("meja/lapor/<uuid:hand_over_id>/", views.hand_over, name="hand_over"),
    path("meja/lapor/<uuid:hand_over_id>/paket/", views.bundle, name="bundle"),
    path("meja/lapor/<uuid:hand_over_id>/dimasukkan/", views.entered, name="entered"),
    path("meja/lapor/<uuid:hand_over_id>/jawaban/", views.answer, name="answer"),
    path("meja/lapor/<uuid:hand_over_id>/tarik/", views.withdraw, name="withdraw"),
    path("meja/lapor/<uuid:hand_over_id>/ulangi/", views.try_again, name="try_again"),
    path("meja/lapor/<uuid:hand_over_id>/bawa/", views.carry, name="carry"),
]
