"""The first step of an import: how the file is read, what its columns mean, what holds for all rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.cells import plain
from partnerdesk.domain.headers import OF_KIND
from partnerdesk.domain.importing import KIND, ColumnMapping
from partnerdesk.formats.books import Sheet
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.plan import say_label
from partnerdesk.services.importing import Start
from partnerdesk.services.mapping import propose, questions
from partnerdesk.views.data_table import Foot
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.taborder import tab_as_laid_out

HEADER_ROWS, SAMPLES, WIDEST = 40, 3, 860
_DELIMITERS = ("\t", ";", ",", "|")


class MappingRow(QWidget):
    """One column of the file: its name and first values, and what it becomes. `changed(name, target)`."""

    changed = Signal(str, str)

    def __init__(self, name: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        row = Row(self, (0, 5, 0, 5), 16)
        words = Column(None, 0, 0)
        words.addWidget(ShortWords(name, "name"))
        self._sample = ShortWords("", "tiny", "muted")
        words.addWidget(self._sample)
        row.addLayout(words, 3)
        self.picker = PickerField(options, placeholder=self.tr("Leave out"))
        self.picker.setAccessibleName(self.tr("{column} becomes").format(column=name))
        self.picker.edited.connect(self._edited)
        row.addWidget(self.picker, 2, Qt.AlignmentFlag.AlignVCenter)

    @property
    def sample(self) -> str:
        """The first values of the column."""
        return self._sample.text()

    def show_column(self, sample: str, target: str) -> None:
        """Show the first values and what the column becomes."""
        self._sample.setText(sample)
        self.picker.set_value(target or None)

    @Slot(object)
    def _edited(self, value: Any) -> None:
        self.changed.emit(self.name, value or "")


class ImportMapping(QWidget):
    """`reread(what, value)` when the file is to be read otherwise ("sheet", "header", "encoding", "delimiter");
    `go_on()` towards the preview, `given_up()` back to the start.
    """

    reread = Signal(str, object)
    go_on = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start: Start | None = None
        self.mapping: ColumnMapping | None = None
        self.rows: list[MappingRow] = []
        self.fields: dict[str, Field] = {}
        self._options = {
            kind: [Option(t.key, say_label(t.key), _kind_word(self, t.kind)) for t in targets]
            for kind, targets in OF_KIND.items()
        }
        self._title = ShortWords("", "section")
        self._size = Words("", "tiny", "muted")
        self._form = Column(None, 0, 0)
        self._columns = Column(None, 0, 0)
        self._none = Words("", "tiny", "muted", wrap=True)
        self.foot = Foot(tall=True)
        self.go_button = Button(self.tr("Preview"), "primary")
        self.go_button.clicked.connect(self.go_on)
        back = Button(self.tr("Cancel"), "quiet")
        back.clicked.connect(self.given_up)
        self.foot.add(back)
        self.foot.add(self.go_button)
        self._build()

    @property
    def start(self) -> Start | None:
        """The file with the mapping as it stands now."""
        if self._start is None or self.mapping is None:
            return None
        return Start(self._start.book, self._start.sheet, self._start.header, self.mapping)

    def show_start(self, start: Start) -> None:
        """Show a file as it was read, with the mapping proposed or remembered."""
        same = self._start is not None and self._start.header.names == start.header.names and bool(self.rows)
        if same and self.mapping is not None and self._start is not None and self._start.book.path == start.book.path:
            start = Start(start.book, start.sheet, start.header, self.mapping)
        self._start, self.mapping = start, start.mapping
        self._title.setText(start.book.path.name or self.tr("Pasted rows"))
        rows = max(0, len(start.sheet.rows) - start.header.row - 1)
        said = (counted(rows, self.tr("1 row"), self.tr("{n} rows")),
                counted(len(start.header.columns), self.tr("1 column"), self.tr("{n} columns")))
        self._size.setText(", ".join(said))
        if not same:
            self._make_rows(start)
        self._make_form(start)
        tab_as_laid_out(self)
        self._show_mapping()

    def _build(self) -> None:
        inside = QWidget()
        Measured(inside, width_max=WIDEST)
        column = Column(inside, (16, 14, 16, 16), 0)
        head = Row(None, (0, 0, 0, 10), 10)
        head.addWidget(self._title, 1)
        head.addWidget(self._size)
        column.addLayout(head)
        column.addLayout(self._form)
        title = Row(None, (0, 18, 0, 6), 10)
        title.addWidget(Words(self.tr("What the columns mean"), "head"))
        title.addStretch(1)
        column.addLayout(title)
        column.addWidget(Rule(inside))
        column.addLayout(self._columns)
        column.addStretch(1)
        whole = Column(self)
        whole.addWidget(ScrollRoom(inside), 1)
        whole.addWidget(self.foot)

    def _make_rows(self, start: Start) -> None:
        _clear(self._columns)
        self.rows = []
        for column in start.header.columns:
            row = MappingRow(column.name, self._options[start.mapping.kind])
            row.changed.connect(self._set_target)
            self.rows.append(row)
            self._columns.addWidget(row)
            self._columns.addWidget(Rule())

    def _make_form(self, start: Start) -> None:
        _clear(self._form)
        self.fields = {}
        grid = FormGrid()
        if len(start.book.sheets) > 1:
            names = [(s.name, s.name) for s in start.book.sheets if not s.is_empty]
            self._add(grid, "sheet", self.tr("Sheet"), _few_or_many(names), start.sheet.name)
        heads = [Option(-1, self.tr("None, the first row is data"))]
        heads += [Option(n, self.tr("Row {n}").format(n=n + 1), _line(start.sheet, n)) for n in range(
            min(HEADER_ROWS, len(start.sheet.rows)))]
        self._add(grid, "header", self.tr("Names of the columns"), PickerField(heads, required=True), start.header.row)
        if start.book.encoding:
            known = dict.fromkeys((start.book.encoding, *start.book.encodings))
            choices = [(code, encoding_word(code)) for code in known]
            self._add(grid, "encoding", self.tr("Characters"), _few_or_many(choices), start.book.encoding)
        if start.book.delimiter and start.book.path.name:
            known = dict.fromkeys((start.book.delimiter, *_DELIMITERS))
            choices = [(code, self._delimiter_word(code)) for code in known]
            self._add(grid, "delimiter", self.tr("Cells are parted by"), ChoiceEditor(choices), start.book.delimiter)
        for question in questions(start.mapping):
            choices = [(code, say(words)) for code, words in question.choices]
            self._add(grid, question.key, say(question.label), ChoiceEditor(choices), question.answer)
        self._form.addWidget(grid)

    def _add(self, grid: FormGrid, key: str, label: str, editor: QWidget, value: Any) -> None:
        editor.setObjectName(key)
        field = Field(label, editor)
        field.set_value(value)
        field.edited.connect(self._edited)
        field.setObjectName(key)
        grid.add(field, short=True)
        self.fields[key] = field

    @Slot(object)
    def _edited(self, value: Any) -> None:
        sender = self.sender()
        key = sender.objectName() if sender is not None else ""
        if key in ("sheet", "header", "encoding", "delimiter"):
            self.reread.emit(key, value)
        elif key == KIND and self._start is not None:
            self._become(str(value))
        elif self.mapping is not None:
            self.mapping = self.mapping.with_constant(key, value)

    def _become(self, kind: str) -> None:
        """Read the columns as those of another kind of list."""
        if self._start is None or self.mapping is None or kind == self.mapping.kind:
            return
        start = self._start
        self.mapping = propose(start.sheet, start.header, kind)
        self._start = Start(start.book, start.sheet, start.header, self.mapping)
        self._make_rows(self._start)
        self._make_form(self._start)
        tab_as_laid_out(self)
        self._show_mapping()

    @Slot(str, str)
    def _set_target(self, name: str, target: str) -> None:
        if self.mapping is None or self._start is None:
            return
        asked = {q.key for q in questions(self.mapping)}
        self.mapping = self.mapping.with_target(name, target)
        self._start = Start(self._start.book, self._start.sheet, self._start.header, self.mapping)
        self._show_mapping()
        if {q.key for q in questions(self.mapping)} != asked:
            self._make_form(self._start)

    def _show_mapping(self) -> None:
        if self._start is None or self.mapping is None:
            return
        body = self._start.sheet.rows[self._start.header.row + 1:]
        for row, column, target in zip(self.rows, self._start.header.columns, self.mapping.targets, strict=True):
            values = dict.fromkeys(
                text for cells in body[:200] if column.index < len(cells) and (text := plain(cells[column.index])))
            row.show_column("  ·  ".join(list(values)[:SAMPLES]), target)
        known = sum(bool(t) for t in self.mapping.targets)
        self.foot.say(counted(len(self.rows), self.tr("{known} of 1 column is brought in"),
                              self.tr("{known} of {n} columns are brought in"), known=number(known)))

    def _delimiter_word(self, code: str) -> str:
        words = {"\t": self.tr("Tab"), ";": self.tr("Semicolon"), ",": self.tr("Comma"), "|": self.tr("Vertical line")}
        return words.get(code, code)


def encoding_word(code: str) -> str:
    """An encoding by the name people know."""
    known = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows 1252", "cp1250": "Windows 1250",
             "cp1251": "Windows 1251", "mac_roman": "Mac Roman", "utf-16": "UTF-16"}
    return known.get(code.lower(), code.replace("_", "-").upper())


def _few_or_many(choices: Sequence[tuple[str, str]]) -> QWidget:
    """A drop-down for few choices, a picker for more than ten."""
    if len(choices) <= 10:
        return ChoiceEditor(choices)
    return PickerField([Option(value, word) for value, word in choices], required=True)


def _line(sheet: Sheet, row: int) -> str:
    said = " · ".join(text for cell in sheet.rows[row][:6] if (text := plain(cell)))
    return said[:28]


def _kind_word(widget: QWidget, kind: str) -> str:
    words = {"partner": widget.tr("Partner"), "code": widget.tr("Code"), "contact": widget.tr("Contact"),
             "agreement": widget.tr("Agreement"), "places": widget.tr("Places"), "person": widget.tr("Person"),
             "study": widget.tr("Study"), "call": widget.tr("To call"), "stay": widget.tr("Stay")}
    return words[kind]


def _clear(layout: Column) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
