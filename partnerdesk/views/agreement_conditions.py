"""The Conditions tab: the grid, what it adds up to, and the selected condition with its single years."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number, say
from partnerdesk.models.agreement_words import said_value
from partnerdesk.models.agreements import paste_deed, together
from partnerdesk.models.condition_cells import sentence, words_of
from partnerdesk.models.condition_paste import PastePlan, plan_paste
from partnerdesk.models.conditions import ConditionsModel
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_exceptions import ExceptionsEditor
from partnerdesk.views.agreement_fields import Fact, ProblemList, Section, term_choices
from partnerdesk.views.agreement_work import Edit, RecordOf, Work
from partnerdesk.views.conditions_grid import ConditionsGrid
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import Kind, MessageBar
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField

NOTES = ("own_unit_id", "partner_unit_id", "places_unit", "overflow", "field_note", "selection_note", "other_terms")


@dataclass(frozen=True)
class Cell:
    """A cell of the grid as a place where a value is edited."""

    tab: "ConditionsTab"
    condition_id: int
    key: str

    @property
    def record(self) -> RecordOf:
        """The condition as it is in the file."""
        return self._condition

    def deed(self, record: Condition, fields: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes the condition."""
        return self.tab.condition_deed(record, fields)

    def mark(self, edit: Edit, sentence: str, fix: str) -> None:
        """Keep in the cell what was refused."""
        wanted = replace(edit.record, **edit.fields)
        self.tab.model.refuse(self.condition_id, self.key, words_of(wanted, self.key), sentence)

    def forgive(self) -> None:
        """Show the condition's own value again."""
        self.tab.model.forgive(self.condition_id, self.key)

    def refill(self) -> None:
        """The cell shows the record by itself."""

    def _condition(self) -> Condition | None:
        return self.tab.condition(self.condition_id)


