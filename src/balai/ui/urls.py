"""The style guide at /ui/; included by `config.urls` outside production."""

from __future__ import annotations

from django.urls import path

from balai.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.style_guide, name="gallery"),
    path("meja/", views.desk_sample, name="desk"),
    path("bukti/", views.slip_sample, name="slip"),
    path("titik.json", views.sample_points, name="points"),
    path("galat/<int:status>/", views.error_sample, name="error"),
]
