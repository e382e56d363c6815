"""Reading drafts; nothing is fetched without saying whose it is."""

from __future__ import annotations

from uuid import UUID

from balai.kernel.references import Subject
from balai.runtime import clock
from balai.sync.models import Draft

_FIND = f"""
SELECT * FROM {Draft._meta.db_table} WHERE owner_label = %s AND owner_id = %s AND kind = %s AND about = %s
"""  # noqa: S608 (the table's name is our own)


def draft(owner: Subject, kind: str, about: str) -> Draft | None:
    """What this owner has typed into this form, if it has not expired.

    Written in SQL because every page of every form begins with it (a quarter of the ORM's cost).
    """
    found = next(iter(Draft.objects.raw(_FIND, [owner.label, owner.id, kind, about])), None)
    return found if found is not None and found.expires_at > clock.now() else None


def draft_by_id(owner: Subject, id: UUID | str) -> Draft | None:
    """The owner's draft with this id; another's looks like none."""
    try:
        key = UUID(str(id))
    except ValueError:
        return None
    found = Draft.objects.filter(pk=key, owner_label=owner.label, owner_id=owner.id)
    return found.filter(expires_at__gt=clock.now()).first()
