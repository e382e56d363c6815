"""Files that an officer sends with a form: kept at once, so that a refused form loses none of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from balai.engines.reports.actions import Proof
from balai.files import actions as files
from balai.files import queries as uploads
from balai.files.enums import Allow, UploadState
from balai.files.errors import FileRefused
from balai.files.models import Upload
from balai.kernel.references import Subject

if TYPE_CHECKING:
    from django.http import HttpRequest

    from balai.people.models import Officer

MOST_FILES = 5
KEPT = "kept"


@dataclass
class Sent:
    """What is there to be attached, and why other files are not."""

    kept: list[Upload] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """For the actions."""
        return tuple(row.pk for row in self.kept)

    def proof(self, values: dict[str, Any]) -> Proof:
        """The files with the place of the device and the reason why there is none."""
        place, reason = values.get("place"), str(values.get("no_place", ""))
        return Proof(
            uploads=self.ids,
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            no_place=reason,
        )


def take(
    request: HttpRequest, officer: Officer, allow: Allow = "photo", *, owner: Subject | None = None
) -> Sent:
    """Keep the files of this request beside those of an earlier try, for `owner` or the officer."""
    sent = Sent(kept=_earlier(request.POST.getlist(KEPT), officer))
    for each in request.FILES.getlist("attached")[: MOST_FILES - len(sent.kept)]:
        try:
            row = files.store(
                by=officer.as_actor(), owner=owner or officer.as_subject(), file=each, allow=allow
            )
        except FileRefused as refused:
            sent.refused.append(f"{each.name}: {refused.sentence}")
        else:
            sent.kept.append(row)
    return sent


def _earlier(ids: list[str], officer: Officer) -> list[Upload]:
    keys = []
    for text in ids[:MOST_FILES]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    rows = uploads.uploads(keys) if keys else {}
    own = officer.as_actor()
    return [
        rows[key]
        for key in keys
        if key in rows and rows[key].state == UploadState.STAGED and rows[key].stored_by_id == own.id
    ]
