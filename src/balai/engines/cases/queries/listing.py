"""A citizen's own cases, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from balai.engines.cases.models import Case

if TYPE_CHECKING:
    from balai.people.models import Citizen


def own_cases(citizen: Citizen, *, behind: Case | None = None, limit: int) -> list[Case]:
    """At most `limit` cases of the citizen, newest first, behind the last one of the page before."""
    rows = Case.objects.filter(applicant=citizen)
    if behind is not None:
        rows = rows.filter(Q(filed_at__lt=behind.filed_at) | Q(filed_at=behind.filed_at, id__lt=behind.pk))
    return list(rows.order_by("-filed_at", "-id")[:limit])
