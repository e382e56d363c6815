"""Drafts under docs/drafts/ ask for what is not built; decision 0005 lists it, and this keeps it true."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from balai.catalogue import loader
from balai.catalogue.running import SERVICES
from balai.catalogue.tests.conftest import TestingEngine
from balai.runtime.settings import PROJECT

DRAFTS = PROJECT / "docs" / "drafts"
ACTS = frozenset(
    {"attest", "check", "recommend", "visit", "approve", "initial", "sign", "print", "make", "hand_over"}
)
ASKED = {
    "population/birth-bundle": {
        'no act "record_decision"',
        'no act "register_in_siak"',
        'no act "print_card"',
        "makes 1 product",
    },
    "permits/advertising-permit": {
        'no field kind "nib"',
        'no field kind "location"',
        '"on_expiry" is not known',
        'no act "draft"',
    },
}
# Keys that the schema lacks hide what the checks would say; they are taken out for a second look.
UNKNOWN_KEYS = ("on_expiry",)


def sentences(draft: str, root: Path, without: tuple[str, ...] = ()) -> set[str]:
    """What the catalogue says about a draft, as if it stood under services/."""
    services = root / "services"
    shutil.copytree(SERVICES / "_shared", services / "_shared")
    text = (DRAFTS / draft / "service.toml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(without or ("\0",))]
    folder = services / draft
    folder.mkdir(parents=True)
    (folder / "service.toml").write_text("\n".join(kept).replace('"cases"', '"testing"', 1), encoding="utf-8")
    (folder / "help.md").write_text("x", encoding="utf-8")
    (folder / "letter.typ").write_text("x", encoding="utf-8")
    return {fault.sentence for fault in loader.read(services).faults}


@pytest.mark.parametrize("draft", sorted(ASKED))
def test_draft_asks_for_exactly_what_the_decision_lists(
    draft: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TestingEngine, "acts", ACTS)
    said = sentences(draft, tmp_path / "as-written") | sentences(draft, tmp_path / "known-keys", UNKNOWN_KEYS)
    said = {sentence for sentence in said if not sentence.startswith("no permission")}
    unexpected = {sentence for sentence in said if not any(asked in sentence for asked in ASKED[draft])}
    missing = {asked for asked in ASKED[draft] if not any(asked in sentence for sentence in said)}
    assert (unexpected, missing) == (set(), set())


def test_drafts_are_not_services() -> None:
    assert not [each for each in loader.service_folders(SERVICES) if each.is_relative_to(DRAFTS)]
    assert sorted(
        file.parent.relative_to(DRAFTS).as_posix() for file in DRAFTS.rglob("service.toml")
    ) == sorted(ASKED)
