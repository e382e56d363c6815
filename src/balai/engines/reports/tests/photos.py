"""Small photos as a browser sends them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def jpeg(name: str = "bukti.jpg", colour: int = 10) -> SimpleUploadedFile:
    """A photo of 40 by 30 points."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (colour, 90, 60)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
