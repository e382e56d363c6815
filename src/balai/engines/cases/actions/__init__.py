"""What can happen to a case, as functions. Each is one transaction that locks the case before it looks."""

from balai.engines.cases.actions.answering import answer_status
from balai.engines.cases.actions.calling_off import call_off_replacement
from balai.engines.cases.actions.checking import (
    VerdictGiven,
    forward,
    record_verdicts,
    repair,
    return_for_repair,
)
from balai.engines.cases.actions.deciding import approve, reject
from balai.engines.cases.actions.expiring import end_repairs
from balai.engines.cases.actions.filing import Receipt, follow, receipt_of, submit, withdraw
from balai.engines.cases.actions.handing import (
    Taker,
    hand_over,
    make_product,
    mark_printed,
    prove_applicant,
    shelve,
)
from balai.engines.cases.actions.lateness import service_late, step_due
from balai.engines.cases.actions.objecting import Answer, object_to_rejection, review_objection
from balai.engines.cases.actions.opinions import OpinionGiven, attest, recommend
from balai.engines.cases.actions.reading import note_reading, reveal
from balai.engines.cases.actions.reminding import remind_waiting
from balai.engines.cases.actions.replacing import correct_answers, replace_letter, revoke_letter
from balai.engines.cases.actions.steps import perform
from balai.engines.cases.actions.turns import (
    letter_initialled,
    letter_published,
    letter_revoked,
    letter_stopped,
)
from balai.engines.cases.actions.visits import Found, plan_visit, report_visit
from balai.engines.cases.actions.writing import write
from balai.engines.cases.rules.home import HomeVisit

__all__ = [
    "Answer",
    "Found",
    "HomeVisit",
    "OpinionGiven",
    "Receipt",
    "Taker",
    "VerdictGiven",
    "answer_status",
    "approve",
    "attest",
    "call_off_replacement",
    "correct_answers",
    "end_repairs",
    "follow",
    "forward",
    "hand_over",
    "letter_initialled",
    "letter_published",
    "letter_revoked",
    "letter_stopped",
    "make_product",
    "mark_printed",
    "note_reading",
    "object_to_rejection",
    "perform",
    "plan_visit",
    "prove_applicant",
    "receipt_of",
    "recommend",
    "record_verdicts",
    "reject",
    "remind_waiting",
    "repair",
    "replace_letter",
    "report_visit",
    "return_for_repair",
    "reveal",
    "review_objection",
    "revoke_letter",
    "service_late",
    "shelve",
    "step_due",
    "submit",
    "withdraw",
    "write",
]
