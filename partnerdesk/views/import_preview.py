"""The second step of an import: what would become of each row, cells old beside new, duplicates to settle."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from partnerdesk.domain.cells import plain
from partnerdesk.domain.importing import PEOPLE, Outcome, PlannedRow
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, number
from partnerdesk.models.plan import (
    difference_pairs,
    kind_word,
    new_pairs,
    outcome_word,
    pairs_model,
    plan_model,
    twin_pairs,
    what_words,
)
from partnerdesk.services.importing import Plan
from partnerdesk.services.importing_plan import NEW, SAME_AS_TWIN
from partnerdesk.views.data_table import Foot, LinesTable, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.tabs import Tab, Tabs
from partnerdesk.views.page import House

ALL, NOTES = "all", "notes"


class Figure(QWidget):
    """A count with its word, and of what kinds it is."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self._number, self._kinds = Words("", "figure"), Words("", "tiny", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        column = Column(self, (0, 0, 28, 0), 0)
        column.addWidget(self._number)
        column.addWidget(Words(word, "label", "text2"))
        column.addWidget(self._kinds)

    def show_count(self, total: int, kinds: Sequence[tuple[str, int]]) -> None:
        """Show a number and what it is made of."""
        self._number.setText(number(total))
        self._kinds.setText(" · ".join(f"{word} {number(n)}" for word, n in kinds if n))
        self.setAccessibleName(f"{self._word}: {number(total)}. {self._kinds.text()}")


