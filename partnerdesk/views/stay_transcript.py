"""The Transcript tab of a stay: courses typed or pasted, paired with home, grades converted, all decided."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.coursetable import Course, read_courses
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.transcripts import Transcript, TranscriptLine, outcome, time_problems
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, day, number, say
from partnerdesk.models.stay_learning import credit_words
from partnerdesk.models.stay_transcript import (
    AT_HOME,
    AT_HOST,
    CourseRow,
    TranscriptModel,
    conversion_of,
    row_deed,
    rows_of,
)
from partnerdesk.services import grades, transcripts
from partnerdesk.services.grades import StayTables, TableFile
from partnerdesk.services.labels import field_label
from partnerdesk.services.transcripts import Tables
from partnerdesk.views.agreement_fields import ProblemList, Section, term_options
from partnerdesk.views.grade_tables import open_grade_tables, table_words
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.record_grid import RecordGrid
from partnerdesk.views.stay_learning_tables import credits_in
from partnerdesk.views.stay_work import StayWork

WHOLE_FROM = 760


class TranscriptTab(Section):
    """What came from the host at the left of each row, what home makes of it at the right."""

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("Transcript and recognition"))
        self._work = work
        self._tables: StayTables | None = None
        self._pasted: Sequence[Course] = ()
        self._awaited = 0
        self._make_head()
        self._make_paste_bar()
        self.model = TranscriptModel()
        self.grid = RecordGrid(self.tr("Courses"), self.model, work, self._row_deed, _options)
        self.grid.ask_first = self._ask_first
        self.grid.add_wanted.connect(self.add_course)
        self.grid.remove_wanted.connect(self.remove_courses)
        self.grid.paste_wanted.connect(self.paste)
        self.grid.record_chosen.connect(self._chosen)
        self._make_sides()
        self.body.addWidget(self.grid)
        self._make_deeds()
        self._make_detail()
        self.body.addStretch()

    @property
    def transcript(self) -> Transcript | None:
        """The transcript of the stay; None while nothing is known of one."""
        about = self._work.about
        return about.transcripts[0] if about is not None and about.transcripts else None

    @property
    def tables(self) -> Tables:
        """The grades of host and home with which grades are converted."""
        found = self._tables
        if found is None:
            return Tables()
        return Tables(found.host.rows if found.host else (), found.home.rows if found.home else (), found.tie)

    def renew(self, fresh: bool) -> None:
        """Show the transcript as it is now."""
        about = self._work.about
        if about is None:
            return
        locked = self._work.locked
        if fresh:
            self._tables = None
            self._cancel_paste()
            self._close_reason()
        question = partial(grades.tables_for, stay=about.stay, transcript=self.transcript)
        self._work.desk.ask(question, self._take_tables, key=(self, "tables"))
        self.grid.show_records(rows_of(about.lines, about.recognitions), locked, other=fresh)
        if self._awaited and self.model.row_of(self._awaited) >= 0:
            self.grid.go_to(self._awaited, "title")
            self.grid.setFocus()
            self._awaited = 0
        if fresh:
            self._show_dates()
        self._show_state(fresh)

    def focus_first(self) -> None:
        """Put the keyboard into the courses."""
        self.grid.setFocus()

    @Slot()
    def add_course(self) -> None:
        """Add a course and go to it."""
        about = self._work.about
        if about is not None and not self._work.locked:
            self._work.do(transcripts.add_line(about.stay.id, TranscriptLine(), self._work.name), self._added)

    @Slot()
    def remove_courses(self) -> None:
        """Take the chosen courses out."""
        if self.grid.chosen and not self._work.locked:
            self._work.do(transcripts.remove_lines([row.line for row in self.grid.chosen], self._work.name))

    @Slot(str)
    def paste(self, written: str) -> None:
        """Take one value into the current cell, or say what a pasted table holds."""
        if self._work.locked:
            return
        lines = [line for line in written.splitlines() if line.strip()]
        if self.grid.current is not None and len(lines) == 1 and "\t" not in lines[0] and ";" not in lines[0]:
            self.model.setData(self.grid.currentIndex(), lines[0])
            return
        table = read_courses(written, clock.today())
        self._pasted = table.courses
        if table.courses:
            rest = self.tr("{courses}, {credits} credits").format(
                courses=counted(len(table.courses), "{n} course", "{n} courses"), credits=credits_in(table.courses))
            if table.left_out:
                rest += self.tr("; not read: {rows}").format(rows=" · ".join(table.left_out[:3]))
            self._paste_message.show_message("info", self.tr("Pasting:"), rest, self.tr("Paste"))
        elif lines:
            self._paste_message.show_message("warn", self.tr("Nothing to paste:"), self.tr("no course can be read"))
        else:
            return
        self._paste_end.setText(self.tr("Cancel pasting"))
        self._paste_bar.show()
        self.ensureWidgetVisible(self._paste_bar)
        button = self._paste_message.findChild(Button)
        if button is not None:
            button.setFocus()

    @Slot()
    def apply_paste(self) -> None:
        """Add the pasted courses."""
        about, courses = self._work.about, self._pasted
        self._cancel_paste()
        if about is not None and courses:
            self._work.do(transcripts.paste_lines(about.stay.id, courses, self.tables.host, self._work.name))

    @Slot()
    def pair(self) -> None:
        """Name what stands for each course at home, by the learning agreement."""
        about = self._work.about
        if about is not None:
            self._work.do(transcripts.pair_with_agreement(about.stay.id, self._work.name), self._paired)

    @Slot()
    def convert(self) -> None:
        """Convert the grades that are not decided yet."""
        about = self._work.about
        if about is not None:
            self._work.do(transcripts.convert_grades(about.stay.id, self.tables, self._work.name))

    @Slot()
    def recognise_all(self) -> None:
        """Recognise every passed course that is not decided yet."""
        rows = [row.line for row in self.model.records if row.passed and row.decision == "open"]
        if rows:
            self._work.do(transcripts.decide(rows, "recognised", name=self._work.name))

    @Slot()
    def reopen(self) -> None:
        """Open what was decided on the chosen courses again."""
        rows = [row.line for row in self.grid.chosen if row.decision != "open"]
        if rows:
            self._work.do(transcripts.decide(rows, "open", name=self._work.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.reason_form.isVisible():
            self._close_reason()
        else:
            super().keyPressEvent(event)

    def _make_head(self) -> None:
        head = QWidget()
        column = Column(head, (16, 0, 16, 0), 8)
        form = FormGrid()
        self._dates = {name: Field(say(field_label(name)), LenientDateField()) for name in ("issued_on", "received_on")}
        self._table = Field(self.tr("Grade table of the host"), PickerField((), placeholder=self.tr("The closest")))
        fields = {**self._dates, "grade_table_id": self._table}
        self._fields = list(fields.values())
        for name, field in fields.items():
            self._work.bind(name, field, self._transcript_or_new, self._transcript_deed)
            form.add(field, short=name != "grade_table_id", wide=name == "grade_table_id")
        column.addWidget(form)
        self.sums = Words("", "body", "text", wrap=True)
        column.addWidget(self.sums)
        self.problems = ProblemList()
        column.addWidget(self.problems)
        flow = Flow(None, 8)
        self.add_button = self._button(flow, self.tr("Add course"), Icon.ADD, self.add_course)
        self.pair_button = self._button(flow, self.tr("Pair with the agreement"), Icon.LINK, self.pair)
        self.convert_button = self._button(flow, self.tr("Convert grades"), None, self.convert)
        self.tables_button = self._button(flow, self.tr("Grade tables…"), None, self._open_tables)
        column.addLayout(flow)
        self.body.addWidget(head)

    def _make_paste_bar(self) -> None:
        self._paste_bar = QWidget()
        row = Row(self._paste_bar, (16, 0, 16, 0), 8)
        self._paste_message = MessageBar()
        self._paste_message.acted.connect(self.apply_paste)
        row.addWidget(self._paste_message, 1)
        self._paste_end = Button("", "link")
        self._paste_end.clicked.connect(self._cancel_paste)
        row.addWidget(self._paste_end)
        self._paste_bar.hide()
        self.body.addWidget(self._paste_bar)

    def _make_sides(self) -> None:
        """Where the room is short, one half of the rows at a time."""
        self._none = Words(self.tr("No courses yet. Paste the table of the transcript here, or add them."), "body",
                           "text2", wrap=True)
        room = QWidget()
        row = Row(room, (16, 0, 16, 0), 8)
        sides = (("host", self.tr("At the host")), ("home", self.tr("At home")))
        self.side = Segmented(self.tr("Columns shown"), sides)
        self.side.chosen.connect(self._show_side)
        row.addWidget(self.side)
        row.addWidget(self._none, 1)
        row.addStretch()
        self.body.addWidget(room)

    def _make_deeds(self) -> None:
        self.deeds = QWidget()
        column = Column(self.deeds, (16, 0, 16, 0), 8)
        flow = Flow(None, 8)
        self.all_button = self._button(flow, self.tr("Recognise all"), Icon.RECOGNISED, self.recognise_all)
        self.refuse_button = self._button(flow, self.tr("Refuse…"), Icon.ENDED, self._ask_reason)
        self.open_button = self._button(flow, self.tr("Decide again"), Icon.UNDO, self.reopen)
        column.addLayout(flow)
        self.reason_form = QWidget()
        inner = Column(self.reason_form, 0, 8)
        self.reason = LineEditor()
        self.reason.returnPressed.connect(self._refuse)
        inner.addWidget(Field(self.tr("Why it is not recognised"), self.reason, required=True))
        row = Row(None, 0, 4)
        verb = Button(self.tr("Refuse"), "primary")
        verb.clicked.connect(self._refuse)
        cancel = Button(self.tr("Cancel"), "quiet")
        cancel.clicked.connect(self._close_reason)
        for button in (verb, cancel):
            row.addWidget(button)
        row.addStretch()
        inner.addLayout(row)
        self.reason_form.hide()
        column.addWidget(self.reason_form)
        self.body.addWidget(self.deeds)

    def _make_detail(self) -> None:
        self.detail = QWidget()
        column = Column(self.detail, (16, 0, 16, 0), 4)
        self._detail_head = Words("", "head", wrap=True)
        self.method = Words("", "body", "text2", wrap=True)
        self._decided = Words("", "tiny", "muted", wrap=True)
        for words in (self._detail_head, self.method, self._decided):
            column.addWidget(words)
        self.body.addWidget(self.detail)

    def _button(self, flow: Flow, words: str, icon: Icon | None, act: Any) -> Button:
        button = Button(words, small=True, icon=icon)
        button.clicked.connect(act)
        flow.addWidget(button)
        return button

    def _transcript_or_new(self) -> Transcript | None:
        about = self._work.about
        return self.transcript or (Transcript(stay_id=about.stay.id) if about is not None else None)

    def _transcript_deed(self, transcript: Transcript, fields: Mapping[str, Any]) -> Deed[Any]:
        return transcripts.change_transcript(transcript.stay_id, self._work.name, **fields)

    def _row_deed(self, row: CourseRow, fields: Mapping[str, Any]) -> Deed[Any]:
        return row_deed(row, fields, self._work.name)

    def _show_dates(self) -> None:
        self._work.show_fields(self._fields)

    def _show_state(self, fresh: bool) -> None:
        about, locked = self._work.about, self._work.locked
        assert about is not None
        found = outcome(about.lines, about.recognitions)
        parts = [self.tr("Achieved {credits}").format(credits=credit_words(found.achieved)),
                 self.tr("recognised {credits}").format(credits=credit_words(found.recognised))]
        if found.open:
            parts.append(self.tr("not decided {n}").format(n=number(found.open)))
        self.sums.setText(" · ".join(parts))
        weeks = about.factsheet.transcript_weeks if about.factsheet is not None else None
        received = self.transcript.received_on if self.transcript is not None else None
        over = about.stay.actual_to or (about.stay.planned_to if about.stay.actual_from is not None else None)
        late = [] if self._work.sealed else list(time_problems(over, received, found, clock.today(), weeks))
        self.problems.show_problems(late)
        some = self.model.rowCount() > 0
        self.grid.setVisible(some or not locked)
        self._none.setVisible(not some and not locked)
        self._show_side()
        self.deeds.setVisible(some and not locked)
        self.add_button.setVisible(not locked)
        self.pair_button.setVisible(some and not locked and bool(about.components))
        why = self.tr("This stay can no longer be changed") if locked else ""
        for field in self._fields:
            field.set_locked(why)
        self._show_tables()
        self._show_course()

    def _show_tables(self) -> None:
        found = self._tables
        self.convert_button.setVisible(
            not self._work.locked and self.tables.usable and any(r.decision == "open" for r in self.model.records))
        if found is not None:
            editor = self._table.editor
            assert isinstance(editor, PickerField)
            editor.set_options([Option(f.table.id, table_words(f.table)) for f in found.of_host])
            self._table.set_help(self._table_help(found))

    def _table_help(self, found: StayTables) -> str:
        if found.host is None or found.home is None:
            return self.tr("Grades can be converted once host and home have a grade table.")
        return self.tr("Converted from {host} of the host to {home} of home").format(
            host=_named(found.host), home=_named(found.home))

    def _show_course(self) -> None:
        row = self.grid.current
        self.detail.setVisible(row is not None)
        if row is None:
            return
        self._detail_head.setText(row.title or self.tr("New course"))
        conversion = conversion_of(row, self.tables)
        method = row.method or (say(conversion.method) if conversion is not None else "")
        if not method and row.passed and row.grade and self.tables.usable:
            method = self.tr("The table of the host has no grade {grade}.").format(grade=row.grade)
        self.method.setText(method)
        self.method.setVisible(bool(method))
        about = self._work.about
        decision = next((d for d in about.recognitions if d.line_id == row.id), None) if about is not None else None
        parts = [row.reason]
        if decision is not None and decision.decided_on is not None:
            parts.append(self.tr("{who}, {day}").format(who=decision.decided_by, day=day(decision.decided_on)))
        self._decided.setText(" · ".join(part for part in parts if part))
        self._decided.setVisible(bool(self._decided.text()))

    @Slot()
    def _show_side(self) -> None:
        narrow = self.width() < px(WHOLE_FROM)
        self.side.setVisible(narrow and self.model.rowCount() > 0)
        half = AT_HOST if self.side.value == "host" else AT_HOME
        wanted = half if narrow else dict.fromkeys((*AT_HOST, *AT_HOME))
        self.grid.show_columns(wanted)
        self.grid.fit_rows()

    def _ask_first(self, row: CourseRow, fields: Mapping[str, Any]) -> bool:
        """A refusal chosen in the grid waits for its reason."""
        if fields.get("decision") != "refused" or row.reason:
            return False
        self._ask_reason()
        return True

    @Slot()
    def _ask_reason(self) -> None:
        if self.grid.chosen:
            self.reason.set_value("")
            self.reason_form.show()
            self.reason.setFocus()
            self.ensureWidgetVisible(self.reason_form)

    @Slot()
    def _refuse(self) -> None:
        reason = self.reason.value().strip()
        if not reason:
            self.reason.set_error(self.tr("Say why"))
            return
        self._close_reason()
        rows = [row.line for row in self.grid.chosen if row.passed]
        if rows:
            self._work.do(transcripts.decide(rows, "refused", reason, self._work.name))

    @Slot()
    def _close_reason(self) -> None:
        self.reason.set_error("")
        self.reason_form.hide()

    @Slot()
    def _cancel_paste(self) -> None:
        self._pasted = ()
        self._paste_bar.hide()

    @Slot()
    def _open_tables(self) -> None:
        about = self._work.about
        if about is not None:
            sides = [one for one in (about.receiving, about.sending) if one is not None]
            open_grade_tables(self, self._work.desk, sides)

    @Slot(int)
    def _chosen(self, _: int) -> None:
        self._show_course()

    @Slot(object)
    def _added(self, line_id: int) -> None:
        self._awaited = line_id

    @Slot(object)
    def _paired(self, found: int) -> None:
        if not found:
            self._paste_message.show_message("info", self.tr("Nothing to pair:"), self.tr(
                "no undecided course is in the learning agreement by its code or title"))
            self._paste_end.setText(self.tr("Dismiss"))
            self._paste_bar.show()

    def _take_tables(self, found: StayTables) -> None:
        if self._work.about is not None:
            self._tables = found
            self._show_tables()
            self._show_course()


def _named(file: TableFile) -> str:
    return table_words(file.table)


def _options(key: str, _: Any) -> list[Option]:
    return term_options("recognition_decision")
