"""Paints all rows of a list in one go: asked cell by cell, Qt and Python would take ten times as long."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QTableView

from partnerdesk.domain import clock
from partnerdesk.look import tokens
from partnerdesk.look.cells import Chip, Coop, Number, Soft, TwoLine
from partnerdesk.look.fonts import kept_font, line_height
from partnerdesk.look.icons import mirror
from partnerdesk.look.laid import laid
from partnerdesk.look.paint import chip, chip_width, cooperation, cooperation_width, hairlines
from partnerdesk.look.tokens import Tokens, px
from partnerdesk.views.kit.delegates import EDGE, has_focus_within, holds_figures, hovered_row, paint_cell
from partnerdesk.views.kit.menus import cell_pads

KEPT = 2048
Voice = tuple[str, int | None, str]


class Place(NamedTuple):
    """A column as it is seen: its whole width and, within its padding, the room for a cell."""

    column: int
    start: int
    end: int
    left: int
    right: int


class Picture:
    """A chip or the signs of cooperation, kept on each ground it was painted on, by the ground's colour."""

    __slots__ = ("cell", "kept", "wide")

    def __init__(self, cell: Chip | Coop, wide: int) -> None:
        self.cell = cell
        self.wide = wide
        self.kept: dict[int, QPixmap] = {}


class Plan(NamedTuple):
    """What a row paints over its ground, in px from its top: words, pictures, and cells of any other kind."""

    words: list[tuple[Voice, QStaticText, float, float]]
    pictures: list[tuple[Picture, float, float]]
    others: list[tuple[QRectF, Any]]


class _Frame(NamedTuple):
    """What all plans of a list depend on besides the lines."""

    places: tuple[Place, ...]
    high: int
    ratio: float
    scale: float
    mirrored: bool
    today: date


class RowPainter:
    """Paints the rows of a view in which all rows are of one height and are selected whole.

    `line(row)` gives what a row is about, None while that is on its way; `cell(line, column)` its cells. What a
    line shows is worked out once, as long as it is the same object.
    """

    def __init__(self, view: QTableView, line: Callable[[int], Any], cell: Callable[[Any, int], Any]) -> None:
        self._view = view
        self._line = line
        self._cell = cell
        self._frame: _Frame | None = None
        self._tokens: Tokens | None = None
        self._plans: dict[int, tuple[Any, Plan]] = {}
        self._pictures: dict[tuple[Chip | Coop, int], Picture] = {}

    def paint(self, painter: QPainter, rows: Iterable[int]) -> None:
        """Paint these rows, whole."""
        frame = self._renewed()
        if not frame.places:
            return
        tops = [(row, self._view.rowViewportPosition(row)) for row in rows]
        grounds = self._paint_grounds(painter, frame, tops)
        voices: dict[Voice, list[tuple[QPointF, QStaticText]]] = {}
        for (row, top), ground in zip(tops, grounds, strict=True):
            line = self._line(row)
            if line is None:
                continue
            plan = self._plan(line, frame)
            shade = ground.rgba()
            for picture, x, y in plan.pictures:
                pixmap = picture.kept.get(shade)
                if pixmap is None:
                    pixmap = picture.kept[shade] = _pictured(picture, ground, frame)
                painter.drawPixmap(QPointF(x, top + y), pixmap)
            for voice, words, x, y in plan.words:
                voices.setdefault(voice, []).append((QPointF(x, top + y), words))
            for rect, other in plan.others:
                _paint_other(painter, rect.translated(0, top), other, frame)
        # told of a font, a painter looks for it anew: so all words in one voice come together
        for (style, weight, role), spoken in voices.items():
            painter.setFont(kept_font(style, weight))
            painter.setPen(tokens.current().role(role))
            for at, words in spoken:
                painter.drawStaticText(at, words)

    def _renewed(self) -> _Frame:
        """What the view looks like now; when that has changed, nothing kept is right any more."""
        view, t = self._view, tokens.current()
        mirrored = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        frame = _Frame(_places(view, mirrored), view.rowHeight(0), view.devicePixelRatioF(), tokens.scale(), mirrored,
                       clock.today())
        if frame != self._frame or t is not self._tokens or len(self._plans) > KEPT:
            self._plans.clear()
            self._pictures.clear()
            self._frame, self._tokens = frame, t
        return frame

    def _paint_grounds(self, painter: QPainter, frame: _Frame, tops: Sequence[tuple[int, int]]) -> list[QColor]:
        """Grounds, hairlines and edges; gives the ground of each row."""
        t, view, chosen = tokens.current(), self._view, self._view.selectionModel()
        current, hovered = view.currentIndex().row(), hovered_row(view)
        focused = has_focus_within(view)
        start, end = min(p.start for p in frame.places), max(p.end for p in frame.places)
        grounds = []
        marks: list[tuple[QRectF, QColor]] = []
        some, column = chosen.hasSelection(), frame.places[0].column
        for row, top in tops:
            ground = t.hover if row == hovered else t.surface
            if some and chosen.isSelected(view.model().index(row, column)):
                ground = t.selection if focused else t.sel_inactive
                left = end - px(EDGE) if frame.mirrored else start
                marks.append((QRectF(left, top, px(EDGE), frame.high), t.accent))
            elif row == current and focused:
                marks.append((QRectF(start, top, end - start, 2), t.focus))
                marks.append((QRectF(start, top + frame.high - 2, end - start, 2), t.focus))
            grounds.append(ground)
            painter.fillRect(start, top, end - start, frame.high, ground)
        hairlines(painter, start, end, [top + frame.high - 1 for _, top in tops], t.line)
        for rect, color in marks:
            painter.fillRect(rect, color)
        return grounds

    def _plan(self, line: Any, frame: _Frame) -> Plan:
        kept = self._plans.get(id(line))
        if kept is not None and kept[0] is line:
            return kept[1]
        plan = Plan([], [], [])
        for place in frame.places:
            self._add(plan, place, self._cell(line, place.column), frame)
        self._plans[id(line)] = (line, plan)
        return plan

    def _add(self, plan: Plan, place: Place, cell: Any, frame: _Frame) -> None:
        """Add what a cell paints at its place."""
        if not isinstance(cell, Chip | Coop):
            _add(plan, place, cell, frame)
            return
        wide = place.right - place.left
        size = _size(cell, wide)
        if size.width() > 0:
            key = (cell, wide)
            picture = self._pictures.get(key)
            if picture is None:
                picture = self._pictures[key] = Picture(cell, wide)
            x = place.right - size.width() if frame.mirrored else place.left
            plan.pictures.append((picture, *_on_pixels(x, (frame.high - 1 - size.height()) / 2, frame.ratio)))