class ImportPreview(QWidget):
    """`back_wanted()`, `commit_wanted()`, `rejects_wanted()`; `decided(row, decision)` settles a likely duplicate."""

    back_wanted = Signal()
    commit_wanted = Signal()
    rejects_wanted = Signal()
    decided = Signal(int, str)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._plan: Plan | None = None
        self._decisions: Mapping[int, str] = {}
        words = {Outcome.DUPLICATE: self.tr("Likely duplicates")}
        self.figures = {o: Figure(words.get(o, outcome_word(o)), self) for o in Outcome}
        self.tabs = Tabs(self.tr("Rows"), inset=16, parent=self)
        self.tabs.chosen.connect(self._show_rows)
        self.table = LinesTable(self.tr("Rows of the file"), plan_model(self))
        self.table.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.table.picked.connect(self._show_row)
        self.pairs = LinesTable(self.tr("Cells of the row"), pairs_model(self), "row")
        self._title = ShortWords("", "head")
        self.same_button = Button(self.tr("The same"), small=True, icon=Icon.MERGE)
        self.new_button = Button(self.tr("Another one"), small=True, icon=Icon.ADD)
        self.same_button.clicked.connect(self._same)
        self.new_button.clicked.connect(self._another)
        self.foot = Foot(tall=True)
        self.back_button = Button(self.tr("Back to the columns"), "quiet")
        self.rejects_button = Button(self.tr("Save rejects…"))
        self.commit_button = Button("", "primary")
        self.back_button.clicked.connect(self.back_wanted)
        self.rejects_button.clicked.connect(self.rejects_wanted)
        self.commit_button.clicked.connect(self.commit_wanted)
        for button in (self.back_button, self.rejects_button, self.commit_button):
            self.foot.add(button)
        self._build()

    @property
    def plan(self) -> Plan | None:
        """The plan shown."""
        return self._plan

    def show_plan(self, plan: Plan, decisions: Mapping[int, str]) -> None:
        """Show a plan; `decisions` are those made on likely duplicates so far."""
        self._plan, self._decisions = plan, decisions
        for outcome, figure in self.figures.items():
            kinds = [(kind_word(kind), getattr(tally, outcome.value)) for kind, tally in plan.kinds.items()]
            figure.show_count(plan.count(outcome), kinds)
        counts = {o: sum(row.outcome is o for row in plan.rows) for o in Outcome}
        tabs = [Tab(ALL, self.tr("All rows"), number(len(plan.rows)))]
        tabs += [Tab(o.value, outcome_word(o), number(n)) for o, n in counts.items() if n]
        if noted := sum(bool(row.notes) for row in plan.rows):
            tabs.append(Tab(NOTES, self.tr("With notes"), number(noted)))
        self.tabs.set_tabs(tabs)
        self._show_rows(self.tabs.value)
        self._tell()

    def _build(self) -> None:
        figures = QWidget(self)
        flow = Flow(figures, 8)
        for figure in self.figures.values():
            flow.addWidget(figure)
        head = Row(None, (16, 12, 16, 6), 0)
        head.addWidget(figures, 1)
        tab_row = Row(None, 0, 0)
        tab_row.addWidget(self.tabs)
        below = Pane("surface", self)
        column = Column(below)
        pair_head = Row(None, (16, 7, 16, 7), 8)
        pair_head.addWidget(self._title, 1)
        pair_head.addWidget(self.same_button)
        pair_head.addWidget(self.new_button)
        column.addLayout(pair_head)
        column.addWidget(self.pairs, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setSizes([px(320), px(190)])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self._body = TableOrEmpty(split, EmptyView(Icon.SPREADSHEET, self.tr("The file holds no rows.")), self)
        whole = Column(self)
        whole.addLayout(head)
        whole.addLayout(tab_row)
        whole.addWidget(self._body, 1)
        whole.addWidget(self.foot)

    @Slot(str)
    def _show_rows(self, key: str) -> None:
        if self._plan is None:
            return
        rows = [r for r in self._plan.rows if key in (ALL, r.outcome.value) or (key == NOTES and r.notes)]
        self.table.show_lines(rows)
        self._body.show_empty(not self._plan.rows)
        if rows and self.table.current is None:
            self.table.select_row(0)
        self._show_row()

    @Slot()
    def _show_row(self) -> None:
        row = self.table.current
        decided = row is not None and row.number in self._decisions
        asks = row is not None and (row.outcome is Outcome.DUPLICATE or decided)
        self.same_button.setVisible(asks)
        self.new_button.setVisible(asks)
        if row is None or self._plan is None:
            self._title.setText("")
            self.pairs.show_lines([])
            return
        if row.differences or row.outcome is Outcome.SAME:
            self.pairs.show_lines(difference_pairs(row.differences))
        else:
            self.pairs.show_lines(new_pairs(self._cells(row), self._plan.mapping))
        self._title.setText(self._row_title(row))
        if row.twin:
            self._ask_twin(row, self._plan.mapping.kind)

    def _ask_twin(self, row: PlannedRow, kind: str) -> None:
        def meant(reader: Any) -> list[Any]:
            if kind == PEOPLE:
                return list(reader.many(Person, [row.twin_id] if row.twin_id else ()).values())
            found: list[Any] = reader.find(Institution, name=row.twin, deleted_at="")
            return found

        self._house.desk.ask(meant, self._take_twin, key=(self, "twin"))

    def _row_title(self, row: PlannedRow) -> str:
        if row.twin:
            return self.tr("Is {name} in row {n} the same as {twin}?").format(
                name=row.partner, n=number(row.number), twin=row.twin)
        said = what_words(row) if row.reason is not None or row.notes else ""
        return " · ".join(p for p in (self.tr("Row {n}").format(n=number(row.number)), row.partner, said) if p)

    def _take_twin(self, found: Sequence[Any]) -> None:
        row, plan = self.table.current, self._plan
        if row is None or plan is None or not row.twin:
            return
        unknown = Person(family_name=row.twin) if plan.mapping.kind == PEOPLE else Institution(name=row.twin)
        twin = found[0] if found else unknown
        self.pairs.show_lines(twin_pairs(twin, self._cells(row), plan.mapping))

    def _cells(self, row: PlannedRow) -> list[str]:
        """The row as it stands in the file, in the order of the columns."""
        assert self._plan is not None
        cells = self._plan.sheet.rows[row.number - 1]
        return [plain(cells[c.index]) if c.index < len(cells) else "" for c in self._plan.header.columns]

    def _tell(self) -> None:
        plan = self._plan
        if plan is None:
            return
        writes = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
        self.commit_button.setVisible(bool(writes) and not self._house.desk.read_only)
        self.commit_button.setText(counted(writes, self.tr("Import 1 record"), self.tr("Import {n} records")))
        rejected = plan.count(Outcome.REJECTED) + plan.count(Outcome.DUPLICATE) + len(plan.notes)
        self.rejects_button.setVisible(bool(rejected))
        if not writes:
            self.foot.say(self.tr("The office already holds all of this."))
        elif n := plan.count(Outcome.DUPLICATE):
            self.foot.say(counted(n, self.tr("1 likely duplicate stays out unless you settle it"),
                                  self.tr("{n} likely duplicates stay out unless you settle them")))
        else:
            self.foot.say(self.tr("Nothing has been written yet"))

    @Slot()
    def _same(self) -> None:
        if (row := self.table.current) is not None:
            self.decided.emit(row.number, SAME_AS_TWIN)

    @Slot()
    def _another(self) -> None:
        if (row := self.table.current) is not None:
            self.decided.emit(row.number, NEW)
