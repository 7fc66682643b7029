"""Puts selected stays into a cohort: one that is there, or a new one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.stays import Stay
from partnerdesk.look.words import counted, say
from partnerdesk.services import cohorts, stays
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField


def ask_cohort(desk: Desk, parent: QWidget, ids: Sequence[int]) -> None:
    """Ask into which cohort these stays go."""
    if ids and not desk.read_only:
        desk.ask(stays.cohort_names, partial(_show, desk, parent, tuple(ids)))


def _show(desk: Desk, parent: QWidget, ids: Sequence[int], names: Sequence[tuple[int, str]]) -> None:
    AskCohort(desk, parent, ids, [Option(i, name) for i, name in names]).open()


class AskCohort(DialogShell):
    """Asks for a cohort, or for the title of a new one, and puts the stays into it."""

    def __init__(self, desk: Desk, parent: QWidget, ids: Sequence[int], known: Sequence[Option]) -> None:
        one, many = _tr("Add 1 stay to a cohort"), _tr("Add {n} stays to a cohort")
        super().__init__(parent, counted(len(ids), one, many))
        self.subject = object()
        self._desk, self._ids = desk, ids
        picker, title = PickerField(known), LineEditor()
        picker.setObjectName("cohort")
        title.setObjectName("title")
        self._cohort, self._title = Field(self.tr("Cohort"), picker), Field(self.tr("Or a new one, called"), title)
        grid = FormGrid(self)
        grid.add(self._cohort, wide=True)
        grid.add(self._title, wide=True)
        self.body.addWidget(grid)
        self.add_button(self.tr("Leave it"))
        add = self.add_button(self.tr("Add"), "primary", "add")
        add.clicked.disconnect()
        add.clicked.connect(self.add)
        picker.setFocus()

    @Slot()
    def add(self) -> None:
        """Put the stays into the cohort chosen, or into a new one."""
        chosen, title = self._cohort.value(), str(self._title.value() or "").strip()
        if chosen is None and not title:
            self._cohort.set_error(self.tr("Choose a cohort, or give a new one a title"))
            self.fit_height()
            return
        self._desk.ask(partial(_members, self._ids, chosen, title), self._go, failure=self._refused)

    def _go(self, deed: Deed[Any]) -> None:
        self._desk.do(deed, self._took, self._refused)

    def _took(self, _: int) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self._cohort.set_error(say(error.message))
            self.fit_height()
        else:
            self._desk.bug.emit(error)


def _members(ids: Sequence[int], chosen: Any, title: str, reader: Any) -> Deed[Any]:
    """The deed: a new cohort takes what all stays have in common from them."""
    if chosen is not None:
        return cohorts.add_members(reader.get(Cohort, int(chosen)), ids)
    found = list(reader.many(Stay, ids).values())
    common = {name: values.pop() for name in ("direction", "programme", "activity", "year", "term")
              if len(values := {getattr(one, name) for one in found}) == 1}
    return cohorts.new_cohort(Cohort(title=title, **common), ids)


def _tr(source: str) -> str:
    return QCoreApplication.translate("AskCohort", source)
