"""Records that belong to another one, as rows that open into a form: contacts, codes, names, units, documents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look import tokens
from partnerdesk.look.cells import Chip
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import RIGHT, chip, chip_width, elided, focus_ring, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, px
from partnerdesk.look.words import say
from partnerdesk.views.attachments import FileStrip, attach_all, dropped_files
from partnerdesk.views.detail import Binder
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.kit.taborder import tab_as_laid_out


@dataclass(frozen=True, slots=True)
class ChildField:
    """One field of a child's form: name, label, editor; `place` is plain, short or wide."""

    name: str
    label: str
    editor: Callable[[], QWidget]
    place: str = "plain"
    required: bool = False


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """One kind of children: how it is called, how a row reads, its fields and its deeds.

    With `file_of` its form has a place for a file; `dropped` is what a file dropped on the list becomes part of.
    Rows for which `group` says the same stand together under it as their head.
    """

    title: str
    add_text: str
    none_text: str
    line: Callable[[Any], tuple[str, str, str]]
    fields: Callable[[], Sequence[ChildField]]
    blank: Callable[[], Any]
    ready: Callable[[Any], bool]
    add: Callable[[Any], Deed[int]]
    change: Callable[[Any, str, Any], Deed[Any]]
    remove: Callable[[Any], Deed[None]]
    icon: Icon = Icon.CONTACT
    file_of: Callable[[Any], Document] | None = None
    dropped: Callable[[], Document] | None = None
    group: Callable[[Any], str] | None = None


