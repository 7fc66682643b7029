"""The Log tab: what happened to the paper on its way, and the documents that belong to it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document, Event
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Chip, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, near, say
from partnerdesk.models.agreements import Line
from partnerdesk.services import agreements, partners
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import Section, term_choices
from partnerdesk.views.agreement_tables import SmallTable
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.attachments import FileStrip, attach_all, dropped_files
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row

_STATES = {
    "required": ("warn", Icon.NOTICE), "requested": ("info", Icon.WAITING), "received": ("accent", Icon.DOCUMENT),
    "checked": ("success", Icon.HOLDS), "rejected": ("danger", Icon.ENDED), "waived": ("neutral", Icon.DASH),
}
_OPEN_STATES = ("required", "requested")


class LogTab(Section):
    """Documents with their state above, the log beneath, each with a line to add one more."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("Log and documents"))
        self.setAcceptDrops(True)
        self._work = work
        self._wanted = 0
        self._make_documents()
        self._make_log()
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show log and documents as they are now."""
        about = self._work.about
        if about is None:
            return
        documents = sorted(about.file.documents, key=lambda d: (d.state not in _OPEN_STATES, d.kind, d.id))
        self.documents.show_lines([self._document_line(d) for d in documents])
        if self._wanted:
            self.documents.choose(self._wanted)
            self._wanted = 0
        events = sorted(about.file.events, key=lambda e: (e.day or clock.today(), e.id), reverse=True)
        self.events.show_lines([self._event_line(e) for e in events])
        read_only = self._work.desk.read_only
        self.documents.setVisible(bool(documents))
        self.events.setVisible(bool(events))
        if fresh:
            self._work.show_fields(self._entry_fields)
        self._entry_form.setVisible(self._event() is not None and not read_only)
        self._no_documents.setVisible(not documents)
        self.add_document_button.setVisible(not read_only)
        self._event_form.setVisible(not read_only)
        if fresh:
            self._work.show_fields(self._document_fields)
        self._show_document()

    def focus_first(self) -> None:
        """Put the keyboard into the documents, or where the first one is added."""
        target: QWidget = self.documents if not self.documents.isHidden() else self.add_document_button
        target.setFocus()

    @Slot()
    def add_document(self) -> None:
        """Add a document and go to its fields."""
        about = self._work.about
        if about is None or about.file.partner is None:
            return
        made = Document(agreement_id=about.agreement.id, kind="signed_agreement", state="required")
        self._work.do(partners.add_child(about.file.partner, made), self._document_added)

    @Slot()
    def add_event(self) -> None:
        """Write what stands in the line into the log."""
        agreement = self._work.agreement
        self._day.commit()
        when = self._day.value()
        if agreement is None or self._day.notes.error:
            return
        if when is None:
            self._day_field.set_error(self.tr("The log needs a day"))
            return
        self._day_field.set_error("")
        kind = str(self._kind.value() or "note")
        self._work.do(agreements.log_event(agreement, kind, when, self._note.value()))
        self._note.set_value("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and self._work.about is not None and not self._work.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        about = self._work.about
        if about is not None and about.file.partner is not None:
            made = Document(
                agreement_id=about.agreement.id, institution_id=about.file.partner.id, received_on=clock.today())
            attach_all(self._work.desk, made, dropped_files(event.mimeData()))

    def _make_documents(self) -> None:
        head, row = self._head(self.tr("Documents"))
        self.add_document_button = Button(self.tr("Add document"), small=True, icon=Icon.ADD)
        self.add_document_button.clicked.connect(self.add_document)
        row.addWidget(self.add_document_button)
        self.body.addWidget(head)
        titles = (self.tr("Document"), self.tr("State"), self.tr("Day"))
        self.documents = SmallTable(self.tr("Documents"), titles, (0, 116, 104))
        self.documents.chosen.connect(self._document_chosen)
        self.documents.remove_wanted.connect(self._remove_document)
        self.body.addWidget(self.documents)
        self._no_documents = self._said(self.tr("No documents yet."))
        self.body.addWidget(self._no_documents)
        self.file_strip = FileStrip(self._work.desk)
        room = QWidget()
        Column(room, (16, 0, 16, 0)).addWidget(self.file_strip)
        self.body.addWidget(room)
        self._document_form = QWidget()
        column = Column(self._document_form, (16, 0, 16, 0), 10)
        form = FormGrid()
        self._document_fields: list[Field] = []
        link = LineEditor()
        link.set_opener(self.tr("Open the file or page"))
        link.open_wanted.connect(self._open_link)
        editors: dict[str, QWidget] = {
            "kind": ChoiceEditor(term_choices("document_kind")), "state": ChoiceEditor(term_choices("document_state")),
            "due_on": LenientDateField(), "received_on": LenientDateField(), "title": LineEditor(), "link": link,
            "note": LineEditor(),
        }
        for name, editor in editors.items():
            field = Field(say(field_label(name)), editor)
            self._work.bind(name, field, self._document, self._document_deed)
            self._document_fields.append(field)
            short = name in ("kind", "state", "due_on", "received_on")
            form.add(field, short=short, wide=not short)
        column.addWidget(form)
        self.remove_document = Button(self.tr("Remove this document"), small=True, icon=Icon.DELETE)
        self.remove_document.clicked.connect(self._remove_shown)
        column.addWidget(self.remove_document)
        self.body.addWidget(self._document_form)

    def _make_log(self) -> None:
        head, _ = self._head(self.tr("Log"))
        self.body.addWidget(head)
        self._event_form = QWidget()
        column = Column(self._event_form, (16, 0, 16, 0), 10)
        form = FormGrid()
        self._kind = ChoiceEditor(term_choices("event_kind"))
        self._kind.set_value("sent")
        self._day = LenientDateField()
        self._day.set_value(clock.today())
        self._note = LineEditor()
        self._note.returnPressed.connect(self.add_event)
        self._day_field = Field(say(field_label("day")), self._day)
        form.add(Field(self.tr("What happened"), self._kind), short=True)
        form.add(self._day_field, short=True)
        form.add(Field(say(field_label("note")), self._note), wide=True)
        column.addWidget(form)
        self.add_event_button = Button(self.tr("Add to the log"), small=True, icon=Icon.ADD)
        self.add_event_button.clicked.connect(self.add_event)
        column.addWidget(self.add_event_button)
        self.body.addWidget(self._event_form)
        titles = (self.tr("Day"), self.tr("What happened"))
        self.events = SmallTable(self.tr("Log"), titles, (106, 0))
        self.events.chosen.connect(self._event_chosen)
        self.events.remove_wanted.connect(self._remove_event)
        self.body.addWidget(self.events)
        self._make_entry()

    def _make_entry(self) -> None:
        """The entry chosen in the log, each of its fields saved when it is left."""
        self._entry_form = QWidget()
        column = Column(self._entry_form, (16, 0, 16, 0), 10)
        form = FormGrid()
        self._entry_fields: list[Field] = []
        labels = {"kind": self.tr("What happened"), "day": say(field_label("day")), "note": say(field_label("note"))}
        editors: dict[str, QWidget] = {
            "kind": ChoiceEditor(term_choices("event_kind")), "day": LenientDateField(), "note": LineEditor()}
        for name, editor in editors.items():
            field = Field(labels[name], editor)
            self._work.bind(name, field, self._event, self._event_deed)
            self._entry_fields.append(field)
            form.add(field, short=name != "note", wide=name == "note")
        column.addWidget(form)
        self.remove_entry = Button(self.tr("Remove this entry"), small=True, icon=Icon.DELETE)
        self.remove_entry.clicked.connect(self._remove_entry_shown)
        column.addWidget(self.remove_entry, 0, Qt.AlignmentFlag.AlignLeft)
        self._entry_form.hide()
        self.body.addWidget(self._entry_form)

    def _head(self, words: str) -> tuple[QWidget, Row]:
        head = QWidget()
        row = Row(head, (16, 4, 16, 0), 8)
        row.addWidget(Words(words, "head"))
        row.addStretch()
        return head, row

    def _said(self, words: str) -> QWidget:
        room = QWidget()
        Column(room, (16, 0, 16, 0)).addWidget(Words(words, "body", "text2", wrap=True))
        return room

    def _document_line(self, document: Document) -> Line:
        kind, icon = _STATES.get(document.state, ("neutral", Icon.DOCUMENT))
        state = say(label_of("document_state", document.state))
        name = document.title or say(label_of("document_kind", document.kind)) or self.tr("Document")
        second = say(label_of("document_kind", document.kind)) if document.title else document.note
        when = day(document.received_on or document.due_on)
        below = near(document.due_on) if document.due_on and document.state in _OPEN_STATES else ""
        sentence = ", ".join(part for part in (name, second, state, when, below) if part and part != NOTHING)
        return Line(document.id, (TwoLine(name, second), Chip(kind, state, icon), TwoLine(when, below)), sentence,
                    document.link)

    def _event_line(self, event: Event) -> Line:
        kind = say(label_of("event_kind", event.kind))
        sentence = ", ".join(part for part in (day(event.day), kind, event.note) if part)
        return Line(event.id, (Soft(day(event.day)), TwoLine(kind, event.note)), sentence, event.note)

    def _document(self) -> Document | None:
        about, key = self._work.about, self.documents.key
        return next((d for d in about.file.documents if d.id == key), None) if about is not None and key else None

    def _document_deed(self, document: Document, fields: Mapping[str, Any]) -> Deed[Any]:
        about = self._work.about
        assert about is not None and about.file.partner is not None
        return partners.change_child(about.file.partner, document, **fields)

    def _event(self) -> Event | None:
        about, key = self._work.about, self.events.key
        return next((e for e in about.file.events if e.id == key), None) if about is not None and key else None

    def _event_deed(self, event: Event, fields: Mapping[str, Any]) -> Deed[Any]:
        agreement = self._work.agreement
        assert agreement is not None
        return agreements.change_event(agreement, event, **fields)

    @Slot(int)
    def _event_chosen(self, key: int) -> None:
        self._work.show_fields(self._entry_fields)
        self._entry_form.setVisible(self._event() is not None and not self._work.desk.read_only)

    @Slot()
    def _remove_entry_shown(self) -> None:
        self._remove_event(self.events.key)

    @Slot(int)
    def _remove_event(self, key: int) -> None:
        agreement, event = self._work.agreement, self._event()
        if agreement is not None and event is not None and not self._work.desk.read_only:
            self._work.do(agreements.remove_event(agreement, event))

    @Slot(object)
    def _document_added(self, document_id: int) -> None:
        self._wanted = document_id

    @Slot(int)
    def _document_chosen(self, key: int) -> None:
        self._work.show_fields(self._document_fields)
        self._show_document()

    def _show_document(self) -> None:
        document, locked = self._document(), self._work.desk.read_only
        self.file_strip.set_locked(locked)
        self.file_strip.show_document(document)
        self._document_form.setVisible(document is not None and not locked)

    @Slot()
    def _remove_shown(self) -> None:
        self._remove_document(self.documents.key)

    @Slot(int)
    def _remove_document(self, key: int) -> None:
        about, document = self._work.about, self._document()
        if about is not None and about.file.partner is not None and document is not None:
            self._work.do(partners.remove_child(about.file.partner, document))

    @Slot(str)
    def _open_link(self, link: str) -> None:
        QDesktopServices.openUrl(QUrl.fromUserInput(link))
