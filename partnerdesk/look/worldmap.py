"""Draws the map of the world from plain values, for the screen in quick layers and for paper as shapes.

Land is filled by class of a measure; over it lie dots for what is too small to see, flows, partners, our own office and
names. The same map answers what lies under a point.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from partnerdesk.domain.worldmap import projected
from partnerdesk.look.fonts import sized
from partnerdesk.look.paint import MIDDLE, write
from partnerdesk.look.tokens import Tokens, dark, light, mixed, paper
from partnerdesk.look.worldshapes import Shape, View

ANTARCTICA = "AQ"
EDGE, CHOSEN_EDGE = 0.6, 1.6
PIN, PICK = 2.6, 8.0
_TINY, _CELL, _CROWD, _NAMES_FROM = 9.0, 15.0, 1500, 1.9
_WIDEST_FLOW = 9.0


@dataclass(frozen=True, slots=True)
class Pin:
    """A partner on the map: the id of its record and its place in units."""

    id: int
    place: tuple[float, float]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Pins that lie together at a scale, and where their mark stands, in units."""

    place: tuple[float, float]
    pins: tuple[Pin, ...]


class PinBoard:
    """Partners to be marked, gathered where their marks would lie on each other; kept while the scale stays."""

    def __init__(self, pins: Iterable[Pin] = ()) -> None:
        self.pins = tuple(pins)
        self._side = 0.0
        self._cells: dict[tuple[int, int], Cluster] = {}

    def clusters(self, scale: float, unit: float = 1.0) -> Collection[Cluster]:
        """The marks at so many px a unit; of very many pins more are gathered in one."""
        side = _CELL * unit / scale * (1 + min(1.0, len(self.pins) / _CROWD))
        if self._side != side:
            cells: dict[tuple[int, int], list[Pin]] = {}
            for pin in self.pins:
                x, y = pin.place
                cells.setdefault((int(x // side), int(y // side)), []).append(pin)
            self._side = side
            self._cells = {cell: Cluster(_middle(some), tuple(some)) for cell, some in cells.items()}
        return self._cells.values()

    def near(self, place: tuple[float, float], reach: float) -> tuple[Pin, ...]:
        """The pins of the mark within reach of a place, in units, at the scale last asked about."""
        if not self._cells:
            return ()
        column, row = int(place[0] // self._side), int(place[1] // self._side)
        found = [one for x in (-1, 0, 1) for y in (-1, 0, 1) if (one := self._cells.get((column + x, row + y)))]
        best = min(found, key=lambda one: _apart(one.place, place), default=None)
        return best.pins if best is not None and _apart(best.place, place) <= reach else ()


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _middle(pins: Sequence[Pin]) -> tuple[float, float]:
    return sum(pin.place[0] for pin in pins) / len(pins), sum(pin.place[1] for pin in pins) / len(pins)


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
    pins: PinBoard = field(default_factory=PinBoard)
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
                painter.strokePath(path, _pen(color, 0.3 * unit / view.scale))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = t.text if values.contrast else t.map_line
    painter.strokePath(level.borders, _pen(edge, (1.0 if values.contrast else EDGE) * unit / view.scale))
    painter.restore()


def paint_marks(
    painter: QPainter, rect: QRectF, shape: Shape, view: View, values: MapValues, t: Tokens, unit: float = 1.0, *,
    names: bool = True, sprites: bool = False,
) -> list[Cluster]:
    """Dots, flows, partners, our own office and names over the land; gives back where partners were marked.

    `sprites` marks partners by small pictures, which is quick and for the screen alone.
    """
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _dots(painter, shape, view, values, t, unit)
    if values.home is not None:
        for flow in sorted(values.flows, key=lambda one: -one.people):
            _flow(painter, shape, view, values, flow, t, unit)
    seen = view.seen(rect.adjusted(-20, -20, 20, 20))
    left, top, right, bottom = seen.left(), seen.top(), seen.right(), seen.bottom()
    marked = [one for one in values.pins.clusters(view.scale, unit)
              if left <= one.place[0] <= right and top <= one.place[1] <= bottom]
    if sprites:
        _stamp(painter, marked, view, t, unit)
    else:
        for cluster in marked:
            _pins(painter, view.at(cluster.place), len(cluster.pins), t, unit)
    if values.home is not None:
        star(painter, view.at(values.home), 6.5 * unit, t)
    if names:
        _names(painter, rect, shape, view, values, t, unit,
               [_around(view.at(one.place), len(one.pins), unit) for one in marked])
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
        painter.strokePath(level.land[code], _pen(color, width * unit / view.scale))
    else:
        painter.setPen(QPen(color, width * unit))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(view.at(shape.world.places[code]), 5.5 * unit, 5.5 * unit)
    painter.restore()


def paint_touched(painter: QPainter, shape: Shape, view: View, code: str, t: Tokens, unit: float = 1.0) -> None:
    """The country under the pointer a little darker, or a ring around its dot; quicker than an outline."""
    level = shape.for_scale(view.scale)
    if code not in level.land or code == ANTARCTICA or _is_tiny(shape, view, code, unit):
        paint_outline(painter, shape, view, code, t.text2, 1.0, unit)
        return
    painter.save()
    painter.setTransform(view.transform, combine=True)
    veil = QColor(t.text)
    veil.setAlphaF(0.2)
    painter.fillPath(level.land[code], veil)
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
            painter.setPen(QPen(t.map_line, 0.6 * unit))
            painter.setBrush(fill or t.control)
            painter.drawEllipse(at, (3.0 if fill else 2.0) * unit, (3.0 if fill else 2.0) * unit)


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


def _pins(painter: QPainter, at: QPointF, count: int, t: Tokens, unit: float) -> None:
    painter.setPen(QPen(t.text, 1.2 * unit))
    painter.setBrush(t.surface)
    if count == 1:
        painter.drawEllipse(at, PIN * unit, PIN * unit)
        return
    box = _around(at, count, unit)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    write(painter, box, str(count), sized(9.5 * unit, 600), t.text, MIDDLE)


def _stamp(painter: QPainter, marked: Iterable[Cluster], view: View, t: Tokens, unit: float) -> None:
    """The marks as small pictures, each made once."""
    ratio, kept = painter.device().devicePixelRatio(), {}
    for cluster in marked:
        count = len(cluster.pins)
        if count not in kept:
            picture = _sprite(count, t.name, unit, ratio)
            size = picture.deviceIndependentSize()
            kept[count] = picture, view.x - size.width() / 2, view.y - size.height() / 2
        picture, x, y = kept[count]
        painter.drawImage(QPointF(cluster.place[0] * view.scale + x, cluster.place[1] * view.scale + y), picture)


@lru_cache(maxsize=256)
def _sprite(count: int, theme: str, unit: float, ratio: float) -> QImage:
    """The mark of so many partners as a picture."""
    box = _around(QPointF(), count, unit).adjusted(-2 * unit, -2 * unit, 2 * unit, 2 * unit)
    size = QSize(round(box.width() * ratio + 0.5), round(box.height() * ratio + 0.5))
    picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(0)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QRectF(QPointF(), picture.deviceIndependentSize()).center()
    _pins(painter, middle, count, {"light": light, "dark": dark}.get(theme, paper)(), unit)
    painter.end()
    return picture


def _around(at: QPointF, count: int, unit: float) -> QRectF:
    """The box of a mark."""
    high = (2 * PIN if count == 1 else 13.0) * unit
    wide = high + (len(str(count)) - 1 if count > 1 else 0) * 6 * unit
    return QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)


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
        base, ground = QPointF(place.left(), place.top() + metrics.ascent()), values.fills.get(code, t.map_none)
        ink = _clearer(t.text, t.map_sea, ground)
        _with_halo(painter, base, words, face, (ink, ground if code in values.fills else t.map_sea), unit)


def _with_halo(
    painter: QPainter, at: QPointF, words: str, face: QFont, colors: tuple[QColor, QColor], unit: float,
) -> None:
    """Words in an ink on their ground; written nine times, which is quicker than the outlines of letters."""
    ink, ground = colors
    painter.setFont(face)
    painter.setPen(ground)
    for dx, dy in _ROUND:
        painter.drawText(QPointF(at.x() + dx * unit, at.y() + dy * unit), words)
    painter.setPen(ink)
    painter.drawText(at, words)


def _clearer(one: QColor, other: QColor, ground: QColor) -> QColor:
    """The one of two inks that stands out more from the ground, by the contrast of WCAG 2."""
    deep = _luminance(ground.rgb()) + 0.05

    def contrast(ink: QColor) -> float:
        light = _luminance(ink.rgb()) + 0.05
        return max(light, deep) / min(light, deep)

    return one if contrast(one) >= contrast(other) else other


@cache
def _luminance(rgb: int) -> float:
    parts = ((rgb >> shift & 255) / 255 for shift in (16, 8, 0))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _grid(painter: QPainter, view: View, t: Tokens, unit: float) -> None:
    """Every thirtieth meridian and parallel, hardly to be seen."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(view.transform, combine=True)
    painter.strokePath(_grid_lines(), _pen(mixed(t.map_sea, t.line2, 0.4), 0.7 * unit / view.scale))
    painter.restore()


@cache
def _grid_lines() -> QPainterPath:
    path = QPainterPath()
    for longitude in range(-150, 211, 30):
        path.addPolygon(QPolygonF([QPointF(*projected(longitude, lat)) for lat in range(-56, 85, 10)]))
    for latitude in range(-30, 61, 30):
        path.addPolygon(QPolygonF([QPointF(*projected(lon, latitude)) for lon in (-169, 191)]))
    return path


def _pen(color: QColor, width: float) -> QPen:
    """A pen of so many units of the map; one that keeps its px would be as wide on paper and in its preview."""
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


_ROUND = ((-1.3, 0.0), (1.3, 0.0), (0.0, -1.3), (0.0, 1.3), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0))
_STAR = ((0.0, -1.0), (0.235, -0.324), (0.951, -0.309), (0.38, 0.124), (0.588, 0.809), (0.0, 0.4), (-0.588, 0.809),
         (-0.38, 0.124), (-0.951, -0.309), (-0.235, -0.324))


def _on_star(n: int, radius: float) -> tuple[float, float]:
    x, y = _STAR[n]
    return x * radius, y * radius
