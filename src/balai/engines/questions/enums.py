"""Stored codes of a question's life, with the words that people read."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionState(TextChoices):
    """A question waits, is answered, or is set aside because nobody can answer it."""

    OPEN = "open", _("Menunggu jawaban")
    ANSWERED = "answered", _("Sudah dijawab")
    SET_ASIDE = "set_aside", _("Tidak bisa dijawab")
