"""What a measurement ends in."""

from __future__ import annotations

import platform
from pathlib import Path

from balai.bench.report import Bar, Report, Table


def sample() -> Report:
    bars = [Bar("rate >= 60 %", "75%", holds=True), Bar("errors", "3", holds=False)]
    table = Table("sqlite", ("Side", "Units/s"), [("ours", "75.0"), ("theirs", "100.0")])
    return Report("sample", "A sample", "./balai bench sample", "How.", bars, [table], ["A remark."])


def test_page_tells_command_bars_tables_and_remarks() -> None:
    page = sample().markdown()
    wanted = (
        "# A sample\n",
        "`./balai bench sample`, ",
        "| rate >= 60 % | 75%      | holds      |",
        "| errors       | 3        | **missed** |",
        "| theirs | 100.0   |",
        "A remark.\n",
    )
    assert [text for text in wanted if text not in page] == []


def test_page_does_not_tell_whose_machine_it_was() -> None:
    page = sample().markdown()
    assert [text for text in (platform.node(), str(Path.home())) if text in page] == []


def test_one_missed_bar_is_a_missed_measurement(tmp_path: Path) -> None:
    report = sample()
    assert not report.holds
    assert Report("x", "x", "x", "x", report.bars[:1]).holds
    assert report.write(tmp_path).read_text() == report.markdown()
