"""The sealer."""

from __future__ import annotations

import logging

from django.utils.translation import gettext_lazy as _

from balai.audit import actions
from balai.runtime.jobs import periodic

log = logging.getLogger(__name__)


@periodic("audit.seal", seconds=60, label=_("Menyegel catatan"))
def seal() -> None:
    """Seal everything that is unsealed. The head goes to the log, where a copy outside can testify."""
    while (batch := actions.seal_next()) is not None:
        log.info("journal head %s:%s", batch.number, batch.head)
