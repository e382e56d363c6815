"""Addresses of the wallet; their names stay."""

from __future__ import annotations

from django.urls import path

from balai.documents.wallet import public, views

app_name = "wallet"

urlpatterns = [
    path("saya/surat/", views.wallet, name="list"),
    path("saya/surat/<uuid:letter_id>/", views.letter, name="letter"),
    path("saya/surat/<uuid:letter_id>/bagikan/", views.share, name="share"),
    path("saya/surat/tautan/<uuid:share_id>/tutup/", views.close, name="close"),
    path("surat/<str:token>/", public.shared, name="shared"),
    path("surat/<str:token>/unduh/", public.shared_file, name="file"),
]
