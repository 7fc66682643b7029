"""Above and beside the lanes of a timeline: the head of years over months, and the names of the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import MIDDLE, RIGHT, hairline, initials, rounded
from partnerdesk.look.timeaxis import Tick, TimeAxis, short_month, short_weekday
from partnerdesk.look.timeline import Bar, Scene
from partnerdesk.look.timeline_paint import Marks, day_of, diamond, sheet
from partnerdesk.look.timeline_words import advance, lines, say
from partnerdesk.look.tokens import STROKE_INLINE, Tokens

HEAD: Final = 52.0
NAMES: Final = 344.0
NARROW_NAMES: Final = 160.0
_UPPER, _LOWER = 28.0, 24.0
_INDENT, _FIRST = 18.0, 31.0
_DUE, _OWNER = 74.0, 38.0


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What stands over the names, and how quarters are called ("Q{n}")."""

    name: str = ""
    due: str = ""
    quarter: str = "Q{n}"


def paint_head(
    painter: QPainter, rect: QRectF, axis: TimeAxis, today: int, words: HeadWords, t: Tokens | None = None,
    week_begins: int = 0,
) -> None:
    """Draw the head into `rect`: the larger unit above, the smaller beneath, today as a pill with its date."""
    t = t or tokens.current()
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, t.sunken)
    painter.translate(rect.topLeft())
    _Head(painter, rect.width(), axis, today, words, t, week_begins).paint()
    painter.restore()


def paint_corner(painter: QPainter, rect: QRectF, words: HeadWords, unit: float, t: Tokens | None = None) -> None:
    """Draw what stands over the names, in the corner beside the head."""
    t = t or tokens.current()
    painter.fillRect(rect, t.sunken)
    line = QRectF(rect.left() + 12 * unit, rect.bottom() - 24 * unit, rect.width() - 24 * unit, 24 * unit)
    if rect.width() >= 300 * unit:
        room = QRectF(line.left(), line.top(), line.width() - _OWNER * unit + 12 * unit, line.height())
        say(painter, room, words.due, 12 * unit, t.muted, 500, RIGHT)
        line.setRight(room.right() - _DUE * unit)
    say(painter, line, words.name, 12 * unit, t.muted, 500)
    hairline(painter, QPointF(rect.left(), rect.bottom() - unit), QPointF(rect.right(), rect.bottom() - unit), t.line)


def paint_names(
    painter: QPainter, rect: QRectF, scene: Scene, top: float = 0.0, marks: Marks | None = None,
    t: Tokens | None = None,
) -> None:
    """Draw the names of the rows that lie from `top` on into `rect`."""
    t, marks = t or tokens.current(), marks or Marks()
    lane, unit = scene.lane, scene.axis.unit
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, t.surface)
    rows = scene.rows_between(top, top + rect.height() - 0.01)
    for row in rows:
        box = QRectF(rect.left(), rect.top() - top + row * lane, rect.width(), lane)
        _Name(painter, box, scene.chart.rows[row], unit, t).paint(row, marks)
    lines(painter, t.line, level=[rect.top() - top + (row + 1) * lane - unit for row in rows], room=rect)
    painter.restore()


def chevron_place(bar: Bar, unit: float) -> QRectF:
    """Where the chevron of a row lies, from the left top of its name."""
    left = (_FIRST + _INDENT * (bar.level - 1)) * unit
    return QRectF(left, 0, _INDENT * unit, 32 * unit)


class _Head:
    """One drawing of the head."""

    def __init__(self, painter: QPainter, width: float, axis: TimeAxis, today: int, words: HeadWords, t: Tokens,
                 week_begins: int) -> None:
        self._painter, self._width, self._axis, self._today = painter, width, axis, today
        self._words, self._t, self._week_begins = words, t, week_begins
        self._unit = axis.unit

    def paint(self) -> None:
        upper, lower = self._axis.tiers
        unit, t = self._unit, self._t
        low = list(self._axis.ticks(lower, self._width, self._week_begins))
        high = list(self._axis.ticks(upper, self._width, self._week_begins))
        lines(self._painter, t.line, upright=[x for tick in low if (x := self._axis.x(tick.first)) >= 0],
              room=QRectF(0, _UPPER * unit, self._width, (HEAD - _UPPER) * unit))
        lines(self._painter, t.line2, upright=[x for tick in high if (x := self._axis.x(tick.first)) > 0],
              room=QRectF(0, 0, self._width, HEAD * unit))
        self._lower_words(low)
        for tick in high:
            self._upper(tick)
        bottom = HEAD * unit - unit
        hairline(self._painter, QPointF(0, bottom), QPointF(self._width, bottom), t.line)
        self._pill()

    def _lower_words(self, ticks: Sequence[Tick]) -> None:
        """The longest words that have room in every stretch, or the shortest ones at every second, third … stretch."""
        size, gap = 11.5 * self._unit, 4 * self._unit
        said = [self._said(tick) for tick in ticks]
        step, form = 1, 0
        for form in range(len(said[0])):
            spare = min(self._axis.per_day * (tick.after - tick.first) - advance(words[form], size, 600)
                        for tick, words in zip(ticks, said, strict=True))
            if spare >= gap:
                break
        else:
            widest = max(advance(words[form], size, 600) for words in said) + gap
            step = ceil(widest / (self._axis.per_day * min(tick.after - tick.first for tick in ticks)))
        for tick, words in zip(ticks, said, strict=True):
            if _number(tick) % step == 0:
                self._lower(tick, words[form], step)

    def _lower(self, tick: Tick, words: str, step: int) -> None:
        unit, t = self._unit, self._t
        left = self._axis.x(tick.first)
        right = left + (self._axis.x(tick.after) - left) * step
        now = tick.first <= self._today < tick.after
        size, weight = 11.5 * unit, 600 if now else 400
        # at the edges of sight the word moves into what is seen of its stretch, or waits until there is room
        wide = advance(words, size, weight) + 2 * unit
        middle = (left + self._axis.x(tick.after)) / 2
        middle = min(max(middle, wide / 2), self._width - wide / 2)
        room = QRectF(middle - wide / 2, _UPPER * unit - 2 * unit, wide, _LOWER * unit)
        if room.left() >= left - (wide if step > 1 else 0) and room.right() <= right:
            say(self._painter, room, words, size, t.text if now else t.muted, weight, MIDDLE)

    def _upper(self, tick: Tick) -> None:
        unit, t = self._unit, self._t
        left, right = self._axis.x(tick.first), self._axis.x(tick.after)
        begin = max(left, 0.0) + 8 * unit
        room = QRectF(begin, 4 * unit, right - begin - 4 * unit, 20 * unit)
        words = next((each for each in self._said(tick) if advance(each, 12 * unit, 600) <= room.width()), "")
        if words:
            say(self._painter, room, words, 12 * unit, t.text, 600)

    def _said(self, tick: Tick) -> tuple[str, ...]:
        """The words of a tick, the longest first."""
        day = tick.day
        told: dict[str, Callable[[], tuple[str, ...]]] = {
            "day": lambda: (f"{short_weekday(day)} {day.day}", str(day.day)),
            "week": lambda: (f"{day.day} {short_month(day)}", str(day.day)),
            "month": lambda: (f"{short_month(day)} {day.year}", short_month(day)) if self._axis.scale >= 3.2 else (
                short_month(day),),
            "quarter": lambda: (self._words.quarter.format(n=day.month // 3 + 1),),
            "year": lambda: self._year(day.year),
            "decade": lambda: (f"{day.year}\N{EN DASH}{(day.year + 9) % 100:02}", str(day.year)),
            "century": lambda: (f"{day.year}\N{EN DASH}{day.year + 99}", str(day.year)),
        }
        return told[tick.tier]()

    def _year(self, year: int) -> tuple[str, ...]:
        """A year that begins in autumn reaches into the next one."""
        if self._axis.year[0] > 6:
            return f"{year}/{(year + 1) % 100:02}", f"{year % 100:02}/{(year + 1) % 100:02}"
        return str(year), f"\N{RIGHT SINGLE QUOTATION MARK}{year % 100:02}"

    def _pill(self) -> None:
        x, unit, t = self._axis.x(self._today + 0.5), self._unit, self._t
        if not 0 <= x <= self._width:
            return
        day = day_of(self._today)
        words = f"{day.day} {short_month(day)}"
        wide = advance(words, 11.5 * unit, 600) + 16 * unit
        left = min(max(x - wide / 2, 0.0), self._width - wide)
        box = QRectF(left, 4 * unit, wide, 19 * unit)
        self._painter.fillRect(QRectF(x - 0.75 * unit, box.bottom(), 1.5 * unit, HEAD * unit - box.bottom()),
                               t.danger.fill)
        rounded(self._painter, box, box.height() / 2, t.danger.text)
        say(self._painter, box, words, 11.5 * unit, t.surface, 600, MIDDLE)


def _number(tick: Tick) -> int:
    """Which of its kind a stretch is, so that the same ones keep their words while the time goes along."""
    day = tick.day
    return {"year": day.year, "decade": day.year // 10, "day": tick.first, "week": tick.first // 7,
            "quarter": day.year * 4 + day.month // 3, "month": day.year * 12 + day.month}.get(tick.tier, 0)


class _Name:
    """One drawing of a row's name."""

    def __init__(self, painter: QPainter, box: QRectF, bar: Bar, unit: float, t: Tokens) -> None:
        self._painter, self._box, self._bar, self._unit, self._t = painter, box, bar, unit, t

    def paint(self, row: int, marks: Marks) -> None:
        painter, box, bar, unit, t = self._painter, self._box, self._bar, self._unit, self._t
        head = bar.shape in ("group", "project") and bar.level == 0
        if row in marks.selected:
            painter.fillRect(box, t.selection if marks.focus else t.sel_inactive)
            if marks.focus:
                painter.fillRect(QRectF(box.left(), box.top(), 3 * unit, box.height()), t.accent)
        elif row == marks.hover or head:
            painter.fillRect(box, t.hover if row == marks.hover else t.sunken)
        left = box.left() + (_FIRST + _INDENT * bar.level) * unit
        self._sign(left)
        right = box.right() - 8 * unit
        if box.width() >= 300 * unit:
            right = self._aside()
        self._said(QRectF(left, box.top(), right - left, box.height()))

    def _sign(self, left: float) -> None:
        """The chevron of what can be opened, the mark of a point."""
        bar, unit, t = self._bar, self._unit, self._t
        middle = QPointF(left - 10 * unit, self._box.center().y())
        if bar.open is not None:
            if t.name == "print":
                # on paper nothing can be opened
                return
            square = QRectF(middle.x() - 7 * unit, middle.y() - 7 * unit, 14 * unit, 14 * unit)
            paint_icon(self._painter, square, Icon.DOWN if bar.open else Icon.RIGHT, t.text2, STROKE_INLINE)
        elif bar.is_point:
            ink = t.danger.text if bar.late else t.text2
            self._painter.save()
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint = sheet if bar.shape == "deliverable" else diamond
            paint(self._painter, middle, 12 * unit, ink if bar.met else t.surface, ink, 1.3 * unit)
            self._painter.restore()
        elif bar.shape == "agreement":
            square = QRectF(middle.x() - 6.5 * unit, middle.y() - 6.5 * unit, 13 * unit, 13 * unit)
            paint_icon(self._painter, square, Icon.AGREEMENTS, t.text2, STROKE_INLINE)

    def _aside(self) -> float:
        """Due day and owner at the right; returns where they begin."""
        bar, box, unit, t = self._bar, self._box, self._unit, self._t
        if bar.owner:
            side = 18 * unit
            round_ = QRectF(box.right() - 12 * unit - side, box.center().y() - side / 2, side, side)
            rounded(self._painter, round_, side / 2, t.neutral_soft)
            say(self._painter, round_, initials(bar.owner), 8 * unit, t.text2, 600, MIDDLE)
        due = QRectF(box.right() - (_OWNER + _DUE) * unit, box.top(), _DUE * unit, box.height())
        say(self._painter, due, bar.due, 11.5 * unit, t.danger.text if bar.late else t.muted, align=RIGHT)
        return due.left() + (_DUE * unit - advance(bar.due, 11.5 * unit)) - 8 * unit

    def _said(self, room: QRectF) -> None:
        bar, unit, t = self._bar, self._unit, self._t
        weight = {"group": 600, "project": 600, "package": 500}.get(bar.shape, 400)
        say(self._painter, room, bar.name, 13 * unit, t.text, weight)
        used = advance(bar.name, 13 * unit, weight) + 4 * unit
        if bar.more and room.width() - used > 24 * unit:
            rest = room.adjusted(used, 0, 0, 0)
            say(self._painter, rest, bar.more, 13 * unit, t.muted)
