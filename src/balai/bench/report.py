"""What a measurement ends in: bars that hold or do not, tables, and the page in docs/measurements/."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balai.bench import machine
from balai.people.today import local_today
from balai.runtime.settings import PROJECT

FOLDER = PROJECT / "docs" / "measurements"


@dataclass(frozen=True)
class Bar:
    """One promise of the project and the figure that was measured for it."""

    promise: str
    figure: str
    holds: bool


@dataclass(frozen=True)
class Table:
    """Rows under a head; every cell is ready to be shown."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass
class Report:
    """One measurement as it was taken."""

    name: str
    title: str
    command: str
    method: str
    bars: list[Bar] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every bar does."""
        return all(bar.holds for bar in self.bars)

    def markdown(self) -> str:
        """The whole page."""
        parts = [
            f"# {self.title}",
            f"`{self.command}`, {local_today().isoformat()}; {machine.description()}.",
            self.method,
        ]
        if self.bars:
            rows = [(bar.promise, bar.figure, "holds" if bar.holds else "**missed**") for bar in self.bars]
            parts.append(_grid(("Bar", "Measured", ""), rows))
        parts += [f"## {table.title}\n\n{_grid(table.head, table.rows)}" for table in self.tables]
        parts += self.remarks
        return "\n\n".join(parts) + "\n"

    def write(self, folder: Path = FOLDER) -> Path:
        """Keep the page as `<name>.md`; the path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.md"
        path.write_text(self.markdown())
        return path


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up in a terminal."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    drawn = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    rule = " | ".join("-" * max(width, 3) for width in widths)
    return "\n".join(f"| {line} |" for line in [drawn[0], rule, *drawn[1:]])
