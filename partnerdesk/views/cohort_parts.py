"""What the tabs of a cohort show: its fields and leaders, its members, and their papers as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.cohorts import CohortLeader
from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.phases import phase_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import cohorts, stay_documents
from partnerdesk.services.cohorts import Pasted
from partnerdesk.services.labels import field_label
from partnerdesk.services.stays import stay_ids, stay_lines
from partnerdesk.views.agreement_fields import ProblemList, whole_editor, year_editor
from partnerdesk.views.asking_partner import partner_provider
from partnerdesk.views.children import ChildField, ChildList, ChildRow, ChildSpec
from partnerdesk.views.cohort_matrix import PapersTable, ids_in, needs_reason
from partnerdesk.views.cohort_work import CohortWork
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.picker import Option, Reply
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.partner_children import term_options, terms
from partnerdesk.views.person_parts import RowsList
from partnerdesk.views.record_pane import PartRoom
from partnerdesk.views.stay_drag import ids_of

MOST = 20


class CohortPart(PartRoom):
    """The fields of the cohort, and who leads it."""

    def __init__(self, work: CohortWork, state: SaveState, name: str) -> None:
        super().__init__(name)
        self._work = work
        self.problems = ProblemList(self)
        self.body.addWidget(self.problems)
        self._first = LineEditor()
        self._grid = FormGrid(self)
        self._bind("title", self._first, "wide", required=True)
        self._bind("kind", ChoiceEditor(terms("cohort_kind")), "short")
        self._bind("direction", ChoiceEditor([("", self.tr("Either way")), *terms("direction")]), "short")
        self._bind("year", year_editor(), "short")
        self._bind("term", PickerField(term_options("term")), "short")
        self._bind("starts_on", LenientDateField(), "short")
        self._bind("ends_on", LenientDateField(), "short")
        self._bind("capacity", whole_editor(), "short")
        self._bind("programme", PickerField(term_options("programme")), "short")
        self._bind("activity", PickerField(term_options("activity")), "short")
        self._partner = PickerField(partner_provider(work.desk), label_of=self._partner_name)
        self._bind("partner_id", self._partner, "short", self.tr("Partner"))
        self._bind("remark", TextEditor(), "wide")
        self.body.addWidget(self._grid)
        self.leaders = ChildList(work.desk, state, self._leader_spec())
        self.body.addWidget(self.leaders)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        file = self._work.file
        self.problems.show_problems(file.problems)
        self.leaders.show_records(file.leaders, fresh)

    def flush(self) -> bool:
        return self.leaders.flush()

    def set_locked(self, reason: str) -> None:
        self.leaders.set_locked(reason)
        for field in self._grid.findChildren(Field):
            field.set_locked(reason)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def _bind(self, name: str, editor: QWidget, place: str, label: str = "", required: bool = False) -> None:
        field = Field(label or say(field_label(name)), editor, required=required)
        self._grid.add(field, short=place == "short", wide=place == "wide")
        work = self._work
        work.bind(name, field, lambda: work.cohort, lambda one, fields: cohorts.change_cohort(one, **fields))

    def _partner_name(self, partner_id: Any) -> str:
        about = self._work.about
        return about.partner.name if about is not None and about.partner is not None and partner_id else ""

    def _leader_spec(self) -> ChildSpec:
        def fields() -> Sequence[ChildField]:
            return (
                ChildField("name", say(field_label("name")), LineEditor, "short", required=True),
                ChildField("role", say(field_label("role")), LineEditor, "short"),
                ChildField("phone", say(field_label("phone")), LineEditor, "short"),
                ChildField("email", say(field_label("email")), LineEditor, "short"),
            )

        def owner() -> Any:
            return self._work.file.cohort

        return ChildSpec(
            self.tr("Leaders"), self.tr("Add a leader"), self.tr("Nobody leads this cohort yet."),
            lambda one: (one.name, one.role, one.phone or one.email), fields, CohortLeader, lambda one: bool(one.name),
            lambda one: cohorts.add_leader(owner(), one),
            lambda one, name, value: cohorts.change_leader(owner(), one, **{name: value}),
            lambda one: cohorts.remove_leader(owner(), one), Icon.CONTACT)


class MemberRow(ChildRow):
    """A member as a row; `left()` when Delete was pressed on it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class MembersPart(PartRoom):
    """Who belongs to the cohort: by picker, by pasted numbers or names, by stays dropped here. `stay_wanted(id)`."""

    stay_wanted = Signal(int)

    def __init__(self, work: CohortWork, name: str) -> None:
        super().__init__(name)
        self._work = work
        self.setAcceptDrops(True)
        self._picker = PickerField(self._find, placeholder=self.tr("Name, number or partner"))
        self._picker.setObjectName("member")
        self._picker.edited.connect(self._picked)
        self._picker_field = Field(self.tr("Add a member"), self._picker)
        self._paste = Button(self.tr("Paste a list"), icon=Icon.PASTE, small=True)
        self._paste.setToolTip(self.tr("Numbers, e-mails or names on the clipboard, one a line"))
        self._paste.clicked.connect(self.paste)
        self._missed = Words("", "small", "text2", wrap=True)
        self._missed.hide()
        self.rows = RowsList(self.tr("Members"), "", self.tr(
            "Nobody yet. Pick people here, paste their numbers, or drop stays on this list."))
        self.rows.chosen.connect(self._chosen)
        head = Row(None, 0, 12)
        head.addWidget(self._picker_field, 1)
        head.addWidget(self._paste, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(head)
        self.body.addWidget(self._missed)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)

    @property
    def missed_words(self) -> str:
        """What is said of lines that could not be taken."""
        return self._missed.text()

    def renew(self, fresh: bool) -> None:
        if fresh:
            self._missed.hide()
        self.rows.show_rows([self._row(one) for one in self._work.file.members])

    def set_locked(self, reason: str) -> None:
        self._picker_field.setVisible(not reason)
        self._paste.setVisible(not reason)

    def focus_first(self) -> None:
        self._picker.setFocus(Qt.FocusReason.TabFocusReason)

    def add(self, stays: Sequence[int]) -> None:
        """Put stays into the cohort."""
        if stays:
            self._work.do(cohorts.add_members(self._work.file.cohort, stays))

    @Slot()
    def paste(self) -> None:
        """Take the numbers, e-mails or names on the clipboard for members."""
        self.take_lines(QGuiApplication.clipboard().text())

    def take_lines(self, written: str) -> None:
        """Look up lines of numbers, e-mails or names, and add those who are meant."""
        about = self._work.about
        if about is not None and written.strip():
            cohort = about.cohort
            self._work.desk.ask(lambda reader: cohorts.find_members(reader, cohort, written), self._take_found,
                                key=(self, "paste"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self._work.desk.read_only:
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        takes = ids_of(event.mimeData()) or event.mimeData().hasText()
        if takes and not self._work.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        stays = ids_of(event.mimeData())
        if stays:
            self.add(stays)
        else:
            self.take_lines(event.mimeData().text())

    def _row(self, one: StayLine) -> ChildRow:
        way = say(short_of("direction", one.direction))
        span = short_range(one.starts_on, one.ends_on) if one.starts_on or one.ends_on else ""
        second = " · ".join(part for part in (one.partner, way, span) if part)
        row = MemberRow(Icon.CONTACT, one.name or one.name_original, second, "", self, phase_chip(one.phase))
        row.setProperty("stay", one.id)
        row.setToolTip(self.tr("Enter opens the stay, Del takes it out of the cohort"))
        row.left.connect(self._take_out)
        return row

    def _find(self, typed: str, reply: Reply) -> None:
        def question(reader: Any) -> list[Option]:
            ids = stay_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = stay_lines(reader, ids)
            return [Option(i, lines[i].name, " · ".join(
                part for part in (lines[i].partner[:24], str(lines[i].year or "")) if part)) for i in ids]

        self._work.desk.ask(question, reply, key=(self, "find"))

    @Slot(object)
    def _picked(self, stay_id: Any) -> None:
        self._picker.set_value(None)
        if stay_id is not None:
            self.add([int(stay_id)])

    def _take_found(self, found: Pasted) -> None:
        lines = [f"{said}: {say(why)}" for said, why in found.missed[:8]]
        if more := len(found.missed) - 8:
            lines += [self.tr("and {n} more").format(n=number(more))] if more > 0 else []
        self._missed.setText("\n".join(lines))
        self._missed.setVisible(bool(lines))
        self.add(found.stays)

    @Slot()
    def _take_out(self) -> None:
        row = self.sender()
        if row is not None and not self._work.desk.read_only:
            self._work.do(cohorts.remove_members(self._work.file.cohort, [int(row.property("stay"))]))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.stay_wanted.emit(self._work.file.members[place].id)


class PapersPart(QWidget):
    """The papers of all members as a table, edited in blocks by key, menu or button. `stay_wanted(id)`."""

    stay_wanted = Signal(int)

    def __init__(self, work: CohortWork, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._work = work
        self._waiting: tuple[tuple[int, ...], str] | None = None
        column = Column(self, (0, 8, 0, 0), 8)
        bar = QWidget(self)
        flow = Flow(bar, 6)
        self._buttons: list[Button] = []
        for state in ("requested", "received", "checked", "waived"):
            button = Button(say(label_of("document_state", state)), small=True)
            button.setProperty("state", state)
            button.clicked.connect(self._pressed)
            self._buttons.append(button)
            flow.addWidget(button)
        head = Column(None, (16, 0, 16, 0), 6)
        head.addWidget(bar)
        self._hint = Words(self.tr("Choose cells, then press a state: R received, C checked, Space the next one."),
                           "tiny", "muted", wrap=True)
        head.addWidget(self._hint)
        self._reason = LineEditor(self.tr("Why, for all documents chosen"))
        self._reason.setObjectName("reason")
        self._reason_field = Field(self.tr("Reason"), self._reason, required=True)
        self._reason.edited.connect(self._explained)
        self._reason_field.hide()
        head.addWidget(self._reason_field)
        self._none = Words(self.tr("No documents are wanted of these members."), "tiny", "muted", wrap=True)
        head.addWidget(self._none)
        column.addLayout(head)
        self.table = PapersTable(self.tr("Documents of the members"), self)
        self.table.state_wanted.connect(self._put)
        self.table.member_opened.connect(self.stay_wanted)
        column.addWidget(self.table, 1)

    def renew(self, fresh: bool) -> None:
        """Show the papers as they are now."""
        if fresh:
            self._waiting = None
            self._reason_field.hide()
        file = self._work.file
        self.table.papers.show(file.members, file.papers)
        some = bool(file.papers.columns)
        self.table.setVisible(some)
        self._hint.setVisible(some)
        self._none.setVisible(not some)

    def flush(self) -> bool:
        """Nothing typed here waits to be saved."""
        return True

    def set_locked(self, reason: str) -> None:
        """Readable only."""
        self.table.locked = bool(reason)
        for button in self._buttons:
            button.setVisible(not reason)

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.table.put(str(button.property("state")))

    @Slot(object, str)
    def _put(self, documents: Sequence[int], state: str) -> None:
        if needs_reason(state):
            self._waiting = (ids_in(documents), state)
            self._reason.set_value("")
            self._reason_field.show()
            self._reason.setFocus()
        else:
            self._do(ids_in(documents), state, "")

    @Slot(object)
    def _explained(self, reason: str) -> None:
        waiting, self._waiting = self._waiting, None
        self._reason_field.hide()
        if waiting is not None and reason.strip():
            self._do(*waiting, reason.strip())
            self.table.setFocus()

    def _do(self, documents: Sequence[int], state: str, reason: str) -> None:
        found = [Document(id=one) for one in documents]
        self._work.do(stay_documents.set_state(found, state, reason, self._work.file.cohort.title))


def members_count(records: Sequence[Any], capacity: int | None) -> str:
    """How many members there are, of how many there is room for."""
    if capacity is None:
        return number(len(records)) if records else ""
    return f"{number(len(records))}/{number(capacity)}"
