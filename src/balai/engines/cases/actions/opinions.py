"""Opinions: the head of the RT attests, another office recommends. They inform whoever decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.engines.cases.actions.acts import Move, StepAct, register
from balai.engines.cases.actions.steps import perform
from balai.engines.cases.enums import CaseState, EventKind, Opinion
from balai.engines.cases.errors import OpinionRefused
from balai.engines.cases.rules.access import ATTEST
from balai.kernel.errors import ValueRefused
from balai.kernel.text import clean_text

if TYPE_CHECKING:
    from balai.engines.cases.models import Case
    from balai.people.models import Officer

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class OpinionGiven:
    """What was said, and to whoever decides in one's own words."""

    opinion: str
    note: str = ""


class _Opinion(StepAct):
    """Kept on the step; the next opens whatever was said."""

    states = frozenset({CaseState.SUBMITTED, CaseState.REPLACING})
    informs = True
    choices: tuple[Opinion, ...]

    def perform(self, move: Move) -> bool:
        """Raises OpinionRefused."""
        given: OpinionGiven = move.facts
        try:
            note = clean_text(given.note, multiline=True)
        except ValueRefused:
            raise OpinionRefused() from None
        if given.opinion not in self.choices or len(note) > LONGEST_NOTE:
            raise OpinionRefused()
        if given.opinion != Opinion.YES and not note:
            raise OpinionRefused()
        move.step.opinion = given.opinion
        move.step.note = note or None
        move.step.save(update_fields=["opinion", "note"])
        return True


@register
class Attest(_Opinion):
    """The head of the RT knows the neighbour, or does not."""

    code = "attest"
    event = EventKind.ATTESTED
    waiting_label = _("Menunggu keterangan ketua RT")
    done_text = _("Ketua RT sudah memberi keterangan.")
    choices = (Opinion.YES, Opinion.NO)

    def told(self, move: Move) -> str | Promise:
        """The village, where it attests in place of the RT."""
        if move.step.permission == ATTEST:
            return self.done_text
        return _("Kantor desa atau kelurahan memberi keterangan menggantikan ketua RT.")


@register
class Recommend(_Opinion):
    """Another office says what it thinks of the application."""

    code = "recommend"
    event = EventKind.RECOMMENDED
    waiting_label = _("Menunggu pendapat instansi lain")
    done_text = _("Pendapat sudah diberikan.")
    choices = (Opinion.YES, Opinion.CONDITIONS, Opinion.NO)


def attest(*, by: Officer, case: Case, given: OpinionGiven, step_id: str = "") -> Case:
    """Say whether what the applicant declares is so, as far as the neighbours know; "no" says why.

    OpinionRefused, NotYourStep, Overtaken, NotNow.
    """
    return perform(by=by, case=case, act="attest", facts=given, step_id=step_id)


def recommend(*, by: Officer, case: Case, given: OpinionGiven, step_id: str = "") -> Case:
    """Say yes, yes with conditions, or no; whoever decides reads it and decides alone.

    OpinionRefused, NotYourStep, Overtaken, NotNow.
    """
    return perform(by=by, case=case, act="recommend", facts=given, step_id=step_id)
