"""The doors through which work changes."""

from balai.work.actions.clocks import (
    end_pauses_of,
    move_clock,
    pause_clock,
    restart_clock,
    resume_clock,
    start_clock,
    stop_clock,
)
from balai.work.actions.duty import alert_on_duty, cancel_duty, plan_duty, sound_alert
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
    "alert_on_duty",
    "assign",
    "cancel_duty",
    "cancel_items",
    "close_item",
    "end_pauses_of",
    "hand_over",
    "hand_to_stand_ins",
    "move_clock",
    "open_item",
    "pause_clock",
    "plan_duty",
    "release",
    "restart_clock",
    "resume_clock",
    "sound_alert",
    "start_clock",
    "stop_clock",
    "take",
]
