"""The card that shows what a bar is, when the pointer rests on it."""

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import RADIUS_CARD, px
from partnerdesk.views.kit import corners
from partnerdesk.views.kit.labels import IconLabel, Words
from partnerdesk.views.kit.layouts import Column, Row

WIDE, REST_MS = 260, 500


class TimelineCard(QWidget):
    """Comes half a second after `rest_on`, goes with `leave`; it never takes the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, corners.see_through())
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = QPoint()
        self._about = -1
        self.name = Words("", "name", wrap=True, parent=self)
        self.facts = Words("", "small", "text2", wrap=True, parent=self)
        self._state = QWidget(self)
        self.late = Words("", "small", "danger", parent=self._state)
        line = Row(self._state, 0, 5)
        line.addWidget(IconLabel(Icon.PROBLEM, "danger", tokens.ICON_INLINE, tokens.STROKE_INLINE))
        line.addWidget(self.late, 1)
        column = Column(self, 12, 4)
        for part in (self.name, self.facts, self._state):
            column.addWidget(part)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._come)

    @property
    def about(self) -> int:
        """The row it is about, -1 for none."""
        return self._about

    def rest_on(self, row: int, at: QPoint, name: str, facts: str, late: str) -> None:
        """Say of a row what there is to say, once the pointer rests there."""
        self._at = at
        if row == self._about and self.isVisible():
            return
        self.hide()
        self._about = row
        self.name.setText(name)
        self.facts.setText(facts)
        self.late.setText(late)
        self._state.setVisible(bool(late))
        self._rest.start()

    def leave(self) -> None:
        """The pointer is elsewhere."""
        self._rest.stop()
        self._about = -1
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        corners.ground(painter, QRectF(self.rect()), px(RADIUS_CARD), t.raised, t.line2)

    @Slot()
    def _come(self) -> None:
        wide = px(WIDE)
        self.setFixedWidth(wide)
        layout = self.layout()
        if layout is not None:
            self.resize(wide, layout.heightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height())
        room = self.screen().availableGeometry()
        x = min(self._at.x() + px(12), room.right() - wide)
        below = self._at.y() + px(18)
        y = below if below + self.height() <= room.bottom() else self._at.y() - px(12) - self.height()
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()
