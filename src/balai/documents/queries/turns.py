"""Reading turns: an officer's tray, her batch, and what she has done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from balai.documents.enums import BatchState, TurnKind, TurnState
from balai.documents.models import Letter, SigningBatch, Turn
from balai.documents.permissions import TURN_PERMISSIONS
from balai.people.models import Officer
from balai.region.models import Office
from balai.runtime.errors import NotFound

PAGE = 50
WIDE_PAGE = 200  # as many as one batch takes
RETURNED_SHOWN = 20


@dataclass(frozen=True)
class TrayPage:
    """One page of turns; `number` counts from 1."""

    turns: Sequence[Turn]
    number: int
    total: int
    has_next: bool


@dataclass(frozen=True)
class Progress:
    """How far a batch is. `returned` came back to the tray with a fault, `current` is signed now or next."""

    batch: SigningBatch
    signed: int
    queued: int
    returned: Sequence[Turn]
    current: Turn | None

    @property
    def total(self) -> int:
        """Letters that the batch was begun with and that were not cancelled since."""
        return self.signed + self.queued + len(self.returned)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.batch.state == BatchState.DONE


def tray_turns(officer: Officer, office_code: str = "") -> QuerySet[Turn]:
    """What the officer has to initial or to sign, the most urgent first, at one office or at all of hers."""
    wanted = Q(pk__in=[])
    for permission in TURN_PERMISSIONS:
        codes = officer.office_codes(permission)
        if office_code:
            codes &= {office_code}
        if codes:
            wanted |= Q(permission=permission, office_code__in=codes)
    rows = Turn.objects.filter(wanted, state=TurnState.OPEN).select_related("letter")
    return rows.order_by(F("due_at").asc(nulls_last=True), "open_at", "id")


def tray_page(
    officer: Officer, *, office_code: str = "", kind: str = "", number: int = 1, size: int = PAGE
) -> TrayPage:
    """One page of the tray, of one kind of turn when `kind` says which."""
    rows = tray_turns(officer, office_code)
    return _page(rows.filter(kind=kind) if kind in TurnKind.values else rows, number, size)


def tray_offices(officer: Officer) -> dict[str, str]:
    """Code and name of the offices that have something for the officer."""
    return office_names(tray_turns(officer).order_by().values_list("office_code", flat=True))


def office_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of offices by code, in order of name, in one statement."""
    rows = Office.objects.filter(code__in=set(codes)).order_by("name")
    return dict(rows.values_list("code", "name"))


def chosen_turns(officer: Officer, ids: Sequence[str], kind: TurnKind) -> list[Turn]:
    """The officer's open turns of this kind among `ids`, in the order of `ids`; others are left out."""
    wanted = _uuids(ids)
    found = {turn.pk: turn for turn in tray_turns(officer).filter(pk__in=wanted, kind=kind)}
    return [found[id] for id in dict.fromkeys(wanted) if id in found]


def done_page(officer: Officer, *, number: int = 1) -> TrayPage:
    """What the officer initialled, signed and refused, newest first."""
    over = (TurnState.TAKEN, TurnState.REFUSED)
    rows = Turn.objects.filter(officer=officer, state__in=over).select_related("letter__number")
    return _page(rows.order_by("-taken_at", "-id"), number)


def _page(rows: QuerySet[Turn], number: int, size: int = PAGE) -> TrayPage:
    number = max(1, number)
    first = (number - 1) * size
    shown = list(rows[first : first + size + 1])
    return TrayPage(shown[:size], number, rows.count(), len(shown) > size)


def turns_of(letter: Letter) -> list[Turn]:
    """Everybody's turn at a letter, in order, with who took it."""
    return list(letter.turns.select_related("officer").order_by("position"))


def open_turn(letter: Letter) -> Turn | None:
    """The turn that the letter waits for now, also while it is being signed; None when for nobody's."""
    waiting = letter.turns.filter(state__in=(TurnState.OPEN, TurnState.QUEUED))
    return waiting.select_related("officer", "letter").order_by("position").first()


def may_take(officer: Officer, turn: Turn) -> bool:
    """Whether this open turn is the officer's."""
    return turn.state == TurnState.OPEN and officer.has_permission(turn.permission, turn.office_code)


def turn_for(officer: Officer, id: UUID) -> Turn:
    """A turn that the officer may take, or took; raises NotFound for any other."""
    turn = Turn.objects.select_related("letter__number", "officer", "batch").filter(pk=id).first()
    if turn is None:
        raise NotFound(id)
    is_hers = turn.officer_id == officer.pk or officer.has_permission(turn.permission, turn.office_code)
    if not is_hers or turn.state == TurnState.AHEAD:
        raise NotFound(id)
    return turn


def open_batch(officer: Officer) -> SigningBatch | None:
    """The officer's batch that is not done, or None."""
    rows = SigningBatch.objects.filter(officer=officer).exclude(state=BatchState.DONE)
    return rows.select_related("credential").first()


def last_batch(officer: Officer) -> SigningBatch | None:
    """The officer's open batch, else the one that was done last; None before the first."""
    rows = SigningBatch.objects.filter(officer=officer).select_related("credential")
    return open_batch(officer) or rows.order_by("-finished_at").first()


def held_up(letters: Iterable[Letter]) -> dict[UUID, Officer]:
    """Letters that cannot be stopped since their signature was asked for, in a batch that waits; for whom."""
    tried = Turn.objects.filter(letter__in=list(letters), state=TurnState.QUEUED, attempts__gt=0)
    return {
        turn.letter_id: turn.batch.officer
        for turn in tried.select_related("batch__officer")
        if turn.batch is not None and turn.batch.is_waiting
    }


def batch_progress(batch: SigningBatch) -> Progress:
    """How far a batch is, in three statements whatever its size."""
    turns = Turn.objects.filter(batch=batch)
    counts = turns.aggregate(
        signed=Count("pk", filter=Q(state=TurnState.TAKEN)),
        queued=Count("pk", filter=Q(state=TurnState.QUEUED)),
    )
    back = turns.filter(state=TurnState.OPEN).exclude(fault="").select_related("letter").order_by("id")
    queued = turns.filter(state=TurnState.QUEUED).select_related("letter")
    return Progress(
        batch=batch,
        signed=counts["signed"],
        queued=counts["queued"],
        returned=list(back[:RETURNED_SHOWN]),
        current=queued.order_by("place").first(),
    )


def _uuids(ids: Sequence[str]) -> list[UUID]:
    found = []
    for id in ids:
        try:
            found.append(UUID(id))
        except ValueError:
            continue
    return found
