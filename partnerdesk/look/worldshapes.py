"""The outlines of countries as paths, in three levels of detail that are read when a view wants them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QDataStream, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.domain.worldmap import World
from partnerdesk.formats.worldfile import WorldFile, read_world

FINEST = 2
_ENOUGH = (1.7, 7.0)
"""Up to so many px a unit a level does; the last one does for all."""
HOME = QRectF(-501.0, -246.0, 1002.0, 442.0)
"""What the map shows at first: the world without Antarctica."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """One level of detail: the land of every country, where each lies, and the borders between them."""

    land: dict[str, QPainterPath]
    boxes: dict[str, QRectF]
    borders: QPainterPath


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: px a unit, and the place in px where the middle of the map lies."""

    scale: float
    x: float
    y: float

    @property
    def transform(self) -> QTransform:
        """From units to px."""
        return QTransform(self.scale, 0, 0, self.scale, self.x, self.y)

    def at(self, place: tuple[float, float]) -> QPointF:
        """Where a place in units lies, in px."""
        return QPointF(place[0] * self.scale + self.x, place[1] * self.scale + self.y)

    def place(self, at: QPointF) -> tuple[float, float]:
        """The place in units that lies at a point."""
        return (at.x() - self.x) / self.scale, (at.y() - self.y) / self.scale

    def box(self, rect: QRectF) -> QRectF:
        """A box of units in px."""
        return QRectF(rect.x() * self.scale + self.x, rect.y() * self.scale + self.y, rect.width() * self.scale,
                      rect.height() * self.scale)

    def seen(self, rect: QRectF) -> QRectF:
        """What of the map lies in a box of px, in units."""
        return QRectF((rect.x() - self.x) / self.scale, (rect.y() - self.y) / self.scale, rect.width() / self.scale,
                      rect.height() / self.scale)

    def moved(self, dx: float, dy: float) -> "View":
        """The view after the map has been moved so many px."""
        return View(self.scale, self.x + dx, self.y + dy)

    def zoomed(self, factor: float, about: QPointF) -> "View":
        """The view closer by `factor`, what lies under `about` staying there."""
        return View(self.scale * factor, about.x() + (self.x - about.x()) * factor,
                    about.y() + (self.y - about.y()) * factor)


def fitting(box: QRectF, room: QRectF, most: float = 400.0) -> View:
    """The view that shows a box of units as large as the room in px holds it."""
    scale = min(room.width() / max(box.width(), 0.01), room.height() / max(box.height(), 0.01), most)
    middle, place = box.center(), room.center()
    return View(scale, place.x() - middle.x() * scale, place.y() - middle.y() * scale)


class Shape:
    """The map as far as it has been read, with the countries an office has chosen for pieces of land."""

    def __init__(self, file: WorldFile, choices: Mapping[str, str] | None = None) -> None:
        self._file = file
        self.world: World = file.world.chosen(choices) if choices else file.world
        self._levels: dict[int, Shapes] = {}
        self.level(0)

    def level(self, number: int) -> Shapes:
        """The outlines of one level; the finest that can be read where that one is hurt. Raises BadFile at the first.
        """
        if number not in self._levels:
            try:
                self._levels[number] = self._read(number)
            except BadFile:
                if not number:
                    raise
                self._levels[number] = self.level(number - 1)
        return self._levels[number]

    def for_scale(self, scale: float) -> Shapes:
        """The outlines that do for so many px a unit."""
        return self.level(next((n for n, most in enumerate(_ENOUGH) if scale <= most), FINEST))

    def box(self, code: str) -> QRectF:
        """Where a country lies, in units: the box around its land, or its point alone."""
        x, y = self.world.places[code]
        found = self.level(0).boxes.get(code)
        return found if found is not None else QRectF(x, y, 0.0, 0.0)

    def _read(self, number: int) -> Shapes:
        data = QByteArray(self._file.outlines(number))
        stream = QDataStream(data)
        stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.SinglePrecision)
        world = self.world
        land: dict[str, QPainterPath] = {}
        for piece in world.pieces:
            path = _next(stream)
            if piece.country in land:
                land[piece.country].addPath(path)
            else:
                land[piece.country] = path
        borders = QPainterPath()
        for one, other in world.lines:
            path = _next(stream)
            if not one or world.owners[one] != world.owners[other]:
                borders.addPath(path)
        if stream.status() != QDataStream.Status.Ok or not stream.atEnd():
            raise BadFile(Text(QT_TRANSLATE_NOOP("PartnerDesk", "The outlines in the map file are damaged.")))
        boxes = {code: path.controlPointRect() if not path.isEmpty() else QRectF(*world.places[code], 0.0, 0.0)
                 for code, path in land.items()}
        return Shapes(land, boxes, borders)


def _next(stream: QDataStream) -> QPainterPath:
    path = QPainterPath()
    stream >> path
    return path


def shape(choices: Mapping[str, str] | None = None) -> Shape:
    """The map of the program. Raises BadFile with one sentence."""
    return Shape(read_world(), choices)
