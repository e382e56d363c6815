"""Addresses of keys, status list and the page that checks without a network."""

from __future__ import annotations

from django.urls import path

from balai.documents.compact import views
from balai.documents.compact.offline import STATUS_PATH

app_name = "letter_codes"
urlpatterns = [
    path(".well-known/balai/letter-keys.json", views.key_list, name="keys"),
    path(".well-known/balai/letter-keys.cbor", views.cose_key_list, name="cose_keys"),
    path(STATUS_PATH.removeprefix("/"), views.status_list, name="status"),
    path("periksa/luring/", views.offline_page, name="offline"),
    path("periksa/luring/periksa.js", views.offline_script, name="offline_script"),
    path("periksa/luring/unduh/", views.offline_file, name="offline_file"),
]
