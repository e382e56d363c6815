"""Each way of losing something, shown to the check that must find it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from balai.bench.crowd import Promises
from balai.bench.measures.kept import ONCE, Kept, broken, since, still_owed

CASE, OTHER = "c-1", "c-0"
WHOLE: Kept = {
    "cases": {CASE: ["DOM-1", "ready"]},
    "events": [[CASE, kind, 1] for kind in ONCE],
    "journal": [[CASE, f"cases.{kind}", 1] for kind in ONCE],
    "open_steps": [[CASE, "hand_over", 1]],
    "open_items": [[CASE, "hand_over", 1]],
    "letters": [[CASE, "published", 7, True]],
    "numbers": [{"last": 2, "states": ["issued", "void"], "rows": 2}],
    "messages": [["cases:c-1:ready:1", "sent", CASE]],
    "jobs": [],
    "bad_files": [],
    "journal_fault": "",
}


def promises() -> Promises:
    acts = [("judge", CASE), ("forward", CASE), ("approve", CASE), ("shelve", CASE)]
    return Promises(numbers={CASE: "DOM-1"}, acts=acts)


def test_town_that_kept_everything_has_no_fault() -> None:
    assert broken(promises(), WHOLE, at_rest=True) == []


LOSSES: dict[str, Callable[[Any], Any]] = {
    "was acknowledged and is not there": lambda kept: kept["cases"].clear(),
    "was told DOM-1 and is DOM-2": lambda kept: kept["cases"].update({CASE: ["DOM-2", "ready"]}),
    "cases that nobody was told of": lambda kept: kept["cases"].update({"c-9": ["DOM-9", "submitted"]}),
    "was approved 2 times": lambda kept: kept["events"].append([CASE, "approved", 2]),
    "approved is in the journal 0 times": lambda kept: kept["journal"].remove([CASE, "cases.approved", 1]),
    "approve was acknowledged and did not happen": lambda kept: kept["events"].remove([CASE, "approved", 1]),
    "steps without item": lambda kept: kept["open_items"].clear(),
    "is open 2 times": lambda kept: kept["open_items"][0].__setitem__(2, 2),
    "has 2 letters": lambda kept: kept["letters"].append([CASE, "published", 8, True]),
    "number 7 stands on 2 letters": lambda kept: kept["letters"].append([OTHER, "published", 7, True]),
    "was approved and has no letter": lambda kept: kept["letters"].clear(),
    "the letter of c-1 is rendered": lambda kept: kept["letters"][0].__setitem__(1, "rendered"),
    "told: False": lambda kept: kept["letters"][0].__setitem__(3, False),
    "still waits for its letter": lambda kept: kept["cases"].update({CASE: ["DOM-1", "approved"]}),
    "1 missing": lambda kept: kept["numbers"][0].update(states=["issued", "missing"], rows=1),
    "neither issued nor void": lambda kept: kept["numbers"][0].update(states=["issued", "reserved"]),
    "got 0 messages": lambda kept: kept["messages"].clear(),
    "got 2 messages": lambda kept: kept["messages"].append(["cases:c-1:ready:2", "sent", CASE]),
    "exists 2 times": lambda kept: kept["messages"].append(["cases:c-1:ready:1", "sent", CASE]),
    "was never sent": lambda kept: kept["messages"][0].__setitem__(1, "queued"),
    "a dead job: documents.produce": lambda kept: kept["jobs"].append(["documents.produce", "dead", 20, "x"]),
    "is not what was stored": lambda kept: kept["bad_files"].append("u-1"),
    "journal: row 4 was altered": lambda kept: kept.update(journal_fault="row 4 was altered"),
}


@pytest.mark.parametrize("sentence", LOSSES)
def test_loss_is_found(sentence: str) -> None:
    kept = copy.deepcopy(WHOLE)
    LOSSES[sentence](kept)
    assert sentence in " | ".join(broken(promises(), kept, at_rest=True))


def test_what_people_were_wrongly_told_is_a_fault() -> None:
    told = promises()
    told.wrong.append("approve was answered 500")
    assert broken(told, WHOLE, at_rest=False) == ["approve was answered 500"]


def test_what_is_half_done_is_no_fault_while_people_work() -> None:
    kept = copy.deepcopy(WHOLE)
    kept["letters"][0][1:] = ["requested", None, False]
    kept["messages"].clear()
    kept["jobs"].append(["documents.produce", "waiting", 1, ""])
    assert broken(promises(), kept, at_rest=False) == []
    assert still_owed(kept) == ["documents.produce after 1: "]


def test_what_was_there_before_is_left_out() -> None:
    kept = copy.deepcopy(WHOLE)
    kept["cases"][OTHER] = ["DOM-0", "approved"]
    kept["letters"].append([OTHER, "requested", None, False])
    assert broken(promises(), since([OTHER], kept), at_rest=True) == []
