"""What ships as data about reports, at all six governments, and what is said of data with faults."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from balai.catalogue.engine import engine
from balai.catalogue.loader import load
from balai.catalogue.running import SERVICES
from balai.engines.reports.enums import ClockName, ReportKind
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.examples import walk_all
from balai.government.loading import folders, serving
from balai.runtime.settings import PROJECT

TOWNS = [folder.name for folder in folders()]
every_town = pytest.mark.parametrize("town", TOWNS)
PASURUAN = "3575-kota-pasuruan"
DAY = date(2026, 6, 2)


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """A copy of what ships, to be broken."""
    folder = tmp_path / "services"
    shutil.copytree(SERVICES / "reports", folder / "reports")
    return folder


def faults_after(services: Path, file: str, old: str, new: str) -> list[str]:
    """What is said after one replacement."""
    path = services / "reports" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with serving("3505-kab-blitar") as here:
        return [str(each) for each in definitions.faults(services, here)]


@every_town
def test_data_is_sound_and_every_example_comes_out(town: str) -> None:
    with serving(town) as here:
        assert definitions.faults(SERVICES, here) == []
        assert [str(each) for each in walk_all(SERVICES, here)] == []


@every_town
def test_every_kind_has_an_office_that_is_there(town: str) -> None:
    with serving(town) as here:
        found = definitions.load(SERVICES, here)
        assert 30 <= len(found.offered) <= 60
        named = {route.office for route in found.here.route} - {"village", "district"}
        assert named <= {office.code for office in here.offices}
        assert {face.slug for face in found.here.face}


@every_town
def test_every_owner_on_the_map_is_a_body(town: str) -> None:
    owners = json.loads((PROJECT / "governments" / town / "geometry" / "owners.geojson").read_text())
    kinds = {each["properties"]["kind"] for each in owners["features"]}
    with serving(town) as here:
        bodies = definitions.load(SERVICES, here).here.body
    assert kinds <= {owner for body in bodies for owner in body.owners}
    statuses = {status for body in bodies for status in body.road_status}
    assert statuses == {"national", "provincial"}


@every_town
def test_danger_is_told_112_first_and_has_a_stage_for_the_sign(town: str) -> None:
    with serving(town) as here:
        kinds = definitions.load(SERVICES, here).categories
    assert [each.slug for each in kinds.values() if each.emergency and "112" not in each.emergency] == []
    by_road = ("jalan-rusak", "jembatan-rusak", "trotoar-rusak", "tiang-lampu-berbahaya", "pohon-berbahaya")
    signs = {
        slug: [each.photo for each in kinds[slug].stage if each.code == "hazard-sign"] for slug in by_road
    }
    assert signs == {slug: [True] for slug in by_road}


def test_reports_about_officers_and_violence_are_secret() -> None:
    kinds = definitions.current().categories
    secret = {slug for slug, each in kinds.items() if each.secret}
    assert {slug for slug, each in kinds.items() if each.kind == ReportKind.WHISTLE} == {
        "dimintai-uang",
        "pelanggaran-petugas",
    }
    assert {
        "dimintai-uang",
        "pelanggaran-petugas",
        "kekerasan-perempuan-anak",
        "perundungan-sekolah",
    } <= secret


def test_pasuruan_promises_minutes_and_says_by_whose_word() -> None:
    with serving(PASURUAN) as here:
        found = definitions.load(SERVICES, here)
    hole = found.category("jalan-rusak")
    first = found.promise(ClockName.FIRST_RESPONSE, hole, ReportKind.COMPLAINT, DAY)
    assert first is not None
    assert (first.term.amount, first.term.unit, first.is_demo) == (10, "minutes", False)
    assert "Wali Kota" in first.basis
    reward = found.threshold("reward", ClockName.FIRST_RESPONSE, DAY)
    sanction = found.threshold("sanction", ClockName.FIRST_RESPONSE, DAY)
    assert reward is not None
    assert sanction is not None
    assert (reward.term.amount, reward.term.unit) == (10, "minutes")
    assert (sanction.term.amount, sanction.term.unit) == (1, "days")


def test_whoever_says_nothing_takes_the_limits_of_all() -> None:
    found = definitions.current()
    hole = found.category("jalan-rusak")
    promised = {clock: found.promise(clock, hole, ReportKind.COMPLAINT, DAY) for clock in ClockName}
    assert {
        clock.value: rule and f"{rule.term.amount} {rule.term.unit}" for clock, rule in promised.items()
    } == {
        "acknowledge": "3 working_days",
        "first_response": "5 working_days",
        "completion": "14 working_days",
    }
    reward = found.threshold("reward", ClockName.FIRST_RESPONSE, DAY)
    assert reward is not None
    assert reward.is_demo


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("flood/category.toml", 'group = "water"', 'group = "sea"', 'no group "sea" in'),
        ("flood/category.toml", 'icon = "wave"', 'icon = "sea"', 'no icon "sea" in'),
        ("flood/category.toml", 'slug = "banjir-genangan"', 'slug = "jalan-rusak"', "is taken by another"),
        (
            "flood/category.toml",
            'handler = "flood"',
            'handlr = "flood"',
            'the key "handlr" is not known here',
        ),
        ("extortion/category.toml", "secret = true\n", "", "a report about officers is secret"),
        (
            "clocks.toml",
            'clock = "first_response"',
            'clock = "acknowledge"',
            "on some days clock 1 holds as well",
        ),
        ("clocks.toml", '"perundungan-sekolah"', '"tawuran"', 'no category "tawuran"'),
        ("texts.toml", '["jalan-rusak"]', '["jalan"]', 'no category "jalan"'),
        ("words.toml", 'mean = "lubang"', 'mean = "lobang"', "this leads back to itself"),
        ("groups.toml", 'icon = "drop"', 'icon = "sea"', 'no icon "sea" in'),
    ],
)
def test_a_fault_names_file_line_and_what_is_wrong(
    services: Path, file: str, old: str, new: str, sentence: str
) -> None:
    found = faults_after(services, file, old, new)
    assert any(sentence in each for each in found)
    assert all(each.startswith(("services/reports/", "governments/")) for each in found)
    assert all(each.split(":")[1].isdigit() for each in found)


def test_an_example_that_comes_out_otherwise_is_named(services: Path) -> None:
    file = services / "reports/road-damage/examples/local-road.toml"
    text = file.read_text().replace('office = "dpupr"', 'office = "dlh"')
    file.write_text(text.replace('completion = "14 working_days"', 'completion = "1 days"'))
    with serving("3505-kab-blitar") as here:
        found = [each.sentence for each in walk_all(services, here)]
    assert sorted(found) == [
        "Kab. Blitar: completion promises 14 working_days, not 1 days.",
        'Kab. Blitar: goes to the office "dpupr", not to "dlh".',
    ]


def test_a_town_does_not_start_on_faulty_data(services: Path) -> None:
    (services / "reports/flood/category.toml").write_text("slug = 1\n")
    with serving("3505-kab-blitar") as here:
        found = list(engine("reports").check(services, here))
    assert found
    assert {each.file for each in found} == {"services/reports/flood/category.toml"}


@every_town
def test_every_kind_is_an_entry_of_the_single_search(town: str) -> None:
    with serving(town) as here:
        entries = engine("reports").entries(SERVICES, here)
        offered = definitions.load(SERVICES, here).offered
    assert {each.slug: each.url for each in entries} == {slug: f"/lapor/?jenis={slug}" for slug in offered}


def test_a_catalogue_without_kinds_has_no_entries_and_no_faults(tmp_path: Path) -> None:
    with serving("3505-kab-blitar") as here:
        reports = engine("reports")
        assert (list(reports.entries(tmp_path, here)), list(reports.check(tmp_path, here))) == ([], [])
        assert load(tmp_path).entries == ()


@pytest.mark.parametrize("name", ["report-category", "report-example", "town-reports"])
def test_committed_schemas_are_those_of_the_models(name: str) -> None:
    committed = json.loads((PROJECT / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(engine("reports").schemas()[name]))
