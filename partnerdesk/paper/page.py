"""A laid-out page: items at fixed places, in points from the top left, and how they are painted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.paper.lettering import GRAIN, Style, advance, shaped

MM = 72 / 25.4
ICON_STROKE = 1.75
LAYERS = ("line", "line2", "accent", "control", "surface", "text")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper size with the margins of the house: 15 mm at the sides, 12 on top, 10 at the foot."""

    name: str
    width: float
    height: float
    side: float = 15 * MM
    top: float = 12 * MM
    foot: float = 10 * MM

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side

    @property
    def landscape(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height

    def turned(self, landscape: bool) -> "Paper":
        """The same paper upright, or on its side."""
        return self if landscape is self.landscape else replace(self, width=self.height, height=self.width)


A4 = Paper("A4", 210 * MM, 297 * MM)
LETTER = Paper("Letter", 612.0, 792.0)
PAPERS = {paper.name: paper for paper in (A4, LETTER)}


class Words(NamedTuple):
    """One line of text on its baseline `y`."""

    x: float
    y: float
    text: str
    style: Style
    script: str = ""

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the room the line takes."""
        size = self.style.size
        right = self.x + advance(self.style, self.text, self.script)
        return self.x, self.y - 0.75 * size, right, self.y + 0.22 * size


class Fill(NamedTuple):
    """A filled rectangle; rules and hairlines are thin ones."""

    x: float
    y: float
    width: float
    height: float
    role: str

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


class Frame(NamedTuple):
    """The outline of a rectangle, inside its edges."""

    x: float
    y: float
    width: float
    height: float
    role: str
    dashed: bool = False

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


class Sign(NamedTuple):
    """An icon in a square of `side`."""

    x: float
    y: float
    side: float
    icon: Icon
    role: str

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.side, self.y + self.side


class Picture(NamedTuple):
    """A picture (PNG, JPEG or SVG bytes) in its box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


class Drawn(NamedTuple):
    """Something that draws itself into its box: `draw` is given painter, box, and how many of its units a px is."""

    x: float
    y: float
    width: float
    height: float
    draw: Callable[[QPainter, QRectF, float], None]

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x, self.y, self.x + self.width, self.y + self.height


# icons come from shared renderers, while preview and batch may paint in two threads
_one_at_a_time = Lock()

Item = Words | Fill | Frame | Sign | Picture | Drawn


@dataclass(slots=True)
class Page:
    """The items of one page, with the helpers that put them there."""

    paper: Paper
    items: list[Item] = field(default_factory=list)

    def say(self, x: float, y: float, text: str, style: Style, script: str = "") -> float:
        """Put a line of text; returns where it ends."""
        self.items.append(Words(x, y, text, style, script))
        return x + advance(style, text, script)

    def say_right(self, right: float, y: float, text: str, style: Style) -> float:
        """Put a line of text that ends at `right`; returns where it begins."""
        x = right - advance(style, text)
        self.items.append(Words(x, y, text, style))
        return x

    def rule(self, x: float, y: float, width: float, role: str = "line", weight: float = 0.5) -> None:
        """A horizontal line whose middle is at `y`."""
        self.items.append(Fill(x, y - weight / 2, width, weight, role))

    def stem(self, x: float, y: float, height: float, role: str = "line", weight: float = 0.5) -> None:
        """A vertical line whose middle is at `x`."""
        self.items.append(Fill(x - weight / 2, y, weight, height, role))

    def fill(self, x: float, y: float, width: float, height: float, role: str) -> None:
        """A filled rectangle."""
        self.items.append(Fill(x, y, width, height, role))

    def frame(self, x: float, y: float, width: float, height: float, role: str, dashed: bool = False) -> None:
        """The outline of a rectangle, inside its edges."""
        self.items.append(Frame(x, y, width, height, role, dashed))

    def sign(self, x: float, y: float, side: float, icon: Icon, role: str = "text") -> None:
        """An icon."""
        self.items.append(Sign(x, y, side, icon, role))

    def picture(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """A picture."""
        self.items.append(Picture(x, y, width, height, data))

    def drawn(
        self, x: float, y: float, width: float, height: float, draw: Callable[[QPainter, QRectF, float], None]
    ) -> None:
        """Something that draws itself."""
        self.items.append(Drawn(x, y, width, height, draw))


def paint(painter: QPainter, page: Page, dots_per_point: float, snap: bool) -> None:
    """Paint a page from the painter's origin; `snap` keeps thin lines on whole dots, for screens."""
    painter.save()
    painter.scale(dots_per_point / GRAIN, dots_per_point / GRAIN)
    _paint_fills(painter, page, GRAIN / dots_per_point if snap else 0.0)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    _paint_words(painter, page)
    roles = tokens.paper()
    for item in page.items:
        if isinstance(item, Sign):
            square = QRectF(item.x * GRAIN, item.y * GRAIN, item.side * GRAIN, item.side * GRAIN)
            with _one_at_a_time:
                paint_icon(painter, square, item.icon, roles.role(item.role), ICON_STROKE)
        elif isinstance(item, Picture):
            _paint_picture(painter, item)
        elif isinstance(item, Drawn):
            item.draw(painter, QRectF(item.x * GRAIN, item.y * GRAIN, item.width * GRAIN, item.height * GRAIN),
                      GRAIN * 0.75)
    painter.restore()


def _paint_fills(painter: QPainter, page: Page, grid: float) -> None:
    """All rectangles of a colour at one stroke, in the order of LAYERS."""
    painter.setPen(Qt.PenStyle.NoPen)
    layers: dict[str, list[QRectF]] = {role: [] for role in LAYERS}
    for item in page.items:
        if isinstance(item, Fill):
            layers[item.role].append(_on_grid(item, grid))
        elif isinstance(item, Frame):
            layers[item.role] += _edges(item, grid)
    for role, boxes in layers.items():
        if boxes:
            painter.setBrush(tokens.paper().role(role))
            painter.drawRects(boxes)


def _paint_words(painter: QPainter, page: Page) -> None:
    pen = ""
    for item in page.items:
        if isinstance(item, Words):
            if item.style.role != pen:
                pen = item.style.role
                painter.setPen(tokens.paper().role(pen))
            at = QPointF(item.x * GRAIN, item.y * GRAIN)
            for run in shaped(item.style, item.text, item.script)[0]:
                painter.drawGlyphRun(at, run)


def picture_size(data: bytes) -> tuple[float, float]:
    """Width and height of a picture in any unit; (0, 0) for bytes that are none."""
    size = _drawing(data).defaultSize() if _is_svg(data) else _image(data).size()
    return float(size.width()), float(size.height())


def _edges(item: Frame, grid: float) -> list[QRectF]:
    """The four sides of a frame as rectangles; on a grid all have one thickness and meet at the corners."""
    line = max(1, round(0.5 * GRAIN / grid)) * grid if grid else 0.5 * GRAIN
    left, top, right, bottom = (_snapped(edge * GRAIN, grid) for edge in item.box())
    wide, high = max(line, right - left), max(line, bottom - top)
    across = _dashes(wide) if item.dashed else [(0.0, wide)]
    down = _dashes(high) if item.dashed else [(0.0, high)]
    sides = [QRectF(left + at, y, length, line) for y in (top, top + high - line) for at, length in across]
    return sides + [QRectF(x, top + at, line, length) for x in (left, left + wide - line) for at, length in down]


def _snapped(length: float, grid: float) -> float:
    return round(length / grid) * grid if grid else length


def _dashes(length: float, dash: float = 2.2 * GRAIN, gap: float = 1.6 * GRAIN) -> list[tuple[float, float]]:
    count = max(1, round((length + gap) / (dash + gap)))
    step = (length + gap) / count
    return [(number * step, step - gap) for number in range(count)]


def _on_grid(item: Fill, grid: float) -> QRectF:
    """A rectangle on whole dots, at least one thick; what is thinner lies in the dot that holds its middle."""
    left, top, right, bottom = (edge * GRAIN for edge in item.box())
    if not grid:
        return QRectF(left, top, right - left, bottom - top)
    across, down = _dots(left, right, grid), _dots(top, bottom, grid)
    return QRectF(across[0] * grid, down[0] * grid, across[1] * grid, down[1] * grid)


def _dots(start: float, end: float, grid: float) -> tuple[int, int]:
    if end - start < 1.5 * grid:
        return int((start + end) / 2 // grid), 1
    first = round(start / grid)
    return first, round(end / grid) - first


def _paint_picture(painter: QPainter, item: Picture) -> None:
    box = QRectF(item.x * GRAIN, item.y * GRAIN, item.width * GRAIN, item.height * GRAIN)
    if _is_svg(item.data):
        _drawing(item.data).render(painter, box)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, _image(item.data))


def _is_svg(data: bytes) -> bool:
    return data[:400].lstrip().startswith((b"<svg", b"<?xml"))


@lru_cache(maxsize=4)
def _image(data: bytes) -> QImage:
    return QImage.fromData(QByteArray(data)).convertToFormat(QImage.Format.Format_ARGB32)


@lru_cache(maxsize=4)
def _drawing(data: bytes) -> QSvgRenderer:
    drawing = QSvgRenderer(QByteArray(data))
    drawing.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return drawing
