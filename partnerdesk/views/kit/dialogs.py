"""The shell of every dialog: title, body, foot with the verb on the button; and the purge that uses it."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.paint import hairline
from partnerdesk.look.tokens import px
from partnerdesk.views.kit import corners
from partnerdesk.views.kit.buttons import Button, Kind
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row

NARROW, WIDE = 390, 560


class DialogShell(QDialog):
    """A dialog over its window, without a frame of the system; freed when closed. Esc cancels.

    Put the contents into `body`, the buttons in with add_button; open it with open(), never exec().
    """

    verb_chosen = Signal(str)

    def __init__(self, parent: QWidget, title: str, text: str = "", width: int = NARROW) -> None:
        """`text` is a plain paragraph under the title; `width` lies between 390 and 560."""
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, corners.see_through())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._width = min(WIDE, max(NARROW, width))
        self._column = Column(self, 1)
        self.body = Column(None, (18, 15, 18, 18), 6)
        self.body.addWidget(Words(title, "section", "text", wrap=True))
        if text:
            self.body.addWidget(Words(text, "body", "text2", wrap=True))
        self._column.addLayout(self.body, 1)
        self._foot = QWidget(self)
        self._foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._buttons = Row(self._foot, (18, 12, 18, 12), 8)
        self._buttons.addStretch()
        self._column.addWidget(self._foot)
        self._fit()
        tokens.watch().changed.connect(self._fit)

    def add_button(self, text: str, kind: Kind = "secondary", token: str = "") -> Button:
        """Add a button at the right; with a `token` it accepts and `verb_chosen` carries it, without it cancels."""
        button = Button(text, kind)
        button.setObjectName(token)
        self._buttons.addWidget(button)
        button.clicked.connect(self._pressed if token else self.reject)
        if kind == "primary":
            button.setDefault(True)
        return button

    def ready(self) -> bool:
        """Whether the verb may be done now; a dialog that says no has said why in its body."""
        return True

    def done(self, result: int) -> None:
        """Close, freeing it also when it was cancelled with Esc."""
        super().done(result)
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Centre over the window, a little above its middle."""
        super().showEvent(event)
        window = self.parentWidget()
        if window is not None:
            window = window.window()
            self.fit_height()
            left = (window.width() - self.width()) // 2
            top = max(0, (window.height() - self.height()) * 2 // 5)
            self.move(window.mapToGlobal(QPoint(left, top)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It is moved by whatever part of it is no control."""
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Raised ground, sunken foot, one hairline around and one between."""
        painter, t = QPainter(self), tokens.current()
        box, radius = QRectF(self.rect()), px(tokens.RADIUS_CARD)
        corners.ground(painter, box, radius, t.raised, t.line2)
        foot = QRectF(1, self._foot.y(), box.width() - 2, box.bottom() - 1 - self._foot.y())
        shape = QPainterPath()
        inner = radius - 1.0 if corners.see_through() else 0.0
        shape.addRoundedRect(box.adjusted(1, 1, -1, -1), inner, inner)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(foot)
        painter.fillPath(shape, t.sunken)
        painter.restore()
        hairline(painter, QPointF(1, foot.top()), QPointF(box.width() - 1, foot.top()), t.line)

    def fit_height(self) -> None:
        """As high as its contents are at its width; Qt's own guess leaves room for lines that never wrap."""
        self._column.activate()
        high = self._column.heightForWidth(self.width()) if self._column.hasHeightForWidth() else -1
        self.resize(self.width(), high if high > 0 else self.sizeHint().height())

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        token = button.objectName() if button is not None else ""
        if not self.ready():
            return
        self.accept()
        self.verb_chosen.emit(token)

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(px(self._width))


def purge_dialog(parent: QWidget, title: str, text: str, verb: str) -> DialogShell:
    """The one confirmation there is: `title` asks ("Purge 3 partners for good?"), `text` says what else goes.

    `accepted` means yes. The keyboard begins on Cancel. Call open() on it.
    """
    dialog = DialogShell(parent, title, text)
    cancel = dialog.add_button(dialog.tr("Cancel"))
    dialog.add_button(verb, "danger", "purge")
    cancel.setFocus()
    return dialog
