"""Rows of realistic reports, made in the order of their days: what three years of a large town leave behind.

Shares of kinds follow the reports that Kota Pasuruan published, states the 60/30/10 of its own claim (done,
in work, to follow up). Places lie around a middle for each village; words repeat as people's do. Rows are
plain tuples in the order of `COLUMNS`, for whatever writes them fastest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from balai.kernel import geo
from balai.kernel.case_number import make_case_number
from balai.kernel.uuid7 import compose
from balai.runtime import crypto

DAYS = 3 * 365
LATER = 5_000_000
"""Numbers from here on are left for those that the town has given already."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "reports_report": (
        *("id", "number", "category", "kind", "title", "words", "public_text", "visibility", "is_listed"),
        *("channel", "channel_note", "face", "state", "stage", "reception_code", "office_code", "body"),
        *("body_reference", "area_code", "place_note", "lat", "lon", "cell", "road_name", "road_status"),
        *("in_charge_by", "filed_at", "updated_at", "assigned_at", "answered_at", "resolved_at", "closed_at"),
        *("resolved_without_place", "reason", "parent_id", "relation", "voices", "reopened", "version"),
    ),
    "reports_voice": ("id", "report_id", "is_first", "hides_name", "device_hash", "pin_hash", "at"),
    "reports_event": (
        *("id", "report_id", "at", "kind", "office_code", "actor_name", "text", "public", "is_automatic"),
    ),
    "reports_evidence": (
        *("id", "report_id", "upload_id", "role", "round", "stage", "is_picture", "is_public", "at"),
    ),
    "reports_searchtext": ("report_id", "words"),
    "reports_outcome": (
        *("report_id", "office_code", "clock", "round", "month_on", "started_at", "stopped_at", "minutes"),
        *("in_time", "merit", "reopened", "unconfirmed", "counted"),
    ),
    "work_clock": (
        *("id", "subject_label", "subject_id", "name", "round", "office_code", "amount", "unit", "state"),
        *("started_at", "due_at", "stopped_at", "escalation", "levels_told"),
    ),
    "work_workitem": (
        *("id", "subject_label", "subject_id", "reference", "kind", "title", "stage", "note", "office_code"),
        *("permission", "tray", "assignee_name", "priority", "state", "opened_at", "due_at", "closed_at"),
        *("closed_by", "outcome"),
    ),
}
# Of a hundred complaints, by the groups of this catalogue (reference: Kota Pasuruan, to August 2022).
GROUPS = {
    "water": 23,
    "roads": 27,
    "health": 11,
    "social": 14,
    "order": 9,
    "environment": 5,
    "services": 4,
    "school": 3,
    "other": 4,
}
STATES = {
    "closed": 26,
    "unconfirmed": 32,
    "resolved": 2,
    "working": 20,
    "assigned": 5,
    "waiting": 2,
    "forwarded": 3,
    "received": 3,
    "rejected": 3,
    "archived": 2,
    "joined": 2,
}
DONE, OVER = (
    ("closed", "unconfirmed", "resolved"),
    ("closed", "unconfirmed", "rejected", "archived", "joined"),
)
UNLISTED = ("received", "archived", "joined")
WHERE = ("depan masjid", "dekat pasar", "samping sekolah", "pertigaan", "belakang balai desa", "tepi sungai")
WHAT = ("sudah seminggu", "tadi malam", "sangat mengganggu", "berbahaya untuk anak", "mohon segera", "lagi")
LABEL = "reports.report"


class Kind(NamedTuple):
    """One kind of report, and which office gets it."""

    slug: str
    group: str
    kind: str
    title: str
    office_code: str
    is_secret: bool
    has_point: bool


class Village(NamedTuple):
    """A village and the middle around which its reports lie."""

    code: str
    lat: float
    lon: float


@dataclass
class Times:
    """When what happened to one report; None where it has not."""

    filed_at: datetime
    assigned_at: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None


Rows = dict[str, list[tuple[Any, ...]]]


