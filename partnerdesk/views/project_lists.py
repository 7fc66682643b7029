"""The tabs of a project that list records of their own: outputs with their partners, documents with their files."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.project_outputs import OutputEntry
from partnerdesk.models.stay_words import named
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import Section, term_choices, whole_editor
from partnerdesk.views.asking_partner import institution_provider
from partnerdesk.views.children import ChildField, ChildList, ChildSpec
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.links import web_editor
from partnerdesk.views.project_work import ProjectWork


def _tr(source: str) -> str:
    return QCoreApplication.translate("ProjectForm", source)


def _label(name: str) -> str:
    return say(field_label(name))


class ListTab(Section):
    """One list of records."""

    def __init__(self, name: str, work: ProjectWork, spec: ChildSpec,
                 records: Callable[[], Sequence[Any]]) -> None:
        super().__init__(name)
        self._records = records
        self.list = ChildList(work.desk, work.state, spec)
        self.body.addWidget(self.list)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the records as they are now."""
        self.list.show_records(self._records(), fresh)

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self.list.flush()

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""
        self.list.set_locked(reason)

    def focus_first(self) -> None:
        """Put the keyboard into the list."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)


class OutputsTab(ListTab):
    """What came of the project, with the partners that have a part in it."""

    def __init__(self, work: ProjectWork) -> None:
        super().__init__("", work, output_spec(work), work.outputs)
        self.setAccessibleName(self.tr("Outputs"))


class DocumentsTab(ListTab):
    """Papers of the project; files are dropped on the list or on the form of one."""

    def __init__(self, work: ProjectWork) -> None:
        super().__init__("", work, document_spec(work), lambda: work.file.documents)
        self.setAccessibleName(self.tr("Documents"))


def output_spec(work: ProjectWork) -> ChildSpec:
    """Publications, courses, programmes, events, patents, practices taken over."""

    def fields_of() -> Sequence[ChildField]:
        partners = institution_provider(work.desk)
        return (
            ChildField("kind", _label("kind"), lambda: ChoiceEditor(term_choices("output_kind")), "short"),
            ChildField("in_year", _label("in_year"), whole_editor, "short"),
            ChildField("title", _label("title"), LineEditor, "wide", required=True),
            ChildField("members", _tr("Partners"),
                       lambda: PickerField(partners, many=True, label_of=work.institution_name), "wide"),
            ChildField("authors", _label("authors"), LineEditor, "wide"),
            ChildField("doi", _label("doi"), lambda: LineEditor("10.1234/abcd"), "short"),
            ChildField("url", _label("url"), web_editor, "short"),
            ChildField("happened_on", _label("happened_on"), LenientDateField, "short"),
            ChildField("adopted_on", _label("adopted_on"), LenientDateField, "short"),
            ChildField("adopted_at", _label("adopted_at"), LineEditor, "wide"),
            ChildField("remark", _label("remark"), TextEditor, "wide"),
        )

    def line(one: OutputEntry) -> tuple[str, str, str]:
        kind = say(label_of("output_kind", one.kind))
        who = named([name for i in one.members if (name := work.institution_name(i))])
        adopted = _tr("taken over at {where}").format(where=one.adopted_at) if one.adopted_at else ""
        second = " · ".join(part for part in (kind, one.doi, adopted, who) if part)
        return one.title, second, str(one.in_year or "")

    return ChildSpec(
        _tr("Outputs"), _tr("Add an output"),
        _tr("No outputs yet: publications, courses, events, practices taken over."), line, fields_of,
        lambda: OutputEntry(members=work.partner_ids(), in_year=clock.today().year), lambda one: bool(one.title),
        work.add_output, work.change_output, work.remove_output, Icon.OUTPUT)


def document_spec(work: ProjectWork) -> ChildSpec:
    """Papers of the project."""

    def fields_of() -> Sequence[ChildField]:
        return (
            ChildField("title", _label("title"), LineEditor, "wide", required=True),
            ChildField("kind", _label("kind"), lambda: ChoiceEditor([("", "—"), *term_choices("document_kind")]),
                       "short"),
            ChildField("state", _label("state"), lambda: ChoiceEditor(term_choices("document_state")), "short"),
            ChildField("due_on", _label("due_on"), LenientDateField, "short"),
            ChildField("received_on", _label("received_on"), LenientDateField, "short"),
            ChildField("link", _label("link"), LineEditor, "wide"),
            ChildField("note", _label("note"), TextEditor, "wide"),
        )

    def line(document: Document) -> tuple[str, str, str]:
        when = document.received_on or document.due_on
        kind = say(label_of("document_kind", document.kind)) if document.kind else ""
        second = " · ".join(part for part in (kind, document.file_name, day(when) if when else "") if part)
        return document.title, second, say(label_of("document_state", document.state))

    return ChildSpec(
        _tr("Documents"), _tr("Add a document"), _tr("No documents yet. You can also drop files here."), line,
        fields_of, Document, lambda d: bool(d.title), work.add_document, work.change_document, work.remove_document,
        Icon.DOCUMENT, _itself, lambda: Document(project_id=work.record_id, received_on=clock.today()))


def _itself(document: Document) -> Document:
    return document
