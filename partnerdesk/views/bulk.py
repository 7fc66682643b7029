"""The form that changes many records at once: shared values shown, differing ones as "—", a preview, one button."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk, Ticket
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number
from partnerdesk.views.detail import BulkPane, UndoFoot
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Pane, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.long_work import AT_ONCE, LongWork

_READING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Reading"))


class BulkForm(QWidget):
    """`wanted(changes)` carries what the user changed, by field name, when the button is pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: dict[str, Any] = {}
        self._fields: dict[str, Field] = {}
        self._n = ""
        column = Column(self, (16, 16, 16, 16), 10)
        self._title = Words("", "record", wrap=True)
        note = self.tr("Fields that differ show “—”. Only what you change here is written.")
        column.addWidget(self._title)
        self._note = Words(note, "tiny", "muted", wrap=True)
        column.addWidget(self._note)
        self._grid = FormGrid(self)
        column.addWidget(self._grid)
        self._preview = Words("", "small", "text2", wrap=True)
        column.addWidget(self._preview)
        row = Row(None, 0, 8)
        self._apply = Button("", "primary", parent=self)
        self._apply.clicked.connect(self._press)
        row.addWidget(self._apply)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by name."""
        return self._fields

    def add(self, name: str, label: str, editor: QWidget) -> Field:
        """Add a field."""
        field = Field(label, editor)
        field.setObjectName(name)
        field.edited.connect(self._edited)
        self._grid.add(field, short=True)
        self._fields[name] = field
        return field

    def begin(self, title: str, verb: str, n: str, *, open: bool = True) -> None:
        """Start over for other records; `n` is their number in words. Closed, it only says what is selected."""
        self._n = n
        self._changes.clear()
        self._title.setText(title)
        self._apply.setText(verb)
        self._note.setVisible(open)
        self._grid.setVisible(open)
        self._show_preview()

    def show_shared(self, shared: Mapping[str, Any], n: int, empty_as_none: Sequence[str] = ()) -> None:
        """Show what all `n` records share, and that they differ in the rest."""
        for name, field in self._fields.items():
            if name in self._changes:
                continue
            field.set_mixed(0 if name in shared else n)
            if name in shared:
                field.set_value(shared[name] or None if name in empty_as_none else shared[name])

    @Slot(object)
    def _edited(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, Field):
            field.set_mixed(0)
            field.set_value(value)
            self._changes[field.objectName()] = value
            self._show_preview()

    def _show_preview(self) -> None:
        self._apply.setVisible(bool(self._changes))
        fields = ", ".join(self._fields[name].label for name in self._changes)
        text = self.tr("{fields} will be the same for all {n}.").format(fields=fields, n=self._n)
        self._preview.setText(text if self._changes else "")

    @Slot()
    def _press(self) -> None:
        changes = dict(self._changes)
        self._changes.clear()
        self._show_preview()
        self.wanted.emit(changes)


class BulkEditor(BulkPane):
    """The form with Undo beneath it; a subclass adds the fields and makes the deed. Nothing is written before Change
    is pressed.
    """

    empty_as_none: Sequence[str] = ()

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._work = desk, work
        self._ids: Sequence[int] = ()
        self._ticket: Ticket | None = None
        self._form = BulkForm(self)
        self._form.wanted.connect(self._do)
        ground = Pane("surface")
        self._room = Column(ground, 0, 0)
        self._room.addWidget(self._form, 1)
        outer = Column(self)
        outer.addWidget(ScrollRoom(ground, self), 1)
        outer.addWidget(UndoFoot(desk, self))
        self.setMinimumWidth(px(300))

    @property
    def form(self) -> BulkForm:
        """The form."""
        return self._form

    def add_above(self, part: QWidget) -> None:
        """Put something above the fields."""
        self._room.insertWidget(0, part)

    def title_words(self) -> str:
        """How many are selected, with {n}."""
        raise NotImplementedError

    def verb_words(self) -> str:
        """What the button does, with {n}."""
        raise NotImplementedError

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        """Records that carry the fields of the form."""
        raise NotImplementedError

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes these fields of these records."""
        raise NotImplementedError

    def show_records(self, ids: Sequence[int]) -> None:
        self._ids = tuple(ids)
        n = number(len(ids))
        self._form.begin(self.title_words().format(n=n), self.verb_words().format(n=n), n,
                         open=not self._desk.read_only)
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        question = partial(self._shared, self._ids, tuple(self._form.fields))
        if len(ids) <= AT_ONCE:
            self._desk.ask(question, self._take, key=(self, "bulk"))
        else:
            self._form.show_shared({}, len(ids))
            self._ticket = self._desk.work(partial(_beside, question), self._take, _given_up)

    def _shared(self, ids: Sequence[int], names: Sequence[str], reader: Any, progress: Any = None) -> Any:
        def records() -> Iterator[Any]:
            for start in range(0, len(ids), AT_ONCE):
                if progress is not None:
                    progress(start, len(ids), _READING)
                yield from self.read(reader, ids[start:start + AT_ONCE])

        return ids, shared_values(records(), names)

    def _take(self, answer: tuple[Sequence[int], Mapping[str, Any]]) -> None:
        ids, shared = answer
        if ids is self._ids:
            self._ticket = None
            self._form.show_shared(shared, len(ids), self.empty_as_none)

    @Slot(object)
    def _do(self, changes: Mapping[str, Any]) -> None:
        verb = self.verb_words().format(n=number(len(self._ids)))
        self._work.do(self._ids, lambda ids: self.deed(ids, changes), verb)


def shared_values(records: Iterable[Any], names: Sequence[str]) -> dict[str, Any]:
    """What all records share, by field; reads no further once nothing is shared."""
    left: dict[str, Any] | None = None
    for record in records:
        if left is None:
            left = {name: getattr(record, name) for name in names}
        else:
            left = {name: value for name, value in left.items() if getattr(record, name) == value}
        if not left:
            break
    return left or {}


def _beside(question: Any, office: Any, progress: Any) -> Any:
    """Ask a question in the background, where it can be given up."""
    with office.read() as reader:
        return question(reader, progress)


def _given_up(_: Exception) -> None:
    """Fields keep showing that the records differ when nobody waits for what they share."""
