"""What a command says when it will not go on: one sentence, no trace."""

from __future__ import annotations


class Refused(Exception):
    """The command stops here; the message is a sentence for the person who typed it."""