class ChildRow(QAbstractButton):
    """A closed child: name, second line, something at the right; pressed it opens."""

    def __init__(
        self, icon: Icon, name: str, second: str, right: str, parent: QWidget, chip: Chip | None = None
    ) -> None:
        """`right` stands at the end of the first line; a `chip` instead of it marks a row that leads on."""
        super().__init__(parent)
        self._chip = chip
        self._icon, self._second, self._right = icon, second, right
        self.setText(name)
        self.setCheckable(True)
        self.setAccessibleName(", ".join(part for part in (name, second, right) if part))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def show_line(self, name: str, second: str, right: str) -> None:
        """Show other words."""
        self._second, self._right = second, right
        self.setText(name)
        self.setAccessibleName(", ".join(part for part in (name, second, right) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(44 if self._second else 32))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        box = QRectF(self.rect())
        mirror(painter, box, self.layoutDirection())
        if self.underMouse() or self.isChecked():
            rounded(painter, box, RADIUS_CONTROL, t.selection if self.isChecked() else t.hover)
        side = px(15)
        place = QRectF(px(6), box.center().y() - side / 2, side, side)
        paint_icon(painter, place, self._icon, t.text2)
        left = px(30)
        chevron = QRectF(box.right() - px(20), box.center().y() - px(7), px(14), px(14))
        leads_on = self._chip is not None or not self.isCheckable()
        leads = Icon.RIGHT if leads_on else Icon.UP if self.isChecked() else Icon.DOWN
        paint_icon(painter, chevron, leads, t.muted)
        face, ends = font("tiny"), box.right() - px(26)
        high = box.height() / 2 if self._second else box.height()
        first = QRectF(left, px(3) if self._second else 0, ends - left, high)
        below = QRectF(left, high - px(1), ends - left, high - px(3))
        if self._chip is not None:
            room = chip_width(self._chip.word, self._chip.icon is not None)
            place = QRectF(ends - room, first.top(), room, first.height())
            chip(painter, place, self._chip.kind, self._chip.word, self._chip.icon, t)
        else:
            # the name before the address: it takes up to two thirds of the line
            named = QFontMetricsF(font("name")).horizontalAdvance(self.text()) + px(10)
            right = elided(self._right, face, first.width() - min(named, first.width() * 0.66))
            room = round(QFontMetricsF(face).horizontalAdvance(right)) + 1 if right else 0
            write(painter, first, right, face, t.muted, RIGHT)
        name = first.adjusted(0, 0, -(room + px(10)) if room else 0, 0)
        write(painter, name, self.text(), font("name"), t.text)
        if self._second:
            write(painter, below, self._second, face, t.muted)
        if self.hasFocus():
            focus_ring(painter, box, RADIUS_CONTROL, t)


class ChildForm(QWidget):
    """The open form of one child: each field saved when it is left; a new one once it is complete."""

    added = Signal(int)
    removed = Signal()

    def __init__(self, desk: Desk, state: SaveState, spec: ChildSpec, record: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.subject = object()
        self._desk, self._spec, self._record = desk, spec, record
        self._state = state
        self._adding = False
        self._sent = record
        self._binder = Binder(desk, state, self._deed)
        column = Column(self, (30, 4, 0, 12), 8)
        grid = FormGrid(self)
        for one in spec.fields():
            editor = one.editor()
            field = Field(one.label, editor, required=one.required)
            grid.add(field, short=one.place == "short", wide=one.place == "wide")
            self._binder.bind(one.name, field)
        column.addWidget(grid)
        self.file_strip = FileStrip(desk, self) if spec.file_of is not None else None
        if self.file_strip is not None:
            column.addWidget(self.file_strip)
        foot = Row(None, 0, 8)
        self._remove = Button(self.tr("Remove") if record.id else self.tr("Discard"), "quiet", small=True, parent=self)
        self._remove.clicked.connect(self._do_remove)
        foot.addStretch(1)
        foot.addWidget(self._remove)
        column.addLayout(foot)
        self._binder.show(self._value, fresh=True)
        self._show_file()

    @property
    def record(self) -> Any:
        """The record as it is, or as far as a new one has come."""
        return self._record

    def refresh(self, record: Any) -> None:
        """Show what the record has become."""
        self._record = record
        self._binder.show(self._value, fresh=False)
        self._show_file()

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self._binder.flush()

    def lock(self, reason: str) -> None:
        """Readable only."""
        self._binder.lock(reason)
        self._remove.setVisible(not reason)
        if self.file_strip is not None:
            self.file_strip.set_locked(bool(reason))

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for field in self._binder.fields.values():
            editor = field.editor
            if isinstance(editor, QWidget):
                editor.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def _value(self, name: str) -> Any:
        return getattr(self._record, name)

    def _show_file(self) -> None:
        if self.file_strip is not None and self._spec.file_of is not None:
            self.file_strip.show_document(self._spec.file_of(self._record))

    def _deed(self, name: str, value: Any) -> Deed[Any] | None:
        if self._record.id:
            if value == getattr(self._record, name):
                return None
            return self._spec.change(self._record, name, value)
        self._record = replace(self._record, **{name: value})
        if self._adding or not self._spec.ready(self._record):
            return None
        self._adding = True
        self._sent = self._record
        self._desk.do(self._spec.add(self._record), self._took, self._failed)
        return None

    def _took(self, record_id: int) -> None:
        """It is in the file: the form goes on with it, and what was typed meanwhile follows."""
        typed, self._record = self._record, replace(self._sent, id=record_id)
        self._adding = False
        self._remove.setText(self.tr("Remove"))
        self._state.saved(clock.now())
        self._show_file()
        self.added.emit(record_id)
        for name in self._binder.fields:
            if getattr(typed, name) != getattr(self._sent, name):
                self._binder.save(name, getattr(typed, name))

    def _failed(self, error: Exception) -> None:
        self._adding = False
        if isinstance(error, PartnerDeskError):
            name = getattr(getattr(error, "problems", [None])[0], "field", "")
            field = self._binder.fields.get(name) or next(iter(self._binder.fields.values()))
            field.set_error(say(error.message))
            self._state.refused(say(error.message))

    @Slot()
    def _do_remove(self) -> None:
        if self._record.id:
            self._desk.do(self._spec.remove(self._record))
        self.removed.emit()


class ChildList(QWidget):
    """A head with Add, the rows, and one of them open at a time."""

    def __init__(self, desk: Desk, state: SaveState, spec: ChildSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._state, self._spec = desk, state, spec
        self._records: tuple[Any, ...] = ()
        self._open: int | None = None
        self._form: ChildForm | None = None
        self._rows: dict[int, ChildRow] = {}
        self._locked = ""
        self.setAcceptDrops(spec.dropped is not None)
        column = Column(self, 0, 2)
        head = Row(None, (0, 0, 0, 2), 8)
        head.addWidget(ShortWords(spec.title, "head"), 1)
        self._add = Button(spec.add_text, "link", icon=Icon.ADD, parent=self)
        self._add.clicked.connect(self.begin)
        head.addWidget(self._add)
        column.addLayout(head)
        column.addWidget(Rule(self))
        self._none = Words(spec.none_text, "tiny", "muted", wrap=True)
        column.addWidget(self._none)
        self._column = Column(None, 0, 1)
        column.addLayout(self._column)

    @property
    def open_form(self) -> ChildForm | None:
        """The form that is open."""
        return self._form

    def show_records(self, records: Sequence[Any], fresh: bool) -> None:
        """Show these records; with `fresh` (another owner) everything closes."""
        if fresh:
            self._close()
            self._open = None
        same = self._places(records) == self._places(self._records) and not fresh
        self._records = tuple(records)
        self._none.setVisible(not records and self._form is None)
        if same:
            self._refresh()
        else:
            self._rebuild()

    def set_locked(self, reason: str) -> None:
        """Readable only, e.g. when a colleague holds the file."""
        self._locked = reason
        self._add.setVisible(not reason)
        if self._form is not None:
            self._form.lock(reason)

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self._form is None or self._form.flush()

    @Slot()
    def begin(self) -> None:
        """Open an empty form for a new one."""
        self._close()
        self._open = 0
        self._rebuild()
        if self._form is not None:
            self._form.focus_first()

    def open_record(self, record_id: int) -> None:
        """Open one of the records."""
        self._close()
        self._open = record_id
        self._rebuild()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and not self._locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if self._spec.dropped is not None:
            attach_all(self._desk, self._spec.dropped(), dropped_files(event.mimeData()))

    def _places(self, records: Sequence[Any]) -> list[tuple[int, str]]:
        """Which rows stand in what order under what heads."""
        group = self._spec.group
        return [(record.id, group(record) if group is not None else "") for record in records]

    def _refresh(self) -> None:
        for record in self._records:
            row = self._rows.get(record.id)
            if row is not None:
                row.show_line(*self._spec.line(record))
            if self._form is not None and self._form.record.id == record.id:
                self._form.refresh(record)

    def _rebuild(self) -> None:
        kept = self._form
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not kept:
                widget.hide()
                widget.deleteLater()
        self._rows.clear()
        ids = [r.id for r in self._records]
        if self._open and self._open not in ids:
            self._close()
            self._open = None
        head = ""
        for record, (_, group) in zip(self._records, self._places(self._records), strict=True):
            if group != head:
                head = group
                words = ShortWords(group, "tiny", "muted")
                words.setContentsMargins(0, px(6), 0, px(2))
                self._column.addWidget(words)
            row = ChildRow(self._spec.icon, *self._spec.line(record), self)
            row.setObjectName(str(record.id))
            row.setChecked(record.id == self._open)
            row.clicked.connect(self._row_pressed)
            self._rows[record.id] = row
            self._column.addWidget(row)
            if record.id == self._open:
                self._place_form(record)
        if self._open == 0:
            self._place_form(self._spec.blank())
        self._none.setVisible(not self._records and self._open is None)
        tab_as_laid_out(self)

    def _place_form(self, record: Any) -> None:
        if self._form is None or self._form.record.id != record.id:
            self._close()
            self._form = ChildForm(self._desk, self._state, self._spec, record, self)
            self._form.added.connect(self._took)
            self._form.removed.connect(self._gone)
        elif record.id:
            self._form.refresh(record)
        self._form.lock(self._locked)
        self._column.addWidget(self._form)
        self._form.show()

    def _close(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    @Slot()
    def _row_pressed(self) -> None:
        row = self.sender()
        if row is None:
            return
        self.flush()
        record_id = int(row.objectName())
        self._close()
        self._open = None if self._open == record_id else record_id
        self._rebuild()
        again = self._rows.get(record_id)
        if again is not None:
            again.setFocus()

    @Slot(int)
    def _took(self, record_id: int) -> None:
        self._open = record_id

    @Slot()
    def _gone(self) -> None:
        self._close()
        self._open = None
        self._rebuild()
