"""Files through the API: sent once, then named by id wherever a file is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from balai.files import actions, views
from balai.files.enums import Allow
from balai.files.models import Upload
from balai.files.sniffing import JPEG, PDF
from balai.kernel.references import Actor, Subject
from balai.runtime import ratelimit
from balai.runtime.api import Token, refused
from balai.runtime.errors import NotFound

READ, WRITE = "files:read", "files:write"
UPLOADS_PER_HOUR = 240

router = Router(tags=["files"])
_binary = {"schema": {"type": "string", "format": "binary"}}
_content: dict[str, Any] = {
    "responses": {200: {"content": dict.fromkeys((JPEG, PDF, "application/octet-stream"), _binary)}}
}


class UploadShape(Schema):
    """A stored file. Photos are stored anew without place and device; `expires_at` until it is attached."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    expires_at: datetime | None


@router.post(
    "/files",
    auth=Token(WRITE, "citizen"),
    operation_id="upload_file",
    response={201: UploadShape, **refused(400, 401, 403, 413, 422, 429, 507)},
)
def upload(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    allow: Annotated[Allow, Form(description="photo: an image; document: a PDF or an image")],
    id: Annotated[UUID | None, Form(description="UUIDv7 made by the client: again is no error")] = None,
) -> Status:
    """Store a file of at most 15 MB for 48 hours; an application that names its id keeps it."""
    by, owner = _sender(request)
    ratelimit.hit("files.api", owner.id, limit=UPLOADS_PER_HOUR, seconds=3600)
    row = actions.store(by=by, owner=owner, file=file, allow=allow, id=id)
    return Status(201, _shape(row))


@router.get(
    "/files/{uuid:upload_id}",
    auth=Token(READ),
    operation_id="download_file",
    response={200: None, **refused(401, 403, 404, 429)},
    openapi_extra=_content,
)
def download(request: HttpRequest, upload_id: UUID) -> HttpResponseBase:
    """The content of a file that the token's holder may read; an officer's look is journalled."""
    return views.download(request, upload_id)


@router.delete(
    "/files/{uuid:upload_id}",
    auth=Token(WRITE, "citizen"),
    operation_id="discard_file",
    response={204: None, **refused(401, 403, 404, 429)},
)
def discard(request: HttpRequest, upload_id: UUID) -> Status:
    """Let go of a file that is not part of an application."""
    by, owner = _sender(request)
    if not actions.discard(by=by, ids=[upload_id], reason="discarded by sender", staged_of=owner):
        raise NotFound(upload_id)
    return Status(204, None)


def _sender(request: HttpRequest) -> tuple[Actor, Subject]:
    citizen = request.citizen  # type: ignore[attr-defined]  # set by the package above; Token has looked
    return citizen.as_actor(), citizen.as_subject()


def _shape(row: Upload) -> UploadShape:
    return UploadShape(
        id=row.pk,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        expires_at=row.expires_at,
    )
