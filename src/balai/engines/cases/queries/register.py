"""The register of an office: one row for each case, without anything that names a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.runtime.errors import NotFound

if TYPE_CHECKING:
    from balai.people.models import Officer


COLUMNS = (
    "number",
    "service_id",
    "title",
    "area_code",
    "channel",
    "state",
    "filed_at",
    "decided_at",
    "printed_at",
    "closed_at",
    "reason_code",
    "return_count",
)


def register(
    officer: Officer, *, office_code: str, since: datetime, until: datetime
) -> QuerySet[Case, dict[str, Any]]:
    """Cases filed at an office from `since` up to `until` (exclusive), oldest first; NotFound elsewhere.

    Rows are mappings of `COLUMNS`.
    """
    if not access.may_see(officer, frozenset({office_code})):
        raise NotFound(office_code)
    rows = Case.objects.filter(office_code=office_code, filed_at__gte=since, filed_at__lt=until)
    counted = rows.annotate(return_count=Count("returns")).order_by("filed_at", "id")
    found: QuerySet[Case, dict[str, Any]] = counted.values(*COLUMNS)
    return found


def register_rows(
    officer: Officer, *, office_code: str, since: datetime, until: datetime
) -> Iterator[dict[str, Any]]:
    """The same for an export of any length: read in pieces, never all at once."""
    yield from register(officer, office_code=office_code, since=since, until=until).iterator(chunk_size=500)


def register_offices(officer: Officer) -> list[str]:
    """Codes of the offices whose register the officer may read, in order."""
    return sorted({code for name in access.PERMISSIONS for code in officer.office_codes(name)})
