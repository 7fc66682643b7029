"""The Project tab: every field of a project, saved when it is left, two columns where there is room."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.domain.journal import Deed
from partnerdesk.look.words import say
from partnerdesk.services import projects
from partnerdesk.services.labels import field_label
from partnerdesk.services.project_partnerships import partnership_names
from partnerdesk.views.agreement_fields import Section, field_options, term_choices
from partnerdesk.views.asking_partner import institution_provider
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.links import web_editor
from partnerdesk.views.numberfield import NumberEditor, TagsEditor
from partnerdesk.views.project_work import ProjectWork


class ProjectBinding:
    """Binds fields of forms to the project itself."""

    def __init__(self, work: ProjectWork) -> None:
        self._work = work
        self.fields: dict[str, Field] = {}

    def add(self, grid: FormGrid, name: str, editor: QWidget, place: str = "short", label: str = "") -> Field:
        """Add a field that edits `name` of the project to a form."""
        field = Field(label or say(field_label(name)), editor)
        self.fields[name] = self._work.bind(name, field, self._record, self._deed)
        grid.add(field, short=place == "short", wide=place == "wide")
        return field

    def lock(self, reason: str) -> None:
        """Readable only, or open again with ""."""
        for field in self.fields.values():
            field.set_locked(reason)

    def _record(self) -> Any:
        return self._work.project

    def _deed(self, project: Any, values: Mapping[str, Any]) -> Deed[Any]:
        return projects.change_project(project, **values)


class ProjectTab(Section):
    """What a project is, who leads it, its days and its money."""

    def __init__(self, work: ProjectWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Project"))
        self._work = work
        self._bound = ProjectBinding(work)
        self._first = LineEditor()
        self._make_what()
        self._make_when()
        self._make_money()
        self._make_more()
        self.body.addStretch()

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields by the name of what they edit."""
        return self._bound.fields

    def renew(self, fresh: bool) -> None:
        """Show the project as it is now."""
        if fresh:
            self._work.show_fields(list(self._bound.fields.values()))
        self._ask_partnerships()
        for name, sentence in self._work.field_problems().items():
            if name in self.fields:
                self.fields[name].set_warning(sentence)

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""
        self._bound.lock(reason)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._first.setFocus()

    def _ask_partnerships(self) -> None:
        """Ask with whom there is a partnership among those who take part."""
        about = self._work.about
        if about is None or not self._work.desk.is_open:
            return
        members, held = [one.institution_id for one in about.members], about.project.partnership_id

        def question(reader: Any) -> list[tuple[int, str]]:
            return partnership_names(reader, members, held)

        self._work.desk.ask(question, self._offer_partnerships, key=(self, "partnerships"), quiet=True)

    def _offer_partnerships(self, found: list[tuple[int, str]]) -> None:
        self._partnership.set_options([Option(i, name) for i, name in found])

    def _make_what(self) -> None:
        grid, add = self._grid(""), self._bound.add
        add(grid, "acronym", self._first)
        add(grid, "status", ChoiceEditor(term_choices("project_status")))
        add(grid, "title", LineEditor(), "wide")
        add(grid, "kind", ChoiceEditor([("", "—"), *term_choices("project_kind")]))
        add(grid, "our_role", ChoiceEditor([("", "—"), *term_choices("project_role")]))
        add(grid, "lead_id", PickerField(institution_provider(self._work.desk), label_of=self._work.institution_name,
                                         placeholder=self.tr("None yet")), "wide")
        self._partnership = PickerField(placeholder=self.tr("None"))
        add(grid, "partnership_id", self._partnership, "wide")
        add(grid, "responsible", LineEditor())
        add(grid, "field", PickerField(field_options(), placeholder=self.tr("None")))
        add(grid, "summary", TextEditor(), "wide")

    def _make_when(self) -> None:
        grid, add = self._grid(self.tr("Time")), self._bound.add
        for name in ("starts_on", "ends_on", "amended_to", "next_review", "baseline_on"):
            add(grid, name, LenientDateField())

    def _make_money(self) -> None:
        grid, add = self._grid(self.tr("Programme and money")), self._bound.add
        add(grid, "programme", LineEditor())
        add(grid, "grant_number", LineEditor())
        add(grid, "budget", NumberEditor(decimals=2))
        add(grid, "own_budget", NumberEditor(decimals=2))
        add(grid, "spent", NumberEditor(decimals=2))
        add(grid, "spent_on", LenientDateField())
        add(grid, "currency", LineEditor("EUR"))

    def _make_more(self) -> None:
        grid, add = self._grid(self.tr("Further")), self._bound.add
        add(grid, "website", web_editor())
        add(grid, "tags", TagsEditor())
        add(grid, "template", TickEditor(self.tr("A template, which is only copied")), "wide",
            self.tr("A template, which is only copied"))
        add(grid, "remark", TextEditor(), "wide")

    def _grid(self, title: str) -> FormGrid:
        grid = FormGrid()
        if title:
            grid.add_head(title)
        self.body.addWidget(grid)
        return grid
