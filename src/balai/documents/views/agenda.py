"""The book of letters out (agenda surat keluar) of an office: every number of a year, void ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai.documents import actions, exports, queries
from balai.documents.enums import NumberState
from balai.documents.forms import BookForm, VoidForm, book_label
from balai.documents.models import Number
from balai.documents.permissions import READ_BOOK, REVOKE
from balai.kernel.csv_lines import csv_lines
from balai.people.models import Officer
from balai.people.requests import OfficerRequest
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound

PAGE = 50
TONES = {NumberState.ISSUED: "good", NumberState.RESERVED: "attention", NumberState.VOID: "late"}


@require_safe
@officers(READ_BOOK)
def book(request: OfficerRequest) -> HttpResponse:
    """A page of the book, the last number first."""
    form = _asked(request)
    context: dict[str, Any] = {"form": form, "page": None, "rows": [], "void_form": VoidForm()}
    if form.is_valid():
        page = Paginator(_found(form).order_by("-sequence"), PAGE).get_page(request.GET.get("halaman"))
        may_void = request.officer.has_permission(REVOKE, form.cleaned_data["office"])
        query = urlencode(_query(form))
        context |= {
            "page": page,
            "rows": _rows(page, may_void=may_void),
            "heading": form.heading,
            "csv_url": f"csv/?{query}",
            "xlsx_url": f"xlsx/?{query}",
            "previous_url": f"?{query}&halaman={page.previous_page_number()}" if page.has_previous() else "",
            "next_url": f"?{query}&halaman={page.next_page_number()}" if page.has_next() else "",
        }
    return render(request, "documents/book.html", context, status=400 if form.errors else 200)


@require_safe
@officers(READ_BOOK)
def book_csv(request: OfficerRequest) -> HttpResponseBase:
    """The same as CSV, in order of number, streamed; a wrong question leads back to the page."""
    form = _asked(request)
    if not form.is_valid():
        return book(request)
    _note_taken(request, form, "csv")
    lines = csv_lines(exports.heads(), exports.as_text(queries.in_batches(_found(form))))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(form)}.csv"'
    return answer


@require_safe
@officers(READ_BOOK)
def book_xlsx(request: OfficerRequest) -> HttpResponseBase:
    """The same as an Excel file."""
    form = _asked(request)
    if not form.is_valid():
        return book(request)
    _note_taken(request, form, "xlsx")
    title = f"{book_label(form.cleaned_data['book'])} {form.cleaned_data['year']}"
    content = exports.as_workbook(queries.in_batches(_found(form)), title)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(form)}.xlsx"'
    return answer


@require_POST
@officers(REVOKE)
def void(request: OfficerRequest, number_id: int) -> HttpResponse:
    """Make a number that hangs in the making void, with a reason that stays in the book."""
    number = queries.number_for(request.officer, number_id, REVOKE)
    form = VoidForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.void_number(by=request.officer.as_actor(), number=number, reason=reason)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Nomor %(number)s dibatalkan.") % {"number": number.text})
    return _back_to_book(number)


@require_POST
@officers(REVOKE)
def release(request: OfficerRequest, number_id: int) -> HttpResponse:
    """Take a letter out of the batch of an officer who does not come back to it."""
    number = queries.number_for(request.officer, number_id, REVOKE)
    letter = exports.letter_of(number)
    if letter is None:
        raise NotFound(number_id)
    try:
        batch = actions.release_of_another(by=request.officer, letter=letter)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        said = _("Surat kembali ke daftar tunggu %(officer)s. Nomornya kini dapat dibatalkan.")
        messages.success(request, said % {"officer": batch.officer.name})
    return _back_to_book(number)


def _back_to_book(number: Number) -> HttpResponse:
    series = number.series
    query = urlencode({"office": series.office_code, "year": series.year, "book": series.book})
    return redirect(f"{reverse('letters_desk:book')}?{query}")


def _asked(request: OfficerRequest) -> BookForm:
    offices = queries.book_offices(request.officer)
    chosen = request.GET.get("office") or (offices[0].code if offices else "")
    known = chosen if chosen in {office.code for office in offices} else ""
    return BookForm(offices, queries.books_of(known), request.GET)


def _found(form: BookForm) -> QuerySet[Number]:
    asked = form.cleaned_data
    return queries.search_agenda(asked["office"], asked["year"], asked["book"], asked["q"])


def _query(form: BookForm) -> dict[str, str]:
    return {name: str(value) for name, value in form.cleaned_data.items() if value}


def _file_name(form: BookForm) -> str:
    asked = form.cleaned_data
    return f"buku-surat-{asked['office']}-{asked['year']}"


def _note_taken(request: OfficerRequest, form: BookForm, kind: str) -> None:
    asked = form.cleaned_data
    actions.note_book_taken(
        by=request.officer, office_code=asked["office"], book=asked["book"], year=asked["year"], form=kind
    )


def _rows(numbers: Iterable[Number], *, may_void: bool) -> list[dict[str, Any]]:
    listed = list(numbers)
    letters = [letter for number in listed if (letter := exports.letter_of(number)) is not None]
    held_up = queries.held_up(letters) if may_void else {}
    return [_row(number, may_void=may_void, held_up=held_up) for number in listed]


def _row(number: Number, *, may_void: bool, held_up: Mapping[UUID, Officer]) -> dict[str, Any]:
    letter = exports.letter_of(number)
    is_revoked = letter is not None and letter.is_revoked
    cells = exports.cells(number)
    waits_for = held_up.get(letter.pk) if letter is not None else None
    return {
        "number": number,
        "letter": letter,
        "dated_on": cells[2],
        "holder": cells[5],
        "state": exports.state_label(number),
        "tone": "late" if is_revoked else TONES[NumberState(number.state)],
        "remark": exports.remark(number),
        "upload_id": letter.upload_id if letter is not None and letter.is_published else None,
        "waits_for": waits_for,
        "may_void": may_void and number.state == NumberState.RESERVED and waits_for is None,
    }
