"""Reading the book of letters out (agenda surat keluar): every number of an office's year."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from balai.documents.models import Number, Series
from balai.documents.permissions import READ_BOOK
from balai.people.models import Officer
from balai.region import queries as region
from balai.region.models import Office
from balai.runtime.errors import NotFound

LETTERS_OUT = "letters-out"


def agenda(office: str, year: int, book: str = LETTERS_OUT) -> QuerySet[Number]:
    """The office's book of one year in order of number: issued, reserved and void alike, with the letter."""
    found = Number.objects.filter(series__office_code=office, series__year=year, series__book=book)
    return found.select_related("series", "letter").order_by("sequence")


def search_agenda(office: str, year: int, book: str = LETTERS_OUT, q: str = "") -> QuerySet[Number]:
    """The same, of numbers that `q` is the sequence of, or part of number, subject, signer or code."""
    rows = agenda(office, year, book)
    wanted = q.strip()
    if not wanted:
        return rows
    if wanted.isdecimal() and len(wanted) <= 6:
        return rows.filter(Q(sequence=int(wanted)) | Q(text__contains=f"/{wanted}/"))
    return rows.filter(
        Q(text__icontains=wanted)
        | Q(letter__title__icontains=wanted)
        | Q(letter__signer_name__icontains=wanted)
        | Q(letter__verification_code__iexact=wanted.replace("-", "").replace(" ", ""))
    )


def in_batches(rows: QuerySet[Number], size: int = 500) -> Iterator[Number]:
    """Every row, a few hundred in memory at a time: a year of a busy agency has a hundred thousand."""
    last = 0
    while some := list(rows.filter(sequence__gt=last)[:size]):
        yield from some
        last = some[-1].sequence


def book_offices(officer: Officer) -> list[Office]:
    """Offices whose books the officer may read, by name; those with a book first when they are many."""
    codes = officer.office_codes(READ_BOOK)
    return sorted((each for each in region.offices() if each.code in codes), key=lambda each: each.name)


def books_of(office_code: str) -> list[tuple[str, int]]:
    """Book and year of every series of the office, the newest year first."""
    rows = Series.objects.filter(office_code=office_code).order_by("-year", "book")
    return list(rows.values_list("book", "year"))


def number_for(officer: Officer, id: int, permission: str) -> Number:
    """A number of an office where the officer holds the permission; raises NotFound for any other."""
    row = Number.objects.select_related("series", "letter").filter(pk=id).first()
    if row is None or not officer.has_permission(permission, row.series.office_code):
        raise NotFound(id)
    return row
