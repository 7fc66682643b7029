"""Draws the map of the world from plain values, for the screen in quick layers and for paper as shapes.

Land is filled by class of a measure; over it lie dots for what is too small to see, flows, partners, our own office and
names. The same map answers what lies under a point.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from partnerdesk.domain.worldmap import projected
from partnerdesk.look.fonts import sized
from partnerdesk.look.paint import MIDDLE, dot, halo_text, write
from partnerdesk.look.tokens import Tokens, mixed
from partnerdesk.look.worldshapes import Shape, View

ANTARCTICA = "AQ"
EDGE, CHOSEN_EDGE = 0.6, 1.6
PIN, PICK = 2.6, 8.0
_TINY, _CELL, _NAMES_FROM = 9.0, 15.0, 1.9
_WIDEST_FLOW = 9.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A partner on the map: the id of its record and its place in units."""

    id: int
    place: tuple[float, float]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many people between our office and a country, out or in."""

    code: str
    people: int
    out: bool = True


@dataclass(frozen=True, slots=True)
class MapValues:
    """All that a map shows: the fill of countries that have one, pins, our own place, flows, names by code.

    `numbers` stand behind the names where there are any; `contrast` draws strong borders.
    """

    fills: Mapping[str, QColor] = field(default_factory=dict)
    pins: Sequence[Pin] = ()
    home: tuple[float, float] | None = None
    flows: Sequence[Flow] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    contrast: bool = False


@dataclass(frozen=True, slots=True)
class LegendRow:
    """A class: its place (None: no number), its words, its colour, how many countries are in it, whether it is on."""

    place: int | None
    words: str
    color: QColor
    countries: int
    on: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Pins that lie together at a scale, and where their mark stands, in px."""

    at: QPointF
    pins: tuple[Pin, ...]


