"""Reading letters, turns at them, and the book of numbers."""

from balai.documents.queries.book import (
    agenda,
    book_offices,
    books_of,
    in_batches,
    number_for,
    search_agenda,
)
from balai.documents.queries.letters import (
    letter,
    letter_content,
    letter_upload,
    letters_of,
    may_see_published,
)
from balai.documents.queries.turns import (
    Progress,
    TrayPage,
    batch_progress,
    chosen_turns,
    done_page,
    last_batch,
    may_take,
    open_batch,
    open_turn,
    tray_offices,
    tray_page,
    turn_for,
    turns_of,
)

__all__ = (
    "Progress",
    "TrayPage",
    "agenda",
    "batch_progress",
    "book_offices",
    "books_of",
    "chosen_turns",
    "done_page",
    "in_batches",
    "last_batch",
    "letter",
    "letter_content",
    "letter_upload",
    "letters_of",
    "may_see_published",
    "may_take",
    "number_for",
    "open_batch",
    "open_turn",
    "search_agenda",
    "tray_offices",
    "tray_page",
    "turn_for",
    "turns_of",
)
