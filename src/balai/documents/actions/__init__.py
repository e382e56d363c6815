"""What can be done with a letter."""

from balai.documents.actions.batches import begin_batch, release, release_of_another, resume
from balai.documents.actions.reading import note_book_taken, note_reading
from balai.documents.actions.requesting import TurnPlan, request_letter
from balai.documents.actions.revoking import revoke
from balai.documents.actions.turns import initial, refuse, sign_in_ink
from balai.documents.numbering import void_letter, void_number, withdraw_letter
from balai.documents.signer import Signer

__all__ = (
    "Signer",
    "TurnPlan",
    "begin_batch",
    "initial",
    "note_book_taken",
    "note_reading",
    "refuse",
    "release",
    "release_of_another",
    "request_letter",
    "resume",
    "revoke",
    "sign_in_ink",
    "void_letter",
    "void_number",
    "withdraw_letter",
)
