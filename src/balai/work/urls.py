"""Addresses of work items, below /meja/."""

from __future__ import annotations

from django.urls import path

from balai.work import views

app_name = "work"

urlpatterns = [
    path("meja/pengawasan/", views.late, name="late"),
    path("meja/tugas/beberapa/", views.several, name="several"),
    path("meja/tugas/<uuid:item_id>/ambil/", views.take, name="take"),
    path("meja/tugas/<uuid:item_id>/lepas/", views.release, name="release"),
    path("meja/tugas/<uuid:item_id>/serahkan/", views.assign, name="assign"),
]
