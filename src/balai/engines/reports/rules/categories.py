"""The shape of what is data: kinds of reports (`services/reports/`), clocks, and a government's own choices.

All of it is read from files by `queries.definitions`. Rules that change by law are dated and carry their
basis (architecture.md, decision 4); a figure that no law gives says that it is a demo default.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from balai.catalogue.schema.base import Key, Line, Part, Prose, Slug
from balai.catalogue.schema.dated import DatedRule
from balai.engines.reports.enums import ClockName, ReportKind
from balai.kernel.calendars import Duration

Office = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{1,39}$")]
RoadStatus = Literal["national", "provincial", "local", "village"]


class Term(Part):
    """A length of time; its unit says on which calendar it runs."""

    amount: int = Field(ge=1, le=100_000)
    unit: Literal["working_days", "working_minutes", "days", "hours", "minutes"]

    @property
    def duration(self) -> Duration:
        """The same, for the calendars."""
        return Duration(self.amount, self.unit)


class ClockRule(DatedRule):
    """One promise: how long from filing, or from when the agency got the report.

    `kinds` and `categories` narrow it; the narrowest rule in force on the day of filing is taken.
    `escalate_after` are minutes beyond the end at which somebody higher is told, at most three.
    """

    clock: ClockName
    term: Term
    starts: Literal["filed", "assigned"] = "filed"
    kinds: tuple[ReportKind, ...] = ()
    categories: tuple[Slug, ...] = ()
    escalate_after: tuple[Annotated[int, Field(ge=1)], ...] = Field(default=(), max_length=3)
    is_demo: bool = False

    @property
    def subject(self) -> str:
        """Rules for the same clock, kinds and categories exclude each other in time."""
        return repr((self.clock, sorted(self.kinds), sorted(self.categories)))


class Patience(DatedRule):
    """How long the town waits for a reporter, and what silence means.

    `reply`: for an answer to a question, the cap of the pause; `verdict`: for her word on a repair.
    """

    reply: Term
    on_no_reply: Literal["resume", "archive"] = "resume"
    verdict: Term
    is_demo: bool = False


class Threshold(DatedRule):
    """When an agency's first response earns a reward, or its lateness a sanction; a draft for a signature.

    What is kept within the term of a reward is worth one, what goes beyond that of a sanction too. An office
    is proposed when at least `percent` of its promises of a month are; with fewer than `least` it is not
    judged.
    """

    what: Literal["reward", "sanction"]
    clock: ClockName
    term: Term
    percent: int = Field(default=50, ge=1, le=100)
    least: int = Field(default=5, ge=1, le=1000)
    is_demo: bool = False

    @property
    def subject(self) -> str:
        """One reward and one sanction for each clock at a time."""
        return repr((self.what, self.clock))


class ClockBook(Part):
    """`services/reports/clocks.toml`, and the same keys in a government's `reports.toml`."""

    clock: tuple[ClockRule, ...] = ()
    patience: tuple[Patience, ...] = ()
    threshold: tuple[Threshold, ...] = ()


class Stage(Part):
    """What an agency may say that it has done on the way, such as a sign before a hole."""

    code: Key
    title: Line
    photo: bool = False


class Category(Part):
    """One kind of trouble that people report, in their words; no agency stands in it.

    `handler` is what an agency does ("roads"); the government says which office that is. `near_m` and
    `near_days` are how close in place and time another report may be the same.
    """

    slug: Slug
    title: Line
    summary: Line
    keywords: tuple[Line, ...] = Field(min_length=1)
    group: Key
    icon: Key = "report"
    kind: ReportKind = ReportKind.COMPLAINT
    handler: Key
    place: Literal["point", "village", "none"] = "point"
    by_road: bool = False
    photos: int = Field(default=0, ge=0, le=5, description="photos that are asked for; 0: welcome, not asked")
    secret: bool = False
    sensitive: bool = Field(default=False, description="shown by village only, never as a point")
    proof: Literal["photo", "document", "any"] = "any"
    near_m: int = Field(default=100, ge=10, le=1000)
    near_days: int = Field(default=90, ge=1, le=730)
    emergency: Line | None = Field(default=None, description="what to do first when there is danger")
    stage: tuple[Stage, ...] = ()


