"""Letters taken by reference: looked at once when they are chosen, and again each time they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from balai.catalogue.schema import Requirement
from balai.engines.cases.errors import LetterRefused
from balai.engines.cases.models import Case, CaseReference
from balai.engines.cases.queries.referring import choosable

if TYPE_CHECKING:
    from balai.people.models import Citizen

Letters = Mapping[str, UUID]


def refer(
    case: Case, *, by: Citizen, asked: Iterable[Requirement], letters: Letters, round: int
) -> list[CaseReference]:
    """Point at the letters, in place of what answered the same requirements before. Raises LetterRefused."""
    wanted = {each.id: each for each in asked if each.is_letter}
    rows = [_row(case, by, wanted[name], letter_id, round) for name, letter_id in letters.items()]
    if rows:
        before = CaseReference.objects.filter(
            case=case, requirement_id__in=list(letters), replaced_round=None
        )
        before.update(replaced_round=round)
        CaseReference.objects.bulk_create(rows)
    return rows


def _row(case: Case, by: Citizen, requirement: Requirement, letter_id: UUID, round: int) -> CaseReference:
    for letter in choosable(by, requirement):
        if letter.pk == letter_id:
            return CaseReference(
                case=case,
                requirement_id=requirement.id,
                letter_id=letter.pk,
                source_id=UUID(letter.owner_id),
                round=round,
            )
    raise LetterRefused(title=requirement.title)
