"""Bringing in a calendar or the plan of a project: a preview line by line, what cannot be kept, and one button.

Nothing is written before that button, and one undo takes it all back.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.tokens import height, px
from partnerdesk.look.words import counted, say
from partnerdesk.models.dated_plans import event_model, kind_word, left_words, notes_of, plan_model
from partnerdesk.models.lines import LinesModel
from partnerdesk.services import importing_calendar, importing_plan_file
from partnerdesk.services.importing_calendar import APPOINTMENT, VISIT, CalendarPlan, EventRow
from partnerdesk.services.importing_plan_file import MILESTONE, PACKAGE, TASK, PlanRow, ProjectPlan
from partnerdesk.services.project_labels import named
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.segmented import Segmented

CALENDAR = ".ics"
SKIP = "skip"
_ROWS_SHOWN = 6
_ABOUT_HEIGHT = 34
P = TypeVar("P", CalendarPlan, ProjectPlan)


class DatedPreview(DialogShell):
    """What a file would bring; `imported(answer of the deed)` when it has been written."""

    imported = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, title: str, plan: CalendarPlan | ProjectPlan,
                 model: Callable[[QObject], LinesModel[Any]], deed: Callable[[Any], Deed[int]]) -> None:
        super().__init__(parent, title, width=WIDE)
        self.subject = object()
        self.desk = desk
        self.plan: Any = plan
        self._deed = deed
        self.summary = Words("", "body", "text", wrap=True)
        self.left = Words("", "small", "muted", wrap=True)
        self.table: LinesTable[Any] = LinesTable(self.tr("Lines of the file"), model(self), "row_two")
        self.table.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.about = Words("", "small", "text2", wrap=True)
        self.about.setMinimumHeight(px(_ABOUT_HEIGHT))
        self.said = Words("", "small", "danger", wrap=True)
        self.said.hide()
        for one in (self.summary, self.left, self.table, self.about):
            self.body.addWidget(one)
        self.table.picked.connect(self._tell_about)
        self.add_more()
        self.body.addWidget(self.said)
        self._close = self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Import"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self.go)
        self.show_plan(plan)
        (self._go if plan.writes else self._close).setFocus()

    def add_more(self) -> None:
        """Add what stands beneath the table."""

    def told(self) -> str:
        """What the file holds, before what becomes of it."""
        return ""

    def show_plan(self, plan: Any) -> None:
        """Show a plan; the line that was current stays so."""
        self.plan = plan
        self.summary.setText(" ".join(part for part in (self.told(), f"{say(plan.sentence)}.") if part))
        left = left_words(plan)
        self.left.setText(left)
        self.left.setVisible(bool(left))
        rows: Any = sorted(plan.rows, key=_place)
        self.table.show_lines(rows)
        shown = min(max(len(rows), 1), _ROWS_SHOWN)
        self.table.setFixedHeight(height("table_header") + shown * height("row_two") + 2)
        if self.table.current is None and rows:
            self.table.select_row(0)
        self._tell_about()
        n = sum(row.writes for row in plan.rows)
        self._go.setVisible(bool(n))
        self._go.setText(counted(n, self.tr("Import 1 entry"), self.tr("Import {n} entries")))
        self._close.setText(self.tr("Cancel") if n else self.tr("Close"))
        self.fit_height()

    @Slot()
    def go(self) -> None:
        """Write it in one step."""
        self._go.setEnabled(False)
        self.desk.do(self._deed(self.plan), self._done, self.refused)

    def refused(self, error: Exception) -> None:
        """Say why it was not done."""
        self._go.setEnabled(True)
        if not isinstance(error, PartnerDeskError):
            self.desk.bug.emit(error)
            return
        fixes = [say(one.fix) for one in getattr(error, "problems", ()) if one.fix is not None]
        self.said.setText(" · ".join([say(error.message), *fixes]))
        self.said.show()
        self.fit_height()

    def _done(self, answer: int) -> None:
        self.accept()
        self.imported.emit(answer)

    @Slot()
    def _tell_about(self) -> None:
        row = self.table.current
        self.about.setText(notes_of(row) if row is not None else "")


class CalendarPreview(DatedPreview):
    """The entries of a calendar; of an event that is new it can be said what it becomes."""

    def __init__(self, desk: Desk, parent: QWidget, plan: CalendarPlan) -> None:
        self._decisions = dict(plan.decisions)
        super().__init__(desk, parent, parent.tr("Import the calendar {name}").format(
            name=plan.file.name or plan.file_name), plan, event_model, importing_calendar.import_deed)

    def add_more(self) -> None:
        self.becomes = Segmented(self.tr("What the entry becomes"), [
            (APPOINTMENT, kind_word(APPOINTMENT)), (VISIT, kind_word(VISIT)), (SKIP, self.tr("Leave out"))])
        self.becomes.chosen.connect(self._decide)
        self._asked = Words(self.tr("It becomes"), "small", "text2")
        row = Row(None, 0, 8)
        row.addWidget(self._asked)
        row.addWidget(self.becomes)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table.picked.connect(self._show_choice)

    def told(self) -> str:
        events = sum(row.kind != importing_calendar.FOLLOWUP for row in self.plan.rows)
        tasks = len(self.plan.rows) - events
        said = [counted(events, self.tr("1 event"), self.tr("{n} events"))] if events else []
        said += [counted(tasks, self.tr("1 task"), self.tr("{n} tasks"))] if tasks else []
        return f"{', '.join(said)}:"

    def show_plan(self, plan: CalendarPlan) -> None:
        super().show_plan(plan)
        self._show_choice()

    @Slot()
    def _show_choice(self) -> None:
        row = self.table.current
        asks = row is not None and row.outcome in (Outcome.NEW, Outcome.CHANGED) and row.kind in (APPOINTMENT, VISIT)
        self.becomes.setEnabled(asks)
        self._asked.setEnabled(asks)
        if row is not None and asks:
            self.becomes.set_value(SKIP if row.skipped else row.kind)

    @Slot(str)
    def _decide(self, choice: str) -> None:
        row = self.table.current
        if row is None:
            return
        self._decisions[row.number] = choice
        plan, decisions = self.plan, dict(self._decisions)

        def question(reader: Any) -> CalendarPlan:
            return importing_calendar.make_plan(reader, plan.file, plan.file_name, decisions, plan.project_id,
                                                plan.sha256)

        self.desk.ask(question, self.show_plan, key=(self, "plan"))


class PlanPreview(DatedPreview):
    """The lines of a plan for a project, or for one that is made of it."""

    def __init__(self, desk: Desk, parent: QWidget, plan: ProjectPlan) -> None:
        name = named(plan.project)
        title = (parent.tr("Import the plan of {name}") if plan.project.id else parent.tr("New project {name}"))
        super().__init__(desk, parent, title.format(name=name), plan, plan_model, importing_plan_file.import_deed)

    def told(self) -> str:
        kinds = self.plan.kinds
        said = [counted(kinds[kind], *words) for kind, words in (
            (PACKAGE, (self.tr("1 work package"), self.tr("{n} work packages"))),
            (TASK, (self.tr("1 task"), self.tr("{n} tasks"))),
            (MILESTONE, (self.tr("1 milestone"), self.tr("{n} milestones")))) if kinds[kind]]
        if self.plan.links:
            said.append(counted(self.plan.links, self.tr("1 link"), self.tr("{n} links")))
        return f"{', '.join(said)}:"


class DatedImports(QObject):
    """Brings in calendars and plans: asks for the file, plans beside the work, shows the preview.

    `noticed(kind, words)` tells what went wrong; `imported(kind, id)` when it is written: "calendar" with the number
    of entries, or "project" with the project's id.
    """

    noticed = Signal(str, str)
    imported = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._project_id: int | None = None
        self.dialog: DialogShell | None = None

    def ask(self, project_id: int | None = None) -> QFileDialog:
        """Ask for the file to bring in, into a project where one is given."""
        self._project_id = project_id
        kinds = self.tr("Plans and calendars (*.csv *.tsv *.xlsx *.xls *.ods *.ics);;All files (*)")
        dialog = QFileDialog(self._parent, self.tr("Import a plan or calendar"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def begin(self, path: Path, project_id: int | None = None) -> None:
        """Plan what a file would bring, by its ending a calendar or a plan, and show it."""
        if self._desk.read_only:
            self.noticed.emit("warn", self.tr("This office is open for reading only."))
            return
        if path.suffix.lower() == CALENDAR:
            self._desk.work(_job(lambda reader: importing_calendar.plan_from_file(reader, path, None, project_id)),
                            self._show_calendar, self._failed)
        else:
            self._desk.work(_job(lambda reader: importing_plan_file.plan_from_file(reader, path, project_id)),
                            self._show_project, self._failed)

    @Slot(str)
    def _chosen(self, path: str) -> None:
        self.begin(Path(path), self._project_id)

    def _show_calendar(self, plan: CalendarPlan) -> None:
        self._open(CalendarPreview(self._desk, self._parent, plan), self._calendar_done)

    def _show_project(self, plan: ProjectPlan) -> None:
        self._open(PlanPreview(self._desk, self._parent, plan), self._project_done)

    def _open(self, dialog: "CalendarPreview | PlanPreview", done: Callable[[int], None]) -> None:
        self.dialog = dialog
        dialog.imported.connect(done)
        dialog.open()

    @Slot(object)
    def _calendar_done(self, n: int) -> None:
        self.imported.emit("calendar", n)

    @Slot(object)
    def _project_done(self, project_id: int) -> None:
        self.imported.emit("project", project_id)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.noticed.emit("danger", say(error.message))


def _job(question: Callable[[Any], P]) -> Callable[[Any, Any], P]:
    def run(office: Any, _: Any) -> P:
        with office.read() as reader:
            return question(reader)

    return run


def _place(row: EventRow | PlanRow) -> tuple[bool, int]:
    """What is written or refused first, then what stays as it is; each in the order of the file."""
    return row.outcome is Outcome.SAME, row.number
