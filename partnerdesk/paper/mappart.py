"""A map as part of a page: the countries a print is about filled in blue, partners as points, drawn as shapes."""

from collections.abc import Sequence
from functools import cache, lru_cache, partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from partnerdesk.domain.documents import Head, WorldMap
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.worldmap import Point, project
from partnerdesk.look import tokens
from partnerdesk.look.paint import rounded
from partnerdesk.look.worldmap import MapValues, Pin, PinBoard, paint_land, paint_marks
from partnerdesk.look.worldshapes import HOME, Shape, View, fitting, shape
from partnerdesk.paper.page import MM, Page
from partnerdesk.paper.parts import TITLE, section_head

HIGH = 62 * MM
LOCATOR = (30 * MM, 21 * MM)
LOCATOR_GAP, LOCATOR_DOTS = 9.5 * 72 / 25.4 / 2, 400
_LEAST, _FAR = 46.0, 130.0
"""No less of the world is shown than so many units across, on a large map and on a small one."""


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


def locator_room(head: Head) -> float:
    """The width that the small map beside a head takes, in points; 0 where none is asked for or there is no map."""
    known = world() if head.country else None
    return LOCATOR[0] + LOCATOR_GAP if known is not None and head.country in known.world.places else 0.0


def put_locator(page: Page, x: float, y: float, head: Head) -> None:
    """The small map of a head with its top left corner at (x, y)."""
    page.drawn(x, y, *LOCATOR, partial(_paint_locator, head.country, head.point))


def _paint_locator(code: str, point: Point | None, painter: QPainter, rect: QRectF, unit: float) -> None:
    picture, view = _locator(code)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    painter.drawImage(rect, picture)
    if point is not None:
        at = view.at(project(*point))
        scale = rect.width() / picture.width()
        painter.setPen(QPen(tokens.paper().text, 0.9 * unit))
        painter.setBrush(tokens.paper().surface)
        painter.drawEllipse(QPointF(rect.x() + at.x() * scale, rect.y() + at.y() * scale), 2.2 * unit, 2.2 * unit)
    painter.restore()


@lru_cache(maxsize=300)
def _locator(code: str) -> tuple[QImage, View]:
    """A country with what lies around it as a picture, which many pages share, and the view it shows."""
    known, t = world(), tokens.paper()
    assert known is not None
    picture = QImage(round(LOCATOR[0] / 72 * LOCATOR_DOTS), round(LOCATOR[1] / 72 * LOCATOR_DOTS),
                     QImage.Format.Format_RGB32)
    rect, unit = QRectF(picture.rect()), LOCATOR_DOTS / 96
    view = _within(fitting(_around(known, (code,), rect.width() / rect.height(), _FAR), rect), rect)
    painter = QPainter(picture)
    values = MapValues({code: t.accent})
    paint_land(painter, rect, known, view, values, t, unit=unit)
    paint_marks(painter, rect, known, view, values, t, unit, names=False)
    rounded(painter, rect, 0, None, t.line2, 0.7 * unit)
    painter.end()
    return picture, view


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


def _around(world: Shape, codes: Sequence[str], shape_of_room: float, least: float = _LEAST) -> QRectF:
    """The part of the world around some countries, no less than `least` units across, in the room's proportions."""
    if not codes:
        return HOME
    boxes = [world.box(code) for code in codes]
    left, right = min(box.left() for box in boxes), max(box.right() for box in boxes)
    top, bottom = min(box.top() for box in boxes), max(box.bottom() for box in boxes)
    wide = max((right - left) * 1.5, (bottom - top) * 1.5 * shape_of_room, least)
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
