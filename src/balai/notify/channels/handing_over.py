"""What an HTTP answer means for a message, alike for every gateway."""

from __future__ import annotations

from typing import Any

from balai.notify.channels.registry import DeliveryFailed, PermanentFailure, TemporaryFailure
from balai.runtime.outgoing import Answer, AnswerUnreadable

_LATER = frozenset({401, 403, 404, 408, 409, 425, 429})


def failure_of_status(channel: str, answer: Answer) -> DeliveryFailed:
    """A refusal of which nothing more is known than its status.

    Ours to mend (401, 403, 404: a token, an address) or a matter of time (429, 5xx): tried again. What
    is left says that the request itself is wrong, and will be the next time.
    """
    code = f"{channel}.status_{answer.status}"
    if answer.status in _LATER or not 400 <= answer.status < 500:
        return TemporaryFailure(code)
    return PermanentFailure(code)


def decoded(channel: str, answer: Answer) -> dict[str, Any]:
    """The answer's JSON object; raises TemporaryFailure for anything else, since it may not be theirs."""
    try:
        body = answer.json()
    except AnswerUnreadable:
        raise TemporaryFailure(f"{channel}.unreadable") from None
    if not isinstance(body, dict):
        raise TemporaryFailure(f"{channel}.unreadable")
    return body


def looked_up(body: Any, path: str) -> str:
    """The text or number at a dotted path ("error.code", "messages.0.id"); "" where there is none."""
    for step in path.split(".") if path else ():
        if isinstance(body, dict):
            body = body.get(step)
        elif isinstance(body, list) and step.isdecimal() and int(step) < len(body):
            body = body[int(step)]
        else:
            return ""
    return str(body) if isinstance(body, str | int) and not isinstance(body, bool) and path else ""
