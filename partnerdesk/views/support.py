"""About this computer: what one sends along when asking for help, without anybody's name in it."""

from typing import Any

import PySide6
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.services import support
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.labels import Words

_MOST = 24


class SupportDialog(DialogShell):
    """Shows the report and copies it. Counts of an open office come in as soon as they are read."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, parent.tr("About this computer"), parent.tr(
            "Versions, sizes and counts that help to find a fault. There are no names and nothing that you entered "
            "in it."), width=560)
        self._computer = support.computer({
            "Qt": PySide6.__version__, "platform": QGuiApplication.platformName(),
            "screen": _screen(), "scale": f"{parent.devicePixelRatioF():g}"})
        self.report = support.as_text(self._computer)
        self._words = Words("", "tiny", "text2", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._words)
        self._copy = Button(self.tr("Copy"), small=True, parent=self)
        self._copy.clicked.connect(self.copy)
        self.body.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button(self.tr("Close"), "primary").setFocus()
        self._show()
        path = desk.path
        if path is not None:
            def question(reader: Any) -> dict[str, str]:
                return support.office(reader, path)

            desk.ask(question, self._take, quiet=True)

    @Slot()
    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)

    def _take(self, figures: dict[str, str]) -> None:
        self.report = support.as_text(self._computer, figures)
        self._show()

    def _show(self) -> None:
        """The beginning of the report; the rest is copied with it."""
        lines = self.report.splitlines()
        more = [] if len(lines) <= _MOST else [self.tr("and {n} more lines").format(n=len(lines) - _MOST)]
        self._words.setText("\n".join([*lines[:_MOST], *more]))
        QTimer.singleShot(0, self, self.adjustSize)


def _screen() -> str:
    screen = QGuiApplication.primaryScreen()
    return f"{screen.size().width()} x {screen.size().height()}" if screen is not None else "none"
