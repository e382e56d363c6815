"""The ways into reports at the desk, beside every list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from balai.engines.reports.queries import register
from balai.engines.reports.rules import access

if TYPE_CHECKING:
    from balai.people.models import Officer


def boxes(officer: Officer, current: str) -> list[dict[str, Any]]:
    """What came in, the register, entering one: each where the officer may."""
    found = []
    if officer.has_permission(access.TRIAGE):
        waiting = register.incoming_count(officer)
        found.append(("incoming", _("Laporan masuk"), "/meja/laporan/masuk/", waiting))
    found.append(("register", _("Daftar laporan"), "/meja/laporan/", ""))
    if officer.has_permission(access.ENTER):
        found.append(("enter", _("Catat laporan"), "/meja/laporan/catat/", ""))
    if officer.has_permission(access.LEAGUE):
        found.append(("merits", _("Penilaian kantor"), "/meja/laporan/penilaian/", ""))
    return [
        {"label": label, "url": url, "count": count, "is_current": name == current, "tone": ""}
        for name, label, url, count in found
    ]
