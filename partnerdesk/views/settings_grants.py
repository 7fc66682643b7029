"""The part of the Settings page on grants: the dated tables of rates, edited in place."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.grants import TOP_UPS, GrantRate, GrantTable
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import say
from partnerdesk.models.grant_rates import RatesModel, key_words
from partnerdesk.services import grant_tables
from partnerdesk.services.grant_tables import TableFile
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import term_choices, term_options
from partnerdesk.views.filters import country_options
from partnerdesk.views.form_work import FormWork
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Rule, Words
from partnerdesk.views.kit.layouts import Column, Flow
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.numberfield import NumberEditor
from partnerdesk.views.record_grid import RecordGrid

ALL = 1
"""All tables are one thing to ask for; the work wants a number for it."""


class TablesWork(FormWork):
    """Asks for the tables of the office with their rates."""

    about: list[TableFile] | None

    def question(self, record_id: int) -> Callable[[Any], Any]:
        return grant_tables.table_files

    def id_of(self, about: Any) -> int:
        return ALL

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.ids("grant_table"))


class GrantTables(QWidget):
    """One table at a time: what it is called and when it holds, and its rates beneath; read when first seen."""

    def __init__(self, desk: Desk, foot: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shown = self._awaited = self._awaited_rate = 0
        self._work = TablesWork(desk, foot, self)
        self._work.renewed.connect(self._renew)
        self._work.failed.connect(self._tell)
        column = Column(self, 0, 0)
        column.addWidget(Words(self.tr("Tables of grants"), "section"))
        column.addWidget(Words(self.tr(
            "The rates by which grants are worked out, one table for each programme and call. Grants that are frozen "
            "keep what was told then."), "tiny", "muted", wrap=True))
        column.addSpacing(px(8))
        column.addWidget(Rule(self))
        column.addSpacing(px(12))
        self._bar = MessageBar()
        self._bar.hide()
        column.addWidget(self._bar)
        self.tables = ChoiceEditor()
        self.tables.setAccessibleName(self.tr("Table"))
        self.tables.edited.connect(self._chosen)
        self._add_form(column)
        self.model = RatesModel()
        self.grid = RecordGrid(self.tr("Rates"), self.model, self._work, self._rate_deed, _options)
        self.grid.add_wanted.connect(self.add_rate)
        self.grid.remove_wanted.connect(self.remove_rates)
        column.addWidget(self.grid)
        column.addSpacing(px(8))
        self._add_deeds(column)

    @property
    def file(self) -> TableFile | None:
        """The table that is shown."""
        files = self._work.about or []
        return next((one for one in files if one.table.id == self._shown), files[0] if files else None)

    def read(self) -> None:
        """Read the tables of the office that is open; those shown stay until they come."""
        if self._work.about is None:
            self._work.show_id(ALL)

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self._work.flush()

    @Slot()
    def add_starting(self) -> None:
        """Begin with the published figures."""
        self._work.do(grant_tables.add_starting_table(), self._added)

    @Slot()
    def add_table(self) -> None:
        """Begin an empty table."""
        self._work.do(grant_tables.add_table(GrantTable(name=self.tr("New table"))), self._added)

    @Slot()
    def copy_table(self) -> None:
        """Begin the table of the next call from the one shown."""
        file = self.file
        if file is not None:
            year = file.table.call_year + 1 if file.table.call_year else None
            name = self.tr("{name}, copy").format(name=file.table.name)
            if file.table.call_year and str(file.table.call_year) in file.table.name:
                name = file.table.name.replace(str(file.table.call_year), str(year))
            self._work.do(grant_tables.copy_table(file, name, year), self._added)

    @Slot()
    def archive(self) -> None:
        """Take the table out of use, or back into it."""
        if self.file is not None:
            table = self.file.table
            self._work.do(grant_tables.archive_table(table, table.archived_on is not None))

    @Slot()
    def remove_table(self) -> None:
        """Take the table away."""
        if self.file is not None:
            self._work.do(grant_tables.remove_table(self.file.table))

    @Slot()
    def add_rate(self) -> None:
        """Add a rate of the same kind as the chosen one, and go to it."""
        if self.file is not None and not self._work.desk.read_only:
            kind = self.grid.current.kind if self.grid.current is not None else "month"
            self._work.do(grant_tables.add_rate(self.file.table, GrantRate(kind=kind)), self._rate_added)

    @Slot()
    def remove_rates(self) -> None:
        """Take the chosen rates away."""
        if self.file is not None and self.grid.chosen and not self._work.desk.read_only:
            self._work.do(grant_tables.remove_rates(self.file.table, self.grid.chosen))

    def _add_form(self, column: Column) -> None:
        self._form = FormGrid()
        self._form.add(Field(self.tr("Table"), self.tables), wide=True)
        self._fields: list[Field] = []
        editors: tuple[tuple[str, QWidget, bool], ...] = (
            ("name", LineEditor(), False), ("programme", ChoiceEditor([("", "—"), *term_choices("programme")]), False),
            ("call_year", NumberEditor(), True), ("currency", LineEditor(), True),
            ("valid_from", LenientDateField(), True), ("valid_to", LenientDateField(), True),
            ("first_payment_percent", NumberEditor(), True), ("source", LineEditor(), False),
            ("remark", LineEditor(), False))
        for name, editor, short in editors:
            field = Field(say(field_label(name)), editor)
            self._work.bind(name, field, self._table, self._table_deed)
            self._fields.append(field)
            self._form.add(field, short=short, wide=name in ("source", "remark"))
        column.addWidget(self._form)
        column.addSpacing(px(12))

    def _add_deeds(self, column: Column) -> None:
        self._deeds = QWidget()
        flow = Flow(self._deeds, 8)
        self._of_table: list[Button] = []
        self.archive_button = Button("", small=True, icon=Icon.TRASH)
        buttons = (
            (Button(self.tr("Add rate"), small=True, icon=Icon.ADD), self.add_rate, True),
            (Button(self.tr("Remove rates"), small=True, icon=Icon.DELETE), self.remove_rates, True),
            (Button(self.tr("New table"), small=True, icon=Icon.PLACES), self.add_table, False),
            (Button(self.tr("Begin with published figures"), small=True, icon=Icon.IMPORT), self.add_starting, False),
            (Button(self.tr("Copy for the next call"), small=True, icon=Icon.DUPLICATE), self.copy_table, True),
            (self.archive_button, self.archive, True),
            (Button(self.tr("Remove table"), small=True, icon=Icon.REMOVE), self.remove_table, True))
        for button, act, of_table in buttons:
            button.clicked.connect(act)
            flow.addWidget(button)
            if of_table:
                self._of_table.append(button)
        column.addWidget(self._deeds)

    def _table(self) -> GrantTable | None:
        return self.file.table if self.file is not None else None

    def _table_deed(self, table: GrantTable, fields: Mapping[str, Any]) -> Deed[Any]:
        return grant_tables.change_table(table, **fields)

    def _rate_deed(self, rate: GrantRate, fields: Mapping[str, Any]) -> Deed[Any]:
        assert self.file is not None
        return grant_tables.change_rate(self.file.table, rate, **fields)

    @Slot(bool)
    def _renew(self, fresh: bool) -> None:
        files = self._work.about or []
        if fresh:
            self._bar.clear()
        other = fresh
        if self._awaited and any(one.table.id == self._awaited for one in files):
            self._shown, self._awaited, other = self._awaited, 0, True
        file = self.file
        other = other or (file is not None and file.table.id != self._shown)
        self._shown = file.table.id if file is not None else 0
        self.tables.set_choices([(one.table.id, self._name_of(one)) for one in files])
        self.tables.set_value(self._shown or None)
        if other:
            self._work.show_fields(self._fields)
        self._show(file, other)

    def _show(self, file: TableFile | None, other: bool) -> None:
        read_only = self._work.desk.read_only
        self._form.setVisible(file is not None)
        self.grid.setVisible(file is not None)
        self._deeds.setVisible(not read_only)
        for field in self._fields:
            field.set_locked(self.tr("This office is open for reading only") if read_only else "")
        for button in self._of_table:
            button.setVisible(file is not None)
        if file is None:
            return
        back = file.table.archived_on is not None
        self.archive_button.setText(self.tr("Use again") if back else self.tr("Archive table"))
        self.grid.show_records(file.rates, read_only, other=other)
        if self._awaited_rate and self.model.row_of(self._awaited_rate) >= 0:
            self.grid.go_to(self._awaited_rate, "kind")
            self.grid.setFocus()
            self._awaited_rate = 0

    def _name_of(self, file: TableFile) -> str:
        gone = file.table.archived_on is not None
        return self.tr("{name} (archived)").format(name=file.table.name) if gone else file.table.name

    @Slot(object)
    def _chosen(self, table_id: int) -> None:
        self._shown = table_id
        self._work.show_fields(self._fields)
        self._show(self.file, True)

    def _added(self, table_id: int) -> None:
        self._awaited = table_id

    def _rate_added(self, rate_id: int) -> None:
        self._awaited_rate = rate_id

    @Slot(str, str)
    def _tell(self, sentence: str, fix: str) -> None:
        self._bar.show_message("warn", sentence, f" {fix}" if fix else "")


def _options(key: str, _: Any) -> list[Option]:
    if key == "kind":
        return term_options("grant_rate_kind")
    return [Option("", "—"), *(Option(one, key_words(one)) for one in TOP_UPS), *country_options()]
