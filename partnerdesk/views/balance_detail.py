"""One balance: the sentence for the meeting, the chart, what more stays would change, the ledger, how it is kept."""

from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.balance import WhatIf
from partnerdesk.domain.journal import Deed
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.balance import (
    LedgerRow,
    chart_of,
    chart_sentence,
    ledger_model,
    ledger_of_sheet,
    ledger_rows,
)
from partnerdesk.models.names import country_name
from partnerdesk.services import balance
from partnerdesk.services.balance import BalanceSheet
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import term_choices, whole_editor, year_editor
from partnerdesk.views.balance_chart import BalanceView
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.detail import Binder, UndoFoot
from partnerdesk.views.fitted_table import FittedTable
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.numberfield import NumberEditor


class BalanceDetail(QWidget):
    """Shows a balance sheet. `open_partner(id)` when its name is chosen."""

    open_partner = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: BalanceSheet | None = None
        self.foot = UndoFoot(desk)
        self.binder = Binder(desk, self.foot, self._deed)
        self._name = ShortWords("", "record")
        self._where = ShortWords("", "tiny", "muted")
        self.sentence = Words("", "section", wrap=True)
        self.planned = Words("", "small", "text2", wrap=True)
        self.chart = BalanceView(self.tr("Balance by academic year"))
        self.table: LinesTable[LedgerRow] = FittedTable(self.tr("Ledger"), ledger_model(self), "row")
        self.fields: dict[str, Field] = {}
        self._body = QWidget()
        self._build()
        self.setFocusProxy(cast(QWidget, self.fields["in_years"].editor))
        self.show_sheet(None)

    @property
    def sheet(self) -> BalanceSheet | None:
        """What is shown."""
        return self._sheet

    @property
    def changes(self) -> tuple[WhatIf, ...]:
        """What is asked for in the fields of the what-if."""
        def number(name: str) -> int:
            value = self.fields[name].value()
            return value if isinstance(value, int) else 0

        return (WhatIf(direction="in", years=number("in_years"), semesters=number("in_semesters")),
                WhatIf(direction="out", years=number("out_years"), semesters=number("out_semesters")))

    def show_sheet(self, sheet: BalanceSheet | None) -> None:
        """Show a balance, or none; another partner's begins without a what-if."""
        before = self._sheet.partnership.id if self._sheet else 0
        fresh = sheet is None or sheet.partnership.id != before
        self._sheet = sheet
        self._body.setVisible(sheet is not None)
        if sheet is None:
            return
        if fresh:
            for field in self.fields.values():
                field.set_value(None)
        partner = sheet.partners[0] if sheet.partners else None
        self._name.setText(sheet.name)
        parts = [country_name(partner.country) if partner else "", sheet.partnership.title]
        self._where.setText(" · ".join(part for part in parts if part))
        self.table.show_lines(ledger_of_sheet(sheet))
        self.binder.show(self._value, fresh)
        self.binder.lock(self.tr("This office is open for reading only") if self._desk.read_only else "")
        self._say()

    def flush(self) -> bool:
        """Commit the field being edited."""
        return self.binder.flush()

    @Slot()
    def copy_sentence(self) -> None:
        """Put the sentence on the clipboard."""
        QGuiApplication.clipboard().setText(self.sentence.text())

    @Slot()
    def copy_table(self) -> None:
        """Put the ledger on the clipboard, to be pasted into a spreadsheet."""
        if self._sheet is not None:
            head, rows = ledger_rows(self._sheet)
            lines = ["\t".join(head), *("\t".join(map(str, row)) for row in rows)]
            QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def clear_changes(self) -> None:
        """Ask for nothing more."""
        for field in self.fields.values():
            field.set_value(None)
        self._say()

    def _build(self) -> None:
        pane = Pane("surface", self)
        column = Column(self._body, (16, 12, 16, 16), 12)
        head = Row(None, 0, 8)
        names = Column(None, 0, 0)
        names.addWidget(self._name)
        names.addWidget(self._where)
        head.addLayout(names, 1)
        go = Button(self.tr("Go to the partner"), small=True, icon=Icon.PARTNERS)
        go.clicked.connect(self._go)
        head.addWidget(go)
        column.addLayout(head)
        said = Row(None, 0, 8)
        said.addWidget(self.sentence, 1)
        copy = IconButton(Icon.DUPLICATE, self.tr("Copy the sentence"))
        copy.clicked.connect(self.copy_sentence)
        said.addWidget(copy)
        column.addLayout(said)
        column.addWidget(self.planned)
        column.addWidget(self._what_if())
        column.addWidget(self.chart)
        column.addWidget(self.table)
        link = Button(self.tr("Copy the ledger"), "link")
        link.clicked.connect(self.copy_table)
        column.addWidget(link)
        column.addWidget(self._terms())
        column.addStretch(1)
        whole = Column(pane)
        whole.addWidget(ScrollRoom(self._body), 1)
        whole.addWidget(self.foot)
        Column(self).addWidget(pane, 1)

    def _what_if(self) -> QWidget:
        grid = FormGrid()
        clear = Button(self.tr("Clear"), "link")
        clear.clicked.connect(self.clear_changes)
        grid.add_head(self.tr("What if"), clear)
        for name, label in (
                ("in_years", self.tr("They send more, whole years")), ("in_semesters", self.tr("…and semesters")),
                ("out_years", self.tr("We send more, whole years")), ("out_semesters", self.tr("…and semesters"))):
            editor = whole_editor("0")
            editor.setObjectName(name)
            editor.textChanged.connect(self._say)
            self.fields[name] = grid_field = Field(label, editor)
            grid.add(grid_field, short=True)
        return grid

    def _terms(self) -> QWidget:
        grid = FormGrid()
        grid.add_head(self.tr("How it is kept"))
        editors = (("unit", ChoiceEditor(term_choices("balance_unit"))), ("since", year_editor()),
                   ("opening", NumberEditor(decimals=1)), ("bound", NumberEditor(decimals=1)))
        helps = {"opening": self.tr("Plus means that we had sent more."),
                 "bound": self.tr("A larger one is shown in red.")}
        for name, editor in editors:
            field = Field(say(field_label(name)), editor, help_text=helps.get(name, ""))
            grid.add(self.binder.bind(name, field), short=True)
        grid.add(self.binder.bind("note", Field(say(field_label("note")), LineEditor())), wide=True)
        return grid

    def _value(self, name: str) -> Any:
        assert self._sheet is not None
        return getattr(self._sheet.terms, name)

    def _deed(self, name: str, value: Any) -> Deed[Any] | None:
        if self._sheet is None:
            return None
        value = value or 0.0 if name == "opening" else value
        if value == getattr(self._sheet.terms, name):
            return None
        return balance.set_terms(self._sheet, **{name: value})

    @Slot()
    def _say(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        changes = self.changes
        self.sentence.setText(say(sheet.sentence(*changes)))
        planned = sheet.planned
        self.planned.setText(say(planned) if planned is not None else "")
        self.planned.setVisible(planned is not None)
        self.chart.setVisible(bool(sheet.ledger.lines))
        self.chart.show_chart(chart_of(sheet, changes), chart_sentence(sheet))

    @Slot()
    def _go(self) -> None:
        if self._sheet is not None and self._sheet.partners:
            self.open_partner.emit(self._sheet.partners[0].id)
