"""Acts of this package that a role may grant."""

from __future__ import annotations

ANNOUNCE = "catalogue.announce"
READ_SEARCHES = "catalogue.read_searches"
