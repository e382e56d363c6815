"""The shape of a government's file, and of what is made of it.

Every rule of one value lives here; rules between values and files are in checks.py. Keys of the file are
the singular aliases ("role", "agency"), because TOML writes one table for each.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from balai.government.contrast import PAPER, PAPER_DARK, READABLE, contrast
from balai.government.words import TownWords, words_of_town
from balai.kernel.calendars import WEEKDAYS_ENGLISH, Interval, Intervals, Week, check_intervals
from balai.kernel.email import parse_email
from balai.kernel.errors import ValueRefused
from balai.kernel.letter_number import DEFAULT_PATTERN, check_pattern
from balai.kernel.phone import parse_phone

AreaKind = Literal["district", "village", "kelurahan"]
OfficeKind = Literal["village", "kelurahan", "district", "agency"]
DEFAULT_KEY = "default"


def _matching(pattern: str, sentence: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(sentence)
        return value

    return AfterValidator(check)


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError('no such time zone; Indonesia has "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"')
    return value


def _readable_on(ground: str, name: str) -> AfterValidator:
    def check(value: str) -> str:
        ratio = contrast(value, ground)
        if ratio < READABLE:
            raise ValueError(f"contrast with the {name} ground is {ratio:.1f}:1; text needs {READABLE}:1")
        return value

    return AfterValidator(check)


def _intervals(values: object) -> Intervals:
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise ValueError('openings are a list such as ["07.30-15.30"]; [] is closed')
    intervals = tuple(Interval.parse(value) for value in values)
    check_intervals(intervals)
    return intervals


def _pattern(value: str) -> str:
    try:
        check_pattern(value)
    except ValueRefused as refused:
        raise ValueError(_PATTERN_FAULTS[refused.code]) from None
    return value


def _email(value: str) -> str:
    try:
        return parse_email(value) if value else ""
    except ValueRefused:
        raise ValueError("this is not an e-mail address") from None


def _phone(value: str) -> str:
    try:
        return parse_phone(value, landline_too=True)
    except ValueRefused:
        raise ValueError('a telephone number reads "0342801234" or "0812-3456-7801"') from None


_PATTERN_FAULTS = {
    "letter_number.token": "the pattern has an unknown {token}; known are classification, sequence, "
    "sequence:03, office, month, month_roman, year",
    "letter_number.characters": "between its tokens a pattern has only letters, digits, blanks, . / and -",
    "letter_number.sequence": "the pattern needs {sequence}, or all letters of a year get one number",
    "letter_number.year": "the pattern needs {year}, because the sequence starts again each year",
    "letter_number.long": "the pattern is too long",
}

Name = Annotated[str, Field(min_length=1, max_length=120)]
Code = Annotated[str, _matching(r"[a-z][a-z0-9-]{1,39}", "a code is small letters, digits and hyphens")]
Permission = Annotated[str, _matching(r"[a-z]+\.[a-z_]+", 'a permission reads "cases.check"')]
ServiceId = Annotated[
    str,
    _matching(
        r"[a-z0-9-]+/([a-z0-9-]+|\*)",
        'a service is named by its folder, "village/business-statement", or all of a kind by "village/*"',
    ),
]
Engine = Literal[
    "cases",
    "reports",
    "incidents",
    "queues",
    "assets",
    "admissions",
    "programmes",
    "catalogue",
    "documents",
    "insights",
    "helpers",
    "app",
]
SOCIAL_NETWORKS = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "x": "X",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
}
Network = Literal["instagram", "facebook", "youtube", "x", "tiktok", "whatsapp"]
Address = Annotated[str, _matching(r"https://[^\s\"'<>]+", 'an address begins with "https://"')]
NumberCode = Annotated[
    str, _matching(r"[A-Za-z0-9.\-]{1,20}", "a code on letters has letters, digits, dots and hyphens")
]
Colour = Annotated[str, _matching(r"#[0-9a-f]{6}", 'a colour reads "#1b3a5c", in small letters')]
OnPaper = Annotated[Colour, _readable_on(PAPER, "white")]
OnDark = Annotated[Colour, _readable_on(PAPER_DARK, "dark")]
Openings = Annotated[Intervals, BeforeValidator(_intervals)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Colours(_Part):
    """Two colours for light pages (readable as text on white and under white text), two for dark ones."""

    primary: OnPaper
    accent: OnPaper
    primary_on_dark: OnDark
    accent_on_dark: OnDark


class Contacts(_Part):
    """How a citizen reaches the government itself; `phone` is +62…, `social` maps a network to an address."""

    phone: Annotated[str, AfterValidator(_phone)]
    address: Name
    email: Annotated[str, AfterValidator(_email)] = ""
    website: Address | Literal[""] = ""
    social: dict[Network, Address] = {}

    @property
    def social_links(self) -> list[tuple[str, str]]:
        """(name of the network, address), in the order of the file."""
        return [(SOCIAL_NETWORKS[network], address) for network, address in self.social.items()]


class AreaWords(_Part):
    """What an area of each kind is called here: nagari, gampong, distrik where custom says so."""

    district: Name = "Kecamatan"
    village: Name = "Desa"
    kelurahan: Name = "Kelurahan"


class HeadTitles(_Part):
    """Title of the head of an office of each kind, as it stands under a letter."""

    district: Name = "Camat"
    village: Name = "Kepala Desa"
    kelurahan: Name = "Lurah"


class RoleSpec(_Part):
    """A named bundle of permissions that an officer holds at an office.

    With scope "below" it also counts at every office under that one.
    """

    code: Code
    name: Name
    permissions: tuple[Permission, ...]
    scope: Literal["own", "below"] = "own"


class AgencySpec(_Part):
    """An office that is no area: a dinas, a badan, the secretariat."""

    code: Code
    name: Name
    number_code: NumberCode
    head_title: Name
    address: str = ""


class ServiceSwitch(_Part):
    """A service of the catalogue that this government offers; `local_name` replaces its title here.

    "village/*" is every service of that folder but those of `exceptions`. In a Government that was loaded
    there are no patterns any more (see switches.py).
    """

    id: ServiceId
    local_name: str = ""
    exceptions: tuple[ServiceId, ...] = ()

    @property
    def is_pattern(self) -> bool:
        """Whether it names a folder of services rather than one."""
        return self.id.endswith("/*")


class SystemSpec(_Part):
    """What people here call a part of the town hall: a name of this place over engines that every town has.

    It opens services ("village/*") or one page. Which of them run is not said here but found out
    (catalogue/systems.py): citizens are shown only what works.
    """

    name: Annotated[str, Field(min_length=1, max_length=60)]
    engines: tuple[Engine, ...]
    about: Name
    services: tuple[ServiceId, ...] = ()
    path: Annotated[
        str,
        _matching(r"(/[a-z0-9/-]*(\?[a-z]+=[a-z0-9-]+)?)?", 'a page reads "/lapor/"'),
    ] = ""

    @model_validator(mode="after")
    def _opens_something(self) -> Self:
        if bool(self.services) == bool(self.path):
            raise ValueError("a system opens either services or a path")
        if not self.engines:
            raise ValueError("a system is a name over at least one engine")
        return self


class HoursSpec(_Part):
    """Opening hours for a time, of one office or (office "") of all; later entries win where two overlap."""

    basis: Name
    valid_from: date
    valid_to: date | None = None
    office: str = ""
    monday: Openings = ()
    tuesday: Openings = ()
    wednesday: Openings = ()
    thursday: Openings = ()
    friday: Openings = ()
    saturday: Openings = ()
    sunday: Openings = ()

    @property
    def week(self) -> Week:
        """Openings by weekday, 0 = Monday."""
        return {number: getattr(self, day) for number, day in enumerate(WEEKDAYS_ENGLISH)}

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


class LocalDay(_Part):
    """A day on which offices here are closed, or (with `hours`) open at other times."""

    day: date
    name: Name
    basis: Name
    hours: Openings = ()


class AnswerTime(_Part):
    """How long a question of a citizen may wait; 10 working days is what UU 14/2008 ps 22 allows at most."""

    answer_days: Annotated[int, Field(ge=1, le=10)] = 3
    basis: Name = "Standar pelayanan contoh (demo)"


class MapSpec(_Part):
    """An outside server of map tiles; without one, maps show the folder's own geometry and ask nobody."""

    tiles: Annotated[
        str,
        _matching(
            r"(https://[a-z0-9.-]+(:\d+)?/[^\s\"'<>]*\{z\}[^\s\"'<>]*)?",
            'an address of tiles reads "https://tiles.example/{z}/{x}/{y}.png", with one host',
        ),
    ] = ""
    attribution: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _names_who_drew_it(self) -> Self:
        if self.tiles and not self.attribution:
            raise ValueError("tiles need an attribution: who drew the map, under which licence")
        return self