class Maker:
    """Makes reports from the earliest day to the latest, each with all that hangs on it."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        villages: Sequence[Village],
        reception: str,
        until: datetime,
        zone: Any,
        seed: int,
        taken: frozenset[str] = frozenset(),
    ) -> None:
        self.villages, self.reception, self.until, self.zone = villages, reception, until, zone
        self.dice = random.Random(seed)  # noqa: S311 - the same reports at every run
        self.kinds, self.taken = kinds, taken
        counts = {name: sum(kind.group == name for kind in kinds) for name in GROUPS}
        self.weights = [GROUPS.get(kind.group, 1) / max(1, counts.get(kind.group, 1)) for kind in kinds]
        self.sealed = crypto.seal_text("Jalan rusak di depan rumah saya.", context="reports.report.words")
        self.before: UUID | None = None

    def batches(self, count: int, size: int) -> Iterator[tuple[int, Rows]]:
        """The rows of so many reports, `size` at a time; how many of them there are by then."""
        first = self.until - timedelta(days=DAYS)
        step = timedelta(days=DAYS) / max(1, count)
        for start in range(0, count, size):
            rows: Rows = {name: [] for name in COLUMNS}
            until = min(start + size, count)
            for number in range(start, until):
                self._report(rows, number, first + number * step)
            yield until, rows

    def _id(self, at: datetime) -> UUID:
        return compose(int(at.timestamp() * 1000), self.dice.getrandbits(74))

    def _report(self, rows: Rows, number: int, at: datetime) -> None:
        dice = self.dice
        kind = dice.choices(self.kinds, self.weights)[0]
        [state] = dice.choices(list(STATES), list(STATES.values()))
        if kind.kind == "whistle" or (state == "joined" and self.before is None):
            state = "working"
        is_secret = kind.is_secret or dice.random() < 0.04
        times, key = self._times(state, at), self._id(at)
        words = f"{dice.choice(WHERE)} gang {dice.randrange(400)} {dice.choice(WHAT)} {dice.choice(WHAT)}"
        voices = 1 if is_secret or dice.random() < 0.85 else min(40, 1 + int(dice.expovariate(0.3)))
        village = dice.choice(self.villages)
        office = self.reception if state == "received" else kind.office_code
        reopened = int(state in DONE and dice.random() < 0.06)
        lat = lon = cell = None
        if kind.has_point:
            lat, lon = village.lat + dice.gauss(0, 0.006), village.lon + dice.gauss(0, 0.006)
            cell = geo.cell_of(lat, lon)
        text = "" if is_secret else f"{kind.title} {words}"
        joins = state == "joined"
        listed = not is_secret and state not in UNLISTED
        case = self._number(at.year, number)
        rows["reports_report"].append(
            (
                *(key, case, kind.slug, kind.kind, kind.title, self.sealed, text),
                *("secret" if is_secret else "public", listed, dice.choice(("web", "web", "web", "phone"))),
                *("", "", state, "", self.reception, office, "province" if state == "forwarded" else ""),
                *("", village.code, "" if is_secret else words[:60], lat, lon, cell, "", "", ""),
                *(at, times.closed_at or times.resolved_at or times.answered_at or at, times.assigned_at),
                *(times.answered_at, times.resolved_at, times.closed_at, ""),
                *("vague" if state in ("rejected", "archived") else "", self.before if joins else None),
                *("duplicate" if joins else "", voices, reopened, 4),
            )
        )
        if not joins:
            self.before = key
        rows["reports_voice"] += [
            (self._id(at), key, not one, False, "", f"{one:064x}", at + timedelta(hours=one))
            for one in range(voices)
        ]
        if text:
            rows["reports_searchtext"].append((key, text.lower()))
        self._story(rows, key, office, state, times, is_public=listed)
        if kind.kind != "whistle":
            self._promises(rows, key, office, state, times, reopened=bool(reopened))
        self._items(rows, key, case, kind.title, office, state, times)

    def _number(self, year: int, number: int) -> str:
        """In order; another where the town has given this one already."""
        case = make_case_number("LAP", year, f"{number:07d}")
        return self._number(year, number + LATER) if case in self.taken else case

    def _times(self, state: str, at: datetime) -> Times:
        """An hour or a day until it is passed on, hours until it is answered, days until it is done."""
        times, dice = Times(at), self.dice
        if state == "received":
            return times
        times.assigned_at = at + timedelta(minutes=dice.lognormvariate(4.5, 1.2))
        if state in ("working", "waiting", *DONE):
            times.answered_at = times.assigned_at + timedelta(minutes=dice.lognormvariate(5.5, 1.5))
        if state in DONE:
            assert times.answered_at is not None  # noqa: S101 - answered just now
            times.resolved_at = times.answered_at + timedelta(hours=dice.lognormvariate(4.2, 1.0))
        if state in OVER:
            last = times.resolved_at or times.assigned_at
            times.closed_at = last + timedelta(days=dice.uniform(0.1, 10))
        return times

    def _story(
        self, rows: Rows, key: UUID, office: str, state: str, times: Times, *, is_public: bool
    ) -> None:
        lines = [(times.filed_at, "filed", "Laporan diterima.", True)]
        if times.assigned_at:
            lines.append((times.assigned_at, "assigned", "Diteruskan kepada dinas.", False))
        if times.answered_at:
            lines.append((times.answered_at, "answered", "Kami tinjau besok pagi.", False))
        if times.resolved_at:
            lines.append((times.resolved_at, "resolved", "Sudah dikerjakan.", False))
        if times.closed_at:
            kind = {"rejected": "rejected", "archived": "archived", "joined": "merged"}.get(state, "closed")
            lines.append((times.closed_at, kind, "Ditutup.", state == "unconfirmed"))
        rows["reports_event"] += [
            (self._id(at), key, at, kind, office, "" if own else "Sri W.", text, True, own)
            for at, kind, text, own in lines
        ]
        for at, role in ((times.filed_at, "reported"), (times.resolved_at, "proof")):
            if at is not None and (role == "proof" or self.dice.random() < 0.5):
                rows["reports_evidence"].append(
                    (self._id(at), key, self._id(at), role, 0, "", True, is_public, at)
                )

    def _promises(
        self, rows: Rows, key: UUID, office: str, state: str, times: Times, *, reopened: bool
    ) -> None:
        """Three clocks; each that was kept is an outcome too."""
        done = times.resolved_at if state in DONE else None
        started = times.assigned_at
        for name, begins, ends, days, owes in (
            ("acknowledge", times.filed_at, times.assigned_at, 3, self.reception),
            ("first_response", started, times.answered_at, 5, office),
            ("completion", started, done, 14, office),
        ):
            if begins is None:
                continue
            over = ends or times.closed_at
            due = begins + timedelta(days=days * 7 / 5)
            standing = "stopped" if over else "running"
            rows["work_clock"].append(
                (
                    *(self._id(begins), LABEL, str(key), name, 1, owes, days, "working_days", standing),
                    *(begins, due, over, "", 0),
                )
            )
            if ends is not None:
                month_on = ends.astimezone(self.zone).date().replace(day=1)
                minutes = int((ends - begins).total_seconds() / 60 / 4.2)
                is_silent = name == "completion" and state == "unconfirmed" and not reopened
                fate = (name == "completion" and reopened, is_silent, False)
                rows["reports_outcome"].append(
                    (key, owes, name, 1, month_on, begins, ends, minutes, ends <= due, "", *fate)
                )

    def _items(
        self, rows: Rows, key: UUID, case: str, title: str, office: str, state: str, times: Times
    ) -> None:
        """What is owed lies in a tray; what was done stays as done."""
        open_kinds = {
            "received": "triage",
            "assigned": "respond",
            "working": "complete",
            "waiting": "complete",
        }
        owed = open_kinds.get(state)
        ended = times.resolved_at or times.closed_at
        if owed is None and ended is None:
            return
        permission = "reports.triage" if owed == "triage" else "reports.handle"
        begins = times.answered_at or times.assigned_at or times.filed_at
        rows["work_workitem"].append(
            (
                *(self._id(begins), LABEL, str(key), case, owed or "complete", title, "", "", office),
                *(permission, f"{office}/{permission}", "", 0, "open" if owed else "done", begins),
                *(begins + timedelta(days=14), None if owed else ended, "", "" if owed else "resolved"),
            )
        )
