"""Texts of the interface in the words of the town that this process serves."""

from __future__ import annotations

from django.utils.functional import lazy

from balai.government.loading import current


def of_town(text: object) -> str:
    """The text with "desa atau kelurahan" and its like as this town has them."""
    return current().words.set_in(str(text))


of_town_lazy = lazy(of_town, str)
