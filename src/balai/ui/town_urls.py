"""What pages of every town ask of the ui; included by `config.urls`."""

from __future__ import annotations

from django.urls import path

from balai.ui import views

app_name = "maps"
urlpatterns = [path("peta/kata.js", views.map_words, name="words")]
