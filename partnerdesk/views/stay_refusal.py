"""Says why stays could not be moved, and takes a reason in place where that is enough."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.problems import PartnerDeskError, Problem, Refused
from partnerdesk.look.words import say
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import MessageBar

Passable = Callable[[Problem], bool]


class RefusalBar(QWidget):
    """Hidden until `show_refusal`; `reason_given(str)` when the user wants the same with a written reason."""

    reason_given = Signal(str)

    def __init__(self, passable: Passable, parent: QWidget) -> None:
        """`passable` tells which blocks a written reason lets pass."""
        super().__init__(parent)
        self._passable = passable
        self._message = MessageBar(self)
        self._message.acted.connect(self._acted)
        self._asking = QWidget(self)
        label = Words(self.tr("Reason"), "tiny", "muted", parent=self._asking)
        self.reason = LineEditor(parent=self._asking)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.textChanged.connect(self._typed)
        self.reason.returnPressed.connect(self._give)
        label.setBuddy(self.reason)
        self._go_on = Button(self.tr("Move all the same"), small=True, parent=self._asking)
        self._go_on.clicked.connect(self._give)
        leave = Button(self.tr("Leave it"), "quiet", small=True, parent=self._asking)
        leave.clicked.connect(self.clear)
        row = Row(self._asking, (10, 0, 6, 0), 8)
        for part in (label, self.reason, self._go_on, leave):
            row.addWidget(part, 1 if part is self.reason else 0)
        whole = Column(self, (16, 0, 16, 8), 6)
        whole.addWidget(self._message)
        whole.addWidget(self._asking)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._message.accessibleName()

    def show_refusal(self, error: PartnerDeskError, n: int) -> None:
        """Say why `n` stays stay where they are; where a reason is enough, ask for it."""
        problems: Sequence[Problem] = error.problems if isinstance(error, Refused) else ()
        blocks = [one for one in problems if one.severity == "block"]
        asks = bool(blocks) and all(map(self._passable, blocks))
        others = list(dict.fromkeys(say(one.message) for one in blocks[1:] if one.message != blocks[0].message))
        fixes = list(dict.fromkeys(say(one.fix) for one in blocks if one.fix is not None))
        rest = ". ".join((*others[:2], *fixes[:1]))
        more = len(others) - 2
        if more > 0:
            rest = f"{rest}. {self.tr('{n} more reasons').format(n=more)}"
        lead = say(error.message).rstrip(".")
        dismiss = "" if asks else self.tr("Dismiss")
        self._message.show_message("warn" if asks else "danger", f"{lead}.", rest, dismiss, "dismiss")
        self._asking.setVisible(asks)
        self.reason.setText("")
        self._typed()
        self.show()
        if asks:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    @Slot()
    def clear(self) -> None:
        """It is true no longer, or the user leaves it at that."""
        self._message.clear()
        self.hide()

    @Slot()
    def _typed(self) -> None:
        self._go_on.setEnabled(bool(self.reason.value()))

    @Slot()
    def _give(self) -> None:
        if self.reason.value():
            self.reason_given.emit(self.reason.value())

    @Slot(str)
    def _acted(self, _: str) -> None:
        self.clear()
