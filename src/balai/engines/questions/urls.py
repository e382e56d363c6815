"""Addresses of the engine; their names stay."""

from __future__ import annotations

from django.urls import path

from balai.engines.questions.views import citizen, officer

app_name = "questions"

urlpatterns = [
    path("tanya/", citizen.ask, name="ask"),
    path("tanya/<str:number>/", citizen.question, name="question"),
    path("meja/pertanyaan/<uuid:question_id>/", officer.question, name="sheet"),
    path("meja/pertanyaan/<uuid:question_id>/jawab/", officer.answer, name="answer"),
    path("meja/pertanyaan/<uuid:question_id>/tutup/", officer.set_aside, name="set_aside"),
]
