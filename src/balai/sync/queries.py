"""Reading drafts; nothing is fetched without saying whose it is."""

from __future__ import annotations

from uuid import UUID

from balai.kernel.references import Subject
from balai.runtime import clock
from balai.sync.models import Draft


def draft(owner: Subject, kind: str, about: str) -> Draft | None:
    """What this owner has typed into this form, if it has not expired."""
    found = Draft.objects.filter(
        owner_label=owner.label, owner_id=owner.id, kind=kind, about=about, expires_at__gt=clock.now()
    )
    return next(iter(found), None)  # the form is unique: nothing to order


def draft_by_id(owner: Subject, id: UUID | str) -> Draft | None:
    """The owner's draft with this id; another's looks like none."""
    try:
        key = UUID(str(id))
    except ValueError:
        return None
    found = Draft.objects.filter(pk=key, owner_label=owner.label, owner_id=owner.id)
    return found.filter(expires_at__gt=clock.now()).first()
