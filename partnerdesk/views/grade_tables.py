"""The grade tables of an institution: chosen, entered row by row or pasted, with what speaks against them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock, isced
from partnerdesk.domain.grades import GradeRow, GradeTable, read_rows, table_problems
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.vocab import short_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import EN_DASH, counted, say
from partnerdesk.models.grade_tables import GradesModel
from partnerdesk.services import grades
from partnerdesk.services.grades import TableFile
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import ProblemList, field_options, term_options, year_editor
from partnerdesk.views.form_work import FormWork
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Flow, Measured, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.record_grid import RecordGrid

ROOM = 460


def table_words(table: GradeTable) -> str:
    """A grade table in a line: its name, field, level and years."""
    years = ""
    if table.first_year is not None or table.last_year is not None:
        years = EN_DASH.join(dict.fromkeys(str(y) for y in (table.first_year, table.last_year) if y is not None))
    field = f"{table.field} {isced.title(table.field)}".strip() if table.field else ""
    level = say(short_of("level", table.level)) if table.level else ""
    parts = [table.name or _tr("Grade table"), field, level, years]
    return ", ".join(part for part in parts if part)


class GradeWork(FormWork):
    """Asks for the grade tables of an institution."""

    about: tuple[TableFile, ...] | None

    def question(self, record_id: int) -> Callable[[Any], Any]:
        return partial(_tables_of, institution_id=record_id)

    def id_of(self, about: Any) -> int:
        return self.record_id or 0

    def concerns(self, changes: Changes) -> bool:
        return self.record_id in changes.ids("partner")


class GradeTables(QWidget):
    """One institution's tables, one of them shown."""

    def __init__(self, desk: Desk, foot: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._work = GradeWork(desk, foot, self)
        self._work.renewed.connect(self._renew)
        self._work.failed.connect(self._tell)
        self._table_id = 0
        self._pasted: Sequence[GradeRow] = ()
        column = Column(self, (0, 0, 14, 8), 8)
        self._make_choice(column)
        self._make_fields(column)
        self._make_rows(column)

    @property
    def file(self) -> TableFile | None:
        """The table shown."""
        files = self._work.about or ()
        return next((f for f in files if f.table.id == self._table_id), files[0] if files else None)

    def show_institution(self, institution_id: int | None) -> None:
        """Show the tables of an institution."""
        self._table_id = 0
        self._work.show_id(institution_id)

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self._work.flush()

    @Slot()
    def add_table(self) -> None:
        """Add a table of the last years."""
        if self._work.record_id is not None:
            year = clock.today().year
            made = GradeTable(institution_id=self._work.record_id, name=self.tr("All fields"), first_year=year - 3,
                              last_year=year - 1)
            self._work.do(grades.add_table(made), self._made)

    @Slot()
    def remove_table(self) -> None:
        """Take the table shown away."""
        if self.file is not None:
            self._work.do(grades.remove_table(self.file.table))

    @Slot()
    def add_row(self) -> None:
        """Add a grade beneath the others."""
        if self.file is not None and not self._work.desk.read_only:
            self._work.do(grades.add_row(self.file.table, GradeRow(label=self.tr("New"))), self._row_made)

    @Slot()
    def remove_rows(self) -> None:
        """Take the chosen grades away."""
        if self.file is not None and self.grid.chosen and not self._work.desk.read_only:
            self._work.do(grades.remove_rows(self.file.table, self.grid.chosen))

    @Slot(str)
    def paste(self, written: str) -> None:
        """Take one value into the current cell, or say which grades a pasted table holds."""
        if self.file is None or self._work.desk.read_only:
            return
        if self.grid.current is not None and "\n" not in written.strip() and "\t" not in written:
            self.model.setData(self.grid.currentIndex(), written.strip())
            return
        self._pasted, left_out = read_rows(written)
        if not self._pasted:
            self._bar.show_message("warn", self.tr("Nothing to paste:"), self.tr("no grade with its share is in it"))
            return
        rest = counted(len(self._pasted), "{n} grade", "{n} grades")
        rest = self.tr("{grades} in place of those here").format(grades=rest)
        if left_out:
            rest += self.tr("; not read: {rows}").format(rows=" · ".join(left_out[:3]))
        self._bar.show_message("info", self.tr("Pasting:"), rest, self.tr("Paste"))
        button = self._bar.findChild(Button)
        if button is not None:
            button.setFocus()

    @Slot()
    def apply_paste(self) -> None:
        """Put the pasted grades into the table."""
        self._bar.clear()
        if self.file is not None and self._pasted:
            self._work.do(grades.set_rows(self.file.table, self._pasted))
        self._pasted = ()

    def _make_choice(self, column: Column) -> None:
        row = Row(None, 0, 8)
        self.choice = ChoiceEditor(())
        self.choice.setAccessibleName(self.tr("Grade table"))
        self.choice.edited.connect(self._choose)
        row.addWidget(self.choice, 1)
        self._add = Button(self.tr("Add grade table"), small=True, icon=Icon.ADD)
        self._add.clicked.connect(self.add_table)
        row.addWidget(self._add)
        column.addLayout(row)
        self._none = Words(self.tr("No grade table yet. Grades are converted by the shares of those who passed."),
                           "body", "text2", wrap=True)
        column.addWidget(self._none)
        self._bar = MessageBar()
        self._bar.acted.connect(self.apply_paste)
        self._bar.hide()
        column.addWidget(self._bar)

    def _make_fields(self, column: Column) -> None:
        self._form = FormGrid()
        editors: dict[str, QWidget] = {
            "name": LineEditor(), "field": PickerField(field_options(), placeholder=self.tr("Any")),
            "level": PickerField(term_options("level"), placeholder=self.tr("Any")),
            "first_year": year_editor(), "last_year": year_editor(), "source": LineEditor(),
        }
        labels = {"first_year": self.tr("From the year"), "last_year": self.tr("To the year")}
        self._fields: list[Field] = []
        for name, editor in editors.items():
            field = Field(labels.get(name) or say(field_label(name)), editor)
            self._work.bind(name, field, self._table, self._table_deed)
            self._fields.append(field)
            self._form.add(field, short=name not in ("name", "source"), wide=name in ("name", "source"))
        column.addWidget(self._form)
        self.problems = ProblemList()
        column.addWidget(self.problems)

    def _make_rows(self, column: Column) -> None:
        self.model = GradesModel()
        self.grid = RecordGrid(self.tr("Grades"), self.model, self._work, self._row_deed)
        self.grid.add_wanted.connect(self.add_row)
        self.grid.remove_wanted.connect(self.remove_rows)
        self.grid.paste_wanted.connect(self.paste)
        column.addWidget(self.grid)
        self._deeds = QWidget()
        flow = Flow(self._deeds, 8)
        add = Button(self.tr("Add grade"), small=True, icon=Icon.ADD)
        add.clicked.connect(self.add_row)
        remove = Button(self.tr("Remove this table"), small=True, icon=Icon.DELETE)
        remove.clicked.connect(self.remove_table)
        for button in (add, remove):
            flow.addWidget(button)
        column.addWidget(self._deeds)

    def _table(self) -> GradeTable | None:
        return self.file.table if self.file is not None else None

    def _table_deed(self, table: GradeTable, fields: Mapping[str, Any]) -> Deed[Any]:
        return grades.change_table(table, **fields)

    def _row_deed(self, row: GradeRow, fields: Mapping[str, Any]) -> Deed[Any]:
        assert self.file is not None
        return grades.change_row(self.file.table, row, **fields)

    @Slot(bool)
    def _renew(self, fresh: bool) -> None:
        files, file = self._work.about or (), self.file
        read_only = self._work.desk.read_only
        other = file is not None and file.table.id != self._table_id
        if file is not None:
            self._table_id = file.table.id
        self.choice.set_choices([(f.table.id, table_words(f.table)) for f in files])
        self.choice.set_value(self._table_id)
        self.choice.setVisible(bool(files))
        self._none.setVisible(not files)
        self._add.setVisible(not read_only)
        self._deeds.setVisible(file is not None and not read_only)
        for widget in (self._form, self.grid):
            widget.setVisible(file is not None)
        self.grid.show_records(file.rows if file is not None else (), read_only, other=fresh or other)
        if fresh or other:
            self._work.show_fields(self._fields)
        for field in self._fields:
            field.set_locked(self.tr("This office is open for reading only") if read_only else "")
        self.problems.show_problems(list(table_problems(file.table, file.rows)) if file is not None else [])

    @Slot(object)
    def _choose(self, table_id: int) -> None:
        if table_id != self._table_id:
            self._table_id = table_id
            self._work.show_fields(self._fields)
            self._renew(True)

    @Slot(object)
    def _made(self, table_id: int) -> None:
        self._table_id = table_id
        self._work.show_afresh(False)

    @Slot(object)
    def _row_made(self, _: object) -> None:
        self.grid.setFocus()

    @Slot(str, str)
    def _tell(self, sentence: str, _: str) -> None:
        self._bar.show_message("warn", self.tr("Not done:"), sentence)


class GradeTablesDialog(DialogShell):
    """The grade tables of host and home, one side at a time."""

    def __init__(self, parent: QWidget, desk: Desk, sides: Sequence[Institution]) -> None:
        super().__init__(parent, QCoreApplication.translate("Grades", "Grade tables"), width=WIDE)
        if len(sides) > 1:
            self._sides = Segmented(self.tr("Institution"), [(str(one.id), one.name[:40]) for one in sides])
            self._sides.chosen.connect(self._choose)
            self.body.addWidget(self._sides)
        else:
            self.body.addWidget(Words(sides[0].name, "body", "text2", wrap=True))
        self._foot_state = SaveState(self)
        self.tables = GradeTables(desk, self._foot_state)
        room = ScrollRoom(self.tables)
        Measured(room, height=ROOM)
        self.body.addWidget(room)
        self.body.addWidget(self._foot_state)
        self.add_button(self.tr("Close"), "primary", "close")
        self.tables.show_institution(sides[0].id)

    def ready(self) -> bool:
        return self.tables.flush()

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.tables.show_institution(int(key))


def open_grade_tables(parent: QWidget, desk: Desk, sides: Sequence[Institution]) -> GradeTablesDialog:
    """Show the grade tables of institutions, the first one's first."""
    dialog = GradeTablesDialog(parent, desk, sides)
    dialog.open()
    return dialog


def _tables_of(reader: Any, institution_id: int) -> tuple[TableFile, ...]:
    return grades.tables_of(reader, institution_id)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Grades", source)
