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
        self._field = Field(label, self._editor, required=True)
        self.body.addWidget(self._field)
        self.add_button(self.tr("Cancel"))
        self.add_button(verb, "primary", "ok")
        self.verb_chosen.connect(self._take)
        self._editor.setFocus()

    def ready(self) -> bool:
        """Not without a name."""
        if self._editor.value().strip():
            return True
        self._field.set_error(self.tr("A name is missing"))
        self.fit_height()
        self._editor.setFocus()
        return False

    @Slot(str)
    def _take(self, _: str) -> None:
        self.given.emit(self._editor.value())
