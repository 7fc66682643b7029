"""The Calls page: the applications of a call by merit, points to be typed, a placement to be run, offers to be made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStyleOptionViewItem, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.calls import Application
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import focus_ring
from partnerdesk.look.tokens import RADIUS_BAR, px
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.calls import (
    ApplicationLine,
    ApplicationsModel,
    application_lines,
    application_rows,
    call_words,
    short_offer,
)
from partnerdesk.services import calls, importing_applicants
from partnerdesk.services.calls import CallLine, Goal
from partnerdesk.services.importing_applicants import ApplicantPlan
from partnerdesk.services.placing import CallFile, Run, call_file, run_of
from partnerdesk.views.calls_detail import CallDetail, deed_for
from partnerdesk.views.calls_dialogs import (
    Asking,
    ImportPreview,
    NewApplicant,
    NewCall,
    PlaceByHand,
    RunPreview,
    Withdrawal,
)
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.delegates import Index, TableDelegate, has_focus_within
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.layouts import Measured
from partnerdesk.views.lines_page import STACKS_BELOW, LinesPage
from partnerdesk.views.page import House

OFFERS = ("none", "placed", "offered", "accepted", "waiting", "declined", "withdrawn")
FILES = "*.xlsx *.xls *.ods *.csv *.tsv *.txt"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page is told: all calls, and the one that is shown with its lines and what can be wished for."""

    calls: list[CallLine]
    file: CallFile | None = None
    goals: Sequence[Goal] = ()
    lines: Sequence[ApplicationLine] = ()


