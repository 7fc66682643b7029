"""Asks what a new project is called, what it is for and when it begins, or which one it is made after."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.projects import Project, ProjectLine
from partnerdesk.look.words import say
from partnerdesk.services import project_copies, projects
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import term_choices
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words


class NewProject(DialogShell):
    """`made(id)` when the project is there. With `like` it becomes a copy of that one, its days moved to the new
    beginning; else these `partners` take part,
    or a template can be chosen, where the office has one.
    """

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, like: Project | None = None,
                 partners: Sequence[int] = ()) -> None:
        title = parent.tr("New project") if like is None else parent.tr("Copy the project")
        super().__init__(parent, title, width=460)
        self.subject = object()
        self._desk, self._like, self._partners = desk, like, tuple(partners)
        self._fields: dict[str, Field] = {}
        self._grid = FormGrid(self)
        self._first = LineEditor()
        self._add("acronym", self._first)
        self._add("kind", ChoiceEditor([("", "—"), *term_choices("project_kind")]))
        self._add("title", LineEditor(), wide=True)
        self._add("starts_on", LenientDateField())
        self._add("ends_on", LenientDateField())
        self._source = ChoiceEditor([("", self.tr("Nothing: an empty plan"))])
        self.source_field = Field(self.tr("With the plan of"), self._source)
        self.source_field.hide()
        self.source_field.edited.connect(self._choose_source)
        self._grid.add(self.source_field, wide=True)
        self._members = TickEditor(self.tr("The same partners take part"))
        self._members_field = Field(self.tr("The same partners take part"), self._members)
        self._members_field.hide()
        self._grid.add(self._members_field, wide=True)
        self.body.addWidget(self._grid)
        self._note = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self._note)
        self._begin(like)
        self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Add project"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._save)
        self._first.setFocus()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by name."""
        return self._fields

    def _begin(self, like: Project | None) -> None:
        if like is not None:
            self._fields["kind"].set_value(like.kind)
            self._fields["title"].set_value(like.title)
            self._fields["starts_on"].set_value(clock.today())
            self._fields["ends_on"].hide()
            self._members_field.show()
            self._note.setText(self.tr("The plan comes along, every day as far from the beginning as it is there; "
                                       "what was done, spent and handed in stays behind."))
            return
        self._fields["kind"].set_value("research")
        self._note.hide()
        if self._desk.is_open and not self._partners:
            self._desk.ask(_templates, self._offer, key=(self, "templates"))

    def _add(self, name: str, editor: QWidget, wide: bool = False) -> None:
        editor.setObjectName(name)
        self._fields[name] = Field(say(field_label(name)), editor, required=name == "acronym")
        self._grid.add(self._fields[name], short=not wide, wide=wide)

    def _offer(self, found: Sequence[ProjectLine]) -> None:
        self._source.set_choices([("", self.tr("Nothing: an empty plan")),
                                  *((str(one.id), one.title or one.acronym) for one in found)])
        self._source.set_value("")
        self.source_field.setVisible(bool(found))
        self.fit_height()

    @Slot(object)
    def _choose_source(self, source: object) -> None:
        self._fields["ends_on"].setVisible(not source)
        if source and self._fields["starts_on"].value() is None:
            self._fields["starts_on"].set_value(clock.today())
        self.fit_height()

    @Slot()
    def _save(self) -> None:
        for field in self._fields.values():
            commit = getattr(field.editor, "commit", None)
            if callable(commit):
                commit()
        if any(field.editor.notes.error for field in self._fields.values()):
            return
        typed: dict[str, Any] = {name: field.value() for name, field in self._fields.items()}
        source = self._like.id if self._like is not None else int(self._source.value() or 0)
        if not source:
            self._desk.do(projects.new_project(Project(**typed), self._partners), self._took, self._refused)
            return
        if typed["starts_on"] is None:
            self._fields["starts_on"].set_error(self.tr("The days of the plan are counted from here"))
            return
        typed.pop("ends_on")
        members = bool(self._members.value())
        self._desk.do(project_copies.copy_project(source, members=members, **typed), self._took, self._refused)

    def _took(self, project_id: int) -> None:
        self.accept()
        self.made.emit(project_id)

    def _refused(self, error: Exception) -> None:
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        problem = getattr(error, "problems", [None])[0]
        self._fields.get(getattr(problem, "field", ""), self._fields["acronym"]).set_error(sentence)
        self.fit_height()


def _templates(reader: Any) -> list[ProjectLine]:
    return projects.templates(reader)
