"""How a value says no: by a stable code and parameters. Sentences are made above the kernel."""

from __future__ import annotations


class ValueRefused(ValueError):
    """A text or number that cannot be the value it claims to be.

    `code` is a stable English word pair such as "nik.date"; `params` fills the Indonesian sentence
    that a higher package keeps for the code. Neither ever holds the refused value itself, so that an
    error in a log gives nothing away.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, object] = params
