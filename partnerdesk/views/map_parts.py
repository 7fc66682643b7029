"""Pieces of the map's pane: figures that open their list, bars by year, rows that lead to a record."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import RIGHT, avatar, chip, chip_width, focus_ring, hairline, rounded, say_line
from partnerdesk.look.tokens import px
from partnerdesk.look.yearbars import HIGH, YearPair, paint_year_bars


class FigureButton(QAbstractButton):
    """A large number with what it counts beneath; a click opens the list behind it."""

    def __init__(self, figure: str, words: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._figure, self._words = figure, words
        self.setAccessibleName(f"{figure} {words}")
        self.setToolTip(f"{figure} {words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        room = QRectF(self.rect())
        if self.underMouse():
            rounded(painter, room.adjusted(-px(4), 0, 0, 0), px(6), t.hover)
        say_line(painter, QRectF(0, px(2), room.width(), px(26)), self._figure, "title", t.text)
        say_line(painter, QRectF(0, px(28), room.width(), px(16)), self._words, "tiny", t.muted)
        if self.hasFocus():
            focus_ring(painter, room, px(6), t)


class YearChart(QWidget):
    """Stays by year, out and in. `year_opened(year)` on a click and by arrow keys and Enter."""

    year_opened = Signal(int)

    def __init__(self, name: str, years: Sequence[YearPair], parent: QWidget) -> None:
        super().__init__(parent)
        self._years = tuple(years)
        self._at = max(0, len(years) - 1)
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(px(HIGH))
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(
            self.tr("{year}: {out} out, {back} in").format(year=one.label, out=one.out, back=one.back)
            for one in years))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        paint_year_bars(painter, QRectF(self.rect()), self._years)
        if self.hasFocus() and self._years:
            cell = self.width() / len(self._years)
            focus_ring(painter, QRectF(self._at * cell, 0, cell, self.height()), px(6), t)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._years:
            place = int(event.position().x() * len(self._years) / max(1, self.width()))
            self.year_opened.emit(self._years[min(max(place, 0), len(self._years) - 1)].year)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps:
            self._at = min(max(self._at + steps[key], 0), len(self._years) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._years:
            self.year_opened.emit(self._years[self._at].year)
        else:
            super().keyPressEvent(event)


class RecordRow(QAbstractButton):
    """A line that leads to a record: name and something at the right, beneath a chip or more words, perhaps a round of
    initials before it.
    """

    def __init__(self, page: str, record_id: int, name: str, right: str = "", second: str = "",
                 state: Chip | None = None, face: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page, self.record_id = page, record_id
        self._name, self._right, self._second, self._state, self._face = name, right, second, state, face
        said = (name, state.word if state is not None else "", second, right)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(54 if self._second or self._state is not None else 30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        room = QRectF(self.rect())
        if self.underMouse():
            rounded(painter, room.adjusted(-px(6), 0, px(6), -1), px(6), t.hover)
        two = self._second or self._state is not None
        line = QRectF(0, px(4) if two else 0, room.width(), px(22) if two else room.height())
        if self._face:
            avatar(painter, QRectF(0, line.center().y() - px(10), px(20), px(20)), self._name)
            line.setLeft(px(28))
        right_wide = 0.0
        if self._right:
            right_wide = px(96) if not two else px(60)
            say_line(painter, line, self._right, "small_number", t.muted if self._face else t.text, RIGHT)
        say_line(painter, line.adjusted(0, 0, -right_wide, 0), self._name, "name", t.text)
        if two:
            self._paint_second(painter, QRectF(0, px(26), room.width(), px(22)))
        hairline(painter, room.bottomLeft(), room.bottomRight(), t.line)
        if self.hasFocus():
            focus_ring(painter, room, px(6), t)

    def _paint_second(self, painter: QPainter, line: QRectF) -> None:
        t = tokens.current()
        if self._state is not None:
            wide = min(float(chip_width(self._state.word, self._state.icon is not None)), line.width() * 0.6)
            chip(painter, QRectF(line.left(), line.top(), wide, line.height()), self._state.kind, self._state.word,
                 self._state.icon)
            line = line.adjusted(wide + px(8), 0, 0, 0)
        say_line(painter, line, self._second, "tiny", t.muted)


class CountRow(QWidget):
    """Words with a number at the right over a hairline; the words give way."""

    def __init__(self, words: str, figure: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._figure = words, figure
        self.setAccessibleName(f"{words}: {figure}")
        self.setToolTip(words)
        self.setFixedHeight(px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        room = QRectF(self.rect())
        say_line(painter, room.adjusted(0, 0, -px(48), 0), self._words, "small", t.text2)
        say_line(painter, room, self._figure, "number", t.text, RIGHT)
        hairline(painter, room.bottomLeft(), room.bottomRight(), t.line)


class GapRow(QWidget):
    """Something that is missing, with the icon of what wants a look."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedHeight(px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        side = px(14)
        paint_icon(painter, QRectF(0, (self.height() - side) / 2, side, side), Icon.PROBLEM, t.warn.text)
        say_line(painter, QRectF(px(22), 0, self.width() - px(22), self.height()), self._words, "small", t.text)
