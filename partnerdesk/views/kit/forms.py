"""The frame around an editor and the grid that frames stand in.

Label above, help or error beneath; name, buddy and label are set together, so that no field is nameless.
"""

from typing import Final, cast

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import FIELD_ACROSS, FIELD_DOWN, GROUP_GAP, LABEL_GAP, px
from partnerdesk.look.words import number
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editing import Editor
from partnerdesk.views.kit.editors import TickEditor
from partnerdesk.views.kit.labels import IconLabel, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row

TWO_COLUMNS_FROM: Final = 480
SHORT_PAIRS_FROM: Final = 300
FIX_BESIDE_FROM: Final = 260


class Beneath(QWidget):
    """What stands beneath a field: a sign, the words, and a fix to click."""

    fix_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = Row(self, 0, 4)
        self._notes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._notes.setSpacing(2)
        self._sign = IconLabel(Icon.PROBLEM, "danger", 13, 2.0, self)
        self._said = Words("", "tiny", "muted", wrap=True, parent=self)
        self._fix = Button("", "link", small=True, parent=self)
        self._fix.clicked.connect(self.fix_wanted)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._notes.addWidget(self._said, 1, Qt.AlignmentFlag.AlignTop)
        self._notes.addWidget(self._fix, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        row.addLayout(self._notes, 1)

    def show_words(self, words: str, role: str, fix: str) -> None:
        """Say something in the colour of `role`, with a sign unless it is mere help; "" hides all."""
        self._sign.setVisible(role != "muted")
        self._sign.show_icon(Icon.PROBLEM, role if role != "muted" else "danger")
        self._said.setText(words)
        self._said.set_role(role)
        self._fix.setText(fix)
        self._fix.setVisible(bool(fix))
        self.setVisible(bool(words))

    def fit(self, width: int) -> None:
        """Put the fix beside the words, or beneath them in a field that is narrow."""
        narrow = width < px(FIX_BESIDE_FROM)
        directions = QBoxLayout.Direction
        wanted = directions.TopToBottom if narrow else directions.LeftToRight
        if self._notes.direction() != wanted:
            self._notes.setDirection(wanted)
            self._notes.setStretch(0, 0 if narrow else 1)


class Field(QWidget):
    """An editor with its label, its required mark, and what must be said beneath it."""

    edited = Signal(object)
    fix_wanted = Signal()

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`editor` is a widget that keeps to `Editor`; a tick carries its label itself."""
        super().__init__(parent)
        self._editor = cast(Editor, editor)
        self._help = help_text
        self._warning, self._way_out, self._reason = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self, 0, LABEL_GAP)
        self._column = column
        if not isinstance(editor, TickEditor):
            column.addLayout(self._head(label, editor, required))
        editor.setAccessibleName(label)
        column.addWidget(editor)
        # most fields never have anything beneath them
        self._beneath: Beneath | None = None
        self._editor.edited.connect(self.edited)
        self._editor.noted.connect(self._show_notes)
        self._show_notes()

    @property
    def editor(self) -> Editor:
        """The editor inside."""
        return self._editor

    @property
    def label(self) -> str:
        """The label, without the required mark."""
        return cast(QWidget, self._editor).accessibleName()

    def value(self) -> object:
        """The editor's value."""
        return self._editor.value()

    def set_value(self, value: object) -> None:
        """Give the editor a value."""
        self._editor.set_value(value)

    def set_error(self, text: str, fix_text: str = "") -> None:
        """Say what is wrong, with a fix to click; "" says that all is well."""
        self._editor.set_error(text, fix_text)

    def set_warning(self, text: str, fix_text: str = "") -> None:
        """Say what is doubtful though it is saved, with a fix to click; "" says that all is well."""
        if (text, fix_text) != (self._warning, self._way_out):
            self._warning, self._way_out = text, fix_text
            self._show_notes()

    def set_locked(self, reason: str) -> None:
        """Lock the field and say why; "" unlocks it."""
        self._editor.set_locked(reason)

    def set_mixed(self, count: int) -> None:
        """Say that `count` records differ; 0 for one value."""
        self._editor.set_mixed(count)

    def set_help(self, text: str) -> None:
        """Change the help beneath, such as the date understood."""
        self._help = text
        self._show_notes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beneath is not None:
            self._beneath.fit(event.size().width())

    def _head(self, label: str, editor: QWidget, required: bool) -> Row:
        head = Row(None, 0, 3)
        name = ShortWords(label, "tiny", "muted", self)
        name.setBuddy(editor)
        head.addWidget(name)
        if required:
            head.addWidget(Words("*", "tiny", "muted", parent=self))
        head.addStretch()
        return head

    @Slot()
    def _show_notes(self) -> None:
        notes = self._editor.notes
        fix = notes.fix
        if notes.error:
            words, role = notes.error, "danger"
        elif notes.mixed and not notes.hint:
            words, role = self.tr("{n} records differ").format(n=number(notes.mixed)), "muted"
        elif self._warning and not notes.hint:
            words, role, fix = self._warning, "warn", self._way_out
        else:
            words, role = notes.hint or self._help, "muted"
        if words and self._beneath is None:
            self._beneath = Beneath(self)
            self._beneath.fix_wanted.connect(self.fix_wanted)
            self._beneath.fit(self.width())
            self._column.addWidget(self._beneath)
        if self._beneath is not None:
            self._beneath.show_words(words, role, fix)
        editor = cast(QWidget, self._editor)
        editor.setAccessibleDescription(words or notes.locked)
        if notes.locked or self._reason:
            # a whole form is locked at once: its bar says why, each field only when asked
            self._reason = notes.locked
            editor.setToolTip(notes.locked)


class FormGrid(QWidget):
    """Fields in one column, or in two where there is room; short ones pair up even in a narrow pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._things: list[tuple[QWidget, str]] = []
        self._shape: tuple[bool, bool] = (False, False)
        # where the layout stood before each thing, and where it stands now
        self._starts: list[tuple[int, int]] = []
        self._next = (0, 0)
        self._fit()
        tokens.watch().changed.connect(self._fit)

    def add(self, field: QWidget, *, short: bool = False, wide: bool = False) -> QWidget:
        """Add a field below or beside the last one; a `wide` one takes the whole width."""
        self._things.append((field, "wide" if wide else "short" if short else "plain"))
        self._place_last()
        return field

    def add_head(self, text: str, action: QWidget | None = None) -> None:
        """Begin a group, with a link or button of its own at the right."""
        head = QWidget(self)
        row = Row(head, (0, GROUP_GAP - FIELD_DOWN if self._things else 0, 0, 0), 8)
        row.addWidget(ShortWords(text, "head"), 1)
        if action is not None:
            row.addWidget(action)
        self._things.append((head, "wide"))
        self._place_last()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shape_for(event.size().width()) != self._shape:
            self._place()
            # the layout has had this event already
            self._grid.activate()

    def _shape_for(self, width: int) -> tuple[bool, bool]:
        """Whether plain fields, and whether short ones, stand in pairs."""
        return width > px(TWO_COLUMNS_FROM), width >= px(SHORT_PAIRS_FROM)

    @Slot()
    def _fit(self) -> None:
        self._grid.setHorizontalSpacing(px(FIELD_ACROSS))
        self._grid.setVerticalSpacing(px(FIELD_DOWN))
        self._place()

    def _place(self) -> None:
        """Lay everything anew."""
        self._shape = self._shape_for(self.width())
        for thing, _ in self._things:
            # what takeAt takes out lives on and keeps the new item from hearing of other heights
            self._grid.removeWidget(thing)
        self._starts = []
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._lay_rest()

    def _place_last(self) -> None:
        """Lay what has been added; the one before it anew, as it may have found its mate."""
        if self._shape_for(self.width()) != self._shape:
            self._place()
            return
        if len(self._things) > 1:
            self._grid.removeWidget(self._things[-2][0])
            self._next = self._starts.pop()
        self._lay_rest()

    def _lay_rest(self) -> None:
        """Lay the things that have no place yet, from where the last one ended."""
        row, column = self._next if self._starts else (0, 0)
        for place in range(len(self._starts), len(self._things)):
            thing, kind = self._things[place]
            self._starts.append((row, column))
            pairs = self._pairs(place, column)
            if (not pairs or kind == "wide") and column:
                row, column = row + 1, 0
            span = 1 if pairs else 2
            self._grid.addWidget(thing, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
            if column >= 2:
                row, column = row + 1, 0
        self._next = row, column

    def _pairs(self, place: int, column: int) -> bool:
        """Whether the thing at `place` takes half the width: its kind may, and it has a mate."""
        kind = self._things[place][1]
        if kind == "wide":
            return False
        plain, short = self._shape
        if plain:
            return True
        if kind != "short" or not short:
            return False
        if column:
            return True
        after = self._things[place + 1][1] if place + 1 < len(self._things) else ""
        return after == "short"
