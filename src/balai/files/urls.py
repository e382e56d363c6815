"""`/unduh/<uuid>/`."""

from __future__ import annotations

from django.urls import path

from balai.files import views

app_name = "files"
urlpatterns = [path("unduh/<uuid:upload_id>/", views.download, name="download")]
