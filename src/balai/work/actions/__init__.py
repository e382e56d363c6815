"""The doors through which work changes."""

from balai.work.actions.clocks import pause_clock, resume_clock, start_clock, stop_clock
from balai.work.actions.items import (
    assign,
    cancel_items,
    close_item,
    hand_over,
    hand_to_stand_ins,
    open_item,
    release,
    take,
)

__all__ = [
    "assign",
    "cancel_items",
    "close_item",
    "hand_over",
    "hand_to_stand_ins",
    "open_item",
    "pause_clock",
    "release",
    "resume_clock",
    "start_clock",
    "stop_clock",
    "take",
]
