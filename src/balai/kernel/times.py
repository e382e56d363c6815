"""Hours of the day as Indonesians write them: "14.30"."""

from __future__ import annotations

import re

from balai.kernel.errors import ValueRefused

_WRITTEN = re.compile(
    r"(?:(?:pukul|jam|pkl\.?)\s*)?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})", re.IGNORECASE
)


def parse_time(text: str) -> str:
    """ "14.30", "14:30", "7.05" or "pukul 14.30" to "14:30", which is how it is stored.

    Raises ValueRefused time.shape when it does not read as an hour (a bare "14" included: nobody knows
    whether the minutes were forgotten) and time.impossible for 25.00.
    """
    match = _WRITTEN.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueRefused("time.shape")
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 23 or minute > 59:
        raise ValueRefused("time.impossible")
    return f"{hour:02}:{minute:02}"


def format_time(stored: str) -> str:
    """ "14:30" to "14.30" (EYD V: a dot between hour and minute)."""
    return stored.replace(":", ".")
