"""A new partner: name and country are enough; who is like it already is shown before it is saved."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import identifiers
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Identifier, Institution, PartnerLine
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.names import country_name
from partnerdesk.models.partners import second_line
from partnerdesk.services import listing, partners
from partnerdesk.views.children import ChildRow
from partnerdesk.views.filters import country_options
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.pickerfield import PickerField

PAUSE_MS = 150


class NewPartner(DialogShell):
    """`made(id)` for a new one, `existing_chosen(id)` when the user goes to one that is there already."""

    made = Signal(int)
    existing_chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, like: Institution | None = None) -> None:
        super().__init__(parent, parent.tr("New partner"), width=460)
        self._desk = desk
        self._like = like or Institution()
        self._name, self._code = LineEditor(), LineEditor(self.tr("ROR, Erasmus code, PIC or web address"))
        self._country, self._city = PickerField(country_options()), LineEditor()
        grid = FormGrid(self)
        self._name_field = Field(self.tr("Name"), self._name, required=True)
        self._code_field = Field(self.tr("Code"), self._code)
        grid.add(self._name_field, wide=True)
        grid.add(Field(self.tr("Country"), self._country), short=True)
        grid.add(Field(self.tr("City"), self._city), short=True)
        grid.add(self._code_field, wide=True)
        self.body.addWidget(grid)
        self._like_words = Words(self.tr("Is it one of these?"), "tiny", "muted")
        self._like_words.hide()
        self.body.addWidget(self._like_words)
        self._rows = Column(None, 0, 1)
        self.body.addLayout(self._rows)
        self.add_button(self.tr("Cancel"))
        self._add = self.add_button(self.tr("Add partner"), "primary")
        self._add.clicked.disconnect()
        self._add.clicked.connect(self._save)
        self.subject = object()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._name.textEdited.connect(self._pause.start)
        self._code.textEdited.connect(self._pause.start)
        if like is not None:
            self._country.set_value(like.country or None)
            self._city.set_value(like.city)
        self._name.setFocus()

    @Slot()
    def _look(self) -> None:
        words = tuple(word for word in (self._name.value() or self._code.value()).split() if len(word) > 1)
        if not words or not self._desk.is_open:
            self._show_like([])
            return

        def question(reader: Any) -> list[PartnerLine]:
            ids = listing.partner_ids(reader, ListQuery(words=words), 4)
            lines = listing.partner_lines(reader, ids)
            return [lines[i] for i in ids]

        self._desk.ask(question, self._show_like, key=(self, "like"))

    def _show_like(self, lines: Sequence[PartnerLine]) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._like_words.setVisible(bool(lines))
        for line in lines:
            row = ChildRow(Icon.PARTNERS, line.name, second_line(line), country_name(line.country), self)
            row.setCheckable(False)
            row.setObjectName(str(line.id))
            row.clicked.connect(self._go_there)
            self._rows.addWidget(row)
        QTimer.singleShot(0, self, self.adjustSize)

    @Slot()
    def _go_there(self) -> None:
        sender = self.sender()
        if sender is not None:
            chosen = int(sender.objectName())
            self.reject()
            self.existing_chosen.emit(chosen)

    @Slot()
    def _save(self) -> None:
        like = self._like
        institution = Institution(
            name=self._name.value(), country=self._country.value() or "", city=self._city.value(),
            org_type=like.org_type, hemisphere=like.hemisphere, website=self._website())
        codes = [one] if (one := read_code(self._code.value())) is not None else []
        self._desk.do(partners.new_partner(institution, codes), self._took, self._refused)

    def _website(self) -> str:
        written = self._code.value()
        return written if read_code(written) is not None and "." in written and " " not in written else ""

    def _took(self, institution_id: int) -> None:
        self.accept()
        self.made.emit(institution_id)

    def _refused(self, error: Exception) -> None:
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        problem = getattr(error, "problems", [None])[0]
        field = self._code_field if getattr(problem, "field", "") == "value" else self._name_field
        field.set_error(sentence)
        QTimer.singleShot(0, self, self.adjustSize)


def read_code(written: str) -> Identifier | None:
    """A code as it is typed: the first scheme that finds nothing wrong with it, a web address as SCHAC."""
    if not written:
        return None
    for scheme in ("ror", "pic", "erasmus"):
        if identifiers.check(scheme, written) is None:
            return Identifier(scheme=scheme, value=identifiers.normal(scheme, written))
    if "." in written and " " not in written:
        return Identifier(scheme="schac", value=identifiers.host_of(written))
    return Identifier(scheme="local", value=written.strip())
