"""Addresses of the catalogue's own pages at the desk."""

from __future__ import annotations

from django.urls import path

from balai.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("meja/gangguan/", views.disruptions, name="disruptions"),
    path("meja/gangguan/<uuid:disruption_id>/cabut/", views.call_off, name="call_off"),
    path("meja/pencarian/", views.searches, name="searches"),
]
