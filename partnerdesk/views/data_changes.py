"""The Changes tab: the office's journal, each step field by field, and undo of any step that still can be undone."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from partnerdesk.domain.journal import Step
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.steps import changes_in_words, changes_model, step_title, steps_model
from partnerdesk.services import changes, journal
from partnerdesk.services.changes import TouchedRow
from partnerdesk.views.data_table import Foot, LinesTable, Part, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.page import House

PAGE = 200


class ChangesPart(Part):
    """Steps above, what the chosen one changed below."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house.desk, parent)
        self._house = house
        self._last: int | None = None
        self.steps = LinesTable(self.tr("Changes"), steps_model(self), "row_two")
        self.steps.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.fields = LinesTable(self.tr("Changed fields"), changes_model(self), "row")
        self._title = ShortWords("", "head")
        self._undo = Button(self.tr("Undo this"), small=True, icon=Icon.UNDO)
        self._undo.clicked.connect(self.undo)
        self.foot = Foot()
        self.steps.picked.connect(self._show_step)
        self.steps.lines.more_wanted.connect(self._read_more)
        self.steps.opened.connect(self.fields.setFocus)
        self._build()

    @property
    def undo_button(self) -> Button:
        """The button that takes the chosen step back; hidden where that cannot be."""
        return self._undo

    def renew(self) -> None:
        super().renew()
        if self._house.desk.is_open:
            limit = max(PAGE, len(self.steps.lines.lines))
            self._house.desk.ask(lambda reader: journal.recent_steps(reader, limit), self._take, key=(self, "steps"))

    def focus_first(self) -> None:
        self.steps.setFocus()

    def forget(self) -> None:
        """The office has been closed."""
        self._stale = True
        self.steps.show_lines([])
        self.fields.show_lines([])

    @Slot()
    def undo(self) -> None:
        """Take the chosen step back; a refusal is told in the message bar."""
        step = self.steps.current
        if step is not None:
            self._house.desk.do(journal.undo_deed(step), None, self._refused)

    def _build(self) -> None:
        below = Pane("surface", self)
        column = Column(below)
        head = Row(None, (16, 7, 16, 7), 8)
        head.addWidget(self._title, 1)
        head.addWidget(self._undo)
        column.addLayout(head)
        column.addWidget(self.fields, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.steps)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([px(380), px(220)])
        self._body = TableOrEmpty(split, EmptyView(Icon.HISTORY, self.tr("Nothing has been changed yet.")), self)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self.foot)

    def _take(self, steps: Sequence[Step]) -> None:
        fresh = self.steps.current is None
        self.steps.show_lines(steps)
        self.steps.lines.set_more(len(steps) >= PAGE and len(steps) % PAGE == 0)
        self._body.show_empty(not steps)
        if fresh and steps:
            self.steps.select_row(0)
        else:
            self._show_step()

    @Slot()
    def _read_more(self) -> None:
        lines = self.steps.lines.lines
        if lines:
            before = lines[-1].id
            self._house.desk.ask(lambda reader: journal.recent_steps(reader, PAGE, before), self._take_more,
                                 key=(self, "more"))

    def _take_more(self, steps: Sequence[Step]) -> None:
        known = list(self.steps.lines.lines)
        self.steps.show_lines([*known, *(s for s in steps if not known or s.id < known[-1].id)])
        self.steps.lines.set_more(len(steps) == PAGE)

    @Slot()
    def _show_step(self) -> None:
        step = self.steps.current
        self._undo.setVisible(step is not None and changes.undoable(step) and not self._house.desk.read_only)
        self._title.setText(step_title(step) if step else "")
        if step is None:
            self.fields.show_lines([])
            self.foot.say("")
            return
        wanted = step
        self._house.desk.ask(lambda reader: (wanted, changes.touched_rows(reader, wanted)), self._take_rows,
                             key=(self, "rows"))

    def _take_rows(self, answer: tuple[Step, list[TouchedRow]]) -> None:
        step, rows = answer
        self.fields.show_lines(changes_in_words(rows))
        shown = min(len(rows), step.rows) if step.rows else len(rows)
        self.foot.say(counted(max(step.rows, len(rows)), self.tr("{shown} of 1 row"), self.tr("{shown} of {n} rows"),
                              shown=number(shown)))

    def _refused(self, error: Any) -> None:
        if isinstance(error, PartnerDeskError):
            self.noticed.emit("warn", say(error.message))
