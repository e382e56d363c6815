"""Making the tables equal to the government's folder: the one door by which areas and hours change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F

from balai import audit
from balai.government import Government
from balai.kernel.references import Actor, Subject
from balai.region import calendars
from balai.region.desired import desired_free_days, desired_hours
from balai.region.enums import OfficeKind
from balai.region.errors import NoVillage
from balai.region.models import Area, Holiday, Office, OfficeHours, Revision
from balai.region.queries import office_of_area, rt_code
from balai.runtime.transaction import after_commit, write_transaction

BATCH = 500


class Change(NamedTuple):
    """What a load did to one table."""

    table: str
    rows: int
    added: int
    changed: int
    removed: int

    @property
    def is_any(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.changed or self.removed)


@write_transaction
def load_government(*, by: Actor, town: Government) -> list[Change]:
    """Bring areas, offices, holidays and hours up to the folder; the same folder twice writes nothing.

    Areas and offices that left the folder stay as not current, because cases and letters name them.
    Days before the first one in the files stay too: they were true when deadlines were counted by them.
    """
    places = [_load_areas(town), _load_offices(town)]
    times = [_load_free_days(town), _load_hours(town)]
    changes = [*places, *times]
    if any(change.is_any for change in changes):
        _announce()
        done = {change.table: [change.added, change.changed, change.removed] for change in changes}
        audit.record(
            "region.loaded", by=by, about=Subject("region.government", town.code, town.name), data=done
        )
    return changes


@write_transaction
def add_rt(*, by: Actor, village_code: str, rt: int, rw: int) -> tuple[Office, bool]:
    """The office of an RT under its village, and whether it is new; one that was closed is open again.

    Not part of the government's folder: there are thousands, and a village sets them up as it goes. Raises
    NoVillage.
    """
    village = office_of_area(village_code)
    if village is None or village.kind not in (OfficeKind.VILLAGE, OfficeKind.KELURAHAN):
        raise NoVillage(village_code)
    name = f"RT {rt:03} RW {rw:03}, {village.name}"
    office, is_new = Office.objects.update_or_create(
        pk=rt_code(village_code, rt, rw),
        defaults={
            "kind": OfficeKind.RT,
            "name": name,
            "area_code": village_code,
            "parent_code": village.code,
            "number_code": f"RT{rt:03}-RW{rw:03}",
            "head_title": f"Ketua RT {rt:03}",
            "is_current": True,
        },
    )
    _announce()
    audit.record("region.rt_added", by=by, about=Subject("region.office", office.code, name))
    return office, is_new


@write_transaction
def close_rt(*, by: Actor, village_code: str, rt: int, rw: int) -> bool:
    """The RT works here no more: the village does its steps from now on. False when there was none."""
    code = rt_code(village_code, rt, rw)
    found = Office.objects.filter(pk=code, kind=OfficeKind.RT, is_current=True).update(is_current=False)
    if found:
        _announce()
        audit.record("region.rt_closed", by=by, about=Subject("region.office", code))
    return bool(found)


def _announce() -> None:
    """Other processes see the number within calendars.RECHECK_SECONDS; this one need not wait."""
    Revision.objects.get_or_create(pk=calendars.REVISION)
    Revision.objects.filter(pk=calendars.REVISION).update(number=F("number") + 1)
    calendars.forget()
    after_commit(calendars.forget)


def _load_areas(town: Government) -> Change:
    # Kecamatan stand above their villages in the folder, so a parent is written before its children.
    rows = (
        {
            "code": area.code,
            "name": area.name,
            "kind": area.kind,
            "parent_id": None if area.kind == "district" else area.parent_code,
        }
        for area in town.areas
    )
    return _keep_equal(Area, rows)


def _load_offices(town: Government) -> Change:
    return _keep_equal(Office, (office.model_dump() for office in town.offices))


def _keep_equal(model: type[Area] | type[Office], rows: Iterable[dict[str, Any]]) -> Change:
    """Insert and update what differs; mark what is gone."""
    wanted = {row["code"]: {**row, "is_current": True} for row in rows}
    fields = list(next(iter(wanted.values()), {"code": ""}))
    known = model._default_manager.exclude(kind=OfficeKind.RT)  # the folder says nothing of neighbourhoods
    before = {row["code"]: row for row in known.values(*fields)}
    added = [code for code in wanted if code not in before]
    changed = [code for code in wanted if code in before and wanted[code] != before[code]]
    gone = [code for code, row in before.items() if code not in wanted and row["is_current"]]
    _upsert(model, [wanted[code] for code in (*added, *changed)], fields)
    model._default_manager.filter(pk__in=gone).update(is_current=False)
    return Change(model._meta.model_name or "", len(wanted), len(added), len(changed), len(gone))


def _upsert(model: type[models.Model], rows: list[dict[str, Any]], fields: list[str]) -> None:
    columns = [model._meta.get_field(name.removesuffix("_id")).name for name in fields if name != "code"]
    model._default_manager.bulk_create(
        [model(**row) for row in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=columns,
    )


def _load_free_days(town: Government) -> Change:
    wanted = {(row.day, row.name): row for row in desired_free_days(town)}
    first = min((row.day for row in wanted.values()), default=None)
    before = {(row.day, row.name): row for row in Holiday.objects.filter(day__gte=first)} if first else {}
    added = [key for key in wanted if key not in before]
    changed = [key for key in wanted if key in before and not _is_same_day(before[key], wanted[key])]
    gone = [before[key].pk for key in before if key not in wanted]
    Holiday.objects.filter(pk__in=[*gone, *(before[key].pk for key in changed)]).delete()
    rows = [wanted[key] for key in (*added, *changed)]
    days = [Holiday(**{**row._asdict(), "hours": list(row.hours)}) for row in rows]
    # Two hosts of one town may start together; the second finds the same rows and leaves them.
    Holiday.objects.bulk_create(days, batch_size=BATCH, ignore_conflicts=True)
    return Change("holiday", len(wanted), len(added), len(changed), len(gone))


def _is_same_day(row: Holiday, wanted: Any) -> bool:
    return (row.kind, row.is_estimate, row.basis, tuple(row.hours)) == (
        wanted.kind,
        wanted.is_estimate,
        wanted.basis,
        wanted.hours,
    )


def _load_hours(town: Government) -> Change:
    """Few rows whose order matters: written anew as a whole when anything differs."""
    wanted = desired_hours(town)
    fields = wanted[0]._fields if wanted else ()
    before = list(OfficeHours.objects.values_list(*fields))
    if before == [tuple(row) for row in wanted]:
        return Change("officehours", len(wanted), 0, 0, 0)
    OfficeHours.objects.all().delete()
    hours = [OfficeHours(**row._asdict()) for row in wanted]
    OfficeHours.objects.bulk_create(hours, ignore_conflicts=True)
    same = min(len(before), len(wanted))
    return Change("officehours", len(wanted), len(wanted) - same, same, len(before) - same)
