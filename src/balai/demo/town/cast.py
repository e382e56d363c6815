"""Who lives and works in a demo town: invented, and built from the government's own codes.

NIKs are those of `domain.md` §2.2's pattern with the district of the first open village; the serial starts at
0001. Phone numbers lie in a block used for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from balai.government import current as government
from balai.region import queries as region

PASSWORD = "Balai-peragaan-2026"  # noqa: S105 - a demo town's password is printed at every start
SIGNING_PASSPHRASE = "TandaTangan2026"  # noqa: S105 - opens certificates marked UJI COBA only


@dataclass(frozen=True)
class Resident:
    """An invented citizen."""

    key: str
    name: str
    sex: str
    birth_place: str
    birth_on: date
    occupation: str
    religion: str = "islam"
    marital_status: str = "married"
    address: str = "Dusun Krajan"
    rt: str = "002"
    rw: str = "001"
    serial: int = 1
    phone: str = ""
    is_proven: bool = False

    def nik(self, district_code: str) -> str:
        """The NIK that a first registration in this district would have given."""
        day = self.birth_on.day + (40 if self.sex == "female" else 0)
        return f"{district_code.replace('.', '')}{day:02}{self.birth_on:%m%y}{self.serial:04}"

    def facts(self, area_code: str) -> dict[str, str]:
        """What the village has on record."""
        district = area_code.rsplit(".", 1)[0]
        return {
            "nik": self.nik(district),
            "kk": f"{district.replace('.', '')}{self.birth_on.day:02}0110{self.serial:04}",
            "name": self.name,
            "sex": self.sex,
            "birth_place": self.birth_place,
            "birth_on": self.birth_on.isoformat(),
            "religion": self.religion,
            "marital_status": self.marital_status,
            "occupation": self.occupation,
            "address": self.address,
            "rt": self.rt,
            "rw": self.rw,
            "area_code": area_code,
            "phone": self.phone,
        }


@dataclass(frozen=True)
class Staff:
    """An invented officer: login name and role are completed with the village."""

    key: str
    name: str
    title: str
    role: str


@dataclass(frozen=True)
class Place:
    """An open village or kelurahan of the government, with the word that ends its officers' login names."""

    code: str
    name: str
    word: str
    staff: tuple[Staff, ...] = field(default_factory=tuple)


SITI = Resident(
    "siti",
    "Siti Aminah",
    "female",
    "Blitar",
    date(1995, 8, 17),
    "Pedagang",
    phone="081234567801",
    is_proven=True,
)
BUDI = Resident(
    "budi", "Budi Santoso", "male", "Blitar", date(1988, 3, 12), "Petani", rt="004", phone="081234567802"
)
OTHERS = (
    Resident("rina", "Rina Marlina", "female", "Kediri", date(1991, 11, 5), "Penjahit", phone="081234567803"),
    Resident("agus", "Agus Widodo", "male", "Blitar", date(1979, 6, 21), "Peternak", phone="081234567804"),
    Resident(
        "wati", "Sulastri", "female", "Tulungagung", date(1968, 1, 30), "Pedagang", phone="081234567805"
    ),
    Resident("joko", "Joko Prasetyo", "male", "Malang", date(1983, 9, 14), "Montir", phone="081234567806"),
    Resident(
        "lestari",
        "Dewi Lestari",
        "female",
        "Blitar",
        date(1999, 4, 2),
        "Karyawan swasta",
        phone="081234567807",
        is_proven=True,
    ),
)
RESIDENTS = (SITI, BUDI, *OTHERS)

STAFF = (
    Staff("operator", "Sri Wahyuni", "Petugas pelayanan", "village-operator"),
    Staff("sekretaris", "Hendra Gunawan", "Sekretaris", "village-secretary"),
    Staff("kepala", "Bambang Sutejo", "Kepala", "village-head"),
)
MORE_STAFF = (
    (
        Staff("operator", "Yuliana Putri", "Petugas pelayanan", "village-operator"),
        Staff("sekretaris", "Dwi Astuti", "Sekretaris", "village-secretary"),
        Staff("kepala", "Rahmad Hidayat", "Kepala", "village-head"),
    ),
    (
        Staff("operator", "Fitri Handayani", "Petugas pelayanan", "village-operator"),
        Staff("sekretaris", "Slamet Riyadi", "Sekretaris", "village-secretary"),
        Staff("kepala", "Edi Kurniawan", "Kepala", "village-head"),
    ),
)


ADMINISTRATOR = Staff("pengelola", "Ratna Kusuma", "Pengelola sistem", "admin")


def places() -> list[Place]:
    """The open villages, a desa first: the demo's people live in the first of them."""
    offices = [office for office in region.open_offices() if office.code in government().open_offices]
    offices.sort(key=lambda office: (office.kind != "village", office.code))
    staffs = (STAFF, *MORE_STAFF)
    return [
        Place(office.code, office.name, office.name.split()[-1].lower(), staffs[index % len(staffs)])
        for index, office in enumerate(offices[: len(staffs)])
    ]


def town_hall() -> Place | None:
    """The office above all others, with its administrator; None where the government names no such office."""
    office = region.office(government().top_office)
    if office is None or ADMINISTRATOR.role not in {role.code for role in government().roles}:
        return None
    return Place(office.code, office.name, government().name.split()[-1].lower(), (ADMINISTRATOR,))


def workplaces() -> list[Place]:
    """Every office where somebody of the cast works: the villages, then the town hall."""
    villages, hall = places(), town_hall()
    return [*villages, hall] if villages and hall else villages


def login_name(staff: Staff, place: Place) -> str:
    """Such as "operator.sawentar"."""
    return f"{staff.key}.{place.word}"
