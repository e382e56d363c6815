"""Letters of this town that answer requirements, and the cases that belong together by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from balai.catalogue.schema import Requirement
from balai.documents import queries as documents
from balai.documents import revocation
from balai.documents.models import Letter
from balai.documents.wallet import queries as wallet
from balai.engines.cases.enums import CaseState
from balai.engines.cases.models import Case, CaseReference
from balai.engines.cases.models.case import SUBJECT_LABEL
from balai.engines.cases.queries.finding import reading_steps
from balai.engines.cases.rules import access
from balai.files.models import Upload
from balai.kernel.dates import format_date
from balai.people.today import local_today

if TYPE_CHECKING:
    from balai.people.models import Citizen, Officer

MOST_RELATED = 10


@dataclass(frozen=True)
class ReferredLetter:
    """A letter as whoever checks sees it today, whatever it was when it was chosen."""

    letter: Letter
    upload: Upload | None
    is_valid: bool
    state: str

    @property
    def title(self) -> str:
        """ "SURAT KETERANGAN USAHA 500/012/SWT/XI/2026"."""
        return title_of(self.letter)


@dataclass(frozen=True)
class RelatedCase:
    """Another case that has to do with this one; `url` is "" for whoever may not open it."""

    number: str
    title: str
    state: str
    how: str
    url: str


def title_of(letter: Letter) -> str:
    """Title and number of a letter."""
    return f"{letter.title} {letter.number.text if letter.number else ''}".strip()


def choosable(citizen: Citizen, requirement: Requirement) -> list[Letter]:
    """The citizen's letters that answer the requirement today, newest first."""
    letters = [
        letter
        for letter in wallet.letters_of(citizen)
        if letter.owner_label == SUBJECT_LABEL and _counts_today(letter)
    ]
    cases = Case.objects.filter(pk__in=[letter.owner_id for letter in letters])
    fitting = set(cases.filter(service_id=requirement.service or "").values_list("pk", flat=True))
    return [letter for letter in letters if UUID(letter.owner_id) in fitting]


def _counts_today(letter: Letter) -> bool:
    is_over = letter.valid_until_on is not None and letter.valid_until_on < local_today()
    return letter.is_in_force and not is_over


def references_of(case: Case) -> dict[str, CaseReference]:
    """The letters that count now, by requirement."""
    return {row.requirement_id: row for row in CaseReference.objects.filter(case=case, replaced_round=None)}


def referred_letters(case: Case) -> Mapping[str, ReferredLetter]:
    """The same as people read them, each with how it stands today."""
    found = {}
    for name, row in references_of(case).items():
        letter = documents.letter(row.letter_id)
        if letter is not None:
            found[name] = _shown(letter)
    return found


def _shown(letter: Letter) -> ReferredLetter:
    if letter.is_revoked:
        state = _("Sudah dicabut: %(why)s") % {"why": revocation.title_of(letter.revocation_code)}
    elif not _counts_today(letter):
        until = format_date(letter.valid_until_on) if letter.valid_until_on else ""
        state = _("Masa berlakunya habis %(day)s") % {"day": until}
    else:
        state = _("Asli dari sistem, masih berlaku")
    return ReferredLetter(letter, documents.letter_upload(letter), _counts_today(letter), state)


def may_read_as_referred(officer: Officer, source_id: str) -> bool:
    """Whether the officer may see a case that refers to a letter of this one."""
    rows = CaseReference.objects.filter(source__pk=source_id, replaced_round=None)
    offices = _offices(officer)
    return (
        rows.filter(case__office_code__in=offices).exists()
        or rows.filter(case__in=reading_steps().filter(office_code__in=offices).values("case")).exists()
    )


def related_of_citizen(case: Case) -> list[RelatedCase]:
    """Her own cases whose letters this one refers to, and those that refer to its letter."""
    pairs = _linked(case)
    return [
        _related(row, how, row.get_absolute_url())
        for row, how in pairs
        if row.applicant_id == case.applicant_id
    ]


def related_for_officer(case: Case, officer: Officer) -> list[RelatedCase]:
    """The linked cases, and others of the same account at the officer's own offices."""
    offices = _offices(officer)
    linked = _linked(case)
    shown = {row.pk for row, _how in linked} | {case.pk}
    others = Case.objects.filter(applicant_id=case.applicant_id, office_code__in=offices).exclude(
        pk__in=shown
    )
    same = [(row, _("pemohon yang sama")) for row in others.order_by("-filed_at")[:MOST_RELATED]]
    return [
        _related(row, how, f"/meja/berkas/{row.pk}/" if row.office_code in offices else "")
        for row, how in (*linked, *same)
    ]


def _offices(officer: Officer) -> set[str]:
    return {code for name in access.SEEING for code in officer.office_codes(name)}


def _linked(case: Case) -> list[tuple[Case, str]]:
    sources = Case.objects.filter(referred_by__case=case, referred_by__replaced_round=None)
    users = Case.objects.filter(references__source=case, references__replaced_round=None)
    return [
        *((row, _("suratnya dipakai di sini")) for row in sources.distinct().order_by("filed_at")),
        *((row, _("memakai surat dari berkas ini")) for row in users.distinct().order_by("filed_at")),
    ]


def _related(row: Case, how: str, url: str) -> RelatedCase:
    return RelatedCase(row.number, row.title, str(CaseState(row.state).label), how, url)
