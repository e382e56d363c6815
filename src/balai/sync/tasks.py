"""The hourly tidying of drafts, stashes and keys."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.kernel.references import SYSTEM
from balai.runtime import clock
from balai.runtime.jobs import periodic
from balai.sync import actions


@periodic("sync.expire", seconds=3600, label=_("Membuang isian yang kedaluwarsa"))
def expire() -> None:
    """Forget what expired. Running twice does no more than once."""
    moment = clock.now()
    actions.expire_drafts(by=SYSTEM, moment=moment)
    actions.expire_keys(moment=moment)
