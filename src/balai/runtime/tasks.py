"""Jobs of the machinery itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime import ratelimit
from balai.runtime.jobs import periodic
from balai.runtime.jobs.beats import forget_silent_workers


@periodic("runtime.sweep", seconds=3600, label=_("Membuang sisa pembatas dan pekerja yang sudah berhenti"))
def sweep() -> None:
    """Forget closed rate windows and workers that ended."""
    ratelimit.sweep()
    forget_silent_workers()
