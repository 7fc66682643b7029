"""Words of a timeline, laid out once and kept: a pan draws the same words again, and laying out is what costs.

On a screen words are drawn from what was kept, their halo too; on paper and in a mirrored painting they are written.
"""

import atexit
import threading
from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, sin
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
    QPicture,
    QStaticText,
    QTransform,
)
from PySide6.QtSvg import QSvgGenerator

from partnerdesk.look.fonts import sized
from partnerdesk.look.icons import is_mirrored, mirror
from partnerdesk.look.paint import CENTER, MIDDLE, RIGHT, elided, write

HALO = 4.0


class Kept(NamedTuple):
    """A line of words ready to be drawn from its top left corner, and its size."""

    words: QStaticText
    width: float
    height: float


def face(pixels: float, weight: int = 400) -> QFont:
    """A font of `pixels`, for painters: never to be changed, for the window keeps it."""
    return _face(pixels, weight) if in_window() else sized(pixels, weight)


def in_window() -> bool:
    """Whether this is the thread of the window: what is kept of fonts is its own, and dies with another thread."""
    return threading.current_thread() is threading.main_thread()


@lru_cache(maxsize=8192)
def advance(words: str, pixels: float, weight: int = 400) -> float:
    """How wide words are."""
    return QFontMetricsF(face(pixels, weight)).horizontalAdvance(words)


def say(painter: QPainter, rect: QRectF, words: str, pixels: float, color: QColor, weight: int = 400,
        align: Qt.AlignmentFlag = CENTER) -> None:
    """One line of words in `rect`, cut with "…" where it does not fit; `align` is CENTER, MIDDLE or RIGHT."""
    if not words:
        return
    if not on_screen(painter) or is_mirrored(painter):
        write(painter, rect, words, face(pixels, weight), color, align)
        return
    kept = _kept(words, pixels, weight, painter.device().devicePixelRatio(), int(rect.width() + 0.5))
    left = rect.left()
    if align is RIGHT:
        left = rect.right() - kept.width
    elif align is MIDDLE:
        left = rect.left() + (rect.width() - kept.width) / 2
    painter.setFont(face(pixels, weight))
    painter.setPen(color)
    painter.drawStaticText(QPointF(left, rect.top() + (rect.height() - kept.height) / 2), kept.words)


def halo(painter: QPainter, at: QPointF, words: str, pixels: float, weight: int, color: QColor, ground: QColor,
         width: float) -> None:
    """Words from `at` (left, middle of their height) with a halo, legible over bars and lines."""
    if on_screen(painter) and not is_mirrored(painter):
        ratio = painter.device().devicePixelRatio()
        picture = _haloed(words, pixels, weight, color.rgba(), ground.rgba(), ratio)
        size = picture.deviceIndependentSize()
        move = painter.worldTransform()
        x, y = at.x() - width + move.dx(), at.y() - size.height() / 2 + move.dy()
        painter.drawImage(QPointF(round(x * ratio) / ratio - move.dx(), round(y * ratio) / ratio - move.dy()), picture)
        return
    letters = face(pixels, weight)
    metrics = QFontMetricsF(letters)
    painter.save()
    if is_mirrored(painter):
        mirror(painter, QRectF(at.x(), 0, advance(words, pixels, weight), 0), Qt.LayoutDirection.RightToLeft)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.translate(at.x(), at.y() + (metrics.ascent() - metrics.descent()) / 2)
    path = QPainterPath()
    path.addText(QPointF(0, 0), letters, words)
    pen = QPen(ground, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setFont(letters)
    painter.setPen(color)
    painter.drawText(QPointF(0, 0), words)
    painter.restore()


def lines(painter: QPainter, color: QColor, upright: Sequence[float] = (), level: Sequence[float] = (),
          room: QRectF | None = None) -> None:
    """Lines of one logical pixel through `room` on whole device pixels, all at one stroke."""
    room = room or QRectF()
    ratio = painter.device().devicePixelRatio()
    width = max(1.0, round(ratio)) / ratio
    move = painter.worldTransform()
    dx, dy = move.dx(), move.dy()
    boxes = [QRectF(round((x + dx) * ratio) / ratio - dx, room.top(), width, room.height()) for x in upright]
    boxes += [QRectF(room.left(), round((y + dy) * ratio) / ratio - dy, room.width(), width) for y in level]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRects(boxes)


def on_screen(painter: QPainter) -> bool:
    """Whether what is kept may be drawn; paper and drawings take strokes, and other threads write anew."""
    return in_window() and not isinstance(painter.device(), QPagedPaintDevice | QPicture | QSvgGenerator)


@lru_cache(maxsize=64)
def _face(pixels: float, weight: int) -> QFont:
    return sized(pixels, weight)


@lru_cache(maxsize=8192)
def _kept(words: str, pixels: float, weight: int, ratio: float, width: int) -> Kept:
    letters = face(pixels, weight)
    fits = "\n" not in words and advance(words, pixels, weight) <= width + 0.5
    made = QStaticText(words if fits else elided(words, letters, width))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform.fromScale(ratio, ratio), letters)
    size = made.size()
    return Kept(made, size.width(), size.height())


@lru_cache(maxsize=1024)
def _haloed(words: str, pixels: float, weight: int, color: int, ground: int, ratio: float) -> QImage:
    """Words with the halo around them, which is the same words drawn in a ring."""
    letters = face(pixels, weight)
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform.fromScale(ratio, ratio), letters)
    size, edge = made.size(), HALO * pixels / 11.5
    picture = QImage(round((size.width() + 2 * edge) * ratio), round((size.height() + 2) * ratio),
                     QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setFont(letters)
    painter.setPen(QColor.fromRgba(ground))
    for turn in range(8):
        angle = turn * pi / 4
        far = edge / 2
        painter.drawStaticText(QPointF(edge + far * cos(angle), 1 + far * sin(angle)), made)
    painter.setPen(QColor.fromRgba(color))
    painter.drawStaticText(QPointF(edge, 1), made)
    painter.end()
    return picture


# words hold on to fonts, and pictures to the screen, neither of which may outlive Qt
for _cache in (_kept, _haloed, _face):
    atexit.register(_cache.cache_clear)
