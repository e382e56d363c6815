"""What can happen to a report, as function names."""

from balai.engines.reports.actions.arriving import take_answer, take_message
from balai.engines.reports.actions.counting import count_map
from balai.engines.reports.actions.filing import Filing, Receipt, Where, Who, file
from balai.engines.reports.actions.handling import (
    Proof,
    answer,
    answer_many,
    ask,
    reply,
    resolve,
    say_stage,
)
from balai.engines.reports.actions.identity import identify, note_reading, note_register_taken
from balai.engines.reports.actions.joining import join
from balai.engines.reports.actions.judging import (
    close_silent,
    draw_recheck,
    judge,
    recheck,
    withdraw,
)
from balai.engines.reports.actions.lateness import hold, pause_over, promise_late
from balai.engines.reports.actions.outside import hand_to_lapor, hear_from_outside
from balai.engines.reports.actions.overtaking import unless_overtaken
from balai.engines.reports.actions.scoring import renew_league
from balai.engines.reports.actions.silence import look_for_silence, note_silence_checked
from balai.engines.reports.actions.together import answer_here, assign_many
from balai.engines.reports.actions.triage import (
    archive,
    assign,
    come_back,
    edit_public,
    forward_out,
    merge,
    reject,
    separate,
    split,
)

__all__ = [
    "Filing",
    "Proof",
    "Receipt",
    "Where",
    "Who",
    "answer",
    "answer_here",
    "answer_many",
    "archive",
    "ask",
    "assign",
    "assign_many",
    "close_silent",
    "come_back",
    "count_map",
    "draw_recheck",
    "edit_public",
    "file",
    "forward_out",
    "hand_to_lapor",
    "hear_from_outside",
    "hold",
    "identify",
    "join",
    "judge",
    "look_for_silence",
    "merge",
    "note_reading",
    "note_register_taken",
    "note_silence_checked",
    "pause_over",
    "promise_late",
    "recheck",
    "reject",
    "renew_league",
    "reply",
    "resolve",
    "say_stage",
    "separate",
    "split",
    "take_answer",
    "take_message",
    "unless_overtaken",
    "withdraw",
]
