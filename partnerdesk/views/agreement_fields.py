"""What the tabs of the agreement pane are made of: scrolling room, facts, editors of numbers and years, options."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from partnerdesk.domain import cells, isced
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.countries import languages
from partnerdesk.domain.problems import PartnerDeskError, Problem
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.tokens import LABEL_GAP
from partnerdesk.look.words import number, say
from partnerdesk.models.names import language_name
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editing import Editing
from partnerdesk.views.kit.labels import IconLabel, Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Margins, Row
from partnerdesk.views.kit.picker import Option, Reply
from partnerdesk.views.kit.scroll import ScrollRoom

CEFR_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


class Section(ScrollRoom):
    """One tab's room: it scrolls down, never sideways; `body` takes its parts beneath each other."""

    def __init__(self, name: str, parent: QWidget | None = None, margins: Margins = (16, 12, 16, 16)) -> None:
        super().__init__(None, parent)
        self.setAccessibleName(name)
        ground = Pane("surface")
        self.body = Column(ground, margins, 12)
        self.setWidget(ground)

    def renew(self, fresh: bool) -> None:
        """Show the agreement as it is now; `fresh` when it is another one, or another version."""
        raise NotImplementedError

    def flush(self) -> bool:
        """Commit what is being typed in fields of its own; those bound to the work are the work's."""
        return True

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""

    def focus_first(self) -> None:
        """Put the keyboard where the tab begins."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 60)


class Fact(QWidget):
    """A label and what holds: a fact that follows from others and is not typed."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self, 0, LABEL_GAP)
        self._label = ShortWords(label, "tiny", "muted")
        self._value = Words("", "body", "text", wrap=True)
        column.addWidget(self._label)
        column.addWidget(self._value)

    @property
    def words(self) -> str:
        """What it says."""
        return self._value.text()

    def say(self, words: str, role: str = "text") -> None:
        """Say what holds."""
        self._value.setText(words)
        self._value.set_role(role)
        self._value.setAccessibleName(f"{self._label.text()}: {words}")


class ProblemList(QWidget):
    """What the rules have to say, one line each with its icon and its fix; hidden when they say nothing.

    `fix_wanted` carries the place of the problem whose fix was pressed.
    """

    fix_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._column = Column(self, 0, 6)
        self._said: list[tuple[str, str, str]] = []
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What is said."""
        return [sentence for _, sentence, _ in self._said]

    def show_problems(self, problems: Sequence[Problem], fixes: bool = False) -> None:
        """Say these problems, with `fixes` also a link to each one's fix."""
        said = [(str(p.severity), say(p.message), say(p.fix) if fixes and p.fix is not None else "") for p in problems]
        if said == self._said:
            return
        self._said = said
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for place, (severity, sentence, fix) in enumerate(said):
            line = QWidget(self)
            row = Row(line, 0, 6)
            role = {"block": "danger", "warn": "warn"}.get(severity, "info")
            row.addWidget(IconLabel(Icon.PROBLEM if role != "info" else Icon.INFO, role, 13, 2.0), 0,
                          Qt.AlignmentFlag.AlignTop)
            row.addWidget(Words(sentence, "small", "text2", wrap=True), 1)
            if fix:
                link = Button(fix, "link", small=True)
                link.setProperty("place", place)
                link.clicked.connect(self._pressed)
                row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(line)
        self.setVisible(bool(said))

    @Slot()
    def _pressed(self) -> None:
        link = self.sender()
        if link is not None:
            self.fix_wanted.emit(int(link.property("place")))