class ConditionsTab(Section):
    """The conditions of the version shown, editable while it is open."""

    open_agreement = Signal(int)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("Conditions"))
        self._work = work
        self._wanted: int | None = None
        self._plan: PastePlan | None = None
        self._found: list[Problem] = []
        self.model = ConditionsModel(self)
        self.grid = ConditionsGrid(self.tr("Conditions"), self.model)
        self._make_head()
        self._make_paste_bar()
        self._make_grid()
        self._make_detail()
        self.body.addStretch()
        self.model.edited.connect(self._write)
        self.model.judged.connect(self._judged)
        tokens.watch().changed.connect(self._fit_grid)

    def condition(self, condition_id: int) -> Condition | None:
        """A condition as it is in the file."""
        about = self._work.about
        return next((c for c in about.file.conditions if c.id == condition_id), None) if about else None

    def condition_deed(self, condition: Condition, fields: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes a condition."""
        agreement = self._work.agreement
        assert agreement is not None
        return agreements.change_condition(agreement, condition, **fields)

    def renew(self, fresh: bool) -> None:
        """Show the conditions as they are now; the current cell and the scroll stay."""
        about, version = self._work.about, self._work.version
        if about is None or version is None:
            return
        shown = [self._work.latest(c) for c in about.file.conditions_of(version.id)]
        self.model.show_conditions(version, shown, about.exceptions_of(version.id), self._work.locked)
        if self._wanted is not None and self.model.row_of(self._wanted) >= 0:
            self.grid.go_to(self._wanted, "heads")
            self.grid.setFocus()
            self._wanted = None
        elif shown and not self.grid.currentIndex().isValid():
            self.grid.select_row(0)
        if fresh:
            self._cancel_paste()
        self._show_units()
        self._fit_grid()
        self._show_case()
        self._show_row(fresh)

    def focus_first(self) -> None:
        """Put the keyboard into the grid."""
        self.grid.setFocus()

    @Slot()
    def add_condition(self) -> None:
        """Add a condition like the last one, without its numbers, and go to it."""
        agreement, version = self._work.agreement, self._work.version
        if agreement is None or version is None or self._work.locked:
            return
        like = self.model.conditions[-1] if self.model.conditions else Condition()
        made = Condition(direction=like.direction, activity=like.activity, levels=like.levels)
        self._work.do(agreements.add_condition(agreement, version, made), self._added)

    @Slot()
    def remove_conditions(self) -> None:
        """Take the selected conditions out; undo brings them back."""
        agreement = self._work.agreement
        if agreement is None or self._work.locked:
            return
        rows = sorted({index.row() for index in self.grid.selectionModel().selectedIndexes()})
        doomed = [self._work.latest(self.model.condition_at(row)) for row in rows]
        if len(doomed) == 1:
            self._work.do(agreements.remove_condition(agreement, doomed[0]))
        elif doomed:
            name = agreements.display_name(agreement)
            self._work.do(together(
                text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} conditions of {name}"), n=len(doomed), name=name),
                [agreements.remove_condition(agreement, c) for c in doomed],
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} conditions of {name}"), n=len(doomed), name=name)))

    @Slot(str)
    def paste(self, written: str) -> None:
        """Say what pasting would do; one cell that can be read is filled at once."""
        if self._work.locked:
            return
        at = self.grid.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (self.model.rowCount(), 0)
        like = self.model.conditions[-1] if self.model.conditions else Condition()
        template = Condition(direction=like.direction, activity=like.activity)
        plan = plan_paste(written, self.model.conditions, self.model.columns, row, column, template)
        if plan.nothing and not plan.problems:
            return
        self._plan = plan
        if plan.cells == 1 and not plan.rows and not plan.problems:
            self.apply_paste()
            return
        self._show_plan(plan)

    @Slot()
    def apply_paste(self) -> None:
        """Do what the plan says, as one step."""
        plan, agreement, version = self._plan, self._work.agreement, self._work.version
        self._cancel_paste()
        if plan is None or plan.nothing or agreement is None or version is None:
            return
        name = agreements.display_name(agreement)
        label = text(QT_TRANSLATE_NOOP("PartnerDesk", "paste conditions into {name}"), name=name)
        fills = [(self._work.latest(condition), fields) for condition, fields in plan.fills]
        self._work.do(paste_deed(agreement, version, fills, plan.rows, label))

    def _make_head(self) -> None:
        head = QWidget()
        row = Row(head, (16, 0, 16, 0), 8)
        row.addWidget(Words(self.tr("Conditions"), "head"))
        row.addStretch()
        self.add_button = Button(self.tr("Add condition"), small=True, icon=Icon.ADD)
        self.add_button.clicked.connect(self.add_condition)
        row.addWidget(self.add_button)
        self.body.addWidget(head)

    def _make_paste_bar(self) -> None:
        self.paste_bar = QWidget()
        column = Column(self.paste_bar, (16, 0, 16, 0), 6)
        self._paste_message = MessageBar()
        self._paste_message.acted.connect(self.apply_paste)
        self._paste_problems = Words("", "tiny", "muted", wrap=True)
        self._paste_cancel = Button(self.tr("Cancel pasting"), "link")
        self._paste_cancel.clicked.connect(self._cancel_paste)
        column.addWidget(self._paste_message)
        column.addWidget(self._paste_problems)
        column.addWidget(self._paste_cancel)
        self.paste_bar.hide()
        self.body.addWidget(self.paste_bar)

    def _make_grid(self) -> None:
        self.grid.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.grid.add_wanted.connect(self.add_condition)
        self.grid.remove_wanted.connect(self.remove_conditions)
        self.grid.paste_wanted.connect(self.paste)
        self.grid.row_chosen.connect(self._row_chosen)
        self.body.addWidget(self.grid)
        self._empty = Words("", "body", "text2", wrap=True)
        self._empty.setContentsMargins(px(16), 0, px(16), 0)
        self.body.addWidget(self._empty)
        self.totals = Pane("footer")
        row = Row(self.totals, (16, 6, 16, 6), 12)
        self._total_year = ShortWords("", "tiny", "muted")
        self._total_out = Words("", "tiny", "text2")
        self._total_in = Words("", "tiny", "text2")
        row.addWidget(self._total_year, 1)
        row.addWidget(self._total_out)
        row.addWidget(self._total_in)
        self.body.addWidget(self.totals)

    def _make_detail(self) -> None:
        self.detail = QWidget()
        column = Column(self.detail, (16, 4, 16, 0), 12)
        self._detail_head = Words("", "head", wrap=True)
        column.addWidget(self._detail_head)
        self.problems = ProblemList()
        self.problems.fix_wanted.connect(self._mend)
        column.addWidget(self.problems)
        self.exceptions = ExceptionsEditor(self._work)
        column.addWidget(self.exceptions)
        self.notes = FormGrid()
        self.notes.add_head(self.tr("More terms"))
        self._notes = {
            "own_unit_id": PickerField((), placeholder=self.tr("Any")),
            "partner_unit_id": PickerField((), placeholder=self.tr("Any")),
            "places_unit": ChoiceEditor(term_choices("places_unit")),
            "overflow": ChoiceEditor(term_choices("overflow")),
            "field_note": LineEditor(), "selection_note": LineEditor(), "other_terms": TextEditor(),
        }
        self._note_fields: list[Field] = []
        for name, editor in self._notes.items():
            field = Field(say(field_label(name)), editor)
            self._work.bind(name, field, self._current, self.condition_deed)
            self._note_fields.append(field)
            self.notes.add(field, wide=name == "other_terms", short=name in NOTES[:4])
        column.addWidget(self.notes)
        self._told = FormGrid()
        self._facts = {name: Fact(say(field_label(name))) for name in NOTES}
        for name, fact in self._facts.items():
            self._told.add(fact, wide=name == "other_terms")
        column.addWidget(self._told)
        self.body.addWidget(self.detail)

    def _current(self) -> Condition | None:
        row = self.grid.currentIndex().row()
        return self.condition(self.model.condition_at(row).id) if 0 <= row < self.model.rowCount() else None

    def _show_case(self) -> None:
        locked = self._work.locked
        about = self._work.about
        assert about is not None
        self.add_button.setVisible(not locked)
        some = self.model.rowCount() > 0
        self.grid.setVisible(some or not locked)
        self.totals.setVisible(some)
        self._empty.setVisible(not some)
        words = self.tr("No conditions yet. Add the first one, or paste rows from a spreadsheet into the grid.")
        self._empty.setText(self.tr("This version has no conditions.") if locked else words)
        year = about.year
        self._total_year.setText(self.tr("Places {year}").format(year=year.short))
        for label, direction, words in ((self._total_out, "out", self.tr("out {n}")),
                                        (self._total_in, "in", self.tr("in {n}"))):
            label.setText(words.format(n=number(self.model.places(direction, year.first))))

    def _show_row(self, fresh: bool) -> None:
        condition = self._current()
        self.detail.setVisible(condition is not None)
        about = self._work.about
        if condition is None or about is None:
            return
        locked = self._work.locked
        self._detail_head.setText(sentence(condition))
        self._show_problems(condition)
        self.notes.setVisible(not locked)
        for name, fact in self._facts.items():
            words = said_value(name, getattr(condition, name), names=about.names)
            fact.say(words)
            fact.setVisible(bool(getattr(condition, name)))
        self._told.setVisible(locked)
        self.exceptions.show_condition(self._work.latest(condition), self.model.exceptions_of(condition.id), fresh)

    def _show_problems(self, condition: Condition) -> None:
        about, version = self._work.about, self._work.version
        assert about is not None and version is not None
        found = about.condition_problems(self._work.latest(condition), version)
        # an approved version can only lead to its twin, not be mended itself
        self._found = [p if not self._work.locked or "agreement" in p.values else replace(p, fix=None) for p in found]
        self.problems.show_problems(self._found, fixes=True)

    @Slot(int)
    def _mend(self, place: int) -> None:
        problem = self._found[place]
        other = problem.values.get("agreement")
        if isinstance(other, int):
            self.open_agreement.emit(other)
        else:
            self.grid.go_to(self.model.condition_at(self.grid.currentIndex().row()).id, problem.field)
            self.grid.setFocus()

    def _show_units(self) -> None:
        about = self._work.about
        assert about is not None
        for name, party in (("own_unit_id", about.file.home), ("partner_unit_id", about.file.partner)):
            units = about.units_of(party.id) if party is not None else ()
            editor = self._notes[name]
            assert isinstance(editor, PickerField)
            editor.set_options([Option(u.id, u.name, u.short_name or u.code) for u in units])

    def _show_plan(self, plan: PastePlan) -> None:
        parts = []
        if plan.rows:
            parts.append(self.tr("new conditions: {n}").format(n=len(plan.rows)))
        if plan.cells:
            parts.append(self.tr("cells to fill: {n}").format(n=plan.cells))
        lead = self.tr("Pasting:") if parts else self.tr("Nothing to paste:")
        rest = ", ".join(parts) or self.tr("no cell can be read")
        kind: Kind = "warn" if plan.problems else "info"
        self._paste_message.show_message(kind, lead, rest, "" if plan.nothing else self.tr("Paste"))
        self._paste_problems.setText("\n".join(plan.problems[:6]))
        self._paste_problems.setVisible(bool(plan.problems))
        self.paste_bar.show()
        button = self._paste_message.findChild(Button)
        target = self._paste_cancel if plan.nothing or button is None else button
        target.setFocus()

    @Slot()
    def _cancel_paste(self) -> None:
        self._plan = None
        if not self.paste_bar.isHidden():
            self.paste_bar.hide()
            self.grid.setFocus()

    @Slot(object, str, object)
    def _write(self, condition: Condition, key: str, fields: dict[str, Any]) -> None:
        self._work.write(Cell(self, condition.id, key), fields)
        self._show_sent()

    def _show_sent(self) -> None:
        """Show at once what is on its way to the file, so that a cell never falls back for a moment."""
        about, version = self._work.about, self._work.version
        if about is not None and version is not None:
            shown = [self._work.latest(c) for c in about.file.conditions_of(version.id)]
            self.model.show_conditions(version, shown, about.exceptions_of(version.id), self._work.locked)

    @Slot(int, str, str)
    def _judged(self, condition_id: int, key: str, reason: str) -> None:
        target = Cell(self, condition_id, key)
        if reason:
            self._work.set_wrong(target, reason)
        else:
            self._work.drop(target)

    @Slot(object)
    def _added(self, condition_id: int) -> None:
        self._wanted = condition_id

    @Slot(int)
    def _row_chosen(self, row: int) -> None:
        self._work.show_fields(self._note_fields)
        self._show_row(True)

    @Slot()
    def _fit_grid(self) -> None:
        rows = max(1, self.model.rowCount())
        self.grid.fit()
        bar = 0 if self.grid.fits else self.grid.horizontalScrollBar().sizeHint().height()
        wanted = tokens.height("table_header") + min(rows, 12) * tokens.height("row") + bar + 2
        if self.grid.height() != wanted:
            self.grid.setFixedHeight(wanted)
