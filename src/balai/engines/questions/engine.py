"""The plug into the packages below: what portal, desk, work and notify may ask this engine."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlencode

from django.urls import reverse

from balai.catalogue import engine as catalogue_engine
from balai.engines.questions import queries, rules
from balai.engines.questions.models import SUBJECT_LABEL
from balai.engines.questions.views.citizen import grant_url
from balai.notify import addressees
from balai.people import permissions
from balai.work import subjects


class QuestionsEngine(catalogue_engine.Engine):
    """Questions of people who found no service; no service runs on it."""

    code: ClassVar[str] = "questions"
    runs_services: ClassVar[bool] = False

    def ask_path(self, sought: str) -> str | None:
        """The form, with what was sought in vain."""
        query = f"?{urlencode({'q': sought})}" if sought else ""
        return f"{reverse('questions:ask')}{query}"

    def track(self, number: str, pin: str) -> str | None:
        """Address of the answer when number and PIN fit."""
        found = queries.question_for_tracking(number, pin)
        return grant_url(found) if found is not None else None


def desk_link(question_id: str) -> str:
    """The officer's page of a question."""
    return f"/meja/pertanyaan/{question_id}/"


def plug_in() -> None:
    """Fill every registry; called once, when the app is ready."""
    for name, label in rules.PERMISSIONS.items():
        permissions.register(name, label)
    catalogue_engine.register(QuestionsEngine)
    subjects.register(SUBJECT_LABEL, link=desk_link, permissions=(rules.ANSWER,))
    addressees.register(SUBJECT_LABEL, queries.addressee)
