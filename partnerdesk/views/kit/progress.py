"""The strip that shows how far a long piece of work has come, and lets the user stop it."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens, words
from partnerdesk.look.paint import rounded
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row

AFTER_MS = 1000


class Bar(QWidget):
    """A meter 5 high; without a total it stays empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """Fill it from 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        """5 high."""
        return QSize(px(120), px(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and fill."""
        painter, t = QPainter(self), tokens.current()
        track = QRectF(self.rect())
        rounded(painter, track, track.height() / 2, t.line)
        if self._share > 0:
            wide = max(track.height(), track.width() * self._share)
            left = track.right() - wide if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0.0
            rounded(painter, QRectF(left, 0, wide, track.height()), track.height() / 2, t.accent)


class ProgressStrip(QWidget):
    """Hidden at first; begin() shows it only when the work takes longer than a second."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = ShortWords("", "label", "text")
        self._count = Words("", "tiny", "muted")
        self._bar = Bar(self)
        self._cancel = Button(self.tr("Cancel"), small=True)
        self._cancel.clicked.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.show)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = Column(self, (13, 10, 13, 10), 6)
        head, foot = Row(None, 0, 12), Row(None, 0, 10)
        head.addWidget(self._what, 1)
        head.addWidget(self._count)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._cancel)
        column.addLayout(head)
        column.addLayout(foot)
        self.hide()

    @property
    def under_way(self) -> bool:
        """Whether work has begun and not ended, shown or not."""
        return self._timer.isActive() or self.isVisible()

    def begin(self, what: str) -> None:
        """Work called `what` has begun."""
        self._what.setText(what)
        self._count.setText("")
        self._bar.set_share(0)
        self._cancel.setEnabled(True)
        self._timer.start()
        self._say()

    @Slot(int, int)
    def advance(self, done: int, total: int) -> None:
        """So many of so many are done; a total of 0 is one not known."""
        if total:
            self._count.setText(self.tr("{n} of {total}").format(n=words.number(done), total=words.number(total)))
            self._bar.set_share(done / total)
        else:
            self._count.setText(words.number(done))
        self._say()

    @Slot()
    def end(self) -> None:
        """The work has ended, well or not."""
        self._timer.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card on the surface."""
        t = tokens.current()
        rounded(QPainter(self), QRectF(self.rect()), px(tokens.RADIUS_CARD), t.surface, t.line)

    @Slot()
    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._count.setText(self.tr("Stopping"))
        self.cancelled.emit()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._what.text()} {self._count.text()}".strip())
