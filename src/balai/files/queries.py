"""Reading stored files. Who may read is not asked here but at the page (`views.download`) or above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from balai.files import encryption
from balai.files.enums import UploadState
from balai.files.models import Upload
from balai.files.storage import current_storage


def upload(id: UUID | str) -> Upload | None:  # the contract's word
    """The upload with this id, unless there is none or its content is gone."""
    try:
        key = UUID(str(id))
    except ValueError:
        return None
    return Upload.objects.filter(pk=key).exclude(state=UploadState.DISCARDED).first()


def uploads(ids: Sequence[UUID | str]) -> dict[UUID, Upload]:
    """Living uploads by id, in one query; ids that are gone are absent."""
    found = Upload.objects.filter(pk__in=list(ids)).exclude(state=UploadState.DISCARDED)
    return {row.pk: row for row in found}


def stream_content(upload: Upload) -> Iterator[bytes]:
    """The plain bytes in chunks of 64 KiB; raises FileNotFoundError or encryption.StoredFileDamaged."""
    with current_storage().open(upload.storage_key) as stored:
        yield from encryption.decrypt(stored, upload.pk)


def open_content(upload: Upload) -> bytes:
    """The plain bytes at once; for what is small (letters, photos)."""
    return b"".join(stream_content(upload))


def expired(moment: datetime, limit: int = 500) -> QuerySet[Upload]:
    """Staged uploads that nobody attached in time."""
    return Upload.objects.filter(expires_at__lte=moment).order_by("expires_at")[:limit]


def known_storage_keys(keys: Sequence[str]) -> set[str]:
    """Which of these storage keys belong to a living upload."""
    found = Upload.objects.filter(storage_key__in=list(keys)).exclude(state=UploadState.DISCARDED)
    return set(found.values_list("storage_key", flat=True))