class PointsDelegate(TableDelegate):
    """Rows of the table, with a ring around the cell in which points can be typed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view = option.widget
        if isinstance(view, LinesTable) and view.currentIndex() == index and has_focus_within(view):
            model = view.lines
            if isinstance(model, ApplicationsModel) and model.part_at(index.column()) is not None:
                focus_ring(painter, QRectF(option.rect).adjusted(1, 1, -1, -2), RADIUS_BAR)


class CallsPage(LinesPage[ApplicationLine]):
    """Calls. One call is shown at a time; the table is the list of its applications."""

    key = "calls"
    icon = Icon.CALLS
    kinds = ("call", "person", "stay", "agreement", "partner")
    counting = staticmethod(calls.call_count)
    sizes = (720, 368)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.pane = CallDetail(house.desk)
        self._calls: list[CallLine] = []
        self._wanted: int | None = None
        self._file: CallFile | None = None
        self.dialog: DialogShell | None = None
        super().__init__(house, ApplicationsModel, self.pane, parent)
        assert isinstance(self.table.lines, ApplicationsModel)
        self.model = self.table.lines
        self._dress_table()
        self._add_tools()
        self._listen()
        self.add_commands()

    @property
    def title(self) -> str:
        return self.tr("Calls")

    @property
    def file(self) -> CallFile | None:
        """The call that is shown."""
        return self._file

    @property
    def has_something(self) -> bool:
        return self._file is not None

    @property
    def applications(self) -> list[Application]:
        """The chosen applications."""
        return [line.application for line in self.table.chosen]

    @property
    def record_menu(self) -> Sequence[str | None]:
        return ("calls.run", "calls.applicant", "calls.import", None, "calls.new")

    def question(self) -> Callable[[Any], Any]:
        wanted = self._wanted

        def ask(reader: Any) -> Answer:
            lines = calls.call_lines(reader)
            ids = [line.call.id for line in lines]
            shown = wanted if wanted in ids else ids[0] if ids else None
            if shown is None:
                return Answer(lines)
            file = call_file(reader, shown)
            return Answer(lines, file, calls.goals(reader, file.call), application_lines(file))

        return ask

    def take(self, answer: Answer) -> Sequence[ApplicationLine]:
        self._calls, self._file, file = answer.calls, answer.file, answer.file
        self._wanted = file.call.id if file is not None else None
        self.chooser.set_choices([(line.call.id, call_words(line)) for line in self._calls])
        self.chooser.set_value(self._wanted)
        self.model.set_locked(self.house.desk.read_only)
        self.model.set_parts(file.parts if file is not None else ())
        self.pane.applicant.set_goals(answer.goals)
        self.pane.show_file(file)
        self._show_tools()
        self.house.registry.refresh()
        return answer.lines

    def search_text(self, line: ApplicationLine) -> str:
        return f"{line.name} {line.place}"

    def chosen(self, lines: list[ApplicationLine]) -> list[ApplicationLine]:
        which = self.which.value()
        return [line for line in lines if not which or line.application.offer == which]

    def export_rows(self, lines: Sequence[ApplicationLine]) -> tuple[list[str], list[list[object]]]:
        assert self._file is not None
        return application_rows(lines, self._file)

    def flush(self) -> bool:
        return self.pane.terms.flush()

    def show_record(self, record_id: int) -> None:
        """Show a call."""
        self._wanted = record_id
        self.ask_again()

    @Slot()
    def tell(self) -> None:
        shown, total = len(self.table.lines.lines), len(self.lines)
        words = counted(total, self.tr("1 application"), self.tr("{n} applications"))
        if shown != total:
            words = self.tr("{n} of {total}").format(n=number(shown), total=words)
        chosen = self.table.chosen
        if len(chosen) > 1:
            words = self.tr("{words}, {n} selected").format(words=words, n=number(len(chosen)))
        self.foot.say(words if total else "")
        current = self.table.current
        self.pane.applicant.show_lines(self._file, chosen or ([current] if current is not None else []))

    def arrive(self) -> None:
        super().arrive()
        if not self.table.isVisible():
            self.empty.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tools()

    @Slot()
    def enter_detail(self) -> None:
        """Type where points stand; from any other cell go on in the pane."""
        index = self.table.currentIndex()
        if self.model.part_at(index.column()) is not None:
            self._type_into(index)
        else:
            super().enter_detail()

    @Slot()
    def run(self) -> None:
        """Show what a run of the placement decides."""
        if self._file is not None:
            file = self._file
            self.house.desk.ask(lambda _: run_of(file), self._show_run, key=(self, "run"))

    @Slot()
    def new_call(self) -> None:
        """Ask for a new call."""
        dialog = NewCall(self.house.desk, self.window(), clock.today().year + (clock.today().month >= 9))
        dialog.made.connect(self.show_record)
        self._open(dialog)

    @Slot()
    def new_applicant(self) -> None:
        """Enter the application of somebody who is known."""
        if self._file is not None:
            self._open(NewApplicant(self.house.desk, self.window(), self._file.call))

    @Slot()
    def import_file(self) -> None:
        """Ask for a spreadsheet of applicants."""
        dialog = QFileDialog(self, self.tr("Import applicants"), "", self.tr("Spreadsheets ({endings})").format(
            endings=FILES))
        dialog.fileSelected.connect(self.import_from)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def import_from(self, path: str) -> None:
        """Plan the import of a file and show it."""
        if self._file is not None:
            call = self._file.call
            self.house.desk.ask(lambda reader: importing_applicants.plan_from_file(reader, call, Path(path)),
                                self._preview, failure=self._failed)

    @Slot()
    def paste(self) -> None:
        """Points into the cells from the current one on, or rows of applicants as an import."""
        text = QGuiApplication.clipboard().text()
        if self._file is None or not text.strip() or self.house.desk.read_only:
            return
        if self.model.part_at(self.table.currentIndex().column()) is not None and self._paste_points(text):
            return
        call = self._file.call
        self.house.desk.ask(lambda reader: importing_applicants.plan_from_text(reader, call, text), self._preview,
                            failure=self._failed)

    @Slot(str)
    def act(self, key: str) -> None:
        """Do what a button of the pane says with the chosen applications."""
        if key.startswith("!"):
            self.message.show_message("warn", key[1:], "", self.tr("Dismiss"), "dismiss")
            return
        applications, file = self.applications, self._file
        if not applications or file is None:
            return
        if key == "hand":
            self._open(PlaceByHand(self.house.desk, self.window(), file, applications[0]))
        elif key == "withdraw":
            self._open(Withdrawal(self.house.desk, self.window(), file, applications))
        else:
            self.house.desk.do(deed_for(key, applications), None, self._failed)

    def add_commands(self) -> None:
        """Make known what can be done here."""
        add, group = self.house.registry.add, self.title
        open_ = lambda: self._file is not None and not self.house.desk.read_only  # noqa: E731
        writes = lambda: self.house.desk.is_open and not self.house.desk.read_only  # noqa: E731
        for command in (
            Command("calls.run", self.tr("Run the placement…"), self.run, Icon.CALLS, ("Ctrl+R",), "calls", group,
                    open_),
            Command("calls.applicant", self.tr("New application…"), self.new_applicant, Icon.APPLIED, (), "calls",
                    group, open_),
            Command("calls.import", self.tr("Import applicants…"), self.import_file, Icon.IMPORT, (), "calls", group,
                    open_),
            Command("calls.new", self.tr("New call…"), self.new_call, Icon.ADD, ("Ctrl+N",), "calls", group, writes),
            Command("calls.paste", self.tr("Paste points or applicants"), self.paste, Icon.PASTE,
                    (QKeySequence.StandardKey.Paste,), "calls", group, open_),
        ):
            add(command, self)

    def _dress_table(self) -> None:
        self.table.setSelectionMode(LinesTable.SelectionMode.ExtendedSelection)
        self.table.setItemDelegate(PointsDelegate(self.table))
        triggers = LinesTable.EditTrigger
        self.table.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.table.set_rows("row")

    def _add_tools(self) -> None:
        self.chooser = ChoiceEditor([])
        self.chooser.setAccessibleName(self.tr("Call"))
        Measured(self.chooser, width_min=206)
        self.which = ChoiceEditor([("", self.tr("All")), *((offer, short_offer(offer)) for offer in OFFERS)])
        self.which.setAccessibleName(self.tr("Which applications"))
        self.which.set_value("")
        self.run_button = Button(self.tr("Run the placement"), "primary", icon=Icon.CALLS)
        self.new_button = Button(self.tr("New call"), icon=Icon.ADD)
        self.applicant_button = Button(self.tr("New application"), icon=Icon.APPLIED)
        self.import_button = Button(self.tr("Import"), icon=Icon.IMPORT)
        self.tools.insertWidget(0, self.chooser)
        self.tools.insertWidget(1, self.new_button)
        self.tools.insertWidget(2, self.which)
        for button in (self.import_button, self.applicant_button, self.run_button):
            self.head.addWidget(button)

    def _listen(self) -> None:
        self.chooser.edited.connect(self._choose)
        self.which.edited.connect(self.show_lines)
        self.run_button.clicked.connect(self.run)
        self.new_button.clicked.connect(self.new_call)
        self.applicant_button.clicked.connect(self.new_applicant)
        self.import_button.clicked.connect(self.import_file)
        self.model.scored.connect(self._score)
        self.model.misread.connect(self._misread)
        self.table.clicked.connect(self._clicked)
        self.table.selectionModel().selectionChanged.connect(self.tell)
        self.pane.applicant.acted.connect(self.act)
        self.pane.applicant.open_person.connect(self._go_person)
        self.pane.applicant.open_stay.connect(self._go_stay)
        self.pane.terms.delete_wanted.connect(self._delete)
        self.empty.chosen.connect(self._from_empty)

    def _show_tools(self) -> None:
        there, can = self._file is not None, not self.house.desk.read_only
        self.which.setVisible(there)
        self.chooser.setVisible(there)
        self.run_button.setVisible(there and can and bool(self._file and self._file.applications))
        roomy = self._is_roomy()
        self.applicant_button.setVisible(there and can and roomy)
        self.import_button.setVisible(there and can and roomy)
        self.new_button.setVisible(can and roomy)
        if there:
            self.empty.show_case(self.tr("Nobody has applied to this call yet."), self.tr("Import applicants"),
                                 self.tr("New application"))
        else:
            self.empty.show_case(self.tr("No call is open. A call collects applications, ranks them and places them."),
                                 self.tr("New call") if can else "")

    def _is_roomy(self) -> bool:
        """Whether the list is wide enough for all buttons; where it is not, the commands do what they do."""
        buttons = (self.run_button, self.applicant_button, self.import_button)
        beside = 0 if self.width() < px(STACKS_BELOW) else px(self.sizes[1])
        return self.width() - beside >= sum(one.sizeHint().width() for one in buttons) + px(120)

    def _type_into(self, index: QModelIndex) -> None:
        """Open a cell of points; one that is open already hears the keys and clicks itself."""
        free = self.table.state() != LinesTable.State.EditingState
        if free and self.model.part_at(index.column()) is not None and not self.house.desk.read_only:
            self.table.edit(index)

    def _paste_points(self, text: str) -> bool:
        """Put a block of numbers into the table; False when it is none."""
        from partnerdesk.domain.cells import Unreadable

        at, lines = self.table.currentIndex(), self.table.lines.lines
        points: dict[int, dict[int, float | None]] = {}
        for down, row in enumerate(text.rstrip("\n").split("\n")):
            for right, written in enumerate(row.split("\t")):
                part, place = self.model.part_at(at.column() + right), at.row() + down
                if part is None or place >= len(lines):
                    continue
                try:
                    points.setdefault(lines[place].id, {})[part.id] = self.model.read_points(written, part)
                except Unreadable:
                    return False
        if points:
            self.house.desk.do(calls.set_points_of_many(points), None, self._failed)
        return bool(points)

    def _open(self, dialog: Asking) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _show_run(self, run: Run) -> None:
        self._open(RunPreview(self.house.desk, self.window(), run))

    def _preview(self, plan: ApplicantPlan) -> None:
        self._open(ImportPreview(self.house.desk, self.window(), plan))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            fix = next((say(p.fix) for p in getattr(error, "problems", ()) if p.fix is not None), "")
            self.message.show_message("warn", say(error.message), f" {fix}", self.tr("Dismiss"), "dismiss")
        else:
            self.house.desk.bug.emit(error)

    @Slot()
    def _forget_dialog(self) -> None:
        self.dialog = None
        self.table.setFocus()

    @Slot(object)
    def _choose(self, call_id: object) -> None:
        if isinstance(call_id, int):
            self.show_record(call_id)

    @Slot(int, int, object)
    def _score(self, application_id: int, part_id: int, points: object) -> None:
        file = self._file
        if file is not None and application_id in file.applications:
            given = float(points) if isinstance(points, int | float) else None
            self.house.desk.do(calls.set_points(application_id, file.name(application_id), {part_id: given}), None,
                               self._failed)

    @Slot(str)
    def _misread(self, sentence: str) -> None:
        self.message.show_message("warn", sentence, "", self.tr("Dismiss"), "dismiss")

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        """A click on points types in them."""
        if len(self.table.chosen) == 1:
            self._type_into(index)

    @Slot()
    def _delete(self) -> None:
        if self._file is not None:
            self.house.desk.do(calls.delete_call(self._file.call), None, self._failed)

    @Slot(str)
    def _from_empty(self, choice: str) -> None:
        if self._file is None:
            self.new_call()
        elif choice == "primary":
            self.import_file()
        else:
            self.new_applicant()

    @Slot(int)
    def _go_person(self, person_id: int) -> None:
        self.house.go("people", person_id)

    @Slot(int)
    def _go_stay(self, stay_id: int) -> None:
        self.house.go("stays", stay_id)
