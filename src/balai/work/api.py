"""The inbox through the API."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from balai.runtime.api import CursorRefused, Token, refused
from balai.runtime.errors import NotFound
from balai.work import queries
from balai.work.enums import Box
from balai.work.models import WorkItem

if TYPE_CHECKING:
    from balai.people.models import Officer

READ = "desk:read"
MOST = 100

router = Router(tags=["desk"])


class InboxItem(Schema):
    """One obligation. `subject_id` with `subject_kind` "cases.case" is the id of a case."""

    id: UUID
    subject_kind: str
    subject_id: str
    number: str
    kind: str
    title: str
    note: str
    office_code: str
    state: str
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None


class InboxPage(Schema):
    """Due first; `next` is the cursor of the page after this one."""

    items: list[InboxItem]
    next: str | None


class InboxCounts(Schema):
    """How many items lie in each box, each counted up to 100."""

    todo: int
    soon: int
    late: int
    waiting: int
    done_today: int


@router.get(
    "/desk/inbox",
    auth=Token(READ, "officer"),
    operation_id="list_inbox",
    response={200: InboxPage, **refused(401, 403, 422, 429)},
)
def inbox(
    request: HttpRequest,
    box: Box = Box.TODO,
    q: Annotated[str, Field(max_length=100, description="beginning of a number, or part of the note")] = "",
    cursor: Annotated[str, Field(max_length=200)] = "",
    limit: Annotated[int, Field(ge=1, le=MOST)] = queries.PAGE,
) -> InboxPage:
    """What the officer's offices owe, what is due first on top."""
    sought = " ".join(q.replace("\0", "").split())
    try:
        page = queries.inbox(_officer(request), box, after=cursor or None, q=sought, limit=limit)
    except NotFound:
        raise CursorRefused() from None
    return InboxPage(items=[_item(row) for row in page.items], next=page.next)


@router.get(
    "/desk/inbox/counts",
    auth=Token(READ, "officer"),
    operation_id="count_inbox",
    response={200: InboxCounts, **refused(401, 403, 429)},
)
def counts(request: HttpRequest) -> InboxCounts:
    """How full the boxes are."""
    found = queries.counts(_officer(request))
    return InboxCounts(**{box.value: count.number for box, count in found.items()})


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]  # people.middleware; Token has looked
    return officer


def _item(row: WorkItem) -> InboxItem:
    return InboxItem(
        id=row.pk,
        subject_kind=row.subject_label,
        subject_id=row.subject_id,
        number=row.reference,
        kind=row.kind,
        title=row.title,
        note=row.note,
        office_code=row.office_code,
        state=row.state,
        opened_at=row.opened_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
    )
