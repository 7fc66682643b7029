"""The field in the top strip that opens the palette: it looks like a search field and is a button."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import focus_ring, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, height, px


class SearchButton(QAbstractButton):
    """"Search everything or run a command", with its key at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = "Ctrl K"
        self.setText(self.tr("Search everything or run a command"))
        self.setAccessibleName(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(height("control"))
        tokens.watch().changed.connect(self._measure)

    def sizeHint(self) -> QSize:
        return QSize(px(380), height("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        rounded(painter, box, RADIUS_CONTROL, t.hover if self.underMouse() else t.surface, t.line2)
        side = px(15)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = box.right() - px(8) - side if mirrored else box.left() + px(9)
        place = QRectF(left, box.center().y() - side / 2, side, side)
        paint_icon(painter, place, Icon.SEARCH, t.text2)
        keys = QRectF(box.right() - px(46), box.top() + px(5), px(40), box.height() - px(10))
        if not mirrored:
            rounded(painter, keys, 4, t.neutral_soft, t.line)
            write(painter, keys, self._keys, font("tiny"), t.muted, Qt.AlignmentFlag.AlignCenter)
        words = box.adjusted(px(32), 0, -px(52), 0)
        side_of = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        write(painter, words, self.text(), font("body"), t.muted, side_of | Qt.AlignmentFlag.AlignVCenter)
        if self.hasFocus():
            focus_ring(painter, box, RADIUS_CONTROL, t)

    def _measure(self) -> None:
        self.setFixedHeight(height("control"))
        self.update()
