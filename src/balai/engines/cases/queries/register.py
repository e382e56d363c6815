"""The register of an office: one row for each case, without anything that names a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count

from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.runtime.errors import NotFound

if TYPE_CHECKING:
    from balai.people.models import Officer


def register_rows(
    officer: Officer, *, office_code: str, since: datetime, until: datetime
) -> Iterator[dict[str, object]]:
    """Cases filed at an office from `since` up to `until` (exclusive), oldest first; NotFound elsewhere."""
    if not access.may_see(officer, frozenset({office_code})):
        raise NotFound(office_code)
    rows = Case.objects.filter(office_code=office_code, filed_at__gte=since, filed_at__lt=until)
    found = (
        rows.annotate(return_count=Count("returns"))
        .order_by("filed_at", "id")
        .values(
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
        .iterator(chunk_size=500)
    )
    for row in found:
        yield dict(row)
