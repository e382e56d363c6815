"""A hand-over as files that a person and a program can read: laporan.json, laporan.csv, laporan.txt.

The field list is ours, after LAPOR!'s public form (docs/operators/lapor.md): no contract for regions is
published. So nothing here claims to be LAPOR!'s number or receipt.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from balai import government
from balai.files import queries as files
from balai.files.models import Upload
from balai.files.sniffing import PDF
from balai.kernel.csv_lines import csv_lines
from balai.partners.lapor.enums import ReportKind
from balai.partners.lapor.models import HandOver
from balai.partners.lapor.package import LaporPackage

FORMAT = "balai.lapor/1"
COLUMNS = (
    "nomor_rujukan",
    "nomor_laporan",
    "klasifikasi",
    "judul",
    "isi",
    "tanggal_kejadian",
    "lokasi",
    "instansi_tujuan",
    "kategori",
    "anonim",
    "rahasia",
    "lampiran",
    "lampiran_ditahan",
    "pengirim",
    "dibuat_pada",
)


@dataclass(frozen=True)
class Paper:
    """A file of a hand-over: its name inside the bundle, its type, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Evidence:
    """What goes along as proof, and how many files stay here.

    A PDF may name its author, so that of an anonymous reporter stays; photos were cleaned when they came.
    """

    uploads: tuple[Upload, ...]
    withheld: int

    @classmethod
    def of(cls, package: LaporPackage) -> Evidence:
        """Photos, and documents of those who do not hide; files that are gone are counted as staying."""
        found = files.uploads(package.attachments)
        known = [found[key] for key in package.attachments if key in found]
        sent = [each for each in known if not (package.is_anonymous and each.media_type == PDF)]
        return cls(tuple(sent), len(package.attachments) - len(sent))

    @property
    def names(self) -> list[str]:
        """How they are called outside: a file's own name may hold a person's."""
        return [
            f"lampiran-{number}{'.pdf' if each.media_type == PDF else '.jpg'}"
            for number, each in enumerate(self.uploads, start=1)
        ]

    @property
    def size(self) -> int:
        """Bytes of all of them."""
        return sum(each.size for each in self.uploads)

    def papers(self) -> Iterator[Paper]:
        """The files with their bytes, one after another."""
        for name, upload in zip(self.names, self.uploads, strict=True):
            yield Paper(f"lampiran/{name}", upload.media_type, files.open_content(upload))


def as_record(row: HandOver, evidence: Evidence) -> dict[str, Any]:
    """The fields of the contract, in its order."""
    package = row.content
    values = (
        row.reference,
        package.our_reference,
        str(ReportKind(package.kind).label),
        package.title,
        package.text,
        package.event_on.isoformat() if package.event_on else None,
        package.place,
        package.target_agency,
        package.category,
        package.is_anonymous,
        package.is_secret,
        evidence.names,
        evidence.withheld,
        government.current().name,
        _instant(row.created_at),
    )
    return dict(zip(COLUMNS, values, strict=True))


def papers(row: HandOver, evidence: Evidence) -> list[Paper]:
    """The three forms of one hand-over, without its evidence."""
    record = as_record(row, evidence)
    whole = {"format": FORMAT, "keterangan": notice(), **record}
    return [
        Paper("laporan.json", "application/json", json.dumps(whole, ensure_ascii=False, indent=2).encode()),
        Paper("laporan.csv", "text/csv", "".join(table([record])).encode()),
        Paper("laporan.txt", "text/plain", plain(record).encode()),
    ]


def table(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Hand-overs as CSV, one row each."""
    return csv_lines(COLUMNS, ([_cell(record[name]) for name in COLUMNS] for record in records))


def plain(record: dict[str, Any]) -> str:
    """For reading, and for copying into LAPOR!'s form."""
    head = [f"{label}: {_said(record[name])}" for name, label in _labels().items() if name != "isi"]
    return "\n".join([*head, "", f"{_('Isi laporan')}:", record["isi"], "", notice(), ""])


def notice() -> str:
    """What these files are, and what they are not."""
    return _(
        "Berkas penyerahan dari %(government)s kepada admin koordinator. Bukan nomor dan bukan tanda terima "
        "SP4N-LAPOR!. Identitas pelapor tidak disertakan; pertanyaan kepada pelapor disampaikan lewat kami "
        "dengan nomor rujukan di atas."
    ) % {"government": government.current().name}


def _labels() -> dict[str, str]:
    return {
        "nomor_rujukan": _("Nomor rujukan kami"),
        "nomor_laporan": _("Nomor laporan"),
        "klasifikasi": _("Klasifikasi"),
        "judul": _("Judul"),
        "isi": _("Isi laporan"),
        "tanggal_kejadian": _("Tanggal kejadian"),
        "lokasi": _("Lokasi"),
        "instansi_tujuan": _("Instansi tujuan"),
        "kategori": _("Kategori"),
        "anonim": _("Anonim"),
        "rahasia": _("Rahasia"),
        "lampiran": _("Lampiran"),
        "lampiran_ditahan": _("Lampiran yang tidak disertakan"),
        "pengirim": _("Diserahkan oleh"),
        "dibuat_pada": _("Disiapkan pada"),
    }


def labelled(record: dict[str, Any]) -> list[dict[str, str]]:
    """The fields with their labels, for a page."""
    return [{"label": label, "value": _said(record[name])} for name, label in _labels().items()]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return "-" if value in {None, ""} else str(value)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "; ".join(value) if isinstance(value, list) else value


def _instant(at: datetime) -> str:
    return at.astimezone(government.current().tzinfo).isoformat(timespec="seconds")
