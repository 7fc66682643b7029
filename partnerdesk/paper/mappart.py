"""A map as part of a page: the countries a print is about filled in blue, partners as points, drawn as shapes."""

from collections.abc import Sequence
from functools import cache, partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from partnerdesk.domain.documents import WorldMap
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.worldmap import project
from partnerdesk.look import tokens
from partnerdesk.look.paint import rounded
from partnerdesk.look.worldmap import MapValues, Pin, PinBoard, paint_land, paint_marks
from partnerdesk.look.worldshapes import HOME, Shape, View, fitting, shape
from partnerdesk.paper.page import MM, Page
from partnerdesk.paper.parts import TITLE, section_head

HIGH = 62 * MM
_LEAST = 46.0
"""No less of the world is shown than so many units across."""


class MapPart:
    """A map as wide as its column; it takes no room where the program has no map file."""

    def __init__(self, block: WorldMap) -> None:
        self._block = block
        self._shape = world()
        self.least = self.wanted = 1 if self._shape is not None else 0

    def height(self, rows: int) -> float:
        return TITLE + HIGH if rows else 0.0

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        if rows and self._shape is not None:
            section_head(page, x, y, width, self._block.title, self._block.note)
            draw = partial(paint_around, self._shape, self._block.codes, self._block.points)
            page.drawn(x, y + TITLE, width, HIGH - 4, draw)


@cache
def world() -> Shape | None:
    """The outlines of the program, None where they cannot be read."""
    try:
        return shape()
    except BadFile:
        return None


def paint_around(
    world: Shape, codes: Sequence[str], points: Sequence[tuple[float, float]], painter: QPainter, rect: QRectF,
    unit: float,
) -> None:
    """The map around some countries, which alone are filled; `points` are longitude and latitude."""
    t = tokens.paper()
    known = [code for code in codes if code in world.world.places]
    view = _within(fitting(_around(world, known, rect.width() / rect.height()), rect), rect)
    values = MapValues(dict.fromkeys(known, t.sequential[2]),
                       PinBoard(Pin(n, project(*point)) for n, point in enumerate(points)))
    paint_land(painter, rect, world, view, values, t, shapes=True, unit=unit)
    paint_marks(painter, rect, world, view, values, t, unit)
    rounded(painter, rect, 0, None, t.line2, 0.7 * unit)


def _around(world: Shape, codes: Sequence[str], shape_of_room: float) -> QRectF:
    """The part of the world around some countries that has the proportions of the room."""
    if not codes:
        return HOME
    boxes = [world.box(code) for code in codes]
    left, right = min(box.left() for box in boxes), max(box.right() for box in boxes)
    top, bottom = min(box.top() for box in boxes), max(box.bottom() for box in boxes)
    wide = max((right - left) * 1.5, (bottom - top) * 1.5 * shape_of_room, _LEAST)
    if wide >= HOME.width():
        return HOME
    middle = QPointF((left + right) / 2, (top + bottom) / 2)
    return QRectF(middle.x() - wide / 2, middle.y() - wide / shape_of_room / 2, wide, wide / shape_of_room)


def _within(view: View, rect: QRectF) -> View:
    """The view moved so that nothing beyond the edges of the map is shown where there is enough of it."""
    whole = view.box(HOME)
    dx = max(0.0, rect.right() - whole.right()) + min(0.0, rect.left() - whole.left())
    dy = max(0.0, rect.bottom() - whole.bottom()) + min(0.0, rect.top() - whole.top())
    return view.moved(dx if whole.width() > rect.width() else 0.0, dy if whole.height() > rect.height() else 0.0)
