"""The catalogue that this process runs: read at first use, replaced only by a sound one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from balai import government
from balai.catalogue import loader
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.faults import CatalogueRefused
from balai.runtime.settings import PROJECT

SERVICES = PROJECT / "services"
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_current: Catalogue | None = None


def current() -> Catalogue:
    """The running catalogue; no file is touched after the first call.

    The first call raises CatalogueRefused when the files have faults: a town does not start on them.
    """
    global _current
    if _current is None:
        with _lock:
            if _current is None:
                _current = _read()
    return _current


def reload() -> Catalogue:
    """Read the files again. With faults the running catalogue stays, and CatalogueRefused is raised."""
    global _current
    with _lock:
        try:
            _current = _read()
        except CatalogueRefused as refused:
            _log.error("catalogue not reloaded, the running one stays: %d faults", len(refused.faults))
            raise
        return _current


@contextmanager
def using(catalogue: Catalogue) -> Iterator[Catalogue]:
    """Run on another catalogue for a while; for tests and previews."""
    global _current
    before, _current = _current, catalogue
    try:
        yield catalogue
    finally:
        _current = before


def _read() -> Catalogue:
    return loader.load(SERVICES, government.current())
