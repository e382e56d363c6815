"""Derive every tone of the two colours that a government chooses, each readable on its ground.

Contrast follows WCAG 2.2 (relative luminance). Derived when the bundle is built, not with `color-mix()`
in the browser: phones in use are older than that function.
"""

from __future__ import annotations

from balai.government.contrast import contrast, luminance

Rgb = tuple[int, int, int]

PAPER = "#fbf7ef"
PAPER_DARK = "#171412"
WHITE = "#ffffff"
BLACK = "#000000"


def parse(colour: str) -> Rgb:
    """`#1b3a5c` or `#abc` as three bytes; ValueError otherwise."""
    text = colour.lstrip("#")
    if len(text) == 3:
        text = "".join(letter * 2 for letter in text)
    if len(text) != 6:
        raise ValueError(f"not a colour: {colour!r}")
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(colour: str, other: str, share: float) -> str:
    """`share` of `other` in `colour`, channel by channel; 0 keeps the colour, 1 gives the other."""
    pairs = zip(parse(colour), parse(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, ground: str, *, minimum: float) -> str:
    """The colour, moved towards white or black just far enough to reach `minimum` on `ground`."""
    towards = WHITE if luminance(ground) < 0.18 else BLACK
    for step in range(51):
        candidate = mix(colour, towards, step / 50)
        if contrast(candidate, ground) >= minimum:
            return candidate
    return towards


def tokens(primary: str, accent: str, primary_on_dark: str, accent_on_dark: str) -> dict[str, dict[str, str]]:
    """Custom properties for the light and the dark page, from a government's colours for each."""
    light = readable(primary, PAPER, minimum=6.5)
    dark = readable(primary_on_dark, PAPER_DARK, minimum=8.0)
    return {
        "light": {
            "primary": light,
            "primary-deep": mix(light, BLACK, 0.28),
            "primary-soft": mix(light, WHITE, 0.9),
            "on-primary": WHITE,
            "mast": light,
            "accent": readable(accent, PAPER, minimum=4.6),
            "strip": accent,
        },
        "dark": {
            "primary": dark,
            "primary-deep": mix(dark, WHITE, 0.35),
            "primary-soft": mix(PAPER_DARK, dark, 0.17),
            "on-primary": readable(mix(primary, BLACK, 0.65), dark, minimum=5.0),
            "mast": readable(mix(mix(primary, BLACK, 0.3), PAPER_DARK, 0.2), WHITE, minimum=6.0),
            "accent": readable(accent_on_dark, PAPER_DARK, minimum=6.5),
            "strip": mix(accent, BLACK, 0.4),
        },
    }