class AreaSpec(_Part):
    """One row of areas.csv; `code` is dotted, such as "35.05.10.2011"."""

    code: str
    name: str
    kind: AreaKind

    @property
    def parent_code(self) -> str:
        """Code of the area around it."""
        return self.code.rpartition(".")[0]


class OfficeSpec(_Part):
    """One office: of a village, kelurahan or kecamatan (its code is the area's), or an agency."""

    code: str
    kind: OfficeKind
    name: str
    area_code: str = ""
    parent_code: str = ""
    is_open: bool = False
    number_code: str
    head_title: str
    address: str = ""


class GovernmentFile(_Part):
    """government.toml as it is written."""

    code: Annotated[str, _matching(r"\d{4}", "the code is four digits, such as 3505")]
    name: Name
    short_name: Name
    product_name: Name
    kind: Literal["kabupaten", "kota"]
    zone: Annotated[str, AfterValidator(_known_zone)]
    head_title: Name
    colours: Colours
    contacts: Contacts
    area_words: AreaWords = AreaWords()
    head_titles: HeadTitles = HeadTitles()
    roles: Annotated[tuple[RoleSpec, ...], Field(alias="role")] = ()
    agencies: Annotated[tuple[AgencySpec, ...], Field(alias="agency")] = ()
    top_office: str = ""
    services: Annotated[tuple[ServiceSwitch, ...], Field(alias="service")] = ()
    systems: Annotated[tuple[SystemSpec, ...], Field(alias="system")] = ()
    questions: AnswerTime = AnswerTime()
    office_hours: tuple[HoursSpec, ...]
    map: MapSpec = MapSpec()
    local_days: Annotated[tuple[LocalDay, ...], Field(alias="local_day")] = ()
    open_offices: tuple[str, ...] = ()
    number_codes: dict[str, NumberCode] = {}
    letter_number_patterns: dict[str, Annotated[str, AfterValidator(_pattern)]] = {
        DEFAULT_KEY: DEFAULT_PATTERN
    }

    @property
    def area_code(self) -> str:
        """The code with its dot: "35.05"."""
        return f"{self.code[:2]}.{self.code[2:]}"


class Government(GovernmentFile):
    """A government, read and checked. Immutable; one process serves one."""

    model_config = ConfigDict(populate_by_name=True)

    folder: str
    seal_svg: str
    areas: tuple[AreaSpec, ...]
    offices: tuple[OfficeSpec, ...]

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone of its wall clocks."""
        return ZoneInfo(self.zone)

    @cached_property
    def area_titles(self) -> dict[str, str]:
        """ "Desa Sawentar" by area code."""
        return {area.code: f"{getattr(self.area_words, area.kind)} {area.name}" for area in self.areas}

    @cached_property
    def words(self) -> TownWords:
        """How texts written for all towns call its places and their heads."""
        return words_of_town(self.areas, self.area_words, self.head_titles)

    def letter_number_pattern(self, office_code: str) -> str:
        """The pattern for letters of an office: its own, else the government's default."""
        patterns = self.letter_number_patterns
        return patterns.get(office_code, patterns.get(DEFAULT_KEY, DEFAULT_PATTERN))
