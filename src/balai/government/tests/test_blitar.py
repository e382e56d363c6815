"""The government that a town serves unless told otherwise: Kabupaten Blitar."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from balai import government
from balai.government.checks import seal_faults
from balai.government.contrast import PAPER, PAPER_DARK, READABLE, contrast
from balai.government.tests.folders import BLITAR
from balai.kernel.calendars import Interval

TOWN = government.load(BLITAR)
# domain.md §2.2, table of region codes (Kepmendagri 300.2.2-2430/2025).
DISTRICTS = [
    *("Wonodadi", "Udanawu", "Srengat", "Kademangan", "Bakung", "Ponggok", "Sanankulon", "Wonotirto"),
    *("Nglegok", "Kanigoro", "Garum", "Sutojayan", "Panggungrejo", "Talun", "Gandusari", "Binangun"),
    *("Wlingi", "Doko", "Kesamben", "Wates", "Selorejo", "Selopuro"),
]


def test_current_is_the_folder_of_the_settings() -> None:
    assert (government.current(), government.current().folder) == (TOWN, "3505-kab-blitar")


def test_names_and_codes() -> None:
    assert (TOWN.code, TOWN.area_code, TOWN.name, TOWN.kind, TOWN.zone, TOWN.product_name) == (
        "3505",
        "35.05",
        "Kabupaten Blitar",
        "kabupaten",
        "Asia/Jakarta",
        "Balai",
    )


def test_areas_are_those_of_the_reference() -> None:
    assert Counter(area.kind for area in TOWN.areas) == {"district": 22, "kelurahan": 28, "village": 220}
    districts = [area for area in TOWN.areas if area.kind == "district"]
    assert [(area.code, area.name) for area in districts] == [
        (f"35.05.{number:02}", name) for number, name in enumerate(DISTRICTS, 1)
    ]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("35.05.10.1010", "Kelurahan Satreyan"),
        ("35.05.10.1008", "Kelurahan Kanigoro"),
        ("35.05.10.2011", "Desa Sawentar"),
        ("35.05.17.1004", "Kelurahan Wlingi"),
        ("35.05.19.2007", "Desa Kemirigede"),
    ],
)
def test_examples_of_the_reference(code: str, title: str) -> None:
    assert TOWN.area_titles[code] == title


def test_every_area_and_agency_has_one_office_under_the_secretariat() -> None:
    by_code = {office.code: office for office in TOWN.offices}
    assert len(by_code) == len(TOWN.offices) == len(TOWN.areas) + len(TOWN.agencies)
    assert {code for code, office in by_code.items() if not office.parent_code} == {"setda"}
    sawentar = by_code["35.05.10.2011"]
    assert (sawentar.kind, sawentar.name, sawentar.parent_code, sawentar.is_open) == (
        "village",
        "Desa Sawentar",
        "35.05.10",
        True,
    )
    assert (sawentar.head_title, sawentar.number_code) == ("Kepala Desa", "SWT")
    assert (by_code["35.05.10.1008"].head_title, by_code["35.05.10"].head_title) == ("Lurah", "Camat")
    assert by_code["35.05.10"].parent_code == "setda"
    assert by_code["dispendukcapil"].area_code == "35.05"


def test_offices_that_take_applications_are_real_ones() -> None:
    assert [office.name for office in TOWN.offices if office.is_open] == [
        "Kecamatan Kanigoro",
        "Kelurahan Kanigoro",
        "Desa Sawentar",
        "Kelurahan Bence",
    ]


def test_offices_write_different_codes_on_letters() -> None:
    codes = Counter(office.number_code for office in TOWN.offices)
    assert codes.most_common(1)[0][1] == 1


def test_roles_carry_the_permissions_of_their_acts_and_no_others() -> None:
    desk = ("cases.check", "cases.produce", "cases.hand_over")
    decides = ("cases.decide", "cases.return_again")
    signs = ("documents.sign", "documents.revoke")
    answers = ("reports.handle", "reports.enter")
    minds = ("work.oversee", "reports.handle", "work.plan_duty")
    assert {role.code: (role.permissions, role.scope) for role in TOWN.roles} == {
        "village-operator": (
            (*desk, "cases.visit", "people.prove", "people.reveal", "questions.answer", *answers),
            "own",
        ),
        "village-secretary": (
            (
                *(*desk, "cases.recommend", "documents.initial", "documents.read_book", "people.reveal"),
                *("questions.answer", "work.plan_duty"),
            ),
            "own",
        ),
        "village-head": ((*decides, *signs, "documents.read_book", *minds), "own"),
        "rt-head": (("cases.attest",), "own"),
        "district-officer": (
            (
                *desk,
                "cases.recommend",
                "cases.visit",
                "people.prove",
                "people.reveal",
                "questions.answer",
                *answers,
            ),
            "own",
        ),
        "district-head": ((*decides, "cases.review", *signs, "documents.read_book", *minds), "own"),
        "agency-officer": (
            (*desk, "cases.recommend", "cases.visit", "people.reveal", "questions.answer", *answers),
            "own",
        ),
        "agency-head": ((*decides, "cases.review", *signs, *minds), "own"),
        "report-receiver": (
            (
                *("reports.triage", *answers, "reports.recheck", "reports.identify", "reports.league"),
                *("work.oversee", "work.plan_duty"),
            ),
            "own",
        ),
        "inspector": (("reports.investigate",), "own"),
        "admin": (
            (
                *("people.manage", "people.reveal", "runtime.jobs", "notify.read_outbox"),
                *("notify.read_incoming", "partners.hand_over"),
                *("catalogue.announce", "catalogue.read_searches"),
            ),
            "below",
        ),
    }


def test_services_are_those_of_the_catalogue_by_name() -> None:
    services = [service.id for service in TOWN.services]
    assert len(services) == len(set(services))
    assert {"village/business-statement", "village/domicile-statement"} <= {*services}
    assert not [service.id for service in TOWN.services if service.is_pattern]


def test_hours_are_those_of_the_demo() -> None:
    week = TOWN.office_hours[0].week
    assert week == {
        **dict.fromkeys(range(4), (Interval(450, 930),)),
        4: (Interval(450, 870),),
        5: (),
        6: (),
    }
    assert TOWN.local_days[0].day == date(2026, 8, 5)


def test_letter_number_pattern_of_an_office_falls_back() -> None:
    default = "{classification}/{sequence:03}/{office}/{month_roman}/{year}"
    assert TOWN.letter_number_pattern("35.05.10.2011") == default


def test_seal_is_small_and_its_own() -> None:
    assert len(TOWN.seal_svg.encode()) < 1500
    assert list(seal_faults(TOWN.seal_svg)) == []


def test_colours_can_be_read_on_both_grounds() -> None:
    colours = TOWN.colours
    ratios = [
        *(contrast(colour, PAPER) for colour in (colours.primary, colours.accent)),
        *(contrast(colour, PAPER_DARK) for colour in (colours.primary_on_dark, colours.accent_on_dark)),
    ]
    assert min(ratios) >= READABLE


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_by_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio
