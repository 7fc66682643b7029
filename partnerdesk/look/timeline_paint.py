"""The lanes of a timeline, painted on screen and on paper alike: links under bars, today over them, words over all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import rounded
from partnerdesk.look.timeaxis import LAST_DAY
from partnerdesk.look.timeline import BAR, DIAMOND, Bar, Link, Scene
from partnerdesk.look.timeline_words import HALO, advance, halo, lines
from partnerdesk.look.tokens import STROKE_INLINE, Tokens, mixed

REST: Final = 0.28
WEEKENDS_FROM: Final = 8.0
LINKS_FROM: Final = 0.05


@dataclass(frozen=True, slots=True)
class Marks:
    """What is pointed out besides: selected and hovered rows, a chosen link, and what the user wants to see."""

    selected: Collection[int] = ()
    hover: int = -1
    focus: bool = False
    link: int = 0
    handle: int = -1
    source: int = -1
    baseline: bool = True
    critical: bool = True
    week_begins: int = 0


def paint_lanes(
    painter: QPainter, rect: QRectF, scene: Scene, top: float = 0.0, marks: Marks | None = None,
    t: Tokens | None = None,
) -> None:
    """Draw into `rect` the rows that lie from `top` on; days begin at its left edge."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.translate(rect.left(), rect.top() - top)
    room = QRectF(0, top, rect.width(), rect.height())
    _Lanes(painter, room, scene, marks or Marks(), t or tokens.current()).paint()
    painter.restore()


def diamond(painter: QPainter, middle: QPointF, side: float, fill: QColor | None, edge: QColor, width: float) -> None:
    """A diamond `side` wide and high, its edge inside."""
    half = (side - width) / 2
    x, y = middle.x(), middle.y()
    painter.setPen(QPen(edge, width))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half),
                                   QPointF(x - half, y)]))


def sheet(painter: QPainter, middle: QPointF, side: float, fill: QColor, edge: QColor, width: float) -> None:
    """The mark of a thing handed in: a leaf with its corner turned down, `side` high."""
    high, wide = side - width, (side - width) * 0.8
    left, top = middle.x() - wide / 2, middle.y() - high / 2
    fold = wide * 0.4
    painter.setPen(QPen(edge, width))
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF([
        QPointF(left, top), QPointF(left + wide - fold, top), QPointF(left + wide, top + fold),
        QPointF(left + wide, top + high), QPointF(left, top + high)]))


class _Lanes:
    """One drawing: holds painter, colours and scene while it is drawn."""

    def __init__(self, painter: QPainter, room: QRectF, scene: Scene, marks: Marks, t: Tokens) -> None:
        self._painter, self._room, self._scene, self._marks, self._t = painter, room, scene, marks, t
        self._unit = scene.axis.unit
        self._rows = scene.rows_between(room.top(), room.bottom() - 0.01)
        self._today = scene.axis.x(scene.chart.today + 0.5)
        self._rest = mixed(t.surface, t.accent, REST)

    def paint(self) -> None:
        painter = self._painter
        self._painter.fillRect(self._room, self._t.surface)
        self._weekends()
        for row in self._rows:
            ground = self._ground(row)
            if ground is not self._t.surface:
                lane = self._scene.lane
                painter.fillRect(QRectF(self._room.left(), row * lane, self._room.width(), lane), ground)
        self._grid()
        if not self._rows:
            self._today_line()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # what waits for nothing critical lies below what does
        shown = self._scene.axis.scale >= LINKS_FROM
        found = self._scene.chart.links(self._rows[0], self._rows[-1]) if shown else ()
        for link in sorted(found, key=self._weight):
            self._link(link)
        for row in self._rows:
            self._bar(row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._today_line()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in self._rows:
            self._label(row)
        if self._marks.handle in self._rows:
            self._handle(self._marks.handle)

    def _weight(self, link: Link) -> int:
        return 2 if link.id and link.id == self._marks.link else int(link.critical)

    def _ground(self, row: int) -> QColor:
        """The colour a row lies on."""
        t, bar = self._t, self._scene.chart.rows[row]
        if row in self._marks.selected:
            return t.selection if self._marks.focus else t.sel_inactive
        if row == self._marks.hover:
            return t.hover
        return t.sunken if bar.shape in ("group", "project") and bar.level == 0 else t.surface

    def _weekends(self) -> None:
        axis, room = self._scene.axis, self._room
        if axis.scale >= WEEKENDS_FROM:
            shade = mixed(self._t.surface, self._t.muted, 0.06)
            for tick in axis.ticks("day", room.width()):
                if tick.day.weekday() >= 5:
                    box = QRectF(axis.x(tick.first), room.top(), axis.per_day, room.height())
                    self._painter.fillRect(box, shade)

    def _grid(self) -> None:
        painter, axis, t, room = self._painter, self._scene.axis, self._t, self._room
        upper, lower = axis.tiers
        for tier, color in ((lower, t.line), (upper, t.line2)):
            places = (axis.x(tick.first) for tick in axis.ticks(tier, room.width(), self._marks.week_begins))
            lines(painter, color, upright=[x for x in places if 0 <= x <= room.width()], room=room)
        lines(painter, t.line, level=[(row + 1) * self._scene.lane - self._unit for row in self._rows], room=room)

    def _link(self, link: Link) -> None:
        corners = self._scene.path(link)
        if not corners:
            return
        left, right = min(p.x() for p in corners), max(p.x() for p in corners)
        if right < self._room.left() - 20 * self._unit or left > self._room.right() + 20 * self._unit:
            return
        t, painter = self._t, self._painter
        chosen = bool(link.id) and link.id == self._marks.link
        marked = chosen or (link.critical and self._marks.critical)
        color = t.focus if chosen else t.text if marked else t.control
        pen = QPen(color, (1.8 if marked else 1.2) * self._unit)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        tip, before = corners[-1], corners[-2]
        size = 5 * self._unit
        dx, dy = _sign(tip.x() - before.x()), _sign(tip.y() - before.y())
        corners[-1] = QPointF(tip.x() - dx * size * 0.6, tip.y() - dy * size * 0.6)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(corners))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        back = QPointF(tip.x() - dx * size, tip.y() - dy * size)
        aside = QPointF(dy * size * 0.55, dx * size * 0.55)
        painter.drawPolygon(QPolygonF([tip, back + aside, back - aside]))

    def _bar(self, row: int) -> None:
        bar, ends = self._scene.chart.rows[row], self._scene.ends(row)
        if ends is None:
            return
        left, right = ends
        if self._marks.baseline and bar.base is not None:
            self._base(row, bar)
        reach = max(right, self._today) if bar.late else right
        if reach < self._room.left() - 10 * self._unit or left > self._room.right() + 10 * self._unit:
            return
        middle = self._scene.middle(row)
        if bar.is_point:
            self._point(bar, QPointF((left + right) / 2, middle))
        elif bar.shape in ("project", "group"):
            self._bracket(bar, left, right, middle)
        else:
            self._block(bar, left, right, middle)
        ringed = row in self._marks.selected and self._marks.focus and bar.shape not in ("project", "group")
        if ringed or row == self._marks.source:
            half = self._scene.half(row) + 3 * self._unit
            box = QRectF(left - 3 * self._unit, middle - half, right - left + 6 * self._unit, 2 * half)
            rounded(self._painter, self._seen(box), 6 * self._unit, None, self._t.focus, 2 * self._unit)

    def _seen(self, box: QRectF) -> QRectF:
        """A box cut far out of sight, for coordinates of centuries are more than a painter bears."""
        far = 100 * self._unit
        left, right = max(box.left(), self._room.left() - far), min(box.right(), self._room.right() + far)
        return QRectF(left, box.top(), max(right - left, 0.0), box.height())

    def _block(self, bar: Bar, left: float, right: float, middle: float) -> None:
        unit, t = self._unit, self._t
        high = {"package": 6.0, "agreement": 10.0}.get(bar.shape, BAR) * unit
        box = QRectF(left, middle - high / 2, right - left, high)
        if bar.late and not bar.is_point:
            self._lateness(right, middle)
        seen = self._seen(box)
        radius = min(4.0 * unit, high / 2)
        whole = bar.first is not None and bar.last is not None
        if bar.shape == "package":
            self._box(seen, radius, self._rest)
        else:
            fill = self._rest if whole else t.surface
            self._box(seen, radius, fill, t.accent, dashed=not whole or (bar.met and bar.shape != "task"))
        share = box.width() * min(max(bar.done, 0.0), 1.0)
        if share > 0:
            self._done(box, max(share, unit), radius)
        if bar.critical and self._marks.critical:
            line = self._seen(QRectF(left, box.top() - 4 * unit, right - left, 2 * unit))
            self._painter.fillRect(line, t.text)

    def _done(self, box: QRectF, share: float, radius: float) -> None:
        """The done part of a bar: round where the bar is, straight where it ends within it."""
        done = self._seen(QRectF(box.left(), box.top(), share, box.height()))
        if done.width() <= 0:
            return
        self._box(done, min(radius, done.width() / 2), self._t.accent)
        if share < box.width() - radius and done.width() > radius:
            straight = QRectF(done.right() - radius, done.top(), radius, done.height())
            self._painter.fillRect(straight, self._t.accent)

    def _box(self, box: QRectF, radius: float, fill: QColor | None, edge: QColor | None = None,
             dashed: bool = False) -> None:
        """As `rounded`, for a painting that is smoothed already."""
        painter, width = self._painter, self._unit
        if edge is not None:
            pen = QPen(edge, width)
            if dashed:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([3, 2.5])
            painter.setPen(pen)
            box = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
            radius = max(0.0, radius - width / 2)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)

    def _lateness(self, right: float, middle: float) -> None:
        """From the day something was due to today."""
        if self._today <= right:
            return
        unit, t = self._unit, self._t
        box = self._seen(QRectF(right, middle - BAR * unit / 2, self._today - right, BAR * unit))
        self._box(box, 3 * unit, t.danger.soft, t.danger.fill, dashed=True)

    def _bracket(self, bar: Bar, left: float, right: float, middle: float) -> None:
        unit, painter = self._unit, self._painter
        color = self._t.text2 if bar.shape == "project" else self._t.control
        box = self._seen(QRectF(left, middle - 3.5 * unit, right - left, 5 * unit))
        foot, down = min(5 * unit, box.width() / 2), 4 * unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        shape = [box.topLeft(), box.topRight(), QPointF(box.right(), box.bottom() + down),
                 QPointF(box.right() - foot, box.bottom()), QPointF(box.left() + foot, box.bottom()),
                 QPointF(box.left(), box.bottom() + down)]
        painter.drawPolygon(QPolygonF(shape))

    def _point(self, bar: Bar, middle: QPointF) -> None:
        unit, t = self._unit, self._t
        if bar.late and t.name != "print":
            fill, edge = t.danger.fill, t.danger.fill
        else:
            # on paper a filled mark means met, and lateness is said in words
            fill, edge = (t.text if bar.met else t.surface), t.text
        paint = sheet if bar.shape == "deliverable" else diamond
        paint(self._painter, middle, DIAMOND * unit, fill, edge, 1.5 * unit)
        if bar.critical and self._marks.critical:
            half = DIAMOND * unit / 2
            self._painter.fillRect(QRectF(middle.x() - half, middle.y() - half - 4 * unit, 2 * half, 2 * unit), t.text)

    def _base(self, row: int, bar: Bar) -> None:
        """Where it was once agreed to lie, where that is elsewhere."""
        days = bar.span
        if bar.base is None or bar.base == days:
            return
        axis, unit, t = self._scene.axis, self._unit, self._t
        left, right, middle = axis.x(bar.base[0]), axis.x(bar.base[1] + 1), self._scene.middle(row)
        if right < self._room.left() or left > self._room.right():
            return
        if bar.is_point:
            diamond(self._painter, QPointF((axis.x(bar.base[1]) + right) / 2, middle), 9 * unit, t.surface, t.control,
                    1.2 * unit)
            return
        box = self._seen(QRectF(left, middle + BAR * unit / 2 + 2 * unit, max(right - left, unit), 3 * unit))
        self._painter.fillRect(box, t.control)

    def _today_line(self) -> None:
        if self._room.left() <= self._today <= self._room.right():
            line = QRectF(self._today - 0.75 * self._unit, self._room.top(), 1.5 * self._unit, self._room.height())
            self._painter.fillRect(line, self._t.danger.fill)

    def _label(self, row: int) -> None:
        bar, ends = self._scene.chart.rows[row], self._scene.ends(row)
        if ends is None:
            self._dateless(row, bar)
            return
        left, right = ends
        unit = self._unit
        if bar.late and not bar.is_point:
            right = max(right, self._today)
        if right < self._room.left() + unit or left > self._room.right():
            self._beyond(row, right < self._room.left() + unit)
            return
        if not bar.words:
            return
        icon = 15 * unit if bar.tone == "danger" else 0.0
        wide = advance(bar.words, 11.5 * unit, _weight(bar)) + icon
        gap = (7 if bar.is_point or bar.shape == "task" else 9) * unit
        x = right + gap
        if row == self._marks.handle:
            x += 14 * unit
        if x + wide > self._room.right() - 4 * unit:
            x = left - gap - wide
            if x < self._room.left() + 4 * unit:
                return
        self._words(QPointF(x, self._scene.middle(row)), bar, self._ground(row))

    def _dateless(self, row: int, bar: Bar) -> None:
        """What has no days yet says so where today is, or at the left."""
        if bar.words:
            x = self._today if 0 <= self._today <= self._room.width() * 0.8 else self._room.left()
            self._words(QPointF(x + 8 * self._unit, self._scene.middle(row)), bar, self._ground(row))

    def _words(self, at: QPointF, bar: Bar, ground: QColor) -> None:
        unit, t = self._unit, self._t
        color = {"danger": t.danger.text, "muted": t.muted}.get(bar.tone, t.text)
        x = at.x()
        if bar.tone == "danger":
            square = QRectF(x, at.y() - 6 * unit, 12 * unit, 12 * unit)
            self._painter.fillRect(square.adjusted(-2 * unit, -unit, 2 * unit, unit), ground)
            paint_icon(self._painter, square, Icon.PROBLEM, color, STROKE_INLINE)
            x += 15 * unit
        halo(self._painter, QPointF(x, at.y()), bar.words, 11.5 * unit, _weight(bar), color, ground, HALO * unit)

    def _beyond(self, row: int, before: bool) -> None:
        """A bar that lies out of sight is shown the way to."""
        unit, y = self._unit, self._scene.middle(row)
        side = 10 * unit
        x = self._room.left() + 3 * unit if before else self._room.right() - 3 * unit - side
        paint_icon(self._painter, QRectF(x, y - side / 2, side, side), Icon.LEFT if before else Icon.RIGHT,
                   self._t.muted, STROKE_INLINE)

    def _handle(self, row: int) -> None:
        """The dot beside a task's end from which a link is drawn out."""
        ends = self._scene.ends(row)
        if ends is not None:
            unit, t = self._unit, self._t
            side = 8 * unit
            x = ends[1] + 7 * unit
            rounded(self._painter, QRectF(x, self._scene.middle(row) - side / 2, side, side), side / 2, t.surface,
                    t.focus, 2 * unit)


def day_of(ordinal: int) -> date:
    """The day of an ordinal, the last one there is where it lies beyond."""
    return date.fromordinal(min(max(ordinal, 1), LAST_DAY))


def _weight(bar: Bar) -> int:
    return 500 if bar.tone == "danger" else 400


def _sign(number: float) -> float:
    return (number > 0.01) - (number < -0.01) + 0.0
