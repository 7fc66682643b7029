"""The table of tests/reliability/README.md: what was asked of the office file, and what came out.

A benchmark calls `keep` with its results; each replaces the row of the same name, all other rows stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).with_name("README.md")
HEADING = ("what", "in the suite", "long form: seen", "goal", "control", "held")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


@dataclass(frozen=True)
class Result:
    """One row. `seen` is what the long form showed, `control` what it showed with the safeguard switched off."""

    what: str
    suite: str
    seen: str
    goal: str
    control: str
    held: bool

    def cells(self) -> tuple[str, ...]:
        """The row as it is written."""
        return (self.what, self.suite, self.seen, self.goal, self.control, "yes" if self.held else "NO")


def keep(results: Iterable[Result], readme: Path = README) -> None:
    """Write results into the table, each in the place of the one of the same name or at the end."""
    before, rows, after = _parts(readme.read_text(encoding="utf-8"))
    for result in results:
        rows[_clean(result.what)] = tuple(map(_clean, result.cells()))
    lines = [_line(HEADING), _line("---" for _ in HEADING), *map(_line, rows.values())]
    readme.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


def kept(readme: Path = README) -> dict[str, tuple[str, ...]]:
    """The rows of the table by name."""
    return _parts(readme.read_text(encoding="utf-8"))[1]


def _parts(whole: str) -> tuple[str, dict[str, tuple[str, ...]], str]:
    before, found, rest = whole.partition(BEGIN)
    table, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError("the README has lost the marks of its table")
    rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in table.strip().splitlines()[2:]]
    return before, {row[0]: row for row in rows}, after


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _clean(cell: str) -> str:
    return " ".join(cell.replace("|", "/").split())
