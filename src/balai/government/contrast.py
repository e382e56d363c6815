"""Contrast of two colours by WCAG 2.2 (relative luminance, contrast ratio)."""

from __future__ import annotations

PAPER = "#ffffff"
PAPER_DARK = "#171412"  # ground of the dark pages, as in ui/
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3, text of normal size


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 (same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
