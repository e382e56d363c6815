"""The book of letters out as a table: for a page, as CSV, as Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from balai.documents import revocation
from balai.documents.enums import NumberState
from balai.documents.models import Letter, Number
from balai.documents.numbering import local_day


def heads() -> tuple[str, ...]:
    """The columns, as an agenda of letters out has them (Permendagri 1/2023)."""
    return (
        _("Nomor urut"),
        _("Nomor surat"),
        _("Tanggal surat"),
        _("Kode klasifikasi"),
        _("Perihal"),
        _("Kepada"),
        _("Penanda tangan"),
        _("Jabatan"),
        _("Keadaan"),
        _("Keterangan"),
    )


def cells(number: Number) -> tuple[Any, ...]:
    """One line of the book."""
    letter = letter_of(number)
    return (
        number.sequence,
        number.text,
        letter.dated_on if letter and letter.dated_on else local_day(number.reserved_at),
        letter.classification if letter else "",
        letter.title if letter else "",
        str(letter.holder_name.clear) if letter and letter.holder_name is not None else "",
        letter.signer_name if letter else "",
        letter.signer_title if letter else "",
        state_label(number),
        remark(number),
    )


def letter_of(number: Number) -> Letter | None:
    """The letter under a number; None for one whose letter is gone."""
    return getattr(number, "letter", None)


def state_label(number: Number) -> str:
    """What became of a number."""
    letter = letter_of(number)
    if letter is not None and letter.is_revoked:
        return _("Dicabut")
    labels = {
        NumberState.ISSUED: _("Terbit"),
        NumberState.VOID: _("Batal"),
        NumberState.RESERVED: _("Disiapkan"),
    }
    return labels[NumberState(number.state)]


def remark(number: Number) -> str:
    """Why a number is void, or its letter revoked."""
    letter = letter_of(number)
    if letter is not None and letter.is_revoked:
        reason = revocation.title_of(letter.revocation_code)
        return f"{reason}: {letter.revocation_note}" if letter.revocation_note else reason
    return number.reason


def as_text(rows: Iterable[Number]) -> Iterator[list[object]]:
    """Lines for CSV: days as 2026-11-21."""
    for number in rows:
        yield [cell.isoformat() if isinstance(cell, date) else cell for cell in cells(number)]


def as_workbook(rows: Iterable[Number], title: str) -> bytes:
    """An Excel file made in memory; every cell is declared, so that no text is ever taken for a formula."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
    day, wrapped = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"text_wrap": True})
    book.set_properties({"title": title})
    for column, head in enumerate(heads()):
        sheet.write_string(0, column, head, bold)
    for line, number in enumerate(rows, start=1):
        for column, value in enumerate(cells(number)):
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            else:
                sheet.write_string(line, column, value, wrapped)
    for column, width in enumerate((8, 30, 12, 14, 34, 26, 24, 26, 11, 36)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    book.close()
    return kept.getvalue()
