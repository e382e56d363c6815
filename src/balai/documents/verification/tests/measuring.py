"""The bounds, and what each file took: run as a module, it prints docs/measurements/verification.md."""

from __future__ import annotations

import os
import platform
import sys
import warnings
from dataclasses import replace
from statistics import median
from time import perf_counter

# What the child may take at most; the test machine's noise does not count, processor time does.
MOST_CPU_SECONDS = 2.0
MOST_PEAK_KIB = 300 * 1024
ROUNDS = 3


def main() -> None:
    """Print docs/measurements/verification.md."""
    warnings.simplefilter("ignore")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["BALAI_MODE"] = "test"
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from balai.documents.verification.tests import cases  # noqa: PLC0415 - after Django is set up

    measured = [_measured(case) for case in [*cases.CASES, *cases.HEAVY]]
    slowest = max(row[2] for row in measured)
    largest = max(row[4] for row in measured)
    write = sys.stdout.write
    write(_head(len(measured), slowest, max(row[3] for row in measured), largest))
    for name, outcome, seconds, cpu, peak in measured:
        write(f"| {name} | {outcome} | {seconds * 1000:.0f} | {cpu * 1000:.0f} | {peak:.0f} |\n")


def _measured(case: object) -> tuple[str, str, float, float, float]:
    from balai.documents.verification.tests.asking import check_case  # noqa: PLC0415 - as above
    from balai.documents.verification.tests.cases import Case  # noqa: PLC0415 - as above

    if not isinstance(case, Case):
        raise TypeError(case)
    content = case.make()
    made = replace(case, make=lambda: content)
    check_case(made)  # once for nothing: another set of trust starts another process
    rounds = []
    for _ in range(ROUNDS):
        started = perf_counter()
        verdict = check_case(made)
        rounds.append((perf_counter() - started, verdict))
    if any(verdict.outcome != case.outcome for _, verdict in rounds):
        raise AssertionError(f"{case.name}: {[str(verdict.outcome) for _, verdict in rounds]}")
    seconds = median(took for took, _ in rounds)
    cpu = median(verdict.cpu_seconds for _, verdict in rounds)
    return case.name, str(case.outcome), seconds, cpu, max(v.peak_kib for _, v in rounds) / 1024


def _holds(measured: float, most: float) -> str:
    return "holds" if measured <= most else "**missed**"


def _head(count: int, slowest: float, busiest: float, largest: float) -> str:
    system = f"{platform.system()} {platform.release()}"
    machine = f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"""# Checking a file

`PYTHONPATH=src .venv/bin/python -m balai.documents.verification.tests.measuring`,
{machine}; load average when it ended {load}.

{count} odd and hostile files, made by the tests (`tests/cases.py` beside this module), each with the exact
verdict that its test demands. Wall is from the call of `verify` to its verdict (median of {ROUNDS}); CPU and
peak are those of the child that read the file, as the kernel counted them (`wait4`). The peak holds the
libraries that every child inherits, about 40 MB.

| Bar | Measured | |
|---|---|---|
| each within 2 s on the clock | {slowest:.2f} s | {_holds(slowest, MOST_CPU_SECONDS)} |
| each within 2 s of processor | {busiest:.2f} s | {_holds(busiest, MOST_CPU_SECONDS)} |
| each within 300 MB | {largest:.0f} MB | {_holds(largest, MOST_PEAK_KIB / 1024)} |

| File | Verdict | Wall ms | CPU ms | Peak MB |
|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()
