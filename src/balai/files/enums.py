"""The closed lists of the package."""

from __future__ import annotations

from typing import Literal

from django.db.models import TextChoices

Allow = Literal["photo", "document"]


class UploadState(TextChoices):
    """Staged: sent, not yet part of anything. Attached: evidence of a thing. Discarded: content is gone."""

    STAGED = "staged", "Menunggu dikirim"
    ATTACHED = "attached", "Terlampir"
    DISCARDED = "discarded", "Dihapus"
