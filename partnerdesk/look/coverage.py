"""The coverage strip: which academic years a partner's agreements cover, on screen and on paper."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPolygonF

from partnerdesk.look import tokens
from partnerdesk.look.fonts import sized
from partnerdesk.look.paint import MIDDLE, dot, elided, hairline, halo_text, rounded, write
from partnerdesk.look.tokens import Tokens

HEAD = 18.0
LANE = 36.0
BAR_TOP = 18.0
BAR = 10.0


@dataclass(frozen=True, slots=True)
class Year:
    """A column: an academic year from its first to its last day."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a lane; None is open on that side."""

    start: date | None
    end: date | None
    kind: Literal["held", "draft", "gap"] = "held"


@dataclass(frozen=True, slots=True)
class Notice:
    """A last day to give notice, and its words ("notice 1 Sep"), or "" for the tick alone."""

    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """An agreement: its name, what of it lies where, and the shorter name for where the long one has no room."""

    label: str
    segments: tuple[Segment, ...]
    notices: tuple[Notice, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole strip: years in order without holes, lanes from top, today, the word for a gap."""

    years: tuple[Year, ...]
    lanes: tuple[Lane, ...]
    today: date
    gap_word: str


def coverage_height(lanes: int, unit: float = 1.0) -> float:
    """The height that `lanes` lanes take; `unit` is how many px a drawing's px is."""
    return (HEAD + lanes * LANE) * unit


def lane_at(y: float, coverage: Coverage, unit: float = 1.0) -> int | None:
    """The lane at `y` below the strip's top, or None."""
    place = int((y / unit - HEAD) // LANE)
    return place if 0 <= place < len(coverage.lanes) else None


def day_at(x: float, width: float, coverage: Coverage) -> date:
    """The day at `x` right of the strip's left edge."""
    share = min(max(x / width, 0.0), 0.999999) * len(coverage.years)
    year = coverage.years[int(share)]
    return date.fromordinal(year.first.toordinal() + int((share % 1) * _days(year)))


def paint_coverage(
    painter: QPainter,
    rect: QRectF,
    coverage: Coverage,
    t: Tokens | None = None,
    unit: float | None = None,
) -> None:
    """Draw the strip into `rect`: years across, a lane an agreement, today's line over all.

    `unit` is how many px of the painter one px of the drawings is; on screen the user's text size.
    """
    if not coverage.years:
        return
    strip = _Strip(painter, rect, coverage, t or tokens.current(), tokens.scale() if unit is None else unit)
    strip.paint()


class _Strip:
    """One drawing of a strip: holds painter, colours and the date axis while it is drawn."""

    def __init__(self, painter: QPainter, rect: QRectF, coverage: Coverage, t: Tokens, unit: float) -> None:
        self._painter = painter
        self._rect = rect
        self._coverage = coverage
        self._t = t
        self._unit = unit
        self._axis: QFont = sized(10.5 * unit)
        self._cell = rect.width() / len(coverage.years)

    def paint(self) -> None:
        bottom = self._rect.top() + coverage_height(len(self._coverage.lanes), self._unit)
        self._years(bottom)
        for place, lane in enumerate(self._coverage.lanes):
            self._lane(lane, self._rect.top() + (HEAD + place * LANE) * self._unit)
        self._today(bottom)

    def _x(self, when: date) -> float:
        years = self._coverage.years
        if when < years[0].first:
            return self._rect.left()
        for place, year in enumerate(years):
            if when <= year.last:
                share = (when - year.first).days / _days(year)
                return self._rect.left() + (place + share) * self._cell
        return self._rect.right()

    def _years(self, bottom: float) -> None:
        top = self._rect.top()
        for place, year in enumerate(self._coverage.years):
            left = self._rect.left() + place * self._cell
            now = year.first <= self._coverage.today <= year.last
            face = sized(11.5 * self._unit, 600 if now else 400)
            head = QRectF(left, top - 2 * self._unit, self._cell, 16 * self._unit)
            write(self._painter, head, year.label, face, self._t.text if now else self._t.muted, MIDDLE)
            if place:
                line_top = top + HEAD * self._unit
                hairline(self._painter, QPointF(left, line_top), QPointF(left, bottom), self._t.line)

    def _lane(self, lane: Lane, top: float) -> None:
        unit = self._unit
        for segment in lane.segments:
            self._segment(segment, top)
        free = self._rect.right()
        for notice in lane.notices:
            free = min(free, self._notice(notice, top))
        left = self._rect.left() + 3 * unit
        metrics, room = QFontMetricsF(self._axis), free - left - 6 * unit
        fits = not lane.short or metrics.horizontalAdvance(lane.label) <= room
        name = elided(lane.label if fits else lane.short, self._axis, room)
        base = top + 2 * unit + (14 * unit - metrics.height()) / 2 + metrics.ascent()
        halo_text(self._painter, QPointF(left, base), name, self._axis, self._t.text2, self._t.surface, 3 * unit)

    def _segment(self, segment: Segment, top: float) -> None:
        unit, t = self._unit, self._t
        left = self._x(segment.start) if segment.start else self._rect.left()
        right = self._x_after(segment.end) if segment.end else self._rect.right()
        if right - left < 0.5:
            return
        bar = QRectF(left, top + BAR_TOP * unit, right - left, BAR * unit)
        if segment.kind == "held":
            rounded(self._painter, bar, 3 * unit, t.accent)
        elif segment.kind == "draft":
            rounded(self._painter, bar, 3 * unit, t.accent_soft, t.accent_text, unit, dashed=True)
        else:
            rounded(self._painter, bar, 3 * unit, t.surface, t.danger.fill, unit, dashed=True)
            word = self._coverage.gap_word
            wide = QFontMetricsF(sized(10 * unit)).horizontalAdvance(word) + 4 * unit
            if wide <= bar.width() - 6 * unit:
                # the word interrupts its edge, which would strike its tails through
                self._painter.fillRect(QRectF(bar.center().x() - wide / 2, bar.top(), wide, bar.height()), t.surface)
                place = bar.adjusted(0, -4 * unit, 0, 3 * unit)
                write(self._painter, place, word, sized(10 * unit), t.danger.text, MIDDLE)

    def _x_after(self, when: date) -> float:
        return self._x(date.fromordinal(when.toordinal() + 1)) if when < date.max else self._rect.right()

    def _notice(self, notice: Notice, top: float) -> float:
        """Draw the tick and its words; returns where the words begin, so that the name ends before."""
        unit, t = self._unit, self._t
        years = self._coverage.years
        if not years[0].first <= notice.on <= years[-1].last:
            return self._rect.right()
        x, bar_top = self._x(notice.on), top + BAR_TOP * unit
        tip = QPolygonF(
            [
                QPointF(x - 4 * unit, bar_top - 4 * unit),
                QPointF(x + 4 * unit, bar_top - 4 * unit),
                QPointF(x, bar_top + unit),
            ]
        )
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(t.warn.fill)
        self._painter.setBrush(t.warn.fill)
        self._painter.drawPolygon(tip)
        self._painter.restore()
        stem = QRectF(x - 0.75 * unit, bar_top, 1.5 * unit, BAR * unit)
        self._painter.fillRect(stem, t.warn.fill)
        if not notice.words:
            return x - 5 * unit
        return self._notice_words(notice.words, x, top)

    def _notice_words(self, words: str, x: float, top: float) -> float:
        unit = self._unit
        wide = QFontMetricsF(self._axis).horizontalAdvance(words) + 1
        left = x + 8 * unit
        if left + wide > self._rect.right():
            left = x - 8 * unit - wide
        write(
            self._painter,
            QRectF(left, top + 2 * unit, wide, 14 * unit),
            words,
            self._axis,
            self._t.warn.text,
        )
        return min(left, x - 5 * unit)

    def _today(self, bottom: float) -> None:
        years, today = self._coverage.years, self._coverage.today
        if not years[0].first <= today <= years[-1].last:
            return
        unit, x = self._unit, self._x(today)
        top = self._rect.top() + (HEAD - 3) * unit
        line = QRectF(x - 0.75 * unit, top, 1.5 * unit, bottom - top)
        self._painter.fillRect(line, self._t.danger.fill)
        dot(self._painter, QPointF(x, top), 3 * unit, self._t.danger.fill)


def _days(year: Year) -> int:
    return (year.last - year.first).days + 1