class ParsedEditor(Editing, QLineEdit):
    """One line that stands for a value: `read` understands it (or raises), `said` writes it."""

    edited = Signal(object)
    noted = Signal()

    def __init__(
        self, read: Callable[[str], Any], said: Callable[[Any], str], placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._said = read, said
        self._told: Any = None
        self._own_error = False
        self._lock: QAction | None = None
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(40)
        self.textEdited.connect(self._forgive)
        self.editingFinished.connect(self.commit)

    def value(self) -> Any:
        """The value written, or the last good one."""
        try:
            return self._read(self.text().strip())
        except (Unreadable, PartnerDeskError):
            return self._told

    def set_value(self, value: Any) -> None:
        """Show a value; a text being typed stays until the field is left."""
        self._told = value
        if not (self.hasFocus() and self.isModified()):
            self._show_told()

    @Slot()
    def commit(self) -> None:
        """Tell the value where it differs, or say why the text is none."""
        if self.isReadOnly():
            return
        try:
            value = self._read(self.text().strip())
        except (Unreadable, PartnerDeskError) as trouble:
            self._own_error = True
            self.set_error(say(trouble.message))
            return
        self._forgive()
        if value != self._told:
            self._told = value
            self._show_told()
            self.edited.emit(value)
        elif not self.notes.error:
            self._show_told()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._forgive()
            self._show_told()
            return
        super().keyPressEvent(event)

    def _notes_changed(self) -> None:
        locked = bool(self.notes.locked)
        self.setReadOnly(locked)
        if locked and self._lock is None:
            self._lock = self.addAction(icon(Icon.LOCKED, "muted"), QLineEdit.ActionPosition.TrailingPosition)
        elif not locked and self._lock is not None:
            self.removeAction(self._lock)
            self._lock = None

    def _show_told(self) -> None:
        self.setText(self._said(self._told) if self._told is not None else "")
        self.setModified(False)
        self.setCursorPosition(0)

    @Slot()
    def _forgive(self) -> None:
        if self._own_error:
            self._own_error = False
            self.set_error("")


def whole_editor(placeholder: str = "") -> ParsedEditor:
    """An editor of a whole number or none."""
    return ParsedEditor(cells.count, number, placeholder)


def months_editor() -> ParsedEditor:
    """An editor of months, halves allowed."""
    return ParsedEditor(_months, lambda value: number(value, 0 if float(value).is_integer() else 1))


def year_editor(placeholder: str = "2026/2027") -> ParsedEditor:
    """An editor of an academic year, kept as its first calendar year; reads 26/27, 2026/27, 2026."""
    return ParsedEditor(_year, lambda value: str(AcademicYear(value)), placeholder)


def term_options(name: str) -> list[Option]:
    """A vocabulary as options of a picker."""
    return [Option(term.code, say(term.text)) for term in vocabulary(name)]


def term_choices(name: str) -> list[tuple[str, str]]:
    """A vocabulary as choices of a drop-down."""
    return [(term.code, say(term.text)) for term in vocabulary(name)]


def field_options() -> list[Option]:
    """All fields of ISCED-F 2013, the code at the right."""
    return [Option(each.code, each.title, each.code) for each in isced.fields()]


def plain_language_options() -> list[Option]:
    """All languages by name, without a level."""
    found = [Option(each.code, language_name(each.code), each.code.upper(), each.own_name) for each in languages()]
    return sorted(found, key=lambda option: fold(option.label))


def find_language_options(typed: str, reply: Reply) -> None:
    """Languages with the level of the Common European Framework, for "en", "english b2", "b2 de"."""
    words = fold(typed).split()
    levels = [word.upper() for word in words if word.upper() in CEFR_LEVELS]
    name = " ".join(word for word in words if word.upper() not in CEFR_LEVELS)
    options = plain_language_options()
    if name:
        options = [o for o in options if o.value == name or any(
            part.startswith(name) for part in (fold(o.label), fold(o.search)))]
        options.sort(key=lambda o: (o.value != name, fold(o.label)))
    else:
        usual = ("en", "fr", "de", "es")
        options = [o for o in options if o.value in usual]
    found = []
    for option in options[:12]:
        wanted = levels or ["", *CEFR_LEVELS[2:5]]
        found += [Option(f"{option.value} {level}".strip(), f"{option.label} {level}".strip(), option.code)
                  for level in wanted]
    reply(found)


def status_words(code: str) -> str:
    """The word for what became of a version."""
    return say(label_of("version_status", code))


def tr(source: str) -> str:
    """A text of the agreement pane in the user's language."""
    return QCoreApplication.translate("Agreement", source)


def _months(written: str) -> float | None:
    value = cells.number(written)
    return None if value is None else float(value)


def _year(written: str) -> int | None:
    return AcademicYear.parse(written).first if written else None
