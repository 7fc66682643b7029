"""The chart of a balance: sent up, received down by academic year, what stands as a line, forecast dashed.

One drawing for screen and paper. All of it is on one scale, and its figures stand in a table besides.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from partnerdesk.look import tokens
from partnerdesk.look.fonts import sized
from partnerdesk.look.paint import MIDDLE, dot, hairline, halo_text, rounded, signed, write
from partnerdesk.look.tokens import Tokens

HIGH = 220.0
_FOOT, _HEAD, _LINE, _LEAST_BAR = 18.0, 14.0, 1.8, 1.5


@dataclass(frozen=True, slots=True)
class BalanceYear:
    """A column: what was sent, received, what of both is planned, and what stands at its end, now and then."""

    label: str
    sent: float = 0
    received: float = 0
    planned_sent: float = 0
    planned_received: float = 0
    balance: float = 0
    forecast: float = 0


@dataclass(frozen=True, slots=True)
class BalanceChart:
    """The whole chart: its years in order, the words for its parts, where a what-if would lead (None: nowhere)."""

    years: tuple[BalanceYear, ...]
    sent: str = ""
    received: str = ""
    stands: str = ""
    what_if: float | None = None


def plain_figure(number: float) -> str:
    """A number of people, months or semesters: "0", "4", "4.5"."""
    n = round(number, 1)
    return f"{n:,.0f}" if n == int(n) else f"{n:,.1f}"


def paint_balance(
    painter: QPainter, rect: QRectF, chart: BalanceChart, t: Tokens | None = None, unit: float | None = None
) -> None:
    """Draw the chart into `rect`. `unit` is how many px of the painter one px of the drawings is."""
    if chart.years:
        _Chart(painter, rect, chart, t or tokens.current(), tokens.scale() if unit is None else unit).paint()


class _Chart:
    """One drawing: holds painter, colours and scale while it is drawn."""

    def __init__(self, painter: QPainter, rect: QRectF, chart: BalanceChart, t: Tokens, unit: float) -> None:
        self._painter, self._chart, self._t, self._unit = painter, chart, t, unit
        self._sent = t.accent if t.name == "print" else t.series[0]
        self._received = t.line2 if t.name == "print" else t.series[1]
        self._axis = sized(10.5 * unit)
        years, beside = chart.years, 56 * unit
        self._room = rect.adjusted(0, _HEAD * unit, -beside, -(_FOOT + _HEAD) * unit)
        up = [y.sent + y.planned_sent for y in years] + [y.balance for y in years] + [y.forecast for y in years]
        down = [y.received + y.planned_received for y in years] + [-y.balance for y in years]
        down += [-y.forecast for y in years]
        end = chart.what_if or 0.0
        self._most, self._least = max(*up, end, 0.0), max(*down, -end, 0.0)
        self._scale = self._room.height() / ((self._most + self._least) or 1.0)
        self._zero = self._room.top() + self._most * self._scale
        self._cell = self._room.width() / len(years)
        self._foot = rect.bottom() - _FOOT * unit

    def paint(self) -> None:
        for place, year in enumerate(self._chart.years):
            self._bars(place, year)
            left = self._room.left() + place * self._cell
            write(self._painter, QRectF(left, self._foot, self._cell, _FOOT * self._unit), year.label, self._axis,
                  self._t.muted, MIDDLE)
        hairline(self._painter, QPointF(self._room.left(), self._zero), QPointF(self._room.right(), self._zero),
                 self._t.control)
        self._line()
        self._ends()

    def _bars(self, place: int, year: BalanceYear) -> None:
        self._bar(place, year.sent, year.planned_sent, self._sent, 1)
        self._bar(place, year.received, year.planned_received, self._received, -1)

    def _bar(self, place: int, number: float, planned: float, color: QColor, way: int) -> None:
        """A bar up (1) or down (−1) with what is planned dashed beyond it, and its figure at the end."""
        unit, wide = self._unit, min(self._cell * 0.46, 34 * self._unit)
        left = self._x(place) - wide / 2
        if number:
            rounded(self._painter, self._between(left, wide, 0, number * way), 2 * unit, color)
        if planned:
            box = self._between(left, wide, number * way, (number + planned) * way)
            rounded(self._painter, box, 2 * unit, None, color if self._t.name != "print" else self._t.text, unit,
                    dashed=True)
        total = number + planned
        if not total or self._cell < 22 * unit:
            return
        end = self._y(total * way)
        high = 13 * unit
        box = QRectF(left - 12 * unit, end - high if way > 0 else end, wide + 24 * unit, high)
        words = plain_figure(number) + (f"+{plain_figure(planned)}" if planned else "")
        write(self._painter, box, words, self._axis, self._t.text2, MIDDLE)

    def _between(self, left: float, wide: float, low: float, high: float) -> QRectF:
        one, other = self._y(low), self._y(high)
        least = _LEAST_BAR * self._unit
        return QRectF(left, min(one, other), wide, max(abs(one - other), least))

    def _line(self) -> None:
        """What stands at the end of each year; from the last certain year on what will stand, dashed."""
        years = self._chart.years
        stands = [QPointF(self._x(n), self._y(y.balance)) for n, y in enumerate(years)]
        will = [QPointF(self._x(n), self._y(y.forecast)) for n, y in enumerate(years)]
        first = next((n for n, y in enumerate(years) if y.forecast != y.balance), None)
        self._stroke(stands, Qt.PenStyle.SolidLine)
        if first is not None:
            self._stroke([stands[max(first - 1, 0)], *will[first:]], Qt.PenStyle.DashLine)
        for point in stands:
            dot(self._painter, point, 2.4 * self._unit, self._t.text)

    def _stroke(self, points: list[QPointF], style: Qt.PenStyle) -> None:
        if len(points) < 2:
            return
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, wide in ((self._t.surface, _LINE + 2.4), (self._t.text, _LINE)):
            pen = QPen(color, wide * self._unit)
            if color is self._t.text and style is Qt.PenStyle.DashLine:
                pen.setDashPattern([3, 2.5])
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            self._painter.drawPolyline(QPolygonF(points))
        self._painter.restore()

    def _ends(self) -> None:
        """Figures right of the last year: what stands, what will stand, where a what-if would lead."""
        last, left = self._chart.years[-1], self._room.right() + 6 * self._unit
        ends = [(last.balance, sized(12 * self._unit, 600), self._t.text)]
        if last.forecast != last.balance:
            ends.append((last.forecast, sized(11 * self._unit), self._t.muted))
        if self._chart.what_if is not None:
            self._what_if(self._chart.what_if)
            ends.append((self._chart.what_if, sized(12 * self._unit, 600), self._t.accent_text))
        for place, (number, face, color) in zip(self._apart([n for n, *_ in ends]), ends, strict=True):
            at = QPointF(left, place + QFontMetricsF(face).ascent() / 2 - self._unit)
            halo_text(self._painter, at, signed(number), face, color, self._t.surface, 3 * self._unit)

    def _what_if(self, number: float) -> None:
        y, painter = self._y(number), self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._t.accent_text, 1.5 * self._unit)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(self._x(len(self._chart.years) - 1), y), QPointF(self._room.right(), y))
        painter.restore()
        dot(painter, QPointF(self._room.right(), y), 3 * self._unit, self._t.accent_text)

    def _apart(self, numbers: list[float]) -> list[float]:
        """Heights for the figures at the end, so that none stands on another."""
        least = 14 * self._unit
        order = sorted(range(len(numbers)), key=lambda n: self._y(numbers[n]))
        places = [0.0] * len(numbers)
        free = float("-inf")
        for n in order:
            places[n] = free = max(self._y(numbers[n]), free + least)
        return places

    def _x(self, place: int) -> float:
        return self._room.left() + (place + 0.5) * self._cell

    def _y(self, number: float) -> float:
        return self._zero - number * self._scale


def legend_of(chart: BalanceChart, t: Tokens | None = None) -> tuple[tuple[QColor, str], ...]:
    """Colour and word of each kind of bar."""
    t = t or tokens.current()
    printed = t.name == "print"
    return ((t.accent if printed else t.series[0], chart.sent), (t.line2 if printed else t.series[1], chart.received),
            (t.text, chart.stands))


def paint_legend(painter: QPainter, rect: QRectF, chart: BalanceChart, t: Tokens | None = None,
                 unit: float | None = None) -> None:
    """The words for the bars in one line, each behind a mark in its colour."""
    t, unit = t or tokens.current(), tokens.scale() if unit is None else unit
    face, left = sized(11.5 * unit), rect.left()
    for color, words in legend_of(chart, t):
        middle = rect.center().y()
        if color is t.text:
            painter.fillRect(QRectF(left, middle - unit, 10 * unit, 1.8 * unit), color)
        else:
            rounded(painter, QRectF(left, middle - 4 * unit, 8 * unit, 8 * unit), 2 * unit, color)
        wide = QFontMetricsF(face).horizontalAdvance(words) + unit
        write(painter, QRectF(left + 14 * unit, rect.top(), wide, rect.height()), words, face, t.muted)
        left += wide + 30 * unit
