"""What can happen to a message, to an address, and to what somebody writes to the town."""

from balai.notify.actions.addresses import choose_language, resume, set_preferences, stop, trust
from balai.notify.actions.arriving import (
    Kept,
    close_incoming,
    note_refused,
    note_stored,
    read_incoming,
    settle_incoming,
    take_in,
    take_in_letter,
)
from balai.notify.actions.delivering import (
    mark_failed,
    note_accepted,
    note_failed,
    note_receipt,
    note_returned,
    note_tried,
)
from balai.notify.actions.keeping import KEPT, forget_old
from balai.notify.actions.outbox import MessageTooOld, StillWaiting, note_search, resend, reveal
from balai.notify.actions.sending import Wording, answer, send, tell

__all__ = [
    "KEPT",
    "Kept",
    "MessageTooOld",
    "StillWaiting",
    "Wording",
    "answer",
    "choose_language",
    "close_incoming",
    "forget_old",
    "mark_failed",
    "note_accepted",
    "note_failed",
    "note_receipt",
    "note_refused",
    "note_returned",
    "note_search",
    "note_stored",
    "note_tried",
    "read_incoming",
    "resend",
    "resume",
    "reveal",
    "send",
    "set_preferences",
    "settle_incoming",
    "stop",
    "take_in",
    "take_in_letter",
    "tell",
    "trust",
]
