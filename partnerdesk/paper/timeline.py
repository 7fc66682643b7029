"""The timeline on paper: PDF on A3 on its side, as many pages as it needs, and one picture of all as SVG or PNG."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from partnerdesk.domain import clock
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look import tokens
from partnerdesk.look.paint import CENTER, RIGHT, hairline, rounded, write
from partnerdesk.look.timeaxis import MOST, TimeAxis
from partnerdesk.look.timeline import LANE, Chart, Scene
from partnerdesk.look.timeline_head import HEAD, NAMES, HeadWords, paint_corner, paint_head, paint_names
from partnerdesk.look.timeline_paint import REST, Marks, diamond, paint_lanes, sheet
from partnerdesk.look.timeline_words import face
from partnerdesk.look.tokens import mixed
from partnerdesk.paper.output import CREATOR, PDF_DOTS
from partnerdesk.paper.pdf import finished

SMALL: Final = 0.78
"""Paper is read closer than a screen: how many px at 96 dots an inch one px of the drawings is."""
SIDE, TOP, FOOT = 15 / 25.4 * 96, 12 / 25.4 * 96, 10 / 25.4 * 96
WIDE, HIGH = 420 / 25.4 * 96, 297 / 25.4 * 96
TITLE, LEGEND = 34.0, 26.0
MOST_PIXELS: Final = 120_000_000
WIDEST: Final = 16_000.0
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands around the picture: title, note beside it, page ("Page {n} of {total}"), and the legend's words for
    done, planned, late, milestone, met, deliverable, what decides the end, and days once agreed.
    """

    title: str
    note: str = ""
    page: str = "{n} / {total}"
    done: str = ""
    planned: str = ""
    late: str = ""
    milestone: str = ""
    met: str = ""
    deliverable: str = ""
    critical: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days shown: from `first` (ordinal) on to the beginning of `after`."""

    first: float
    after: float


def stretch_of(chart: Chart, reach: int = 40 * 366) -> Stretch:
    """The days that all bars and today take, with a margin; not farther than `reach` days from today."""
    low, high = chart.today - 30.0, chart.today + 60.0
    if chart.reach is not None:
        low = min(low, max(chart.reach[0], chart.today - reach))
        high = max(high, min(chart.reach[1], chart.today + reach))
    room = (high - low) * 0.03
    # the words beside the last bars want room too
    return Stretch(low - room, high + 4 * room)


def timeline_pdf(chart: Chart, head: HeadWords, words: SheetWords, stretch: Stretch | None = None,
                 progress: Progress | None = None, language: str = "en") -> bytes:
    """All rows on A3 on its side; `progress` is told (pages done, pages) and may raise Cancelled. `language` is the
    code of that of the words.
    """
    stretch = stretch or stretch_of(chart)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DOTS)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A3), QPageLayout.Orientation.Landscape,
                                     QMarginsF(0, 0, 0, 0)))
    writer.setTitle(words.title)
    writer.setCreator(CREATOR)
    painter = QPainter(writer)
    try:
        pages = list(_breaks(chart))
        for number, (first, after) in enumerate(pages, 1):
            if number > 1:
                writer.newPage()
            _Page(painter, PDF_DOTS / 96, chart, head, words, stretch).paint(first, after, number, len(pages))
            if progress is not None:
                progress(number, len(pages))
    finally:
        painter.end()
    return finished(bytes(buffer.data().data()), moment=clock.now(), language=language, bookmarks=())


def timeline_svg(chart: Chart, head: HeadWords, words: SheetWords, per_day: float,
                 stretch: Stretch | None = None) -> bytes:
    """All rows in one drawing; a day takes `per_day` px, less where that would be wider than a drawing should be."""
    stretch = stretch or stretch_of(chart)
    size, per_day = _size(chart, stretch, per_day)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    # the title comes into the file as it is given
    generator.setTitle(escape(words.title))
    painter = QPainter(generator)
    _Whole(painter, chart, head, words, stretch, per_day).paint(size)
    painter.end()
    return bytes(data.data())


def timeline_png(chart: Chart, head: HeadWords, words: SheetWords, per_day: float,
                 stretch: Stretch | None = None) -> bytes:
    """The same as a picture with twice as many dots. Raises Refused where it would be too large to be opened."""
    stretch = stretch or stretch_of(chart)
    size, per_day = _size(chart, stretch, per_day)
    ratio = 2 if size.width() * size.height() * 4 <= MOST_PIXELS else 1
    if size.width() * size.height() * ratio * ratio > MOST_PIXELS or size.height() * ratio > 32_000:
        raise Refused(Problem("T01", "block", "", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The picture would be too large. Close some projects, or save it as PDF."))))
    image = QImage(QSize(round(size.width() * ratio), round(size.height() * ratio)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    _Whole(painter, chart, head, words, stretch, per_day).paint(size)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def _size(chart: Chart, stretch: Stretch, per_day: float) -> tuple[QSizeF, float]:
    """The size of one picture of all, and the px a day takes in it."""
    days = stretch.after - stretch.first
    per_day = min(per_day, MOST, (WIDEST - NAMES) / days)
    wide = NAMES + max(days * per_day, 480.0)
    return QSizeF(wide, TITLE + HEAD + len(chart.rows) * LANE + LEGEND), max(days * per_day, 480.0) / days


def _breaks(chart: Chart) -> Iterator[tuple[int, int]]:
    """The rows of each page; no head of a project stands alone at the foot of one."""
    room = HIGH - TOP - FOOT - (TITLE + HEAD + LEGEND) * SMALL
    most = max(1, int(room // (LANE * SMALL)))
    rows, first = chart.rows, 0
    while first < len(rows) or first == 0:
        after = min(len(rows), first + most)
        while first + 1 < after < len(rows) and rows[after - 1].open and rows[after].level > rows[after - 1].level:
            after -= 1
        yield first, after
        if after >= len(rows):
            return
        first = after


class _Around:
    """What stands around the picture: the title above, the legend below."""

    def __init__(self, painter: QPainter, unit: float, words: SheetWords) -> None:
        self.painter, self.unit, self.words, self.t = painter, unit, words, tokens.paper()

    def title(self, room: QRectF) -> None:
        unit, t = self.unit, self.t
        write(self.painter, room, self.words.title, face(17 * unit, 600), t.text, CENTER)
        used = QFontMetricsF(face(17 * unit, 600)).horizontalAdvance(self.words.title) + 14 * unit
        write(self.painter, room.adjusted(used, 0, 0, 0), self.words.note, face(11.5 * unit), t.muted, RIGHT)

    def legend(self, room: QRectF) -> None:
        unit, t, painter, words = self.unit, self.t, self.painter, self.words
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = room.left(), room.center().y()
        bar = QRectF(0, middle - 5 * unit, 22 * unit, 10 * unit)
        rest = mixed(t.surface, t.accent, REST)

        def box(left: float) -> QRectF:
            return bar.translated(left, 0)

        def point(left: float) -> QPointF:
            return QPointF(left + 11 * unit, middle)

        marks: list[tuple[str, Callable[[float], None]]] = [
            (words.done, lambda left: rounded(painter, box(left), 3 * unit, t.accent)),
            (words.planned, lambda left: rounded(painter, box(left), 3 * unit, rest, t.accent, unit)),
            (words.late, lambda left: rounded(painter, box(left), 3 * unit, t.danger.soft, t.danger.fill, unit, True)),
            (words.milestone, lambda left: diamond(painter, point(left), 12 * unit, t.surface, t.text, 1.3 * unit)),
            (words.met, lambda left: diamond(painter, point(left), 12 * unit, t.text, t.text, 1.3 * unit)),
            (words.deliverable, lambda left: sheet(painter, point(left), 12 * unit, t.surface, t.text, 1.3 * unit)),
            (words.critical, lambda left: painter.fillRect(QRectF(left, middle - unit, 22 * unit, 2 * unit), t.text)),
            (words.agreed, lambda left: painter.fillRect(QRectF(left, middle - 1.5 * unit, 22 * unit, 3 * unit),
                                                         t.control)),
        ]
        for said, mark in marks:
            if said:
                mark(x)
                wide = QFontMetricsF(face(11.5 * unit)).horizontalAdvance(said) + 2 * unit
                write(painter, QRectF(x + 28 * unit, room.top(), wide, room.height()), said, face(11.5 * unit), t.text)
                x += 28 * unit + wide + 16 * unit
        painter.restore()


class _Page:
    """One page of paper."""

    def __init__(self, painter: QPainter, scale: float, chart: Chart, head: HeadWords, words: SheetWords,
                 stretch: Stretch) -> None:
        self._painter, self._scale, self._chart, self._head = painter, scale, chart, head
        self._words, self._stretch, self._t = words, stretch, tokens.paper()

    def paint(self, first: int, after: int, number: int, total: int) -> None:
        painter, scale, t = self._painter, self._scale, self._t
        unit = SMALL * scale
        page = QRectF(SIDE * scale, TOP * scale, (WIDE - 2 * SIDE) * scale, (HIGH - TOP - FOOT) * scale)
        around = _Around(painter, unit, self._words)
        around.title(QRectF(page.left(), page.top(), page.width(), TITLE * 0.8 * unit))
        top = page.top() + TITLE * unit
        names = NAMES * unit
        days = self._stretch.after - self._stretch.first
        axis = TimeAxis(self._stretch.first, (page.width() - names) / days, unit)
        lanes = (after - first) * LANE * unit
        paint_corner(painter, QRectF(page.left(), top, names, HEAD * unit), self._head, unit, t)
        paint_head(painter, QRectF(page.left() + names, top, page.width() - names, HEAD * unit), axis,
                   self._chart.today, self._head, t)
        scene, above = Scene(self._chart, axis), first * LANE * unit
        body = QRectF(page.left(), top + HEAD * unit, page.width(), lanes)
        paint_names(painter, QRectF(body.left(), body.top(), names, lanes), scene, above, Marks(), t)
        paint_lanes(painter, body.adjusted(names, 0, 0, 0), scene, above, Marks(), t)
        hairline(painter, QPointF(page.left() + names, top), QPointF(page.left() + names, body.bottom()), t.line2)
        foot = QRectF(page.left(), page.bottom() - LEGEND * unit, page.width(), LEGEND * unit)
        around.legend(foot)
        if total > 1:
            said = self._words.page.format(n=number, total=total)
            write(painter, foot, said, face(11.5 * unit), t.muted, RIGHT)


class _Whole:
    """Everything in one picture."""

    def __init__(self, painter: QPainter, chart: Chart, head: HeadWords, words: SheetWords, stretch: Stretch,
                 per_day: float) -> None:
        self._painter, self._chart, self._head, self._words = painter, chart, head, words
        self._axis, self._t = TimeAxis(stretch.first, per_day), tokens.paper()

    def paint(self, size: QSizeF) -> None:
        painter, t = self._painter, self._t
        painter.fillRect(QRectF(QPointF(0, 0), size), t.surface)
        around = _Around(painter, 1.0, self._words)
        around.title(QRectF(12, 0, size.width() - 24, TITLE))
        wide, lanes = size.width() - NAMES, len(self._chart.rows) * LANE
        paint_corner(painter, QRectF(0, TITLE, NAMES, HEAD), self._head, 1.0, t)
        paint_head(painter, QRectF(NAMES, TITLE, wide, HEAD), self._axis, self._chart.today, self._head, t)
        scene = Scene(self._chart, self._axis)
        paint_names(painter, QRectF(0, TITLE + HEAD, NAMES, lanes), scene, 0, Marks(), t)
        paint_lanes(painter, QRectF(NAMES, TITLE + HEAD, wide, lanes), scene, 0, Marks(), t)
        hairline(painter, QPointF(NAMES, TITLE), QPointF(NAMES, TITLE + HEAD + lanes), t.line2)
        around.legend(QRectF(12, size.height() - LEGEND, size.width() - 24, LEGEND))
