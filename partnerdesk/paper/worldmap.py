"""The map alone on paper: PDF as shapes on A4 or A3, a drawing as SVG, a picture as PNG; title above, legend below."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from partnerdesk.domain import clock
from partnerdesk.look import tokens
from partnerdesk.look.fonts import sized
from partnerdesk.look.paint import CENTER, RIGHT, rounded, write
from partnerdesk.look.worldmap import LegendRow, MapValues, paint_land, paint_marks
from partnerdesk.look.worldshapes import HOME, Shape, fitting
from partnerdesk.paper.output import CREATOR, PDF_DOTS
from partnerdesk.paper.pdf import finished

SHEETS: Final = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
"""Width and height on its side, in mm as all measures here."""
SIDE, TOP, FOOT, HEAD, LEGEND = 15.0, 12.0, 10.0, 12.0, 11.0
_MM: Final = 96 / 25.4
PNG_RATIO: Final = 2
PAGE_SIZES: Final = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}


@dataclass(frozen=True, slots=True)
class MapSheet:
    """All that stands on the sheet: outlines, what they show in print colours, title, note, the rows of the legend.

    `box` is the part of the world shown, in units.
    """

    shape: Shape
    values: MapValues
    title: str
    note: str = ""
    legend: Sequence[LegendRow] = ()
    box: QRectF | None = None


def map_pdf(sheet: MapSheet, paper: str = "A4", language: str = "en") -> bytes:
    """The map as shapes on one page on its side; `paper` is A4 or A3."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DOTS)
    writer.setPageLayout(QPageLayout(QPageSize(PAGE_SIZES[paper]), QPageLayout.Orientation.Landscape,
                                     QMarginsF(0, 0, 0, 0)))
    writer.setTitle(sheet.title)
    writer.setCreator(CREATOR)
    painter = QPainter(writer)
    try:
        _paint(painter, sheet, paper, PDF_DOTS / 96)
    finally:
        painter.end()
    return finished(bytes(buffer.data().data()), moment=clock.now(), language=language, bookmarks=())


def map_svg(sheet: MapSheet, paper: str = "A4") -> bytes:
    """The same as a drawing."""
    wide, high = (round(side * _MM) for side in SHEETS[paper])
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(QSize(wide, high))
    generator.setViewBox(QRectF(0, 0, wide, high))
    # the title comes into the file as it is given
    generator.setTitle(escape(sheet.title))
    painter = QPainter(generator)
    _paint(painter, sheet, paper, 1.0)
    painter.end()
    return bytes(data.data())


def map_png(sheet: MapSheet, paper: str = "A4") -> bytes:
    """The same as a picture with 192 dots an inch."""
    wide, high = (round(side * _MM * PNG_RATIO) for side in SHEETS[paper])
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, sheet, paper, PNG_RATIO)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def write_map(sheet: MapSheet, ending: str, paper: str = "A4", language: str = "en") -> bytes:
    """The map as a file with that ending: .svg, .png, or PDF for every other."""
    if ending == ".svg":
        return map_svg(sheet, paper)
    return map_png(sheet, paper) if ending == ".png" else map_pdf(sheet, paper, language)


def _paint(painter: QPainter, sheet: MapSheet, paper: str, scale: float) -> None:
    """One sheet; `scale` is how many dots of the painter one px is."""
    t = tokens.paper()
    mm = _MM * scale
    wide, high = (side * mm for side in SHEETS[paper])
    unit = scale * (SHEETS[paper][0] / 297)
    page = QRectF(SIDE * mm, TOP * mm, wide - 2 * SIDE * mm, high - (TOP + FOOT) * mm)
    head = QRectF(page.left(), page.top(), page.width(), HEAD * mm)
    write(painter, head, sheet.title, sized(20 * unit, 600), t.text, CENTER)
    write(painter, head, sheet.note, sized(11 * unit), t.muted, RIGHT)
    room = QRectF(page.left(), head.bottom(), page.width(), page.height() - (HEAD + LEGEND) * mm)
    view = fitting(sheet.box or HOME, room)
    paint_land(painter, room, sheet.shape, view, sheet.values, t, shapes=True, unit=unit)
    paint_marks(painter, room, sheet.shape, view, sheet.values, t, unit)
    _paint_legend(painter, QRectF(page.left(), room.bottom(), page.width(), LEGEND * mm), sheet.legend, unit)


def _paint_legend(painter: QPainter, room: QRectF, rows: Sequence[LegendRow], unit: float) -> None:
    """Classes in a row, each behind its colour, with the number of countries in it."""
    t, face = tokens.paper(), sized(10.5 * unit)
    x, middle = room.left(), room.center().y() + 2 * unit
    for row in rows:
        if row.on:
            rounded(painter, QRectF(x, middle - 5 * unit, 16 * unit, 10 * unit), 2 * unit, row.color, t.line2, unit)
            words = f"{row.words} ({row.countries:,})"
            wide = QFontMetricsF(face).horizontalAdvance(words) + 4 * unit
            write(painter, QRectF(x + 22 * unit, middle - 8 * unit, wide, 16 * unit), words, face, t.text)
            x += wide + 38 * unit
