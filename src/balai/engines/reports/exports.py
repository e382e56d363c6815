"""The register of reports as a table: for CSV and for Excel. Nothing here names or finds a person.

What reporters wrote stays sealed; a secret report is a number, a kind and its times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from balai.engines.reports.enums import Visibility
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.summaries import Summary
from balai.government import current as government
from balai.government.texts import of_town
from balai.region import queries as region

WIDTHS = (22, 12, 26, 40, 20, 30, 12, 34, 26, 17, 17, 17, 17, 17, 10, 12)


def heads() -> tuple[str, ...]:
    """The columns."""
    return (
        _("Nomor"),
        _("Macam"),
        _("Jenis"),
        _("Judul"),
        _("Keadaan"),
        _("Kantor"),
        _("Lewat"),
        of_town(_("Desa atau kelurahan")),
        _("Patokan"),
        _("Masuk"),
        _("Diteruskan"),
        _("Jawaban pertama"),
        _("Dinyatakan selesai"),
        _("Ditutup"),
        _("Pelapor"),
        _("Dibuka lagi"),
    )


class Names:
    """Names of offices and kinds, read once for a whole table."""

    def __init__(self) -> None:
        self.offices = {office.code: office.name for office in region.offices()}
        self.found = definitions.current()

    def category(self, slug: str) -> str:
        """The kind of report as people know it."""
        known = self.found.any_category(slug)
        return known.title if known else slug


def cells(report: Report, names: Names) -> tuple[Any, ...]:
    """One line of the register."""
    is_secret = report.visibility == Visibility.SECRET
    return (
        report.number,
        report.get_kind_display(),
        names.category(report.category),
        "" if is_secret else report.title,
        report.state_label,
        names.offices.get(report.office_code, report.office_code),
        report.get_channel_display(),
        "" if is_secret else region.area_path(report.area_code),
        "" if is_secret else report.place_note,
        report.filed_at,
        report.assigned_at,
        report.answered_at,
        report.resolved_at,
        report.closed_at,
        report.voices,
        report.reopened,
    )


def as_text(reports: Iterable[Report]) -> Iterator[tuple[Any, ...]]:
    """Lines for CSV."""
    names = Names()
    for report in reports:
        yield cells(report, names)


def public_heads() -> tuple[str, ...]:
    """The columns of what everybody may download."""
    return (
        *(_("Nomor"), _("Jenis"), _("Judul"), _("Isi"), _("Keadaan"), _("Kantor"), _("Letak")),
        *(_("Lintang"), _("Bujur"), _("Masuk"), _("Berubah"), _("Dinyatakan selesai"), _("Dijanjikan")),
        *(_("Pelapor"), _("Alamat")),
    )


def public_line(each: Summary) -> tuple[Any, ...]:
    """One report as its own page shows it, and no more."""
    report = each.report
    lat, lon = each.point or (None, None)
    return (
        *(report.number, each.category, report.title, report.public_text, report.state_label),
        *(each.office, each.place, lat, lon),
        *(report.filed_at, report.updated_at, report.resolved_at, each.due_at, report.voices, each.url),
    )


def as_feature(each: Summary) -> dict[str, Any]:
    """The same as a feature of GeoJSON (RFC 7946); without a point where none may be shown."""
    report = each.report
    point = {"type": "Point", "coordinates": [each.point[1], each.point[0]]} if each.point else None
    return {
        "type": "Feature",
        "id": report.number,
        "geometry": point,
        "properties": {
            "number": report.number,
            "category": report.category,
            "category_title": each.category,
            "title": report.title,
            "text": report.public_text,
            "state": report.state,
            "state_label": report.state_label,
            "office": each.office,
            "place": each.place,
            "filed_at": report.filed_at.isoformat(),
            "updated_at": report.updated_at.isoformat(),
            "due_at": each.due_at.isoformat() if each.due_at else None,
            "voices": report.voices,
            "url": each.url,
        },
    }


def as_workbook(reports: Iterable[Report], title: str) -> bytes:
    """An Excel file made in memory; every cell is declared, so that no text is ever taken for a formula."""
    kept, names, zone = BytesIO(), Names(), government().tzinfo
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True, "bottom": 1})
    instant = book.add_format({"num_format": "dd-mm-yyyy hh.mm"})
    book.set_properties({"title": title})
    for column, head in enumerate(heads()):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, WIDTHS[column])
    for line, report in enumerate(reports, start=1):
        for column, value in enumerate(cells(report, names)):
            if isinstance(value, datetime):
                local = value.astimezone(zone).replace(tzinfo=None)
                sheet.write_datetime(line, column, local, instant)
            elif isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, str(value))
    sheet.freeze_panes(1, 0)
    book.close()
    return kept.getvalue()


def place_of(report: Report) -> str:
    """Where it is, in a line: the village, and what is near."""
    village = region.area_path(report.area_code).split(",")[0] if report.area_code else ""
    return ", ".join(filter(None, (village, report.place_note)))
