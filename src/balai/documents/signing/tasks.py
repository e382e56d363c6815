"""The job that keeps the demo authority's revocation lists from ending."""

from __future__ import annotations

from balai.documents.signing.demo_ca import authority, revocation
from balai.runtime.jobs import periodic


@periodic("documents.renew_revocation_lists", seconds=3600, label="Daftar pencabutan sertifikat peragaan")
def renew_revocation_lists() -> None:
    """Issue the lists anew some days before they end; nothing to do in production."""
    if authority.is_allowed():
        revocation.renew()
