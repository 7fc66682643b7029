"""The footer that says whether what was written is safe, and what can be undone."""

from datetime import datetime
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import CENTER, elided, focus_ring, write
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.controls import RING
from partnerdesk.views.kit.labels import IconLabel, Pane, ShortWords
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.matching import part

State = Literal["saved", "saving", "refused", "idle"]

_LOOKS = {
    "saved": (Icon.HOLDS, "success"),
    "saving": (Icon.SOON, "muted"),
    "refused": (Icon.PROBLEM, "danger"),
}


class UndoLink(QAbstractButton):
    """ "Undo: …" with its icon, in the second voice; cut with "…" where the state needs the room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Icon, words and the ring's margin."""
        words = QFontMetrics(font("tiny")).horizontalAdvance(self.text()) + 2
        return QSize(px(13 + 5) + words + 2 * RING, px(18) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        """The icon and a beginning."""
        return QSize(min(px(90), self.sizeHint().width()), px(18) + 2 * RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and words, a line under them under the pointer, ring with the focus."""
        painter, t = QPainter(self), tokens.current()
        ink = t.accent_text if self.underMouse() or self.isDown() else t.text2
        inner = QRectF(self.rect()).adjusted(RING, 0, -RING, 0)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = px(13)
        sign = part(inner, 0, side, mirrored)
        paint_icon(painter, QRectF(sign.left(), inner.center().y() - side / 2, side, side), Icon.UNDO, ink)
        words = part(inner, px(18), inner.width() - px(18), mirrored)
        shown = elided(self.text(), font("tiny"), words.width() + 0.5)
        self.setToolTip("" if shown == self.text() else self.text())
        write(painter, words, self.text(), font("tiny"), ink, CENTER)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), tokens.RADIUS_CONTROL)


class SaveState(Pane):
    """ "Saved 10:42", "Saving" or "Not saved: …" at the left; "Undo: …" as a link at the right."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("footer", parent)
        self._state: State = "idle"
        self._icon = IconLabel(Icon.HOLDS, "success", 13, tokens.STROKE_INLINE)
        self._words = ShortWords("", "tiny", "success")
        self._undo = UndoLink(self)
        self._undo.clicked.connect(self.undo_wanted)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = Row(self, (16, 0, 16 - RING, 0), 6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignVCenter)
        self._show("idle", "")
        self.set_undo("")
        self._fit()
        tokens.watch().changed.connect(self._fit)

    @property
    def state(self) -> State:
        """What it says now."""
        return self._state

    @property
    def words(self) -> str:
        """The sentence at the left."""
        return self._words.text()

    @Slot()
    def clear(self) -> None:
        """Say nothing: nothing was written yet."""
        self._show("idle", "")

    def saved(self, moment: datetime) -> None:
        """All is written, last at `moment` (with time zone), shown in the user's time."""
        self._show("saved", self.tr("Saved {time}").format(time=moment.astimezone().strftime("%H:%M")))

    @Slot()
    def saving(self) -> None:
        """Something is on its way to the file."""
        self._show("saving", self.tr("Saving"))

    def refused(self, reason: str) -> None:
        """What the user wrote is not in the file, for this reason."""
        self._show("refused", self.tr("Not saved: {reason}").format(reason=reason))

    def set_undo(self, label: str) -> None:
        """Offer to undo ("Undo: change next review"); "" where there is nothing to undo."""
        self._undo.setText(label)
        self._undo.setAccessibleName(label)
        self._undo.setVisible(bool(label))
        self._share()

    def sizeHint(self) -> QSize:
        """A footer's height."""
        return QSize(super().sizeHint().width(), tokens.height("footer"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def _show(self, state: State, words: str) -> None:
        self._state = state
        self._icon.setVisible(state != "idle")
        if state != "idle":
            icon, role = _LOOKS[state]
            self._icon.show_icon(icon, role)
            self._words.set_role(role)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._share()

    def _share(self) -> None:
        """The state is read in full before the link is."""
        needed = QFontMetrics(font("tiny")).horizontalAdvance(self._words.text()) + px(16 + 13 + 6 + 6 + 16)
        self._undo.setMaximumWidth(max(self._undo.minimumSizeHint().width(), self.width() - needed))

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(tokens.height("footer"))
        self._share()
