"""The hourly tidying: staged files that nobody sent, and bytes that no row speaks of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.files import actions
from balai.kernel.references import SYSTEM
from balai.runtime import clock
from balai.runtime.jobs import periodic


@periodic("files.expire", seconds=3600, label=_("Membuang berkas yang tidak jadi dikirim"))
def expire() -> None:
    """Discard what expired, then sweep orphans. Running twice does no more than once."""
    moment = clock.now()
    actions.expire_staged(by=SYSTEM, moment=moment)
    actions.sweep_orphans(moment=moment)
