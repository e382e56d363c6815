"""The registry of what to do with an incoming message, keyed by a plain label.

    replies.register("cases.status", answer=answer_status, words=("STATUS",))  # in apps.ready() of the engine

A handler with words gets messages that begin with one of them; a handler without gets what nobody took,
in order of registration, until one answers. A handler with `shares` listens to words that another owns
("STATUS LAP-…"): it is asked first, and answers None to what is not about its own things. One that
`is_first` is asked before all others, whatever the first word: it knows senders who are no citizens.

It may write through actions of its own package; it is called again with the same `incoming_id` when the
worker died in between, so it is idempotent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from balai.kernel.references import Subject
from balai.notify.models import Address


@dataclass(frozen=True)
class Attachment:
    """A file that came along, looked into and kept as a staged upload of the question's `owner`.

    Take it over with `files.actions.attach(by=SYSTEM, ids=…, to=…, owner=question.owner)`.
    """

    upload_id: UUID
    name: str
    media_type: str


@dataclass(frozen=True)
class Refused:
    """A file that came along and is not had; `reason` is a sentence for whoever sent it."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True)
class Question:
    """What somebody wrote: the first word in capitals, what follows it, and the whole text.

    `address` is where the answer goes, whoever really wrote: a sender's number can be invented, so an
    answer may say only what its holder may know. A photo may come without a word. `subject` is an e-mail's.
    `about` is what the message of ours was about to which this one answers, where that is known.
    """

    incoming_id: str
    channel: str
    address: Address
    word: str
    rest: str
    text: str
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    refused: tuple[Refused, ...] = ()
    about: Subject | None = None

    @property
    def owner(self) -> Subject:
        """Whom the attachments belong to until a handler takes them over."""
        return Subject("notify.incoming", self.incoming_id)


@dataclass(frozen=True)
class Reply:
    """The answer, one SMS if it can be, and what it is about; "" says nothing.

    `needs_person` leaves the message for an officer all the same.
    """

    text: str
    about: Subject
    needs_person: bool = False


Answer = Callable[[Question], Reply | None]


@dataclass(frozen=True)
class Handler:
    """A registered answer and the words it listens to."""

    label: str
    answer: Answer
    words: frozenset[str]
    shares: bool = False
    is_first: bool = False


_handlers: dict[str, Handler] = {}


def register(
    label: str, *, answer: Answer, words: Sequence[str] = (), shares: bool = False, is_first: bool = False
) -> None:
    """Add a handler; raises ValueError when a word belongs to another label and neither of them shares it."""
    wanted = frozenset(word.upper() for word in words)
    for known in _handlers.values():
        if known.label != label and known.words & wanted and not (shares or known.shares):
            raise ValueError(f"{sorted(known.words & wanted)} belongs to {known.label}")
    _handlers[label] = Handler(label, answer, wanted, shares, is_first)


def unregister(label: str) -> None:
    """Forget a label; for tests that register their own."""
    _handlers.pop(label, None)


def is_word(word: str) -> bool:
    """Whether a handler listens to this word."""
    return any(word in each.words for each in _handlers.values())


def handlers(word: str) -> list[Handler]:
    """Who is asked about a message that begins with this word, in order."""
    named = [each for each in _handlers.values() if word and word in each.words]
    asked = named + [each for each in _handlers.values() if not each.words]
    return sorted(asked, key=lambda each: (not each.is_first, not each.words, not each.shares))
