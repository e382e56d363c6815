"""NIK, the 16-digit number of a person (UU 23/2006; layout in domain.md §2.2).

Two digits each of province, kabupaten/kota and kecamatan *of first registration*, then DDMMYY of birth
(day + 40 for women), then a serial from 0001. There is no check digit: a well-formed NIK proves nothing.
It never changes, neither on moving nor when a birth date is corrected, so disagreement is a warning for
the verifier and never a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from balai.kernel.errors import ValueRefused

Sex = Literal["female", "male"]
OLDEST_AGE = 120
_WOMAN = 40
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")
_SIXTEEN = re.compile(r"[0-9]{16}")
_MASKED = "•"


def sixteen_digits(text: str) -> str | None:
    """The 16 ASCII digits in `text` without the blanks, dots and dashes people put between them."""
    digits = _SEPARATORS.sub("", text)
    return digits if _SIXTEEN.fullmatch(digits) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age_on(birth: date, today: date) -> int:
    """Completed years of life; somebody born on 29 February has a birthday on 1 March in other years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK of possible shape. `text` is 16 digits without separators."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Nik:
        """Read what a person typed; raise ValueRefused nik.digits, nik.date or nik.serial.

        A number that starts with 0 is a placeholder that villages give to a person without NIK; its
        other digits mean nothing and are not checked.
        """
        digits = sixteen_digits(text)
        if digits is None:
            raise ValueRefused("nik.digits")
        nik = cls(digits)
        if nik.is_placeholder:
            return nik
        if not nik._birth_in_some_century():
            raise ValueRefused("nik.date")
        if nik.serial == "0000":
            raise ValueRefused("nik.serial")
        return nik

    @property
    def district_code(self) -> str:
        """Kecamatan of first registration, dotted: "35.05.10"."""
        return f"{self.text[:2]}.{self.text[2:4]}.{self.text[4:6]}"

    @property
    def serial(self) -> str:
        """The last four digits."""
        return self.text[12:]

    @property
    def is_placeholder(self) -> bool:
        """True for the village's stand-in number of a person who has no NIK yet."""
        return self.text.startswith("0")

    @property
    def sex(self) -> Sex | None:
        """ "female" when 40 was added to the day, else "male"; None for a placeholder."""
        if self.is_placeholder:
            return None
        return "female" if int(self.text[6:8]) > _WOMAN else "male"

    def birth_candidates(self, today: date) -> tuple[date, ...]:
        """Birth dates the number can mean on `today`: not in the future, at most 120 years ago."""
        if self.is_placeholder:
            return ()
        return tuple(
            born
            for born in self._birth_in_some_century()
            if born <= today and age_on(born, today) <= OLDEST_AGE
        )

    def _birth_in_some_century(self) -> tuple[date, ...]:
        day, month, year = (int(self.text[at : at + 2]) for at in (6, 8, 10))
        day -= _WOMAN if day > _WOMAN else 0
        days = (_day(century + year, month, day) for century in (1900, 2000))
        return tuple(born for born in days if born is not None)


def warnings(
    nik: Nik,
    *,
    birth_date: date | None = None,
    sex: str | None = None,
    known_districts: Collection[str] | None = None,
    today: date,
) -> tuple[str, ...]:
    """What a verifier should look at; none of it refuses the number (domain.md §2.2).

    `known_districts` are today's kecamatan codes; old codes survive splits and mergers. Returned codes
    are nik.placeholder, nik.region_unknown, nik.birth_differs and nik.sex_differs, in this order.
    """
    if nik.is_placeholder:
        return ("nik.placeholder",)
    doubts = {
        "nik.region_unknown": known_districts is not None and nik.district_code not in known_districts,
        "nik.birth_differs": birth_date is not None and birth_date not in nik.birth_candidates(today),
        "nik.sex_differs": sex is not None and sex != nik.sex,
    }
    return tuple(code for code, doubtful in doubts.items() if doubtful)


def mask(text: str) -> str:
    """First and last four digits of a 16-digit number: "3505••••••••0001"; all hidden when malformed."""
    digits = sixteen_digits(text)
    if digits is None:
        return _MASKED * 16
    return digits[:4] + _MASKED * 8 + digits[12:]
