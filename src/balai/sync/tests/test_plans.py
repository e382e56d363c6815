"""A draft is found by its index however many others there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet

from balai.runtime import clock
from balai.sync.models import Draft

OWNER = {"owner_label": "people.citizen", "owner_id": "0190-siti"}
FORM = {"kind": "cases.apply", "about": "village/business-statement"}


def plan(found: QuerySet[Draft]) -> str:
    """What the database means to do; PostgreSQL reads an empty table whole unless told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return found.explain()


@pytest.mark.django_db
def test_the_owners_draft_is_found_by_an_index_on_the_owner() -> None:
    told = plan(Draft.objects.filter(**OWNER, **FORM, expires_at__gt=clock.now()))
    assert "draft_of_owner" in told or "draft_one_for_each_form" in told