def rows_within(view: QTableView, tops: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The rows that lie in any of the stretches (top, bottom) of the viewport."""
    last = view.model().rowCount() - 1
    rows: set[int] = set()
    for top, bottom in tops:
        first = view.rowAt(top)
        end = view.rowAt(bottom)
        if first >= 0:
            rows.update(range(first, (end if end >= 0 else last) + 1))
    return sorted(rows)


def _places(view: QTableView, mirrored: bool) -> tuple[Place, ...]:
    """The columns seen, padded as the first and the last one are in the direction of the writing."""
    header = view.horizontalHeader()
    shown = [c for c in (header.logicalIndex(n) for n in range(header.count())) if not header.isSectionHidden(c)]
    wide = view.viewport().width()
    places = []
    for n, column in enumerate(shown):
        start, size = view.columnViewportPosition(column), header.sectionSize(column)
        before, after = cell_pads(n == 0, n == len(shown) - 1, holds_figures(view.model(), column))
        left, right = (after, before) if mirrored else (before, after)
        if start + size > 0 and start < wide:
            places.append(Place(column, start, start + size, start + left, start + size - right))
    return tuple(places)


def _add(plan: Plan, place: Place, cell: Any, frame: _Frame) -> None:
    """Add the words a cell says at its place, or the cell itself where it is of another kind."""
    room = frame.high - 1
    if isinstance(cell, TwoLine):
        high, second_high = line_height("name"), line_height("tiny")
        if not cell.second or room < high + second_high:
            _say(plan, place, cell.name, ("name", None, "text"), 0, room, frame)
            return
        top = (frame.high - high - second_high) / 2
        _say(plan, place, cell.name, ("name", None, "text"), top, high, frame)
        _say(plan, place, cell.second, ("tiny", None, "muted"), top + high, second_high, frame)
    elif isinstance(cell, Soft):
        # days stand under each other, but a hyphen of a name must not be as wide as a figure
        _say(plan, place, cell.words, ("body" if "-" in cell.words else "number", None, "text2"), 0, room, frame)
    elif isinstance(cell, Number):
        _say(plan, place, cell.words, ("number", None, "text"), 0, room, frame, at_end=True)
    elif cell is not None:
        plan.others.append((QRectF(place.left, 0, place.right - place.left, room), cell))


def _say(
    plan: Plan, place: Place, words: str, voice: Voice, top: float, high: float, frame: _Frame, at_end: bool = False
) -> None:
    wide = place.right - place.left
    if not words or wide <= 0:
        return
    made = laid(words, voice[0], voice[1], frame.scale, frame.ratio, wide, frame.mirrored)
    left = place.right - made.width if at_end is not frame.mirrored else place.left
    below = ceil((high - made.height) / 2 * frame.ratio - 0.5) / frame.ratio
    plan.words.append((voice, made.words, left, top + below))


def _pictured(picture: Picture, ground: QColor, frame: _Frame) -> QPixmap:
    """The picture on its ground, at the screen's pixels."""
    rect = QRectF(QPointF(0, 0), _size(picture.cell, picture.wide))
    made = QPixmap(ceil(rect.width() * frame.ratio), ceil(rect.height() * frame.ratio))
    made.setDevicePixelRatio(frame.ratio)
    made.fill(ground)
    painter = QPainter(made)
    _paint_other(painter, rect, picture.cell, frame, ground)
    painter.end()
    return made


def _size(cell: Chip | Coop, wide: int) -> QSizeF:
    """The picture of a cell that has a room so `wide`."""
    if isinstance(cell, Chip):
        return QSizeF(min(chip_width(cell.word, cell.icon is not None), wide) if cell.word else 0, px(20))
    return QSizeF(min(cooperation_width(), wide), px(15))


def _on_pixels(x: float, y: float, ratio: float) -> tuple[float, float]:
    return round(x * ratio) / ratio, round(y * ratio) / ratio


def _paint_other(painter: QPainter, rect: QRectF, cell: Any, frame: _Frame, ground: QColor | None = None) -> None:
    t = tokens.current()
    painter.save()
    mirror(painter, rect, Qt.LayoutDirection.RightToLeft if frame.mirrored else Qt.LayoutDirection.LeftToRight)
    if isinstance(cell, Chip):
        chip(painter, rect, cell.kind, cell.word, cell.icon, t, ground)
    elif isinstance(cell, Coop):
        cooperation(painter, rect, cell.forms, t.text2, t)
    else:
        paint_cell(painter, rect, cell, t)
    painter.restore()
