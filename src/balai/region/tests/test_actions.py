"""Loading a government's folder into the tables."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from balai import government
from balai.audit.queries import history
from balai.kernel.references import SYSTEM, Subject
from balai.region import actions, queries
from balai.region.errors import NoVillage
from balai.region.models import Area, Holiday, Office, OfficeHours, Revision

pytestmark = pytest.mark.django_db
TOWN = government.current()
SAWENTAR = "35.05.10.2011"
ABOUT = Subject("region.government", TOWN.code, TOWN.name)


def changes(town: government.Government = TOWN) -> dict[str, tuple[int, int, int]]:
    done = actions.load_government(by=SYSTEM, town=town)
    return {change.table: (change.added, change.changed, change.removed) for change in done}


def with_changes(**fields: object) -> government.Government:
    return TOWN.model_copy(update=fields)


def test_first_load_fills_every_table() -> None:
    assert changes() == {
        "area": (270, 0, 0),
        "office": (len(TOWN.offices), 0, 0),
        "holiday": (127, 0, 0),
        "officehours": (1, 0, 0),
    }
    assert (Area.objects.count(), Office.objects.count()) == (270, len(TOWN.offices))


def test_second_load_writes_nothing() -> None:
    changes()
    with CaptureQueriesContext(connection) as queries_done:
        assert set(changes().values()) == {(0, 0, 0)}
    verbs = [query["sql"].partition(" ")[0] for query in queries_done]
    assert verbs == ["SAVEPOINT", "SELECT", "SELECT", "SELECT", "SELECT", "RELEASE"]
    assert len(history(ABOUT)) == Revision.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer; its second one waits")
def test_two_hosts_may_load_at_the_same_time() -> None:
    together = threading.Barrier(2)

    def load() -> None:
        try:
            together.wait(timeout=10)
            changes()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(load) for _ in range(2)]:
            done.result()
    assert (Area.objects.count(), Office.objects.count(), OfficeHours.objects.count()) == (
        270,
        len(TOWN.offices),
        1,
    )
    assert Holiday.objects.count() == 127


def test_area_that_left_the_folder_stays_and_is_no_longer_current() -> None:
    changes()
    sawentar = "35.05.10.2011"
    smaller = with_changes(
        areas=tuple(area for area in TOWN.areas if area.code != sawentar),
        offices=tuple(office for office in TOWN.offices if office.code != sawentar),
    )
    assert (changes(smaller)["area"], changes(smaller)["area"]) == ((0, 0, 1), (0, 0, 0))
    assert (Area.objects.get(pk=sawentar).is_current, Office.objects.get(pk=sawentar).is_current) == (
        False,
        False,
    )
    assert sawentar not in {area.code for area in queries.villages("35.05.10")}
    assert queries.office_of_area(sawentar) is None
    assert changes()["area"] == (0, 1, 0)
    assert Area.objects.get(pk=sawentar).is_current


def test_renamed_and_closed_office_is_updated() -> None:
    changes()
    offices = tuple(
        office.model_copy(update={"name": "Desa Sawentar Baru", "is_open": False})
        if office.code == "35.05.10.2011"
        else office
        for office in TOWN.offices
    )
    assert changes(with_changes(offices=offices))["office"] == (0, 1, 0)
    office = queries.office("35.05.10.2011")
    assert office is not None
    assert (office.name, office.is_open) == ("Desa Sawentar Baru", False)


def test_free_day_that_left_the_files_goes_and_days_before_them_stay() -> None:
    changes()
    Holiday.objects.create(day=date(2019, 4, 17), name="Pemilu", kind="national", basis="lama")
    Holiday.objects.create(day=date(2026, 9, 9), name="Tidak ada lagi", kind="local", basis="lama")
    assert changes()["holiday"] == (0, 0, 1)
    assert [row.name for row in queries.holidays(date(2019, 1, 1), date(2019, 12, 31))] == ["Pemilu"]


def test_free_day_that_is_announced_is_no_longer_an_estimate() -> None:
    changes()
    Holiday.objects.filter(day=date(2026, 12, 25)).update(is_estimate=True)
    assert changes()["holiday"] == (0, 1, 0)
    assert not Holiday.objects.get(day=date(2026, 12, 25)).is_estimate


def test_hours_are_written_anew_when_any_differs() -> None:
    changes()
    ramadan = TOWN.office_hours[0].model_copy(
        update={"valid_from": date(2027, 2, 8), "valid_to": date(2027, 3, 9), "basis": "Ramadan"}
    )
    assert changes(with_changes(office_hours=(*TOWN.office_hours, ramadan)))["officehours"] == (1, 1, 0)
    assert [row.basis for row in OfficeHours.objects.all()] == ["Contoh demo", "Ramadan"]
    assert changes()["officehours"] == (0, 1, 1)


def test_rt_stands_under_its_village_and_outlives_a_load() -> None:
    changes()
    office, is_new = actions.add_rt(by=SYSTEM, village_code=SAWENTAR, rt=2, rw=1)
    assert (office.code, office.parent_code, is_new) == ("35.05.10.2011.001002", SAWENTAR, True)
    assert actions.add_rt(by=SYSTEM, village_code=SAWENTAR, rt=2, rw=1)[1] is False
    assert changes()["office"] == (0, 0, 0)
    assert queries.rt_office(SAWENTAR, 2, 1) == office
    assert queries.rt_office(SAWENTAR, 3, 1) is None
    found = queries.office_of_area(SAWENTAR)
    assert found is not None
    assert found.code == SAWENTAR


def test_rt_of_no_village_is_refused() -> None:
    changes()
    with pytest.raises(NoVillage):
        actions.add_rt(by=SYSTEM, village_code="35.05.10", rt=1, rw=1)


def test_rt_command_makes_and_closes_the_office(capsys: pytest.CaptureFixture[str]) -> None:
    changes()
    call_command("rt_add", SAWENTAR, "2", "1")
    call_command("rt_add", SAWENTAR, "2", "1", "--close")
    assert queries.rt_office(SAWENTAR, 2, 1) is None
    with pytest.raises(CommandError):
        call_command("rt_add", SAWENTAR, "2", "1", "--close")
    assert capsys.readouterr().out.splitlines() == [
        "35.05.10.2011.001002 is an office: RT 002 RW 001, Desa Sawentar.",
        "35.05.10.2011.001002 is closed; the village does its steps.",
    ]


def test_load_is_journalled_only_when_something_changed() -> None:
    changes()
    changes()
    assert [entry.event for entry in history(ABOUT)] == ["region.loaded"]


@pytest.mark.parametrize(
    "row",
    [
        Area(code="35.05.98", name="x", kind="province"),
        Area(code="35.05.98", name="x", kind="district", parent_id="35.05.10"),
        Area(code="35.05.98.2001", name="x", kind="village"),
        Office(code="x", kind="shop", name="x", number_code="x", head_title="x"),
        Office(code="x", kind="agency", name="x", number_code="x", head_title="x", parent_code="x"),
        Holiday(day=date(2026, 12, 25), name="Hari Raya Natal", kind="national", basis="x"),
        Holiday(day=date(2026, 12, 25), name="x", kind="party", basis="x"),
        OfficeHours(position=0, valid_from=date(2026, 1, 1), week={}, basis="x"),
        OfficeHours(position=9, valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1), week={}, basis="x"),
    ],
    ids=lambda row: f"{type(row).__name__}-{row.pk}",
)
def test_database_refuses(row: Area | Office | Holiday | OfficeHours) -> None:
    changes()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_command_says_what_changed_and_stays_quiet_when_asked() -> None:
    out, offices = StringIO(), len(TOWN.offices)
    call_command("government_load", stdout=out)
    assert out.getvalue().splitlines() == [
        "area: 270 rows (270 added, 0 changed, 0 removed)",
        f"office: {offices} rows ({offices} added, 0 changed, 0 removed)",
        "holiday: 127 rows (127 added, 0 changed, 0 removed)",
        "officehours: 1 rows (1 added, 0 changed, 0 removed)",
    ]
    quiet = StringIO()
    call_command("government_load", verbosity=0, stdout=quiet)
    assert quiet.getvalue() == ""


def test_command_ends_with_every_fault(settings: pytest.fixture) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"government": "9999-nowhere"})
    with pytest.raises(CommandError, match="there is no folder"):
        call_command("government_load", stdout=StringIO())
