"""The Documents tab of a stay: the checklist by stage, states for one or many, files dropped where they belong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.doc_rules import departure_problem
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.phases import DONE, STAGES, Phase, stage_of
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.stay_documents import DocumentsModel
from partnerdesk.services import stay_documents
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import ProblemList, Section, term_choices, term_options
from partnerdesk.views.attachments import FileStrip, dropped_files
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.record_grid import RecordGrid
from partnerdesk.views.stay_work import StayWork

GOING = (Phase.SELECTED, Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING)


class StageList(QWidget):
    """The documents of one stage under its name, with how many of them are there."""

    def __init__(self, stage: str, work: StayWork, owner: "DocumentsTab") -> None:
        super().__init__(owner)
        self.stage = stage
        title = say(label_of("doc_stage", stage)) if stage else self.tr("Further documents")
        column = Column(self, 0, 4)
        head = Row(None, (16, 4, 16, 0), 8)
        head.addWidget(ShortWords(title, "head"), 1)
        self._count = Words("", "tiny", "muted")
        head.addWidget(self._count)
        column.addLayout(head)
        self.grid = RecordGrid(title, DocumentsModel(), work, owner.document_deed, _options)
        self.grid.ask_first = owner.ask_first
        self.grid.setObjectName(stage or "further")
        column.addWidget(self.grid)

    def show_documents(self, documents: list[Document], locked: bool, fresh: bool) -> None:
        """Show these documents; the list is gone while there are none."""
        done = sum(document.state in DONE for document in documents)
        self._count.setText(self.tr("{done} of {all}").format(done=number(done), all=number(len(documents))))
        self.setVisible(bool(documents))
        self.grid.show_records(documents, locked, other=fresh, pick=False)


class DocumentsTab(Section):
    """Every document of the stay, stage by stage, and beneath them the one that is chosen."""

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("Documents"))
        self.setAcceptDrops(True)
        self._work = work
        self._active: RecordGrid | None = None
        self._asked_state = ""
        self._awaited = 0
        self._make_head()
        self.stages = {stage: StageList(stage, work, self) for stage in (*STAGES, "")}
        for one in self.stages.values():
            self.body.addWidget(one)
            one.grid.record_chosen.connect(self._chosen)
            one.grid.selectionModel().selectionChanged.connect(self._selected)
            one.grid.add_wanted.connect(self.add_document)
            one.grid.remove_wanted.connect(self.remove_documents)
        self._none = self._said()
        self._make_deeds()
        self._make_form()
        self.body.addStretch()

    def document_deed(self, document: Document, fields: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes a document."""
        return stay_documents.change_document(document, self._work.name, **fields)

    def ask_first(self, document: Document, fields: Mapping[str, Any]) -> bool:
        """Whether a state chosen in the list has to wait for its reason."""
        state = fields.get("state", "")
        if state not in stay_documents.WITH_REASON or document.note:
            return False
        self._ask_reason(state)
        return True

    @property
    def document(self) -> Document | None:
        """The document whose form is shown, as it is in the file."""
        current = self._active.current if self._active is not None else None
        return self._stored(current.id) if current is not None else None

    @property
    def chosen(self) -> list[Document]:
        """The documents that a deed is for."""
        return [d for d in self._active.chosen if self._stored(d.id)] if self._active is not None else []

    def renew(self, fresh: bool) -> None:
        """Show the documents as they are now."""
        about = self._work.about
        if about is None:
            return
        locked = self._work.desk.read_only
        for stage, one in self.stages.items():
            mine = [d for d in about.documents if d.stage == stage or (not stage and d.stage not in STAGES)]
            one.show_documents(sorted(mine, key=lambda d: d.id), locked, fresh)
        if fresh or self._active is None or self._active.current is None:
            self._begin()
        if self._awaited and self._stored(self._awaited) is not None:
            self._go_to(self._awaited)
        ended = self._work.sealed or about.stay.sending_status == "cancelled"
        self._none.setVisible(not about.documents)
        self._none.setText(self.tr("No documents.") if locked or ended else self.tr(
            "No documents yet. Ask for them by the rules, or drop files here."))
        self.deeds.setVisible(not locked and bool(about.documents))
        self.add_button.setVisible(not locked)
        self.ask_button.setVisible(not locked and not ended)
        problem = departure_problem(about.documents) if about.phase in GOING else None
        self.problems.show_problems([problem] if problem is not None else [])
        if fresh:
            self._close_reason()
        self._show_document(fresh)

    def focus_first(self) -> None:
        """Put the keyboard into the first list, or on what begins one."""
        grid = self._first_grid()
        (grid if grid is not None else self.add_button).setFocus()

    @Slot()
    def add_document(self) -> None:
        """Add a document that no rule asks for, at the stage the stay has reached."""
        about = self._work.about
        if about is not None and not self._work.desk.read_only:
            made = Document(stay_id=about.stay.id, stage=stage_of(about.phase), kind="other", state="required")
            self._work.do(stay_documents.add_document(made, self._work.name), self._added)

    @Slot()
    def ask_by_rules(self) -> None:
        """Add what the rules ask for and is not in the list."""
        about = self._work.about
        if about is not None:
            self._work.do(stay_documents.require_again([about.stay.id]))

    @Slot()
    def remove_documents(self) -> None:
        """Take the chosen documents away."""
        if self.chosen and not self._work.desk.read_only:
            self._work.do(stay_documents.remove_documents(self.chosen, self._work.name))

    def set_state(self, state: str, reason: str = "") -> None:
        """Put the chosen documents into a state; what needs a reason asks for it first."""
        if not self.chosen:
            return
        if state in stay_documents.WITH_REASON and not reason:
            self._ask_reason(state)
        else:
            self._work.do(stay_documents.set_state(self.chosen, state, reason, self._work.name))

    def take_files(self, files: list[Path], at: Document | None = None) -> None:
        """Keep files with the document at the pointer, or the ones their names speak of, or new ones."""
        about = self._work.about
        if about is None:
            return
        for path in files:
            found = at or stay_documents.fitting_document(path.name, about.documents)
            made = Document(stay_id=about.stay.id, stage=stage_of(about.phase), kind="other", title=path.stem[:120])
            self._work.do(stay_documents.receive_file(found or made, path), self._added)
            at = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and self._work.about is not None and not self._work.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files(dropped_files(event.mimeData()), self._document_under(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.reason_form.isVisible():
            self._close_reason()
        else:
            super().keyPressEvent(event)

    def _make_head(self) -> None:
        room = QWidget()
        column = Column(room, (16, 0, 16, 0), 8)
        self.problems = ProblemList()
        column.addWidget(self.problems)
        buttons = Flow(None, 8)
        self.add_button = Button(self.tr("Add document"), small=True, icon=Icon.ADD)
        self.add_button.clicked.connect(self.add_document)
        self.ask_button = Button(self.tr("Ask by the rules"), small=True, icon=Icon.RENEW)
        self.ask_button.clicked.connect(self.ask_by_rules)
        for button in (self.add_button, self.ask_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.body.addWidget(room)

    def _said(self) -> Words:
        room = QWidget()
        words = Words("", "body", "text2", wrap=True)
        Column(room, (16, 0, 16, 0)).addWidget(words)
        self.body.addWidget(room)
        return words

    def _make_deeds(self) -> None:
        self.deeds = QWidget()
        column = Column(self.deeds, (16, 0, 16, 0), 8)
        flow = Flow(None, 8)
        verbs = (("requested", self.tr("Request"), Icon.WAITING), ("received", self.tr("Receive"), Icon.DOCUMENT),
                 ("checked", self.tr("Check"), Icon.HOLDS), ("rejected", self.tr("Reject…"), Icon.ENDED),
                 ("waived", self.tr("Waive…"), Icon.DASH))
        for state, words, icon in verbs:
            button = Button(words, small=True, icon=icon)
            button.setObjectName(state)
            button.clicked.connect(self._state_pressed)
            flow.addWidget(button)
        column.addLayout(flow)
        self.reason_form = QWidget()
        inner = Column(self.reason_form, 0, 8)
        self.reason = LineEditor()
        self.reason.returnPressed.connect(self._give_reason)
        inner.addWidget(Field(self.tr("Reason"), self.reason, required=True))
        row = Row(None, 0, 4)
        self._reason_verb = Button("", "primary")
        self._reason_verb.clicked.connect(self._give_reason)
        cancel = Button(self.tr("Cancel"), "quiet")
        cancel.clicked.connect(self._close_reason)
        for button in (self._reason_verb, cancel):
            row.addWidget(button)
        row.addStretch()
        inner.addLayout(row)
        self.reason_form.hide()
        column.addWidget(self.reason_form)
        self.body.addWidget(self.deeds)

    def _make_form(self) -> None:
        self.form = QWidget()
        column = Column(self.form, (16, 0, 16, 0), 10)
        self._title = Words("", "head", wrap=True)
        column.addWidget(self._title)
        self.file_strip = FileStrip(self._work.desk, keep=stay_documents.receive_file)
        column.addWidget(self.file_strip)
        grid = FormGrid()
        link = LineEditor()
        link.set_opener(self.tr("Open the file or page"))
        link.open_wanted.connect(self._open_link)
        editors: dict[str, QWidget] = {
            "kind": ChoiceEditor(term_choices("stay_document")), "stage": ChoiceEditor(term_choices("doc_stage")),
            "title": LineEditor(), "received_on": LenientDateField(), "note": LineEditor(), "link": link,
            "mandatory": TickEditor(say(field_label("mandatory"))),
        }
        self._fields: list[Field] = []
        for name, editor in editors.items():
            field = Field(say(field_label(name)), editor)
            self._work.bind(name, field, self._current, self.document_deed)
            self._fields.append(field)
            grid.add(field, short=name in ("kind", "stage", "received_on", "title"), wide=name in ("note", "link"))
        column.addWidget(grid)
        self.body.addWidget(self.form)

    def _begin(self) -> None:
        """Choose the first document."""
        for one in self.stages.values():
            one.grid.unpick()
        self._active = self._first_grid()
        if self._active is not None:
            self._active.select_row(0)

    def _first_grid(self) -> RecordGrid | None:
        return next((one.grid for one in self.stages.values() if one.grid.records.rowCount()), None)

    def _stored(self, document_id: int) -> Document | None:
        about = self._work.about
        return next((d for d in about.documents if d.id == document_id), None) if about is not None else None

    def _current(self) -> Document | None:
        return self.document

    def _show_document(self, fresh: bool) -> None:
        document, locked = self.document, self._work.desk.read_only
        self.form.setVisible(document is not None)
        for button in self.deeds.findChildren(Button):
            if button.objectName():
                button.setEnabled(document is not None)
        if fresh:
            self._work.show_fields(self._fields)
        for field in self._fields:
            field.set_locked(self.tr("This office is open for reading only") if locked else "")
        self.file_strip.set_locked(locked)
        self.file_strip.show_document(document)
        if document is not None:
            self._title.setText(say(stay_documents.document_name(document)))

    def _document_under(self, at: QPoint) -> Document | None:
        """The document whose row is at a place of the tab."""
        spot = self.mapToGlobal(at)
        for one in self.stages.values():
            grid = one.grid
            place = grid.viewport().mapFromGlobal(spot)
            if one.isVisible() and grid.viewport().rect().contains(place):
                row = grid.rowAt(place.y())
                return self._stored(grid.records.record_at(row).id) if row >= 0 else None
        return None

    def _go_to(self, document_id: int) -> None:
        self._awaited = 0
        for one in self.stages.values():
            if one.grid.records.row_of(document_id) >= 0:
                self._active = one.grid
                one.grid.go_to(document_id, "name")
                one.grid.setFocus()

    def _ask_reason(self, state: str) -> None:
        self._asked_state = state
        verb = self.tr("Reject") if state == "rejected" else self.tr("Waive")
        self._reason_verb.setText(verb)
        self.reason.set_value("")
        self.reason_form.show()
        self.reason.setFocus()
        self.ensureWidgetVisible(self.reason_form)

    @Slot()
    def _give_reason(self) -> None:
        reason = self.reason.value().strip()
        if not reason:
            self.reason.set_error(self.tr("Say why"))
            return
        state, self._asked_state = self._asked_state, ""
        self._close_reason()
        self.set_state(state, reason)

    @Slot()
    def _close_reason(self) -> None:
        self.reason.set_error("")
        self.reason_form.hide()

    @Slot()
    def _state_pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.set_state(button.objectName())

    @Slot(int)
    def _chosen(self, _: int) -> None:
        grid = self.sender()
        if isinstance(grid, RecordGrid) and (grid is self._active or grid.hasFocus()):
            self._take_over(grid)

    @Slot()
    def _selected(self) -> None:
        for one in self.stages.values():
            if one.grid.hasFocus() and one.grid is not self._active:
                self._take_over(one.grid)

    def _take_over(self, grid: RecordGrid) -> None:
        """Let one list be the one that deeds and form are about; nothing stays selected in the others."""
        self._active = grid
        for one in self.stages.values():
            if one.grid is not grid:
                one.grid.unpick()
        self._show_document(True)

    @Slot(object)
    def _added(self, document_id: int) -> None:
        self._awaited = document_id

    @Slot(str)
    def _open_link(self, link: str) -> None:
        QDesktopServices.openUrl(QUrl.fromUserInput(link))


def _options(key: str, _: Any) -> list[Option]:
    return term_options("document_state")
