"""The address of the map under all maps."""

from __future__ import annotations

from django.urls import path

from balai.region import views

app_name = "region"
urlpatterns = [path("peta/dasar.json", views.base, name="basemap")]
