"""Clocks stop here, and nowhere else: what they come to is written in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet, prefetch_related_objects

from balai.engines.reports.actions import moving
from balai.engines.reports.enums import ClockName, Merit, ReportKind
from balai.engines.reports.models import Outcome, Report
from balai.engines.reports.queries import promises
from balai.engines.reports.rules.endings import Ending, counts
from balai.kernel.references import Actor
from balai.work import actions as work
from balai.work import queries as clocks
from balai.work.models import Clock


def stop(report: Report, *, by: Actor, at: datetime, ending: Ending, names: Sequence[ClockName] = ()) -> None:
    """Stop the report's clocks, those of `names` or all; one outcome for each that counts.

    Reports about officers never count: even their number would tell something.
    """
    stopped = [
        clock
        for name in names or ("",)
        for clock in work.stop_clock(by=by, subject=report.as_subject(), at=at, name=name)
    ]
    kept = [each for each in stopped if counts(ending, each.name, by=by.kind, in_time=bool(each.was_in_time))]
    if kept and report.kind != ReportKind.WHISTLE:
        prefetch_related_objects(kept, "pauses")
        Outcome.objects.bulk_create([_outcome(report, each, at) for each in kept])


def _outcome(report: Report, clock: Clock, at: datetime) -> Outcome:
    stopped_at = clock.stopped_at or at
    return Outcome(
        report=report,
        office_code=clock.office_code,
        clock=clock.name,
        round=clock.round,
        month_on=moving.local(stopped_at).date().replace(day=1),
        started_at=clock.started_at,
        stopped_at=stopped_at,
        minutes=clocks.elapsed_minutes(clock, at),
        in_time=bool(clock.was_in_time),
        merit=_merit(clock, stopped_at),
    )


def _merit(clock: Clock, stopped_at: datetime) -> str:
    """What the thresholds in force on the day of the keeping say of it."""
    for rule in promises.thresholds_on(moving.local(stopped_at).date()):
        if rule.clock == clock.name:
            is_within = clocks.would_have_kept(clock, rule.term.duration)
            if is_within == (rule.what == Merit.REWARD.value):
                return Merit(rule.what).value
    return ""


def mark_reopened(report: Report) -> None:
    """The repair that the report's `resolved_at` is of was not one."""
    _of_the_repair(report, reopened=False).update(reopened=True, unconfirmed=False, counted=False)


def mark_confirmed(report: Report) -> None:
    """A reporter has said that it is done, after a silence that had closed it."""
    _of_the_repair(report, unconfirmed=True).update(unconfirmed=False, counted=False)


def mark_unconfirmed(report: Report) -> None:
    """Nobody has said anything of the repair for long enough."""
    _of_the_repair(report, reopened=False).update(unconfirmed=True, counted=False)


def _of_the_repair(report: Report, **fate: bool) -> QuerySet[Outcome]:
    if report.resolved_at is None:
        return Outcome.objects.none()
    return Outcome.objects.filter(
        report=report, clock=ClockName.COMPLETION, stopped_at=report.resolved_at, **fate
    )
