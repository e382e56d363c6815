"""Takes an upload into a held file, chunk by chunk: the web process never has it whole."""

from __future__ import annotations

from mimetypes import guess_type
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from balai.documents.verification.held import LARGEST_BYTES, HeldFile, NoRoom
from balai.files.inspection import safe_name
from balai.runtime.client import client_ip

# What is too large is read to its end, so that the sender gets an answer; up to here.
MOST_RECEIVED = 2 * LARGEST_BYTES
CHUNK_BYTES = 1024 * 1024


class HeldUpload(UploadedFile):
    """An upload whose bytes are in `held`; `None` when there was no room for them just now."""

    def __init__(self, held: HeldFile | None, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.held = held


class Intake(FileUploadHandler):
    """The upload handler of pages and addresses that check files. One file; others are passed over."""

    chunk_size = CHUNK_BYTES

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._held: HeldFile | None = None
        self._has_room = self._is_first = True
        self._received = 0
        self._address = client_ip(request)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to hold the first file; others are counted (what Django skips it reads without end)."""
        super().new_file(*args, **kwargs)
        self._is_first = self._held is None
        self._held = self._held or HeldFile(self._address)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold the chunk; let go of everything when there is no room."""
        self._received += len(raw_data)
        if self._received > MOST_RECEIVED:
            raise StopUpload(connection_reset=True)
        if self._held is None or not self._is_first or not self._has_room:
            return
        try:
            self._held.write(raw_data)
        except NoRoom:
            self._has_room = False
            self._held.close()

    def file_complete(self, file_size: int) -> HeldUpload | None:
        """The upload, its name fit to be shown; None for a file that is passed over."""
        if not self._is_first:
            return None
        name = self.file_name or ""
        shown = safe_name(name, guess_type(name)[0] or "")  # a picture keeps its own ending
        return HeldUpload(self._held if self._has_room else None, shown, file_size)

    def upload_interrupted(self) -> None:
        """Nothing of it is wanted any more."""
        if self._held is not None:
            self._held.close()


def take_whole_files(request: HttpRequest) -> None:
    """Let this request bring a large file; call before its body is read."""
    request.upload_handlers = [Intake(request)]
