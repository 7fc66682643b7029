"""What is done with a whole plan: shifted, delayed from a day on, agreed as the baseline; each asks what it needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.project_rules import end_of
from partnerdesk.domain.projects import Project
from partnerdesk.look.words import counted, day, number, say
from partnerdesk.services import project_plan, project_whole
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.numberfield import NumberEditor
from partnerdesk.views.project_work import ProjectWork


class AskPlanDeed(DialogShell):
    """Asks for a day and a number of days; `answered(answers)`. What is wrong is said in it."""

    answered = Signal(object)

    def __init__(self, parent: QWidget, title: str, text: str, verb: str, asks: Sequence[tuple[str, str, QWidget]],
                 shown: Mapping[str, Any]) -> None:
        super().__init__(parent, title, text)
        self.fields: dict[str, Field] = {}
        grid = FormGrid(self)
        for name, label, editor in asks:
            editor.setObjectName(name)
            self.fields[name] = Field(label, editor)
            self.fields[name].set_value(shown.get(name))
            self.fields[name].edited.connect(self._tell_sum)
            grid.add(self.fields[name], short=True)
        self.body.addWidget(grid)
        self._said = Words("", "small", "text2", wrap=True)
        self._said.hide()
        self.body.addWidget(self._said)
        self.add_button(self.tr("Leave it"))
        self._go = self.add_button(verb, "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._answer)
        asks[0][2].setFocus()

    def answers(self) -> dict[str, Any]:
        """What has been typed by name."""
        return {name: field.value() for name, field in self.fields.items()}

    def summary(self) -> str:
        """What the answers would do, in a sentence."""
        return ""

    def refused(self, error: Exception) -> None:
        """Say why it cannot be done."""
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        next(iter(self.fields.values())).set_error(sentence)
        self.fit_height()

    @Slot()
    def _tell_sum(self) -> None:
        self._said.setText(self.summary())
        self._said.setVisible(bool(self._said.text()))
        self.fit_height()

    @Slot()
    def _answer(self) -> None:
        for field in self.fields.values():
            commit = getattr(field.editor, "commit", None)
            if callable(commit):
                commit()
        wrong = [field for field in self.fields.values() if field.editor.notes.error]
        empty = [field for field in self.fields.values() if field.value() in (None, "")]
        for field in empty:
            field.set_error(self.tr("This is needed"))
        if not wrong and not empty:
            self.answered.emit(self.answers())
        else:
            self.fit_height()


class AskShift(AskPlanDeed):
    """Asks for the day on which the project is to begin."""

    def __init__(self, parent: QWidget, project: Project, first: date) -> None:
        self._from = first
        super().__init__(
            parent, parent.tr("Shift the project"),
            parent.tr("Every day of the plan moves along; what was met or submitted keeps its day."),
            parent.tr("Shift"), (("first", parent.tr("Begins on"), LenientDateField()),), {"first": first})

    def summary(self) -> str:
        """By how many days everything moves."""
        wanted = self.fields["first"].value()
        if not isinstance(wanted, date) or wanted == self._from:
            return ""
        days = (wanted - self._from).days
        if days > 0:
            return counted(days, self.tr("Everything moves 1 day later."), self.tr("Everything moves {n} days later."))
        return counted(-days, self.tr("Everything moves 1 day earlier."), self.tr("Everything moves {n} days earlier."))


class AskDelay(AskPlanDeed):
    """Asks from which day on, and for how many days, the work pauses."""

    def __init__(self, parent: QWidget) -> None:
        asks = (("since", parent.tr("From"), LenientDateField()), ("days", parent.tr("Days"), NumberEditor()))
        super().__init__(
            parent, parent.tr("Insert a delay"),
            parent.tr("What is to begin from this day on begins later; what is under way then ends later."),
            parent.tr("Insert the delay"), asks, {"since": clock.today(), "days": 30})

    def summary(self) -> str:
        """From when on what is delayed."""
        since, days = self.fields["since"].value(), self.fields["days"].value()
        if not isinstance(since, date) or not isinstance(days, int):
            return ""
        return self.tr("From {day} on everything is {n} days later.").format(day=day(since), n=number(days))


class AskStretch(AskPlanDeed):
    """Asks for the day on which the project is to end."""

    def __init__(self, parent: QWidget, last: date | None) -> None:
        super().__init__(
            parent, parent.tr("Stretch the plan"),
            parent.tr("The beginning stays; every other day of the plan moves in proportion to the new end."),
            parent.tr("Stretch"), (("last", parent.tr("Ends on"), LenientDateField()),), {"last": last})


class PlanDeeds(QObject):
    """Begins the deeds with the plan of the project shown. `done()` when one is in the file."""

    done = Signal()

    def __init__(self, work: ProjectWork, parent: QWidget) -> None:
        super().__init__(parent)
        self._work, self._parent = work, parent
        self._dialog: AskPlanDeed | None = None

    def begin(self, key: str) -> None:
        """Begin "shift", "delay", "stretch", "baseline" or "settle"."""
        project = self._work.project
        if project is None:
            return
        if key == "baseline":
            self._work.do(project_whole.set_baseline(project))
        elif key == "settle":
            self._work.do(project_plan.settle_project(project))
        elif key == "stretch":
            self._ask(AskStretch(self._parent, end_of(project)))
        elif key == "shift":
            self._ask(AskShift(self._parent, project, self._work.first_day() or clock.today()))
        else:
            self._ask(AskDelay(self._parent))

    def _ask(self, dialog: AskPlanDeed) -> None:
        self._dialog = dialog
        dialog.answered.connect(self._answered)
        dialog.open()

    @Slot(object)
    def _answered(self, answers: Mapping[str, Any]) -> None:
        project = self._work.project
        if project is None or self._dialog is None:
            return
        if "first" in answers:
            first = self._work.first_day() or clock.today()
            deed: Deed[Any] = project_whole.shift_project(project, (answers["first"] - first).days)
        elif "last" in answers:
            deed = project_whole.stretch_project(project, answers["last"])
        else:
            deed = project_whole.delay_project(project, answers["since"], answers["days"])
        self._work.desk.do(deed, self._took, self._refused)

    def _took(self, _: Any) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None
        self.done.emit()

    def _refused(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.refused(error)
