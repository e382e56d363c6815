"""Does the journal still say what it said? Walks the chain and stops at the first thing that is not so."""

from __future__ import annotations

from dataclasses import dataclass

from balai.audit.models import Batch, Entry
from balai.audit.sealing import FIRST_HEAD, Leaf, head_of, leaf_of, unpacked
from balai.runtime.crypto import journal_signature_holds


class JournalAltered(Exception):
    """The first fault found; the message is a sentence that names the row or the batch."""

    def __init__(self, sentence: str, *, entry_id: int | None = None, batch: int | None = None) -> None:
        super().__init__(sentence)
        self.entry_id = entry_id
        self.batch = batch


@dataclass(frozen=True)
class Verdict:
    """What holds: `head` is "number:digest" of the last batch, to be noted outside the town."""

    batches: int
    sealed: int
    unsealed: int
    head: str


def verify(*, expected_head: str = "") -> Verdict:
    """Check every batch and every sealed row; raises JournalAltered at the first fault.

    `expected_head` ("number:digest", as an earlier verification or the log printed it) also finds a
    journal whose last batches were cut off as a whole, which the rest of the chain cannot tell.
    """
    head, total, number, seen = FIRST_HEAD, 0, 0, not expected_head
    for batch in Batch.objects.order_by("number").iterator(chunk_size=50):
        _check_batch(batch, number=number + 1, previous_head=head, total=total)
        _check_rows(batch)
        head, total, number = batch.head, batch.total, batch.number
        seen = seen or expected_head == f"{number}:{head}"
    _check_no_strangers(number, total)
    if not seen:
        raise JournalAltered(f"head {expected_head} is not in the chain: batches were cut off or replaced")
    unsealed = Entry.objects.filter(batch=None).count()
    return Verdict(batches=number, sealed=total, unsealed=unsealed, head=f"{number}:{head}")


def _check_batch(batch: Batch, *, number: int, previous_head: str, total: int) -> None:
    """The batch itself: its place in the chain, its counts, its head and the signature."""
    holds = {
        f"batch {number} is missing": batch.number == number,
        f"batch {batch.number} does not follow the one before": batch.previous_head == previous_head,
        f"batch {batch.number} was altered": head_of(batch) == batch.head,
        f"batch {batch.number} counts wrongly": batch.total == total + batch.count
        and batch.count == sum(1 for _leaf in unpacked(bytes(batch.leaves))),
        f"batch {batch.number} is not signed by this town": journal_signature_holds(
            batch.head.encode(), batch.signature
        ),
    }
    for sentence, is_so in holds.items():
        if not is_so:
            raise JournalAltered(sentence, batch=batch.number)


def _check_rows(batch: Batch) -> None:
    """The rows of a sound batch, in order of id, against its leaves."""
    kept = {leaf.entry_id: leaf for leaf in unpacked(bytes(batch.leaves))}
    found = {row.pk: leaf_of(row) for row in Entry.objects.filter(batch=batch.number).order_by("id")}
    for entry_id in sorted(kept.keys() | found.keys()):
        sentence = _row_fault(entry_id, kept.get(entry_id), found.get(entry_id))
        if sentence:
            raise JournalAltered(f"{sentence} (batch {batch.number})", entry_id=entry_id, batch=batch.number)


def _row_fault(entry_id: int, kept: Leaf | None, found: Leaf | None) -> str:
    if found is None:
        return f"row {entry_id} was deleted or taken out of its batch"
    if kept is None:
        return f"row {entry_id} was inserted after the sealing"
    return "" if kept == found else f"row {entry_id} was altered"


def _check_no_strangers(last_number: int, total: int) -> None:
    """No row claims a batch that does not exist, and the last head counts every row sealed until then.

    The town goes on meanwhile: batches that were sealed since the walk are left to the next one.
    """
    batches = Batch.objects.values("number")
    stranger = Entry.objects.exclude(batch=None).exclude(batch__in=batches).order_by("id").first()
    if stranger is not None:
        raise JournalAltered(
            f"row {stranger.pk} claims batch {stranger.batch}, which is not in the chain",
            entry_id=stranger.pk,
            batch=stranger.batch,
        )
    sealed = Entry.objects.filter(batch__lte=last_number).count()
    if sealed != total:
        raise JournalAltered(f"{sealed} sealed rows, but the last head counts {total}")