def clusters(pins: Iterable[Pin], view: View, unit: float = 1.0) -> list[Cluster]:
    """Pins gathered where their marks would lie on each other."""
    cells: dict[tuple[int, int], list[tuple[float, float, Pin]]] = {}
    scale, left, top, side = view.scale, view.x, view.y, _CELL * unit
    for pin in pins:
        x, y = pin.place[0] * scale + left, pin.place[1] * scale + top
        cells.setdefault((int(x // side), int(y // side)), []).append((x, y, pin))
    return [Cluster(QPointF(sum(x for x, _, _ in some) / len(some), sum(y for _, y, _ in some) / len(some)),
                    tuple(pin for _, _, pin in some)) for some in cells.values()]


def paint_land(
    painter: QPainter, rect: QRectF, shape: Shape, view: View, values: MapValues, t: Tokens, *, fine: bool = True,
    shapes: bool = False, unit: float = 1.0,
) -> None:
    """Sea, grid, land by class and borders inside `rect`.

    Without `fine` land has plain edges, which takes a third of the time. `shapes` is for paper, where neighbours are
    drawn so that no printer leaves a gap between them.
    """
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, t.map_sea)
    _grid(painter, view, t, unit)
    level, seen = shape.for_scale(view.scale), view.seen(rect)
    painter.setTransform(view.transform, combine=True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, fine)
    for code, path in level.land.items():
        fill = values.fills.get(code)
        if level.boxes[code].intersects(seen) and (code != ANTARCTICA or fill is not None):
            color = t.map_none if fill is None else fill
            painter.fillPath(path, color)
            if shapes:
                painter.strokePath(path, _pen(color, 0.3 * unit))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = t.text if values.contrast else t.map_line
    painter.strokePath(level.borders, _pen(edge, (1.0 if values.contrast else EDGE) * unit))
    painter.restore()


def paint_marks(
    painter: QPainter, rect: QRectF, shape: Shape, view: View, values: MapValues, t: Tokens, unit: float = 1.0
) -> list[Cluster]:
    """Dots, flows, partners, our own office and names over the land; gives back where partners were marked."""
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _dots(painter, shape, view, values, t, unit)
    if values.home is not None:
        for flow in sorted(values.flows, key=lambda one: -one.people):
            _flow(painter, shape, view, values, flow, t, unit)
    near = rect.adjusted(-20, -20, 20, 20)
    marked = [one for one in clusters(values.pins, view, unit) if near.contains(one.at)]
    for cluster in marked:
        _pins(painter, cluster, t, unit)
    if values.home is not None:
        star(painter, view.at(values.home), 6.5 * unit, t)
    _names(painter, rect, shape, view, values, t, unit, [_around(one, unit) for one in marked])
    painter.restore()
    return marked


def paint_outline(
    painter: QPainter, shape: Shape, view: View, code: str, color: QColor, width: float = CHOSEN_EDGE,
    unit: float = 1.0,
) -> None:
    """The outline of one country, or a ring around its dot where it is too small to have one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    level = shape.for_scale(view.scale)
    if code in level.land and code != ANTARCTICA and not _is_tiny(shape, view, code, unit):
        painter.setTransform(view.transform, combine=True)
        painter.strokePath(level.land[code], _pen(color, width * unit))
    else:
        painter.setPen(QPen(color, width * unit))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(view.at(shape.world.places[code]), 5.5 * unit, 5.5 * unit)
    painter.restore()


def star(painter: QPainter, at: QPointF, radius: float, t: Tokens) -> None:
    """The mark of our own office."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = QPolygonF([at + QPointF(*_on_star(n, radius)) for n in range(10)])
    painter.setPen(QPen(t.surface, radius / 5))
    painter.setBrush(t.warn.fill)
    painter.drawPolygon(points)
    painter.restore()


class Under:
    """Tells which country lies under a point of a view: a picture of numbers, drawn once a view."""

    def __init__(self, shape: Shape, view: View, size: QSize, unit: float = 1.0) -> None:
        self._codes = ("", *shape.world.places)
        self._picture = QImage(size, QImage.Format.Format_RGB32)
        self._picture.fill(0)
        self._size = size
        painter = QPainter(self._picture)
        painter.setTransform(view.transform)
        level = shape.for_scale(view.scale)
        seen = view.seen(QRectF(QPointF(), QSizeF(size)))
        small = []
        for number, code in enumerate(self._codes):
            box = level.boxes.get(code)
            if box is not None and code != ANTARCTICA and box.intersects(seen):
                painter.fillPath(level.land[code], QColor.fromRgb(number))
            if code and _is_tiny(shape, view, code, unit):
                small.append((-shape.world.areas.get(code, 0.0), number, code))
        painter.resetTransform()
        painter.setPen(Qt.PenStyle.NoPen)
        for _, number, code in sorted(small):
            painter.setBrush(QColor.fromRgb(number))
            painter.drawEllipse(view.at(shape.world.places[code]), 5 * unit, 5 * unit)
        painter.end()

    def at(self, x: int, y: int) -> str:
        """The code of the country at a point; empty at sea and outside."""
        if 0 <= x < self._size.width() and 0 <= y < self._size.height():
            return self._codes[self._picture.pixel(x, y) & 0xFFFFFF]
        return ""

    def inside(self, rect: QRectF, shape: Shape, view: View) -> list[str]:
        """The countries whose places lie in a box of px."""
        return [code for code, place in shape.world.places.items() if rect.contains(view.at(place))]


def _is_tiny(shape: Shape, view: View, code: str, unit: float) -> bool:
    """Whether the land of a country is too small to be seen or clicked."""
    if code == ANTARCTICA:
        return True
    return shape.world.areas.get(code, 0.0) * view.scale * view.scale < _TINY * unit * unit


def _dots(painter: QPainter, shape: Shape, view: View, values: MapValues, t: Tokens, unit: float) -> None:
    """Countries that no land stands for: a dot where they have none, or where a number would not be seen."""
    for code, place in shape.world.places.items():
        fill = values.fills.get(code)
        landless = code not in shape.world.areas or code == ANTARCTICA
        if landless or (fill is not None and _is_tiny(shape, view, code, unit)):
            at = view.at(place)
            dot(painter, at, (3.4 if fill else 2.4) * unit, t.map_line)
            dot(painter, at, (2.8 if fill else 1.8) * unit, fill or t.control)


def _flow(painter: QPainter, shape: Shape, view: View, values: MapValues, flow: Flow, t: Tokens, unit: float) -> None:
    """An arc between our office and a country, as wide as the people on it are many."""
    assert values.home is not None
    start, end = view.at(values.home), view.at(shape.world.places[flow.code])
    across = end - start
    bend = QPointF(across.y(), -across.x()) * (0.18 if across.x() >= 0 else -0.18) * (1 if flow.out else 0.62)
    path = QPainterPath(start)
    path.quadTo((start + end) / 2 + bend, end)
    most = max(one.people for one in values.flows)
    color = QColor(t.series[0 if flow.out else 1])
    color.setAlphaF(0.55)
    pen = QPen(color, max(1.0, _WIDEST_FLOW * flow.people / most) * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.strokePath(path, pen)


def _pins(painter: QPainter, cluster: Cluster, t: Tokens, unit: float) -> None:
    painter.setPen(QPen(t.text, 1.2 * unit))
    painter.setBrush(t.surface)
    if len(cluster.pins) == 1:
        painter.drawEllipse(cluster.at, PIN * unit, PIN * unit)
        return
    box = _around(cluster, unit)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    write(painter, box, str(len(cluster.pins)), sized(9.5 * unit, 600), t.text, MIDDLE)


def _around(cluster: Cluster, unit: float) -> QRectF:
    """The box of a mark."""
    high = (2 * PIN if len(cluster.pins) == 1 else 13.0) * unit
    digits = len(str(len(cluster.pins))) - 1 if len(cluster.pins) > 1 else 0
    wide = high + digits * 6 * unit
    return QRectF(cluster.at.x() - wide / 2, cluster.at.y() - high / 2, wide, high)


def _names(
    painter: QPainter, rect: QRectF, shape: Shape, view: View, values: MapValues, t: Tokens, unit: float,
    taken: list[QRectF],
) -> None:
    """Names of countries that have room for them, those with a number first, none on another or on a mark."""
    if view.scale < _NAMES_FROM * unit:
        return
    face, areas = sized(11 * unit, 500), shape.world.areas
    metrics = QFontMetricsF(face)
    order = sorted(values.names, key=lambda code: (code not in values.fills, -areas.get(code, 0.0)))
    for code in order:
        at, box = view.at(shape.world.places[code]), view.box(shape.box(code))
        if not rect.contains(at) or code == ANTARCTICA:
            continue
        words = " ".join(part for part in (values.names[code], values.numbers.get(code, "")) if part)
        wide, high = metrics.horizontalAdvance(words), metrics.height()
        place = QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)
        if wide > box.width() * 1.15 or high > box.height() or any(place.intersects(other) for other in taken):
            continue
        taken.append(place)
        halo_text(painter, QPointF(place.left(), place.top() + metrics.ascent()), words, face, t.text,
                  _soft(t.map_sea), 3 * unit)


def _soft(color: QColor) -> QColor:
    found = QColor(color)
    found.setAlphaF(0.85)
    return found


def _grid(painter: QPainter, view: View, t: Tokens, unit: float) -> None:
    """Every thirtieth meridian and parallel, hardly to be seen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(mixed(t.map_sea, t.line2, 0.4), 0.7 * unit))
    for longitude in range(-150, 211, 30):
        painter.drawPolyline(QPolygonF([view.at(projected(longitude, lat)) for lat in range(-56, 85, 10)]))
    for latitude in range(-30, 61, 30):
        painter.drawPolyline(QPolygonF([view.at(projected(lon, latitude)) for lon in (-169, 191)]))


def _pen(color: QColor, width: float) -> QPen:
    """A pen as wide at every scale."""
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


_STAR = ((0.0, -1.0), (0.235, -0.324), (0.951, -0.309), (0.38, 0.124), (0.588, 0.809), (0.0, 0.4), (-0.588, 0.809),
         (-0.38, 0.124), (-0.951, -0.309), (-0.235, -0.324))


def _on_star(n: int, radius: float) -> tuple[float, float]:
    x, y = _STAR[n]
    return x * radius, y * radius
