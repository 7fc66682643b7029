"""Small questions to the user that need an answer before anything happens."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field


class AskText(DialogShell):
    """Asks for a name; `given` carries it."""

    given = Signal(str)

    def __init__(self, parent: QWidget, title: str, label: str, verb: str, text: str = "") -> None:
        super().__init__(parent, title)
        self._editor = LineEditor(parent=self)
        self._editor.set_value(text)
        self._editor.selectAll()
        self.body.addWidget(Field(label, self._editor, required=True))
        self.add_button(self.tr("Cancel"))
        self.add_button(verb, "primary", "ok")
        self.verb_chosen.connect(self._take)
        self._editor.setFocus()

    @Slot(str)
    def _take(self, _: str) -> None:
        if self._editor.value():
            self.given.emit(self._editor.value())
