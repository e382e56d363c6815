"""Reading the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db.models import Q, QuerySet

from balai.audit.models import Entry, Reading
from balai.kernel.references import Subject


def history(about: Subject) -> QuerySet[Entry]:
    """Everything done to one thing, oldest first; readings are left out."""
    entries = Entry.objects.filter(about_label=about.label, about_id=str(about.id))
    return entries.exclude(event=Reading.EVENT).order_by("id")


def readings_about(subjects: Iterable[Subject]) -> QuerySet[Reading]:
    """Who looked at what of any of these, newest first; rows have at, by_name, by_office, what, purpose."""
    wanted = Q(pk__in=[])
    for subject in subjects:
        wanted |= Q(about_label=subject.label, about_id=str(subject.id))
    # The proxy inherits Entry's manager; its querysets yield readings.
    rows = cast("QuerySet[Reading]", Reading._default_manager.all())
    return rows.filter(wanted, event=Reading.EVENT).order_by("-id")
