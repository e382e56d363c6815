"""Which errors of this engine name the fields or files that are at fault."""

from __future__ import annotations

from balai.engines.cases.errors import OneRound, RepairIncomplete, RequirementMissing, VerdictMissing
from balai.people.errors import FactsDiffer
from balai.runtime.errors import CitizenError, Fault, faults_of


def _each(error: CitizenError, names: tuple[str, ...]) -> tuple[Fault, ...]:
    return tuple(Fault(name, error.code, error.sentence) for name in names)


@faults_of.register
def _missing_files(error: RequirementMissing) -> tuple[Fault, ...]:
    return _each(error, tuple(f"uploads.{name}" for name in error.requirements))


@faults_of.register
def _missing_verdicts(error: VerdictMissing) -> tuple[Fault, ...]:
    return _each(error, error.targets)


@faults_of.register
def _one_round(error: OneRound) -> tuple[Fault, ...]:
    return _each(error, error.targets)


@faults_of.register
def _missing_repairs(error: RepairIncomplete) -> tuple[Fault, ...]:
    return _each(error, error.targets)


@faults_of.register
def _differing_facts(error: FactsDiffer) -> tuple[Fault, ...]:
    return _each(error, tuple(f"facts.{name}" for name in error.facts))
