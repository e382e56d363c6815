"""What every part of the API stands on: who may ask, how a refusal looks, how the edge behaves.

A package offers its part in `api.py` as `router` (a ninja Router); `config.api` puts them together. Each
operation names its audience by `auth`: `everybody`, or `Token(scope, …)` for the holder of a token with that
scope. One without is refused when the addresses are made.
"""

from balai.runtime.api.access import Holder, Token, audience_of, everybody, scopes_for
from balai.runtime.api.edge import at_the_edge
from balai.runtime.api.refusals import (
    CursorRefused,
    Refusal,
    TooLarge,
    Unfit,
    answer_refusals,
    answer_unfit,
    refused,
)

__all__ = [
    "CursorRefused",
    "Holder",
    "Refusal",
    "Token",
    "TooLarge",
    "Unfit",
    "answer_refusals",
    "answer_unfit",
    "at_the_edge",
    "audience_of",
    "everybody",
    "refused",
    "scopes_for",
]
