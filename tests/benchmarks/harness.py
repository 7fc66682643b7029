"""Measures what the program does against what the machine allows, side by side in one run.

A benchmark file `bench_NAME.py` has one function `measure(bench)`. It calls `bench.compare` for a ratio
against a limit, or `bench.figure` for a time that people feel. With `control=True` the same is asked of a
naive way of doing it, which has to miss the goal: so that a goal which anything would reach is noticed.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from partnerdesk.services.samples_big import Size

Act = Callable[[], object]
MILLISECOND = 0.001


@dataclass(frozen=True)
class Scale:
    """How large the measured office is, how often a measurement is repeated, how many rows are imported."""

    name: str
    office: Size
    runs: int
    imported: int


SIZES = {
    scale.name: scale
    for scale in (
        Scale("tiny", Size(30, 60, 200), runs=1, imported=60),
        Scale("office", Size(), runs=9, imported=20_000),
        Scale("tenfold", Size().times(10), runs=5, imported=100_000),
    )
}


@dataclass(frozen=True)
class Row:
    """One line of the table. `measured`, `least` and `most` are ratios, or milliseconds for a figure."""

    act: str
    limit: str
    measured: float
    least: float
    most: float
    goal: float
    unit: str = "x"
    better: str = "lower"
    control: bool = False

    @property
    def reached(self) -> bool:
        return self.measured <= self.goal if self.better == "lower" else self.measured >= self.goal

    @property
    def as_it_should(self) -> bool:
        """Reached, or for a control: missed."""
        return self.reached is not self.control

    def cells(self) -> tuple[str, ...]:
        sign = "<=" if self.better == "lower" else ">="
        verdict = ("missed, as it should" if not self.reached else "REACHED") if self.control else ""
        return (
            f"control: {self.act}" if self.control else self.act,
            self.limit,
            f"{_short(self.measured)} {self.unit}",
            f"{_short(self.least)}-{_short(self.most)}",
            f"{sign} {_short(self.goal)} {self.unit}",
            verdict or ("yes" if self.reached else "NO"),
        )


@dataclass
class Bench:
    """What a benchmark file is given: the size, a folder to write in, and the table to add to."""

    size: Scale
    folder: Path
    office: Path
    rows: list[Row] = field(default_factory=list)

    def compare(
        self, act: str, ours: Act, limit_name: str, limit: Act, *, goal: float, control: bool = False,
        before: Act | None = None, runs: int | None = None,
    ) -> Row:  # fmt: skip
        """Time `ours` and `limit` in turns; the row holds the median of the ratios of neighbours."""
        pairs = []
        for _ in range(runs or self.size.runs):
            pairs.append((timed(ours, before), timed(limit, before)))
        ratios = [mine / theirs for mine, theirs in pairs]
        seen = statistics.median(theirs for _, theirs in pairs) / MILLISECOND
        return self.ratio(act, f"{limit_name} ({_short(seen)} ms)", ratios, goal=goal, control=control)

    def ratio(
        self, act: str, limit: str, ratios: Sequence[float], *, goal: float, control: bool = False,
        better: str = "lower",
    ) -> Row:  # fmt: skip
        """Add a row of ratios that were measured elsewhere."""
        middle = statistics.median(ratios)
        row = Row(act, limit, middle, min(ratios), max(ratios), goal, better=better, control=control)
        self.rows.append(row)
        return row

    def figure(
        self, act: str, seconds: Sequence[float], *, goal: float, percentile: float = 0.5, control: bool = False
    ) -> Row:
        """Add a row for a time people feel; `goal` in milliseconds, of this percentile of `seconds`."""
        times = sorted(value / MILLISECOND for value in seconds)
        measured = times[min(len(times) - 1, int(len(times) * percentile))]
        limit = f"p{percentile * 100:.0f} of {len(times)}"
        row = Row(act, limit, measured, times[0], times[-1], goal, unit="ms", control=control)
        self.rows.append(row)
        return row


def timed(act: Act, before: Act | None = None) -> float:
    """Seconds that one call takes, without a garbage collection in the midst of it."""
    if before is not None:
        before()
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        act()
        return time.perf_counter() - start
    finally:
        gc.enable()


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text under one heading."""
    heading = ("act", "limit", "measured", "min-max", "goal", "met")
    cells = [heading, *(row.cells() for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heading))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "-+-".join("-" * width for width in widths))
    return "\n".join(lines)


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"
