"""Asks for the title of a new cohort, what holds it together, and its year."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import say
from partnerdesk.services import cohorts
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import whole_editor, year_editor
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.partner_children import terms


class NewCohort(DialogShell):
    """`made(id)` when the cohort is there; `stays` become its members, `like` lends it kind and programme."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, like: Cohort | None = None, stays: tuple[int, ...] = ()) -> None:
        super().__init__(parent, parent.tr("New cohort"), width=430)
        self.subject = object()
        self._desk, self._stays = desk, stays
        self._like = like or Cohort(year=AcademicYear.of(clock.today()).first)
        self._fields: dict[str, Field] = {}
        self._grid = FormGrid(self)
        title = LineEditor()
        self._add("title", title, wide=True)
        self._add("kind", ChoiceEditor(terms("cohort_kind")))
        self._add("direction", ChoiceEditor([("", self.tr("Either way")), *terms("direction")]))
        self._add("year", year_editor())
        self._add("capacity", whole_editor())
        for name in ("kind", "direction", "year", "capacity"):
            self._fields[name].set_value(getattr(self._like, name))
        self.body.addWidget(self._grid)
        self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Add cohort"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._save)
        title.setFocus()

    def _add(self, name: str, editor: QWidget, wide: bool = False) -> None:
        editor.setObjectName(name)
        self._fields[name] = Field(say(field_label(name)), editor, required=name == "title")
        self._grid.add(self._fields[name], short=not wide, wide=wide)

    @Slot()
    def _save(self) -> None:
        typed: dict[str, Any] = {name: field.value() for name, field in self._fields.items()}
        like = self._like
        cohort = Cohort(**typed, programme=like.programme, activity=like.activity, partner_id=like.partner_id)
        self._desk.do(cohorts.new_cohort(cohort, self._stays), self._took, self._refused)

    def _took(self, cohort_id: int) -> None:
        self.accept()
        self.made.emit(cohort_id)

    def _refused(self, error: Exception) -> None:
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        problem = getattr(error, "problems", [None])[0]
        self._fields.get(getattr(problem, "field", ""), self._fields["title"]).set_error(sentence)
