"""How much a person may send, as data: every bound of this package stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of what is accepted; bytes, pixels and hours as the names say."""

    file_bytes: int = 15 * MEGABYTE
    body_bytes: int = 60 * MEGABYTE
    # A JPEG is decoded at reduced scale, so it may be larger than what must be held whole in memory. A
    # progressive one is held whole (six bytes a pixel) and counts among the others.
    jpeg_pixels: int = 64_000_000
    jpeg_scans: int = 100
    other_pixels: int = 25_000_000
    longest_side: int = 2000
    jpeg_quality: int = 82
    pdf_pages: int = 200
    pdf_objects: int = 200_000
    pdf_unpacked_bytes: int = 64 * MEGABYTE
    staged_hours: int = 48
    orphan_hours: int = 24


LIMITS = Limits()
