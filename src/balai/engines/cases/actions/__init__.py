"""What can happen to a case, as functions. Each is one transaction that locks the case before it looks."""

from balai.engines.cases.actions.checking import (
    VerdictGiven,
    forward,
    record_verdicts,
    repair,
    return_for_repair,
)
from balai.engines.cases.actions.deciding import approve, letter_published, reject
from balai.engines.cases.actions.filing import Receipt, follow, receipt_of, submit, withdraw
from balai.engines.cases.actions.handing import Taker, hand_over, mark_printed, prove_applicant, shelve
from balai.engines.cases.actions.reading import note_reading, reveal
from balai.engines.cases.actions.steps import perform

__all__ = [
    "Receipt",
    "Taker",
    "VerdictGiven",
    "approve",
    "follow",
    "forward",
    "hand_over",
    "letter_published",
    "mark_printed",
    "note_reading",
    "perform",
    "prove_applicant",
    "receipt_of",
    "record_verdicts",
    "reject",
    "repair",
    "return_for_repair",
    "reveal",
    "shelve",
    "submit",
    "withdraw",
]
