"""The register of reports as an officer may read it: filtered, page by page, and one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from balai.engines.reports.enums import OPEN, EventKind, ReportKind, ReportState
from balai.engines.reports.models import Event, Report
from balai.engines.reports.queries.searching import with_words
from balai.engines.reports.rules import access

if TYPE_CHECKING:
    from balai.people.models import Officer

PAGE, MOST_INCOMING = 50, 200


@dataclass(frozen=True)
class Asked:
    """What of the register is wanted; "" and None leave it open. `until` is exclusive."""

    state: str = ""
    category: str = ""
    office: str = ""
    channel: str = ""
    area: str = ""
    is_late: bool = False
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Page:
    """Rows newest first; where they go on, and whether newer ones stand before them."""

    rows: list[Report]
    older: UUID | None
    newer: UUID | None


def visible(officer: Officer) -> QuerySet[Report]:
    """Every report that the officer has a part in, by the same rule as `access.may_see`."""
    receptions = officer.office_codes(access.TRIAGE) | officer.office_codes(access.RECHECK)
    mine = Q(office_code__in=officer.office_codes(access.HANDLE))
    if receptions:
        mine |= Q(reception_code__in=receptions)
    about_officers = Q(kind=ReportKind.WHISTLE, office_code__in=officer.office_codes(access.INVESTIGATE))
    return Report.objects.filter((mine & ~Q(kind=ReportKind.WHISTLE)) | about_officers)


def found(officer: Officer, asked: Asked) -> QuerySet[Report]:
    """What fits, newest first."""
    rows = visible(officer)
    exact = {
        "category": asked.category,
        "office_code": asked.office,
        "channel": asked.channel,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.state:
        rows = rows.filter(state__in=OPEN) if asked.state == "open" else rows.filter(state=asked.state)
    if asked.area:
        rows = rows.filter(Q(area_code=asked.area) | Q(area_code__startswith=f"{asked.area}."))
    if asked.since is not None:
        rows = rows.filter(filed_at__gte=asked.since)
    if asked.until is not None:
        rows = rows.filter(filed_at__lt=asked.until)
    if asked.is_late:
        late = Event.objects.filter(report=OuterRef("pk"), kind=EventKind.LATE)
        rows = rows.filter(Exists(late), state__in=OPEN)
    if asked.words:
        rows = rows.filter(_with_words(asked.words))
    return rows.order_by("-filed_at", "-id")


def _with_words(words: str) -> Q:
    """A number from its beginning, or words that everybody may read; what a reporter wrote stays sealed."""
    wanted, keys = Q(number__startswith=words.strip().upper()), with_words(words)
    return wanted if keys is None else wanted | Q(pk__in=keys)


def page(officer: Officer, asked: Asked, *, after: UUID | None = None, before: UUID | None = None) -> Page:
    """One page behind `after`, or before `before`, by place and not by number."""
    rows = found(officer, asked)
    place = after or before
    edge = Report.objects.filter(pk=place).first() if place else None
    if edge is not None and before:
        newer = Q(filed_at__gt=edge.filed_at) | Q(filed_at=edge.filed_at, id__gt=edge.pk)
        taken = list(rows.filter(newer).order_by("filed_at", "id")[: PAGE + 1])
        has_newer, listed = len(taken) > PAGE, list(reversed(taken[:PAGE]))
        return Page(listed, listed[-1].pk if listed else None, listed[0].pk if has_newer else None)
    if edge is not None:
        older = Q(filed_at__lt=edge.filed_at) | Q(filed_at=edge.filed_at, id__lt=edge.pk)
        rows = rows.filter(older)
    taken = list(rows[: PAGE + 1])
    listed = taken[:PAGE]
    has_older = len(taken) > PAGE
    return Page(listed, listed[-1].pk if has_older else None, listed[0].pk if edge and listed else None)


def rows_of(officer: Officer, asked: Asked) -> Iterator[Report]:
    """Everything that fits, oldest first, read in pieces; for exports."""
    yield from found(officer, asked).order_by("filed_at", "id").iterator(chunk_size=500)


def those(officer: Officer, ids: Sequence[UUID]) -> list[Report]:
    """The reports of these ids that the officer has a part in, oldest first."""
    return list(visible(officer).filter(pk__in=list(ids)).order_by("filed_at", "id"))


def incoming(officer: Officer) -> list[Report]:
    """What nobody has looked at yet in the officer's care, the longest waiting first."""
    return list(_waiting(officer).order_by("filed_at", "id")[:MOST_INCOMING])


def incoming_count(officer: Officer) -> str:
    """How many wait, counted no further than anybody reads in a day."""
    number = _waiting(officer)[:MOST_INCOMING].count()
    return f"{MOST_INCOMING - 1}+" if number >= MOST_INCOMING else str(number)


def _waiting(officer: Officer) -> QuerySet[Report]:
    codes = officer.office_codes(access.TRIAGE)
    waiting = Report.objects.filter(office_code__in=codes, state=ReportState.RECEIVED)
    return waiting.exclude(kind=ReportKind.WHISTLE)


def offices_of(officer: Officer) -> frozenset[str] | None:
    """Offices whose reports the officer may see; None where it is every office's (a reception)."""
    if officer.office_codes(access.TRIAGE) | officer.office_codes(access.RECHECK):
        return None
    return officer.office_codes(access.HANDLE) | officer.office_codes(access.INVESTIGATE)
