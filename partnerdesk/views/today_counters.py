"""The figures at the head of the day's work: each with what stands beside it, and leading to the list of the same."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import kept_font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import focus_ring, rounded, say_line
from partnerdesk.look.tokens import RADIUS_CARD, px
from partnerdesk.look.words import number
from partnerdesk.services.today import Counter

HIGH: Final = 74
NARROW, NARROWEST = 3, 2
_ICONS: Final = {
    "abroad": (Icon.STAYS, ""), "arriving": (Icon.STUDENTS, ""), "ending": (Icon.SOON, "warn"),
    "papers": (Icon.MISSING, "danger"), "late": (Icon.MILESTONE, "danger"),
}


class CounterCard(QAbstractButton):
    """One figure: icon and word, then the number with a few words beside it."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.n: int | None = None
        self._beside = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()
        tokens.watch().changed.connect(self.updateGeometry)

    def show_counter(self, counter: Counter) -> None:
        """Show other numbers."""
        self.n = counter.n
        self._beside = self._beside_words(counter)
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(150), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        box = QRectF(self.rect())
        mirror(painter, box, self.layoutDirection())
        ground = t.line if self.isDown() else t.hover if self.underMouse() else t.surface
        rounded(painter, box, px(RADIUS_CARD), ground, t.line2 if self.underMouse() else t.line)
        icon, role = _ICONS[self.key]
        side = px(16)
        place = QRectF(px(14), px(12), side, side)
        paint_icon(painter, place, icon, t.role(role) if role and self.n else t.text2)
        words = QRectF(place.right() + px(8), px(11), box.width() - place.right() - px(16), px(18))
        say_line(painter, words, self._word(), "body", t.text2)
        figure = "" if self.n is None else number(self.n)
        line = QRectF(px(14), px(32), box.width() - px(24), px(30))
        say_line(painter, line, figure, "figure", t.text)
        wide = QFontMetricsF(kept_font("figure")).horizontalAdvance(figure)
        beside = QRectF(line.left() + wide + px(8), line.top() + px(7), line.width() - wide - px(8), px(20))
        say_line(painter, beside, self._beside, "tiny", t.muted)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(1, 1, -1, -1), px(RADIUS_CARD), t)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def _say(self) -> None:
        figure = "" if self.n is None else number(self.n)
        self.setAccessibleName(" ".join(part for part in (self._word(), figure, self._beside) if part))

    def _word(self) -> str:
        return {
            "abroad": self.tr("Abroad now"), "arriving": self.tr("Arriving in 30 days"),
            "ending": self.tr("Agreements ending"), "papers": self.tr("Missing documents"),
            "late": self.tr("Late milestones"),
        }[self.key]

    def _beside_words(self, counter: Counter) -> str:
        n = counter.beside
        one, many = {
            "abroad": (self.tr("in 1 country"), self.tr("in {n} countries")),
            "arriving": (self.tr("1 without papers"), self.tr("{n} without papers")),
            "ending": (self.tr("within {n} days"), self.tr("within {n} days")),
            "papers": (self.tr("for 1 person"), self.tr("for {n} people")),
            "late": (self.tr("in 1 project"), self.tr("in {n} projects")),
        }[self.key]
        if not n or (not counter.n and counter.key != "ending"):
            return ""
        return (one if n == 1 else many).format(n=number(n))


class Counters(QWidget):
    """Five cards in a row, three and two where it is narrow. `chosen(key)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = [CounterCard(key, self) for key in _ICONS]
        for card in self.cards:
            card.clicked.connect(self._press)
        self._grid = QGridLayout(self)
        self._columns = 0
        self.set_columns(len(self.cards))
        self._fit()
        tokens.watch().changed.connect(self._fit)

    def show_counters(self, counters: Sequence[Counter]) -> None:
        """Show these numbers."""
        known = {one.key: one for one in counters}
        for card in self.cards:
            if card.key in known:
                card.show_counter(known[card.key])

    def set_columns(self, columns: int) -> None:
        """Stand in rows of so many; the cards of each row share its width."""
        if columns == self._columns:
            return
        self._columns = columns
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        parts = len(self.cards) if columns == len(self.cards) else 2 * columns
        for place, card in enumerate(self.cards):
            row, column = divmod(place, columns)
            in_row = min(columns, len(self.cards) - row * columns)
            span = parts // in_row if columns != len(self.cards) else 1
            grid.addWidget(card, row, column * span, 1, span)
        for column in range(12):
            grid.setColumnStretch(column, 1 if column < parts else 0)

    @Slot()
    def _fit(self) -> None:
        self._grid.setContentsMargins(px(16), 0, px(16), px(12))
        self._grid.setSpacing(px(10))

    @Slot()
    def _press(self) -> None:
        card = self.sender()
        if isinstance(card, CounterCard):
            self.chosen.emit(card.key)
