"""The officer's verdicts, the one-round rule, and what a repair may touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from balai.catalogue.schema import Requirement, ServiceDefinition
from balai.catalogue.schema.form import When
from balai.engines.cases.enums import Outcome, TargetKind


@dataclass(frozen=True, order=True)
class Target:
    """What a verdict or a repair is about; its text "requirement:ktp" is stored in lists."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read the stored text; raises ValueError for an unknown kind."""
        kind, _, target_id = text.partition(":")
        return cls(TargetKind(kind).value, target_id)


class Found(Protocol):
    """A stored verdict, as far as the rules look at it."""

    kind: str
    target_id: str
    round: int
    outcome: str


def requirement(target_id: str) -> Target:
    """The target of a requirement."""
    return Target(TargetKind.REQUIREMENT.value, target_id)


def field(target_id: str) -> Target:
    """The target of an answer."""
    return Target(TargetKind.FIELD.value, target_id)


def to_judge(asked: Iterable[Requirement], provided: Collection[str]) -> list[Target]:
    """Requirements that need a verdict: files that must be there, and whatever else was handed in.

    What is known or shown at the counter ("KTP asli") is looked at when the citizen comes, not before.
    """
    return [
        requirement(each.id) for each in asked if each.is_upload and (each.required or each.id in provided)
    ]


def latest(verdicts: Iterable[Found]) -> dict[Target, Found]:
    """The verdict that counts for each target: the one of the last round that looked at it."""
    found: dict[Target, Found] = {}
    for verdict in sorted(verdicts, key=lambda each: each.round):
        found[Target(verdict.kind, verdict.target_id)] = verdict
    return found


def is_outdated(verdict: Found, provided: Mapping[Target, int]) -> bool:
    """Whether the citizen has provided the target anew since; `provided` says in which round she last did."""
    return provided.get(Target(verdict.kind, verdict.target_id), 0) > verdict.round


def unjudged(
    needed: Iterable[Target], verdicts: Iterable[Found], *, provided: Mapping[Target, int]
) -> list[Target]:
    """Targets without a verdict on what is there now; one of an earlier round counts until outdated."""
    counting = latest(verdicts)
    return [target for target in needed if target not in counting or is_outdated(counting[target], provided)]


def faults(verdicts: Iterable[Found], round: int) -> list[Target]:
    """Targets found faulty in this round, in the order found."""
    return [
        Target(each.kind, each.target_id)
        for each in verdicts
        if each.round == round and each.outcome == Outcome.FAULT
    ]


def standing_faults(verdicts: Iterable[Found], *, provided: Mapping[Target, int]) -> list[Target]:
    """Faults nothing was done about: what was provided anew is no fault until it is found to be one."""
    return [
        target
        for target, verdict in latest(verdicts).items()
        if verdict.outcome == Outcome.FAULT and not is_outdated(verdict, provided)
    ]


def overlooked(found: Iterable[Target], *, round: int, provided: Mapping[Target, int]) -> list[Target]:
    """Faults of a later round that were there before: the one-round rule refuses to return for them.

    Only what came with the last repair may be faulty anew (product.md, "One-round rule").
    """
    return [] if round == 1 else [target for target in found if provided.get(target) != round]


def repairable_fields(service: ServiceDefinition, faulty: Collection[str]) -> set[str]:
    """Answers that a repair may change: the faulty ones, and whatever is asked only because of them."""
    allowed = set(faulty)
    while True:
        more = {
            spec.id
            for page in service.page
            for spec in page.field
            if _depends((*page.when, *spec.conditions), allowed)
        } - allowed
        if not more:
            return allowed
        allowed |= more


def files_that_may_appear(service: ServiceDefinition, fields: Collection[str]) -> set[str]:
    """Requirements that other answers to these questions may make necessary."""
    return {each.id for each in service.uploads if _depends(each.when, fields)}


def _depends(when: When, fields: Collection[str]) -> bool:
    return any(condition.field in fields for condition in when)


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Answers that differ, were added or went away."""
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def title_of(service: ServiceDefinition, target: Target) -> str:
    """A target in the words of the form."""
    if target.kind == TargetKind.FIELD:
        spec = service.field_by_id.get(target.id)
        return spec.label if spec else target.id
    titles = {each.id: each.title for each in service.requirement}
    return titles.get(target.id, target.id)


def titles_of(service: ServiceDefinition, targets: Iterable[Target]) -> str:
    """Several targets, for a sentence."""
    return ", ".join(title_of(service, target) for target in targets)
