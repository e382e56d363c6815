"""What region refuses; told to operators at a command line, so in English."""

from __future__ import annotations


class NoVillage(LookupError):
    """No desa or kelurahan of today has this code."""