class Group(Part):
    """Kinds that stand together on the page."""

    code: Key
    title: Line
    icon: Key = "report"


class GroupBook(Part):
    """`services/reports/groups.toml`: order and words of the groups, and texts that answers begin with."""

    group: tuple[Group, ...]


class Reason(Part):
    """Why a report is rejected or laid aside, as the reporter reads it."""

    code: Key
    title: Line
    text: Prose


class ReasonBook(Part):
    """`services/reports/reasons.toml`."""

    reject: tuple[Reason, ...]
    archive: tuple[Reason, ...]
    ask: tuple[Reason, ...] = ()


class StandardText(Part):
    """An answer that many reports need, put into the box for the officer to finish."""

    code: Key
    title: Line
    text: Prose
    categories: tuple[Slug, ...] = ()


class TextBook(Part):
    """`services/reports/texts.toml`."""

    text: tuple[StandardText, ...] = ()


class Body(Part):
    """Who is in charge where this government is not: the province, the ministry, the railway."""

    code: Key
    name: Line
    how: Prose = Field(description="where to turn, in plain words")
    link: str = ""
    phone: str = ""
    source: Line = Field(description="by what it is known that this body is in charge")
    road_status: tuple[RoadStatus, ...] = ()
    owners: tuple[Key, ...] = Field(default=(), description="kinds of owners in geometry/owners.geojson")
    handlers: tuple[Key, ...] = Field(default=(), description="what is its work wherever it is: power")
    is_demo: bool = False


class Route(Part):
    """Which office gets a report: the first whose conditions all hold. Without conditions: always.

    `office` is an office code, or "village"/"district": that of the place. `words` are any of these.
    """

    office: Office | Literal["village", "district"]
    handlers: tuple[Key, ...] = ()
    categories: tuple[Slug, ...] = ()
    areas: tuple[str, ...] = ()
    road_status: tuple[RoadStatus, ...] = ()
    words: tuple[Line, ...] = ()
    hours: tuple[int, int] | None = Field(
        default=None, description="local hours from, before; 22, 6 is night"
    )
    why: Line


class Face(Part):
    """What this government calls its reports, or some of them: e-Sambat, e-Lorong."""

    slug: Slug
    name: Line
    about: Line
    groups: tuple[Key, ...] = ()
    categories: tuple[Slug, ...] = ()
    photos: int = Field(default=0, ge=0, le=5, description="photos asked for at this door at least")


class TownReports(ClockBook):
    """`governments/<x>/reports.toml`: everything about reports that differs between towns."""

    reception: Office = Field(description="the office that checks and routes what comes in")
    inspectorate: Office = Field(description="the only one that reads reports about officers")
    identity: Literal["none", "phone", "nik"] = "none"
    residents_only: bool = False
    recheck_percent: int = Field(default=5, ge=0, le=100)
    same_place_m: int = Field(default=100, ge=10, le=2000)
    league_least: int = Field(
        default=20, ge=1, le=10_000, description="fewer promises in a period are not compared with others"
    )
    silence_days: int = Field(default=7, ge=1, le=90, description="days without any report that are alarming")
    every_letter: bool = Field(
        default=False, description="every e-mail to the town that nobody else understands is a report"
    )
    off: tuple[Slug, ...] = ()
    face: tuple[Face, ...] = ()
    route: tuple[Route, ...] = Field(min_length=1)
    body: tuple[Body, ...] = ()
    lapor: bool = False

    @model_validator(mode="after")
    def _last_route_takes_all(self) -> TownReports:
        last = self.route[-1]
        if last.handlers or last.categories or last.areas or last.road_status or last.words or last.hours:
            raise ValueError("the last route takes whatever is left, so it has no conditions")
        return self


def narrowest(
    rules: tuple[ClockRule, ...], clock: ClockName, category: Category, kind: ReportKind, day: date
) -> ClockRule | None:
    """The rule for this clock: by category before by kind before for all; None where nothing is promised."""
    fitting = [
        rule
        for rule in rules
        if rule.clock == clock
        and rule.holds_on(day)
        and (not rule.categories or category.slug in rule.categories)
        and (not rule.kinds or kind in rule.kinds)
    ]
    return max(fitting, key=lambda rule: (bool(rule.categories), bool(rule.kinds)), default=None)
