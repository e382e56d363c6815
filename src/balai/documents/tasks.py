"""The job that makes letters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.documents import production
from balai.runtime.jobs import job


def _give_up(letter_id: str) -> None:
    production.note_failure(letter_id=letter_id)


@job("documents.produce", label=_("Membuat surat"), longest_seconds=120, when_dead=_give_up)
def produce(letter_id: str) -> None:
    """Bring the letter to publication; continues where an earlier attempt was killed."""
    production.produce(letter_id)
