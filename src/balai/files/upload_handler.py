"""Reads a request's files into memory within bounds, and loses none of the fields typed beside them.

A file beyond `file_bytes` is marked and the rest of it is thrown away as it arrives, so the form still
gets every field and answers with a sentence. Past `body_bytes` nothing is parsed any more. Nothing of
an upload is written in the clear to a temporary folder, so a full disk cannot strike here.
Installed by `FILE_UPLOAD_HANDLERS = ["balai.files.upload_handler.MaxBody"]`.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from balai.files.limits import LIMITS


class TooLargeFile(InMemoryUploadedFile):
    """What is left of a file beyond the bound: its name and the bytes counted, no content."""

    too_large = True


class MaxBody(FileUploadHandler):
    """The only upload handler of the town."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.limits = LIMITS
        self.received = 0
        self.kept = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A new file begins; what the one before it left is let go."""
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the chunk while the file is within its bound; count it in any case."""
        self.received += len(raw_data)
        if self.received > self.limits.body_bytes:
            self._mark_body()
            raise StopUpload(connection_reset=True)
        if start + len(raw_data) <= self.limits.file_bytes:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, or its marker when it was too large."""
        kind = TooLargeFile if file_size > self.limits.file_bytes else InMemoryUploadedFile
        self.kept.seek(0)
        return kind(
            self.kept,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def _mark_body(self) -> None:
        if self.request is not None:
            self.request.body_too_large = True  # type: ignore[attr-defined]  # read by body_was_too_large


def body_was_too_large(request: HttpRequest) -> bool:
    """Whether the request was cut off at `body_bytes`; call after `request.POST` has been read."""
    return bool(getattr(request, "body_too_large", False))
