"""From what arrived to what is kept: the judgement on one file, without database or storage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from balai.files import sniffing
from balai.files.enums import Allow
from balai.files.errors import FileRefused
from balai.files.limits import LIMITS, MEGABYTE, Limits
from balai.files.pdfs import check_pdf
from balai.files.pictures import reencode
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text

_EXTENSIONS = {sniffing.JPEG: ".jpg", sniffing.PDF: ".pdf"}
_NAME_LENGTH = 100


@dataclass(frozen=True)
class Checked:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Fingerprint of what is kept, in hex."""
        return sha256(self.content).hexdigest()


def safe_name(name: str, media_type: str) -> str:
    """The name to show: no folders, no control characters, no long digit runs, the true extension.

    Long runs of digits are masked because people name their photos by NIK or phone number, and a
    file's name is stored and logged in the clear.
    """
    bare = PurePosixPath(name.replace("\\", "/")).name
    try:
        stem = clean_text(bare, multiline=False).rsplit(".", 1)[0]
    except ValueRefused:  # control characters: not a name that a person gave
        stem = ""
    stem = re.sub(r"\d(?:[ .\-]?\d){7,}", "••••", stem).strip(" .")
    return f"{stem[:_NAME_LENGTH] or 'berkas'}{_EXTENSIONS.get(media_type, '')}"


def inspect(file: UploadedFile, allow: Allow, limits: Limits = LIMITS) -> Checked:
    """The file as it will be kept; raises FileRefused with the sentence for whoever sent it."""
    _refuse_size(file, limits)
    file.seek(0)
    raw = file.read()
    if not raw:
        raise FileRefused("files.empty")
    found = _accepted_type(raw[: sniffing.HEAD_BYTES], allow)
    if found == sniffing.PDF:
        check_pdf(BytesIO(raw), limits)
        return Checked(safe_name(file.name or "", found), found, raw)
    picture = reencode(BytesIO(raw), limits)
    return Checked(safe_name(file.name or "", sniffing.JPEG), sniffing.JPEG, picture)


def _refuse_size(file: UploadedFile, limits: Limits) -> None:
    if getattr(file, "too_large", False) or (file.size or 0) > limits.file_bytes:
        raise FileRefused("files.too_large", megabytes=limits.file_bytes // MEGABYTE)


def _accepted_type(head: bytes, allow: Allow) -> str:
    found = sniffing.media_type(head)
    if found in sniffing.PHOTOS or (found == sniffing.PDF and allow == "document"):
        return str(found)
    if sniffing.is_heic(head):
        raise FileRefused("files.heic")
    raise FileRefused(f"files.not_{allow}", found=sniffing.describe(head))
