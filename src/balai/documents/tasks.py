"""Jobs: making letters in ink, telling what became of a letter, watching over batches."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.documents import batching, production
from balai.documents.enums import News
from balai.documents.news import deliver
from balai.runtime.jobs import job, periodic


def _give_up(letter_id: str) -> None:
    production.note_failure(letter_id=letter_id)


@job("documents.produce", label=_("Membuat surat"), longest_seconds=120, when_dead=_give_up)
def produce(letter_id: str) -> None:
    """Bring the letter to publication; continues where an earlier attempt was killed."""
    production.produce(letter_id)


@job("documents.tell", label=_("Memberi kabar tentang surat"), longest_seconds=60)
def tell(letter_id: str, news: str, turn_id: str) -> None:
    """Tell the package that asked for the letter; at least once, so its answer is idempotent."""
    deliver(letter_id, News(news), turn_id)


@periodic("documents.let_lapsed_wait", label=_("Memeriksa tanda tangan yang terputus"), seconds=15)
def let_lapsed_wait() -> None:
    """Batches whose process is gone wait for their officers to open the key again."""
    batching.let_lapsed_wait()
