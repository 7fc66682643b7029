"""What a timeline shows, as plain values, and where each thing lies: bars, links, grab zones; nothing is painted here.

Rows have one height, so a place is found by a division, and links lie in a tree of blocks: what is out of sight
costs nothing, however much there is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QPointF

from partnerdesk.look.timeaxis import LAST_DAY, TimeAxis

Shape = Literal["group", "project", "package", "task", "milestone", "deliverable", "agreement"]
Part = Literal["body", "start", "end", "link", "row"]
Key = tuple[str, int | str]
Tone = Literal["", "muted", "danger"]
Span = tuple[int, int]
LANE: Final = 32.0
BAR: Final = 16.0
DIAMOND: Final = 14.0
GRAB: Final = 9.0
NARROW: Final = 28.0
HANDLE: Final = 14.0
PASSING: Final = 200
_POINTS: Final = ("milestone", "deliverable")
_HIGH: Final[dict[str, float]] = {"project": 5.0, "group": 5.0, "package": 6.0}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `first` and `last` are ordinals of days, both included, None where it is not known; `done` 0 to 1.

    `late` is by how many days something due has passed, counted to today. `words` stand beside the bar, `tone` is
    their state. `base` are the days once agreed. `open` is None where nothing is below.
    """

    key: Key
    shape: Shape
    name: str
    more: str = ""
    level: int = 0
    first: int | None = None
    last: int | None = None
    done: float = 0.0
    base: Span | None = None
    late: int = 0
    met: bool = False
    critical: bool = False
    words: str = ""
    tone: Tone = ""
    due: str = ""
    owner: str = ""
    open: bool | None = None
    fixed: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is a point in time: a milestone or a deliverable."""
        return self.shape in _POINTS

    @property
    def span(self) -> Span | None:
        """Its days; one that is known stands for both."""
        first = self.first if self.first is not None else self.last
        last = self.last if self.last is not None else self.first
        return None if first is None or last is None else (first, max(first, last))


class Link(NamedTuple):
    """The bar in row `after` waits for that in row `before`; `id` is 0 where it cannot be taken away."""

    id: int
    before: int
    after: int
    kind: str = "FS"
    critical: bool = False


class LinkTree:
    """Links by the smallest block of 2, 4, 8 … rows that holds both ends, so that few blocks answer for a stretch."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._blocks: list[dict[int, list[Link]]] = []
        for link in links:
            low, high = sorted((link.before, link.after))
            level = (low ^ high).bit_length()
            while len(self._blocks) <= level:
                self._blocks.append({})
            self._blocks[level].setdefault(low >> level, []).append(link)

    def between(self, first: int, last: int) -> Iterator[Link]:
        """Links of which a part lies in the rows `first` to `last`; of those that only pass through, some."""
        passing = 0
        for level, blocks in enumerate(self._blocks):
            for block in range(first >> level, (last >> level) + 1):
                for link in blocks.get(block, ()):
                    low, high = (link.before, link.after) if link.before < link.after else (link.after, link.before)
                    if low > last or high < first:
                        continue
                    if low < first and high > last:
                        passing += 1
                        if passing > PASSING:
                            continue
                    yield link


class Section(NamedTuple):
    """Rows that belong together, from row `start` on: their links by rows counted from there, and the days that all
    of them reach (None where there are none).
    """

    start: int
    tree: LinkTree
    reach: Span | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """All rows from the top, today as ordinal, and the sections that hold links and reach."""

    rows: Sequence[Bar] = ()
    today: int = 1
    sections: Sequence[Section] = field(default=(), compare=False, repr=False)

    @staticmethod
    def of(rows: Sequence[Bar], links: Sequence[Link], today: int) -> "Chart":
        """A chart of one section."""
        return Chart(rows, today, (Section(0, LinkTree(links), reach_of(rows)),))

    @property
    def reach(self) -> Span | None:
        """The first and the last day of all rows."""
        return joined(one.reach for one in self.sections)

    def links(self, first: int = 0, last: int | None = None) -> Iterator[Link]:
        """The links of which a part lies in the rows `first` to `last`; of those that only pass through, some."""
        last = len(self.rows) - 1 if last is None else last
        at = max(0, bisect_right(self.sections, first, key=attrgetter("start")) - 1)
        for start, tree, _ in islice(self.sections, at, None):
            if start > last:
                return
            for link in tree.between(max(0, first - start), last - start):
                yield link._replace(before=link.before + start, after=link.after + start) if start else link


def reach_of(rows: Iterable[Bar]) -> Span | None:
    """The first and the last day of some rows; what goes on for ever counts with its beginning."""
    return joined((span[0], span[0] if span[1] >= LAST_DAY else span[1])
                  for bar in rows if (span := bar.span) is not None)


def joined(spans: Iterable[Span | None]) -> Span | None:
    """From the first to the last day of some spans."""
    known = [span for span in spans if span is not None]
    return (min(one[0] for one in known), max(one[1] for one in known)) if known else None


class Hit(NamedTuple):
    """What lies under a point: the row and which part of its bar; "row" beside the bar."""

    row: int
    part: Part


