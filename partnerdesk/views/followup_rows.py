"""One follow-up as a row: a box to tick, what is to be done, who and until when, and a clock to put it off."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, icon, mirror, paint_icon
from partnerdesk.look.paint import focus_ring, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, px
from partnerdesk.models.followups import FollowUpWords

TICK, SNOOZE, REST = "tick", "snooze", "rest"


class FollowUpRow(QAbstractButton):
    """Space ticks it off, Enter opens it, S puts it off, Del deletes it, the arrows go on to the next.

    `ticked()`, `snooze_wanted()`, `delete_wanted()`, `stepped(by)`; `clicked` opens.
    """

    ticked = Signal()
    snooze_wanted = Signal()
    delete_wanted = Signal()
    stepped = Signal(int)

    def __init__(self, words: FollowUpWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._locked = False
        self._zone = REST
        self._under = REST
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.show_words(words)
        tokens.watch().changed.connect(self.updateGeometry)

    def show_words(self, words: FollowUpWords) -> None:
        """Show what has become of it."""
        self._words = words
        self.setText(words.title.replace("&", "&&"))
        self.setAccessibleName(words.sentence)
        self.updateGeometry()
        self.update()

    def set_locked(self, locked: bool) -> None:
        """Readable only."""
        self._locked = locked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(44 if self._words.lead or self._words.rest else 32))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Del and S are the row's while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        box = QRectF(self.rect())
        mirror(painter, box, self.layoutDirection())
        if self.underMouse() or self.isChecked():
            rounded(painter, box, px(RADIUS_CONTROL), t.selection if self.isChecked() else t.hover)
        self._paint_tick(painter, box)
        ends = box.right() - px(34)
        two = bool(self._words.lead or self._words.rest)
        left, high = px(32), box.height() / 2 if two else box.height()
        title = QRectF(left, px(3) if two else 0, ends - left, high)
        write(painter, title, self._words.title, font("name"), t.muted if self._words.done else t.text)
        if two:
            self._paint_second(painter, QRectF(left, high - px(1), ends - left, high - px(3)))
        if not self._locked and not self._words.done:
            place = self._snooze_place(box)
            if self._under == SNOOZE and self.underMouse():
                rounded(painter, place.adjusted(-px(4), -px(4), px(4), px(4)), px(RADIUS_CONTROL), t.line)
            paint_icon(painter, place, Icon.SNOOZE, t.text2)
        if self.hasFocus():
            focus_ring(painter, box, px(RADIUS_CONTROL), t)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._zone = self._zone_at(event.position())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        zone, self._zone = self._zone, REST
        if zone == REST or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self.setDown(False)
        if self._zone_at(event.position()) == zone:
            (self.ticked if zone == TICK else self.snooze_wanted).emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self._zone_at(event.position())
        tips = {TICK: self.tr("To be done again") if self._words.done else self.tr("Done"),
                SNOOZE: self.tr("Put off"), REST: ""}
        self.setToolTip(tips[self._under])
        self.update()
        super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        elif self._locked:
            event.ignore()
        elif key == Qt.Key.Key_Space:
            self.ticked.emit()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_S and not self._words.done:
            self.snooze_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        # Space has ticked it off on the way down, where a button would only now be clicked
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(icon(Icon.EDIT), self.tr("Open"), self._open)
        if not self._locked:
            done = self.tr("To be done again") if self._words.done else self.tr("Done")
            menu.addAction(icon(Icon.TICK), f"{done}\t{self.tr('Space')}", self._tick)
            if not self._words.done:
                menu.addAction(icon(Icon.SNOOZE), f"{self.tr('Put off')}\tS", self._snooze)
            menu.addSeparator()
            keys = QKeySequence(QKeySequence.StandardKey.Delete).toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(icon(Icon.DELETE), f"{self.tr('Delete')}\t{keys}", self._delete)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _means(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        return not self._locked and (event.matches(QKeySequence.StandardKey.Delete)
                                     or (plain and event.key() == Qt.Key.Key_S))

    def _zone_at(self, at: QPointF) -> str:
        across = self.width() - at.x() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at.x()
        if self._locked:
            return REST
        if across < px(30):
            return TICK
        return SNOOZE if across > self.width() - px(32) and not self._words.done else REST

    @staticmethod
    def _snooze_place(box: QRectF) -> QRectF:
        side = px(15)
        return QRectF(box.right() - px(9) - side, box.center().y() - side / 2, side, side)

    def _paint_tick(self, painter: QPainter, box: QRectF) -> None:
        t, side = tokens.current(), px(16)
        place = QRectF(px(8), box.center().y() - side / 2, side, side)
        over = self._under == TICK and self.underMouse()
        if self._words.done:
            rounded(painter, place, px(4), t.accent_hover if over else t.accent)
            paint_icon(painter, place.adjusted(px(2), px(2), -px(2), -px(2)), Icon.TICK, t.on_accent, 3.0)
        else:
            rounded(painter, place, px(4), t.sunken if self._locked else t.hover if over else t.surface, t.control)

    def _paint_second(self, painter: QPainter, line: QRectF) -> None:
        t, face, words = tokens.current(), font("tiny"), self._words
        lead, rest = words.lead, words.rest
        if words.late:
            side = px(13)
            paint_icon(painter, QRectF(line.left(), line.center().y() - side / 2, side, side), Icon.PROBLEM,
                       t.role("danger"), 2.0)
            line = line.adjusted(side + px(4), 0, 0, 0)
        if lead:
            write(painter, line, lead, face, t.role("danger") if words.late else t.muted)
            line = line.adjusted(QFontMetricsF(face).horizontalAdvance(lead) + px(4), 0, 0, 0)
        if lead and rest and line.width() > px(30):
            # the gaps are measured, for blanks at the edge of a text change sides where the writing runs the other way
            write(painter, line, "·", face, t.muted)
            line = line.adjusted(QFontMetricsF(face).horizontalAdvance("·") + px(4), 0, 0, 0)
        if rest and line.width() > px(20):
            write(painter, line, rest, face, t.muted)

    @Slot()
    def _open(self) -> None:
        self.click()

    @Slot()
    def _tick(self) -> None:
        self.ticked.emit()

    @Slot()
    def _snooze(self) -> None:
        self.snooze_wanted.emit()

    @Slot()
    def _delete(self) -> None:
        self.delete_wanted.emit()
