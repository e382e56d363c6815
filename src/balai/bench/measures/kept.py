"""What a town was told and what it keeps: every way in which the two can differ, as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from balai.bench.crowd import Promises

# Once in the life of a case that nobody returns.
ONCE = ("submitted", "checked", "approved", "issued", "ready")
AFTER = {"forward": "checked", "approve": "approved", "shelve": "ready"}
Kept = dict[str, Any]


def broken(told: Promises, kept: Kept, *, at_rest: bool) -> list[str]:
    """Every promise that is not kept. `at_rest`: nobody works and no job is owed, so nothing is half done."""
    return [
        *told.wrong,
        *_applications(told, kept, at_rest=at_rest),
        *_acts(told, kept, at_rest=at_rest),
        *_steps(kept, at_rest=at_rest),
        *_letters(told, kept, at_rest=at_rest),
        *_numbers(kept, at_rest=at_rest),
        *_messages(told, kept, at_rest=at_rest),
        *(f"a dead job: {name} {fault}" for name, state, _attempts, fault in kept["jobs"] if state == "dead"),
        *(f"the stored letter {upload} is not what was stored" for upload in kept["bad_files"]),
        *([f"journal: {kept['journal_fault']}"] if kept["journal_fault"] else []),
    ]


def still_owed(kept: Kept) -> list[str]:
    """Jobs that wait or run, but for the periodic."""
    return [
        f"{name} after {attempts}: {fault}"
        for name, state, attempts, fault in kept["jobs"]
        if state == "waiting"
    ]


def since(before: list[str], kept: Kept) -> Kept:
    """Without the cases that were there before anybody was killed."""
    by_case = ("events", "journal", "open_steps", "open_items", "letters")
    return {
        **kept,
        "cases": {case_id: row for case_id, row in kept["cases"].items() if case_id not in before},
        **{name: [row for row in kept[name] if row[0] not in before] for name in by_case},
    }


def _applications(told: Promises, kept: Kept, *, at_rest: bool) -> Iterator[str]:
    for case_id, number in list(told.numbers.items()):
        row = kept["cases"].get(case_id)
        if row is None:
            yield f"{number} was acknowledged and is not there"
        elif row[0] != number:
            yield f"{case_id} was told {number} and is {row[0]}"
    if at_rest:
        extra = set(kept["cases"]) - set(told.numbers)
        if extra:
            yield f"cases that nobody was told of: {sorted(extra)}"


def _acts(told: Promises, kept: Kept, *, at_rest: bool) -> Iterator[str]:
    events = {(case_id, kind): count for case_id, kind, count in kept["events"]}
    journal = {(case_id, event): count for case_id, event, count in kept["journal"]}
    for (case_id, kind), count in events.items():
        if kind in ONCE and count != 1:
            yield f"{case_id} was {kind} {count} times"
        if kind in ONCE and journal.get((case_id, f"cases.{kind}"), 0) != count:
            yield f"{case_id}: {kind} is in the journal {journal.get((case_id, f'cases.{kind}'), 0)} times"
    for act, case_id in list(told.acts):
        if act in AFTER and (case_id, AFTER[act]) not in events:
            yield f"{case_id}: {act} was acknowledged and did not happen"
    for case_id in kept["cases"]:
        if (case_id, "submitted") not in events:
            yield f"{case_id} has no beginning"


def _steps(kept: Kept, *, at_rest: bool) -> Iterator[str]:
    """Every open step has its one work item, and no item is left without a step."""
    steps = Counter({(case_id, step): count for case_id, step, count in kept["open_steps"]})
    items = Counter({(case_id, step): count for case_id, step, count in kept["open_items"]})
    if at_rest and steps != items:
        yield f"steps without item: {list(steps - items)}, items without step: {list(items - steps)}"
    for key, count in {**steps, **items}.items():
        if count != 1:
            yield f"{key} is open {count} times"


def _letters(told: Promises, kept: Kept, *, at_rest: bool) -> Iterator[str]:
    owners = Counter(owner for owner, *_rest in kept["letters"])
    for owner, count in owners.items():
        if count != 1:
            yield f"{owner} has {count} letters"
    numbers = Counter(number for _owner, _state, number, _told in kept["letters"] if number is not None)
    for number, count in numbers.items():
        if count != 1:
            yield f"number {number} stands on {count} letters"
    for case_id in told.done("approve"):
        if case_id not in owners:
            yield f"{case_id} was approved and has no letter"
    if at_rest:
        for owner, state, _number, is_told in kept["letters"]:
            if state != "published" or not is_told:
                yield f"the letter of {owner} is {state}, told: {is_told}"
        for case_id, (_number, state) in kept["cases"].items():
            if state == "approved":
                yield f"{case_id} still waits for its letter"


def _numbers(kept: Kept, *, at_rest: bool) -> Iterator[str]:
    for series in kept["numbers"]:
        states = Counter(series["states"])
        if states["missing"] or series["rows"] != series["last"]:
            yield f"a series counts {series['last']} and holds {series['rows']}, {states['missing']} missing"
        if at_rest and set(states) - {"issued", "void"}:
            yield f"numbers are neither issued nor void: {dict(states)}"


def _messages(told: Promises, kept: Kept, *, at_rest: bool) -> Iterator[str]:
    keys = Counter(key for key, _state, _about in kept["messages"])
    for key, count in keys.items():
        if count != 1:
            yield f"the message {key} exists {count} times"
    about = Counter(about for _key, _state, about in kept["messages"])
    if at_rest:
        for case_id in told.done("shelve"):
            if about[case_id] != 1:
                yield f"{case_id} is ready and its applicant got {about[case_id]} messages"
        for key, state, _about in kept["messages"]:
            if state == "queued":
                yield f"the message {key} was never sent"