@dataclass(slots=True)
class Scene:
    """A chart on an axis; `moved` are rows shown elsewhere than they are, as while they are dragged."""

    chart: Chart
    axis: TimeAxis
    moved: Mapping[int, Span] = field(default_factory=dict)

    @property
    def lane(self) -> float:
        """The height of a row."""
        return LANE * self.axis.unit

    @property
    def height(self) -> float:
        """The height of all rows."""
        return len(self.chart.rows) * self.lane

    def days(self, row: int) -> Span | None:
        """The days of a row, as they are shown."""
        return self.moved.get(row) or self.chart.rows[row].span

    def ends(self, row: int) -> tuple[float, float] | None:
        """Left and right of the bar (or diamond) of a row; None where it has no day."""
        days = self.days(row)
        if days is None:
            return None
        axis = self.axis
        left, right = axis.x(days[0]), axis.x(days[1] + 1)
        if self.chart.rows[row].is_point:
            half, middle = DIAMOND * axis.unit / 2, (axis.x(days[1]) + right) / 2
            return middle - half, middle + half
        return left, max(right, left + 3 * axis.unit)

    def rows_between(self, top: float, bottom: float) -> range:
        """The rows of which a part lies between two heights."""
        lane = self.lane
        return range(max(0, int(top // lane)), min(len(self.chart.rows), int(bottom // lane) + 1))

    def hit(self, x: float, y: float) -> Hit | None:
        """What lies at a point; ends have grab zones of 9 px, outside the bar where it is narrow."""
        row = int(y // self.lane)
        if not 0 <= row < len(self.chart.rows) or y < 0:
            return None
        ends, unit = self.ends(row), self.axis.unit
        if ends is None or abs(y - self.middle(row)) > max(self.half(row), 6 * unit) + 3 * unit:
            return Hit(row, "row")
        bar = self.chart.rows[row]
        left, right = ends
        grab = GRAB * unit
        if bar.is_point:
            near = left - 2 * unit <= x <= right + 2 * unit
            return Hit(row, "body" if near else "row")
        inside = right - left >= NARROW * unit
        inner, outer = (grab * 0.6, grab * 0.4) if inside else (0.0, grab)
        if x < left - outer or x > right + outer + (HANDLE * unit if bar.shape == "task" else 0.0):
            return Hit(row, "row")
        if x > right + outer:
            return Hit(row, "link")
        if bar.fixed or bar.shape not in ("task", "package"):
            return Hit(row, "body" if left <= x <= right else "row")
        if x < left + inner:
            return Hit(row, "start")
        return Hit(row, "end" if x > right - inner else "body")

    def link_at(self, x: float, y: float) -> Link | None:
        """The link whose line passes within 4 px of a point, one that can be taken away."""
        row, near = int(y // self.lane), 4 * self.axis.unit
        if not 0 <= row < len(self.chart.rows):
            return None
        for link in self.chart.links(max(0, row - 1), row + 1):
            line = self.path(link) if link.id else []
            for one, other in pairwise(line):
                across = min(one.x(), other.x()) - near <= x <= max(one.x(), other.x()) + near
                if across and min(one.y(), other.y()) - near <= y <= max(one.y(), other.y()) + near:
                    return link
        return None

    def middle(self, row: int) -> float:
        """The height of the middle of a row."""
        return (row + 0.5) * self.lane

    def half(self, row: int) -> float:
        """Half the height of what stands in a row."""
        bar = self.chart.rows[row]
        return (DIAMOND if bar.is_point else _HIGH.get(bar.shape, BAR)) * self.axis.unit / 2

    def path(self, link: Link) -> list[QPointF]:
        """The corners of a link's line, right-angled, the last one at the arrow's tip; none where an end has no day."""
        one, other = self.ends(link.before), self.ends(link.after)
        if one is None or other is None:
            return []
        unit = self.axis.unit
        top, bottom = self.middle(link.before), self.middle(link.after)
        if link.kind == "SS":
            aside = min(one[0], other[0]) - 8 * unit
            return [QPointF(one[0], top), QPointF(aside, top), QPointF(aside, bottom), QPointF(other[0], bottom)]
        if link.kind == "FF":
            aside = max(one[1], other[1]) + 8 * unit
            return [QPointF(one[1], top), QPointF(aside, top), QPointF(aside, bottom), QPointF(other[1], bottom)]
        way = 1.0 if bottom > top else -1.0
        if link.kind == "SF":
            half = bottom - way * self.lane / 2
            out, back = one[0] - 8 * unit, other[1] + 8 * unit
            return [QPointF(one[0], top), QPointF(out, top), QPointF(out, half), QPointF(back, half),
                    QPointF(back, bottom), QPointF(other[1], bottom)]
        return self._onward(link, one, other, way)

    def _onward(self, link: Link, one: tuple[float, float], other: tuple[float, float], way: float) -> list[QPointF]:
        """A line from an end to a start: into a point from its side where there is room, else from above or below."""
        unit = self.axis.unit
        top, bottom = self.middle(link.before), self.middle(link.after)
        if self.chart.rows[link.after].is_point and other[0] - one[1] >= 14 * unit:
            aside = one[1] + 6 * unit
            return [QPointF(one[1], top), QPointF(aside, top), QPointF(aside, bottom), QPointF(other[0], bottom)]
        point = self.chart.rows[link.before].is_point
        out = (one[0] + one[1]) / 2 if point else max(one[1] - 4 * unit, (one[0] + one[1]) / 2)
        wide = other[1] - other[0]
        into = other[0] + min(8 * unit, wide / 2)
        half = bottom - way * self.lane / 2
        leaves, enters = top + way * self.half(link.before), bottom - way * self.half(link.after)
        return [QPointF(out, leaves), QPointF(out, half), QPointF(into, half), QPointF(into, enters)]
