"""An office, a letter and its sources, as the catalogue and an engine would hand them over."""

from __future__ import annotations

from typing import Any

from balai.documents import actions
from balai.documents.actions import Signer
from balai.documents.models import Letter
from balai.kernel.references import Actor, Subject
from balai.region.models import Area, Office
from balai.runtime.settings import PROJECT

VILLAGE, DISTRICT = "35.05.10.2011", "35.05.10"
CASE = Subject("documents.testowner", "0190-case")
SRI = Actor("officer", "0190-sri", "Sri Wahyuni")
BAMBANG = Signer("Bambang Sutejo", "Kepala Desa Sawentar")
PATTERN = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"
SHARED = PROJECT / "services" / "_shared"
LETTER = """#import "/_shared/letterhead.typ": *
#show: letter
#opening[Yang bertanda tangan di bawah ini, #given.signer.title, menerangkan dengan sebenarnya bahwa:]
#facts(
  ("Nama", given.applicant.name),
  ("NIK", given.applicant.nik),
  ("Alamat", given.applicant.address),
  strong: "Nama",
)
#body[Orang tersebut adalah benar warga #given.office.name dan memiliki usaha:]
#facts(("Nama usaha", given.business.name), ("Alamat usaha", given.business.address))
#closing()
#signature()
"""
FILES = {
    "letter.typ": LETTER,
    **{f"_shared/{name}": (SHARED / name).read_text() for name in ("letterhead.typ", "paper.typ")},
}
APPLICANT = {
    "name": "Siti Aminah",
    "nik": "3505105708950001",
    "address": "Dusun Centong RT 002 RW 005, Desa Sawentar, Kecamatan Kanigoro, Kabupaten Blitar",
}
DATA: dict[str, Any] = {
    "applicant": APPLICANT,
    "business": {"name": "Warung Bu Siti", "address": "Jalan Candi Sawentar Nomor 4"},
}


def make_offices() -> None:
    """Desa Sawentar under Kecamatan Kanigoro."""
    district = Area.objects.create(code=DISTRICT, name="Kanigoro", kind="district")
    Area.objects.create(code=VILLAGE, name="Sawentar", kind="village", parent=district)
    Office.objects.create(
        code=DISTRICT, kind="district", name="Kecamatan Kanigoro", area_code=DISTRICT, number_code="KNG"
    )
    Office.objects.create(
        code=VILLAGE,
        kind="village",
        name="Desa Sawentar",
        area_code=VILLAGE,
        parent_code=DISTRICT,
        number_code="SWT",
        head_title="Kepala Desa",
        address="Jalan Raya Sawentar Nomor 12, Kanigoro, Kabupaten Blitar 66171",
    )


def ask(**changes: Any) -> Letter:
    """Ask for a business statement of Desa Sawentar."""
    values: dict[str, Any] = {
        "owner": CASE,
        "office_code": VILLAGE,
        "title": "Surat Keterangan Usaha",
        "classification": "500.2.2.4",
        "pattern": PATTERN,
        "files": FILES,
        "data": DATA,
        "signer": BAMBANG,
        "valid_until_on": None,
        **changes,
    }
    return actions.request_letter(by=SRI, **values)
