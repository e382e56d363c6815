"""When the government's offices are open, in one line for people."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from balai import government
from balai.ui.days import WEEKDAYS


def opening_hours(day: date) -> str:
    """ "Senin–Kamis 07.30–15.30, Jumat 07.30–14.30" of an ordinary week; "" when nothing is said."""
    rules = [
        rule
        for rule in government.current().office_hours
        if not rule.office and rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
    ]
    if not rules:
        return ""
    week = {number: _span(openings) for number, openings in sorted(rules[-1].week.items()) if openings}
    spans = [
        (text, [number for number, _ in days]) for text, days in groupby(week.items(), key=lambda d: d[1])
    ]
    return ", ".join(f"{_days(numbers)} {text}" for text, numbers in spans)


def _span(openings: tuple[object, ...]) -> str:
    return ", ".join(str(each).replace("-", "–") for each in openings)


def _days(numbers: list[int]) -> str:
    names = [str(WEEKDAYS[number]) for number in (numbers[0], numbers[-1])]
    return names[0] if len(numbers) == 1 else "–".join(names)
