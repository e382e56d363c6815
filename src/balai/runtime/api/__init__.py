"""What every part of the API stands on: who may ask, how a refusal looks, how the edge behaves.

A package offers its part in `api.py` as `router` (a ninja Router); `config.api` puts them together. Each
operation names its audience by `auth`: `everybody`, or `Token(scope, …)` for the holder of a token with that
scope. One without is refused when the addresses are made.
"""

from balai.runtime.api.access import Holder, Token, audience_of, everybody
from balai.runtime.api.edge import at_the_edge
from balai.runtime.api.refusals import CursorRefused, Refusal, Unfit, answer_refusals, refused

__all__ = [
    "CursorRefused",
    "Holder",
    "Refusal",
    "Token",
    "Unfit",
    "answer_refusals",
    "at_the_edge",
    "audience_of",
    "everybody",
    "refused",
]
