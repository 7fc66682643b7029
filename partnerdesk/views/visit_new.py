"""Asks what a new visit is called, where it goes and when; and to which days a visit is moved."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.visits import Visit
from partnerdesk.look.words import say
from partnerdesk.models.visits import days_words
from partnerdesk.services import visits
from partnerdesk.services.labels import field_label
from partnerdesk.services.visits import VisitFile
from partnerdesk.views.asking_partner import partner_provider
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.partner_children import terms


class NewVisit(DialogShell):
    """`made(id)` when the visit is there. `at` is a partner to begin with (id and name); with `like` it is a copy of
    that one without its days.
    """

    made = Signal(int)

    def __init__(
        self, desk: Desk, parent: QWidget, like: VisitFile | None = None, at: tuple[int, str] | None = None
    ) -> None:
        heading = parent.tr("New visit") if like is None else parent.tr("Duplicate the visit")
        super().__init__(parent, heading, width=460)
        self.subject = object()
        self._desk, self._like = desk, like
        self._fields: dict[str, Field] = {}
        self._grid = FormGrid(self)
        title = LineEditor()
        self._add("title", title, wide=True)
        self._at = at
        self._places = PickerField(partner_provider(desk), many=True)
        self._places.setObjectName("institutions")
        if like is not None:
            title.set_value(like.visit.title)
        else:
            self._add_fields(title)
        title.selectAll()
        self.body.addWidget(self._grid)
        self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Add visit"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._save)
        title.setFocus()

    def _add_fields(self, title: LineEditor) -> None:
        if self._at is None:
            self._grid.add(Field(self.tr("Partners"), self._places), wide=True)
        else:
            title.set_value(self.tr("Visit to {name}").format(name=self._at[1]))
        self._add("kind", ChoiceEditor(terms("visit_kind")))
        self._add("direction", ChoiceEditor(terms("direction")))
        self._add("starts_on", LenientDateField())
        self._add("ends_on", LenientDateField())
        for name in ("kind", "direction"):
            self._fields[name].set_value(getattr(Visit(), name))

    def _add(self, name: str, editor: QWidget, wide: bool = False) -> None:
        editor.setObjectName(name)
        self._fields[name] = Field(say(field_label(name)), editor, required=name == "title")
        self._grid.add(self._fields[name], short=not wide, wide=wide)

    @Slot()
    def _save(self) -> None:
        typed: dict[str, Any] = {name: field.value() for name, field in self._fields.items()}
        if self._like is not None:
            self._desk.do(visits.duplicate_visit(self._like, typed["title"]), self._took, self._refused)
        else:
            at = self._places.value() if self._at is None else (self._at[0],)
            self._desk.do(visits.new_visit(Visit(**typed), at), self._took, self._refused)

    def _took(self, visit_id: int) -> None:
        self.accept()
        self.made.emit(visit_id)

    def _refused(self, error: Exception) -> None:
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        problem = getattr(error, "problems", [None])[0]
        self._fields.get(getattr(problem, "field", ""), self._fields["title"]).set_error(sentence)
        self.fit_height()


class MoveVisit(DialogShell):
    """Asks for the new first day of a visit; its places and meetings go along. `given(days)` carries by how many."""

    given = Signal(int)

    def __init__(self, parent: QWidget, visit: Visit) -> None:
        super().__init__(parent, parent.tr("Move the visit to other days"))
        self._visit = visit
        first = self._first = visit.starts_on or visit.ends_on or date.min
        self._day = LenientDateField()
        self._day.setObjectName("starts_on")
        self._day.set_value(first)
        self._field = Field(self.tr("New first day"), self._day, required=True)
        self.body.addWidget(Words(self.tr("Now {days}. Places and meetings move along.").format(
            days=days_words(visit)), "small", "text2", wrap=True))
        self.body.addWidget(self._field)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Move"), "primary", "ok")
        self.verb_chosen.connect(self._take)
        self._day.setFocus()
        self._day.selectAll()

    def ready(self) -> bool:
        """Not without a day."""
        self._day.commit()
        if self._day.value() is None and not self._day.notes.error:
            self._field.set_error(self.tr("Choose a day"))
        self.fit_height()
        return not self._day.notes.error

    @Slot(str)
    def _take(self, _: str) -> None:
        day = self._day.value()
        if day is not None and day != self._first:
            self.given.emit((day - self._first).days)
