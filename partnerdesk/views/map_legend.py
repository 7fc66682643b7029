"""The legend on the map: each class with its colour and how many countries are in it; a click takes a class away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import RIGHT, focus_ring, rounded, say_line
from partnerdesk.look.tokens import RADIUS_CARD, STROKE_INLINE, px
from partnerdesk.look.words import number
from partnerdesk.look.worldmap import LegendRow

WIDTH: Final = 172
_HEAD, _ROW, _PAD = 30, 24, 10


class Legend(QWidget):
    """`toggled(place)` for a class, `all_wanted()` to have all again. Arrow keys walk, Space toggles."""

    toggled = Signal(int)
    all_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        self._rows: Sequence[LegendRow] = ()
        self._at = self._hover = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tokens.watch().changed.connect(self._fit)

    @property
    def rows(self) -> Sequence[LegendRow]:
        """The classes it shows."""
        return self._rows

    def show_rows(self, title: str, rows: Sequence[LegendRow]) -> None:
        """Show other classes."""
        self._title, self._rows = title, rows
        self._tell()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(_HEAD + _ROW * len(self._rows) + _PAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        rounded(painter, QRectF(self.rect()), px(RADIUS_CARD), t.surface, t.line2)
        inner = QRectF(px(13), 0, self.width() - px(26), px(_HEAD))
        all_on = all(row.on for row in self._rows)
        head = inner.adjusted(0, px(4), 0 if all_on else -px(26), 0)
        say_line(painter, head, self._title, "head", t.text)
        if not all_on:
            say_line(painter, inner.adjusted(0, px(4), 0, 0), self.tr("All"), "small", t.accent_text, RIGHT)
        for place, row in enumerate(self._rows):
            self._paint_row(painter, row, self._box(place), place)
        if self.hasFocus():
            ring = self._box(self._at) if self._at >= 0 else QRectF(self.rect()).adjusted(2, 2, -2, -2)
            focus_ring(painter, ring, px(6), t)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._place(event)
        clickable = self._hover >= 0 or event.position().y() < px(_HEAD)
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._hover = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() < px(_HEAD):
            self.all_wanted.emit()
        else:
            self._toggle(self._place(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._at = min(max(self._at + steps[key], 0), len(self._rows) - 1)
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(self._at)
        else:
            super().keyPressEvent(event)

    def _paint_row(self, painter: QPainter, row: LegendRow, box: QRectF, place: int) -> None:
        t = tokens.current()
        if place == self._hover and row.place is not None:
            rounded(painter, box.adjusted(-px(6), 0, px(6), 0), px(4), t.hover)
        middle = box.center().y()
        if row.on and row.place is not None:
            side = px(13)
            paint_icon(painter, QRectF(box.left(), middle - side / 2, side, side), Icon.TICK, t.accent_text,
                       STROKE_INLINE)
        swatch = QRectF(box.left() + px(22), middle - px(6), px(18), px(12))
        rounded(painter, swatch, px(3), row.color if row.on else t.map_none, t.line2)
        ink = t.text if row.on and row.place is not None else t.muted
        words = box.adjusted(px(47), 0, -px(20), 0)
        say_line(painter, words, row.words, "small", ink)
        say_line(painter, box, number(row.countries), "small_number", t.muted, RIGHT)

    def _box(self, place: int) -> QRectF:
        return QRectF(px(13), px(_HEAD) + px(_ROW) * place, self.width() - px(26), px(_ROW))

    def _place(self, event: QMouseEvent) -> int:
        y = event.position().y() - px(_HEAD)
        place = int(y // px(_ROW)) if y >= 0 else -1
        return place if place < len(self._rows) else -1

    def _toggle(self, place: int) -> None:
        if 0 <= place < len(self._rows):
            wanted = self._rows[place].place
            if wanted is not None:
                self.toggled.emit(wanted)

    def _tell(self) -> None:
        shown = ", ".join(f"{row.words}: {number(row.countries)}" for row in self._rows)
        here = f"{self._rows[self._at].words}. " if 0 <= self._at < len(self._rows) else ""
        self.setAccessibleName(f"{here}{self._title}: {shown}")

    def _fit(self) -> None:
        self.resize(self.sizeHint())
        self.update()
        parent = self.parentWidget()
        if parent is not None:
            self.move(px(16), parent.height() - self.height() - px(16))
