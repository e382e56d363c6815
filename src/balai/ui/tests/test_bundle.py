"""The bundles: what goes into which, how heavy they are, and the colours derived from a government's."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from balai.government import current
from balai.government.contrast import contrast
from balai.ui import bundle, palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS, COLOURS, COLOURS, COLOURS)
def test_tokens_of_any_government_are_readable(one: str, two: str, three: str, four: str) -> None:
    tones = palette.tokens(one, two, three, four)
    light, dark = tones["light"], tones["dark"]
    assert contrast(light["primary"], palette.PAPER) >= 4.5
    assert contrast(light["primary"], light["primary-soft"]) >= 4.5
    assert contrast(light["on-primary"], light["primary"]) >= 4.5
    assert contrast(light["accent"], palette.PAPER) >= 4.5
    assert contrast("#ffffff", light["mast"]) >= 4.5
    assert contrast(dark["primary"], palette.PAPER_DARK) >= 4.5
    assert contrast(dark["primary"], dark["primary-soft"]) >= 4.5
    assert contrast(dark["on-primary"], dark["primary"]) >= 4.5
    assert contrast(dark["accent"], palette.PAPER_DARK) >= 4.5
    assert contrast("#ffffff", dark["mast"]) >= 4.5


@pytest.mark.parametrize("text", ["", "#12", "#12345", "red"])
def test_palette_refuses_what_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match=r"colour|invalid"):
        palette.parse(text)


def test_stylesheet_begins_with_the_governments_colours() -> None:
    css = bundle.stylesheet("citizen", current().colours)
    assert css.startswith(":root{--primary:")


@pytest.mark.parametrize("shell", bundle.SHELLS)
def test_stylesheet_uses_only_tokens_that_it_defines(shell: str) -> None:
    css = bundle.stylesheet(shell, current().colours)
    used = set(re.findall(r"var\((--[\w-]+)", css))
    defined = set(re.findall(r"(--[\w-]+):", css))
    assert used - defined == set()


@pytest.mark.parametrize("shell", bundle.SHELLS)
def test_bundle_keeps_its_budget_compressed(shell: str) -> None:
    assert len(gzip.compress(bundle.stylesheet(shell, current().colours).encode(), 9)) <= 8_000
    assert len(gzip.compress(bundle.script(shell).encode(), 9)) <= 4_000


def test_source_marked_for_one_shell_stays_out_of_the_other(tmp_path: Path) -> None:
    style = tmp_path / "x.css"
    style.write_text("/* shells: desk */\n.x { color: red }")
    assert [shell for shell in bundle.SHELLS if bundle.belongs(style, shell)] == ["desk"]
    style.write_text(".x { color: red }")
    assert [shell for shell in bundle.SHELLS if bundle.belongs(style, shell)] == ["citizen", "desk"]


def test_command_says_how_heavy_each_file_is(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bundle")
    named = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert named == ["citizen.css", "citizen.js", "desk.css", "desk.js"]


def test_finder_knows_the_bundles_and_nothing_else() -> None:
    assert str(finders.find("ui/citizen.css")).endswith("bundle/ui/citizen.css")
    assert bundle.BundleFinder().find("ui/other.css") == []
    assert bundle.BundleFinder().find("desk/citizen.css") == []


def test_finder_lists_what_collectstatic_copies() -> None:
    listed = sorted(name for name, _ in bundle.BundleFinder().list(None))
    assert listed == ["ui/citizen.css", "ui/citizen.js", "ui/desk.css", "ui/desk.js"]
