"""The Projects page: joint projects as a list or along the years, with their commands and the form beside them."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent

from partnerdesk.domain.journal import Changes
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, number
from partnerdesk.models.projects import project_columns, project_listing
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House
from partnerdesk.views.project_filters import project_filters, project_views

if TYPE_CHECKING:
    from partnerdesk.domain.projects import Project
    from partnerdesk.views.project_deeds import PlanDeeds
    from partnerdesk.views.project_pane import ProjectPane
    from partnerdesk.views.timeline_room import TimelineRoom

LIST, TIMELINE = "list", "timeline"
_TABLES = {"package": "packages", "task": "tasks", "milestone": "milestones", "deliverable": "deliverables"}
MODE_NOTE = "projects/mode"


class ProjectsPage(ListPage):
    """Projects. `sample_wanted()` from the empty list."""

    key = "projects"
    icon = Icon.PROJECTS
    form_modules = tuple(f"partnerdesk.{name}" for name in (
        "services.projects", "services.outputs", "views.kit.forms", "views.kit.editors", "views.kit.datefield",
        "views.kit.pickerfield", "views.agreement_fields", "views.children", "views.historypane", "views.form_work",
        "views.record_pane", "views.edit_grid", "views.record_grid", "views.project_table", "views.project_tables",
        "views.project_overview", "views.project_fields", "views.project_lists", "views.project_pane",
        "views.project_bulk"))
    row_names = ("duplicate", "template", "shift", "delay", "stretch", "baseline", "plan_in", "calendar")
    record_names = row_names
    detail_wide = 488
    sample_wanted = Signal()

    def __init__(self, house: House) -> None:
        self._partners: Sequence[Option] = ()
        self._people: Sequence[str] = ()
        self._programmes: Sequence[str] = ()
        self._plan_deeds: PlanDeeds | None = None
        self._mode = LIST
        self._room: TimelineRoom | None = None
        self.page_filters = project_filters(self._partner_options, self._people_names, self._programme_names)
        super().__init__(house, project_listing(), project_columns(), project_views())
        self.switch = Segmented(self.tr("How projects are shown"), [
            (LIST, self.tr("List")), (TIMELINE, self.tr("Timeline"))])
        self.switch.set_value(LIST)
        self.switch.chosen.connect(self.show_mode)
        self.column.add_switch(self.switch)
        self.search.asked.connect(self._tell_room)
        house.desk.changed.connect(self._hear)
        house.desk.opened.connect(self._ask_names)

    @property
    def mode(self) -> str:
        """How projects are shown: as a list or along the years."""
        return self._mode

    @property
    def room(self) -> "TimelineRoom":
        """The timeline, made when it is first wanted."""
        if self._room is None:
            from partnerdesk.views.timeline_room import TimelineRoom

            self._room = TimelineRoom(self.house.desk, self, local=self.house.local)
            self._room.opened.connect(self._open_from_room)
            self._room.selection_changed.connect(self._room_chosen)
        return self._room

    @property
    def selected(self) -> list[int]:
        """Ids of the selected projects, in the list or along the years."""
        return self.room.selected if self._mode == TIMELINE else super().selected

    @property
    def selected_count(self) -> int:
        """How many projects are selected."""
        return len(self.selected) if self._mode == TIMELINE else super().selected_count

    def first_is_archived(self) -> bool:
        """Whether the selected project is in the archive; the timeline does not say so."""
        return self._mode == LIST and super().first_is_archived()

    @property
    def deeds(self) -> ListDeeds:
        from partnerdesk.domain.projects import Project
        from partnerdesk.services import projects

        return ListDeeds(Project, projects.archive_projects, projects.delete_projects)

    @property
    def title(self) -> str:
        return self.tr("Projects")

    @property
    def pane(self) -> "ProjectPane":
        """The form."""
        return cast("ProjectPane", self.detail)

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New project"), next=self.tr("Next project"), previous=self.tr("Previous project"),
            print_one=self.tr("Print status report"), print_many=self.tr("Print {n} status reports"),
            preview_one=self.tr("Preview status report"), preview_many=self.tr("Preview {n} status reports"),
            archive_many=self.tr("Archive {n} projects"), delete_many=self.tr("Delete {n} projects"),
            unarchive_many=self.tr("Bring {n} projects back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        one = Rows.ONE
        return (
            ListCommand("duplicate", self.tr("Copy with its plan"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), one,
                        writes=True),
            ListCommand("template", self.tr("Keep as a template"), self.keep_template, Icon.SAVE_FILE, (), one,
                        writes=True),
            ListCommand("shift", self.tr("Shift the project"), partial(self.begin_deed, "shift"), Icon.FORWARD, (),
                        one, writes=True),
            ListCommand("delay", self.tr("Insert a delay"), partial(self.begin_deed, "delay"), Icon.INTERRUPTED, (),
                        one, writes=True),
            ListCommand("stretch", self.tr("Stretch the plan"), partial(self.begin_deed, "stretch"), Icon.STRETCH, (),
                        one, writes=True),
            ListCommand("baseline", self.tr("Agree the plan"), partial(self.begin_deed, "baseline"), Icon.APPROVE, (),
                        one, writes=True),
            ListCommand("plan_in", self.tr("Import a plan or calendar…"), self.import_plan, Icon.IMPORT, (), one,
                        writes=True),
            ListCommand("calendar", self.tr("Export its calendar…"), self.export_calendar, Icon.DATE, (), one),
            ListCommand("show_list", self.tr("Show as a list"), partial(self.show_mode, LIST), Icon.LIST),
            ListCommand("show_timeline", self.tr("Show as a timeline"), partial(self.show_mode, TIMELINE),
                        Icon.PROJECTS),
        )

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.project_deeds import PlanDeeds
        from partnerdesk.views.project_pane import ProjectPane

        more = ("projects.shift", "projects.delay", "projects.stretch", "projects.baseline", None,
                "projects.duplicate", "projects.template", None, "projects.plan_in", "projects.calendar", None,
                "projects.print", None,
                "projects.archive", "projects.unarchive", "projects.delete")
        pane = ProjectPane(self.house.desk, more, self.fill_menu, self)
        pane.open_record.connect(self._go)
        pane.deed_wanted.connect(self.begin_deed)
        pane.print_wanted.connect(self._print_one)
        self._plan_deeds = PlanDeeds(pane.work, pane)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.project_bulk import ProjectBulk

        return ProjectBulk(self.house.desk, self.work, self)

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.PROJECTS, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(
            self.tr("No projects yet. Add the first one: joint research, a curriculum, training, shared practice."),
            self.tr("New project"), "", self.tr("Look at the sample office"))

    def take_first_step(self, which: str) -> None:
        if which == "primary":
            self.new()
        else:
            self.sample_wanted.emit()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 project"), self.tr("{n} projects"))
        return counted(total, self.tr("{hits} of 1 project"), self.tr("{hits} of {n} projects"), hits=number(hits))

    def begin(self) -> None:
        super().begin()
        self._ask_names()
        if self.house.local.note(MODE_NOTE) == TIMELINE:
            self.show_mode(TIMELINE)

    def arrive(self) -> None:
        super().arrive()
        self._wake(self._mode)

    def leave(self) -> None:
        super().leave()
        self._wake("")

    def show_record(self, record_id: int) -> None:
        super().show_record(record_id)
        if self._mode == TIMELINE:
            self.room.show_record(record_id)
            self.detail.show_record(record_id)
            self._right.setCurrentWidget(self.detail)
            self._show_right(True)

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Show projects as a list or along the years."""
        if mode == self._mode:
            return
        self.flush()
        self._mode = mode
        self.switch.set_value(mode)
        self.house.local.keep_note(MODE_NOTE, mode)
        self._tell_room()
        self.column.set_rows(self.room if mode == TIMELINE else self.table)
        self._wake(mode)
        self._show_right(mode == LIST)
        self._follow()

    @Slot()
    def focus_list(self) -> None:
        """Go back into the list, or to the timeline, which has the whole width again."""
        if self._mode == TIMELINE:
            self._show_right(False)
        super().focus_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = (self.switch, self.column.new_button, self.column.import_button)
        # where the head has no room for it, the commands do what the switch does
        self.switch.setVisible(self.width() >= sum(one.sizeHint().width() for one in beside) + px(120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the form beside the timeline closes it."""
        if event.key() == Qt.Key.Key_Escape and self._mode == TIMELINE and not self._right.isHidden():
            self.flush()
            self.focus_list()
        else:
            super().keyPressEvent(event)

    @Slot()
    def new(self) -> None:
        """Ask what it is called and add a project."""
        self.flush()
        self._ask_new(None)

    @Slot()
    def duplicate(self) -> None:
        """Add a project with the plan of the one shown, its days counted from another beginning."""
        project = self.pane.project
        if project is not None:
            self.flush()
            self._ask_new(project)

    @Slot()
    def keep_template(self) -> None:
        """Keep the plan of the project shown as a template for others."""
        from partnerdesk.services.project_copies import save_as_template

        project = self.pane.project
        if project is not None:
            self.flush()
            self.pane.work.do(save_as_template(project, project.title))

    @Slot()
    def import_plan(self) -> None:
        """Ask for a plan of another program, or a calendar, for the project shown."""
        if self.pane.project is not None:
            self.flush()
            self.house.dated.bring_in(self.pane.project.id)

    @Slot()
    def export_calendar(self) -> None:
        """Ask where the calendar of the project shown is to go."""
        project = self.pane.project
        if project is not None:
            self.flush()
            self.house.dated.take_out_project(project.id, project.acronym or project.title)

    @Slot(str)
    def begin_deed(self, key: str) -> None:
        """Begin a deed with the plan of the project shown."""
        self.flush()
        if self.pane.project is not None and self._plan_deeds is not None:
            self._plan_deeds.begin(key)

    @Slot()
    def print_selected(self) -> None:
        """Preview the status reports of the selected projects."""
        self._print(self.selected)

    def _print(self, ids: Sequence[int]) -> None:
        from partnerdesk.services.sheet_project import status_reports

        if ids:
            self.flush()
            self.house.print_it(status_reports(ids))

    @Slot(int)
    def _print_one(self, project_id: int) -> None:
        self._print([project_id])

    def _ask_new(self, like: "Project | None") -> None:
        from partnerdesk.views.project_new import NewProject

        dialog = NewProject(self.house.desk, self, like)
        dialog.made.connect(self.show_record)
        dialog.open()

    def _show_right(self, shown: bool) -> None:
        """The form takes room beside the timeline only while a project is looked at."""
        if not self.stacked:
            self._right.setVisible(shown)

    def _wake(self, mode: str) -> None:
        if self._room is not None:
            self._room.set_awake(mode == TIMELINE)

    @Slot()
    def _tell_room(self) -> None:
        if self._mode == TIMELINE:
            self.room.set_query(self.model.query)

    @Slot(str, int, int)
    def _open_from_room(self, kind: str, record_id: int, project_id: int) -> None:
        if kind == "agreement":
            self.house.go("agreements", record_id)
        elif project_id:
            self._show_one(project_id)
            self._show_right(True)
            self._split.show_detail()
            if kind in _TABLES:
                self.pane.show_part(_TABLES[kind], record_id)
            else:
                self.detail.focus_first()

    @Slot(list)
    def _room_chosen(self, ids: list[int]) -> None:
        if self._mode == TIMELINE:
            if ids and not self._right.isHidden():
                self._following.start()
            self.column.say_selected(len(ids))
            self.house.registry.refresh()

    @Slot()
    def _select_some(self) -> None:
        if self._mode == LIST:
            super()._select_some()

    @Slot()
    def _follow(self) -> None:
        if self._mode == LIST or self.selected_count:
            super()._follow()
        else:
            # the table behind selects nothing; what is open stays open
            self._following.stop()
            self.column.say_selected(0)
            self.house.registry.refresh()

    @Slot(bool)
    def _stacked_changed(self, stacked: bool) -> None:
        super()._stacked_changed(stacked)
        self._show_right(self._mode == LIST)

    def _partner_options(self) -> Sequence[Option]:
        return self._partners

    def _people_names(self) -> Sequence[str]:
        return self._people

    def _programme_names(self) -> Sequence[str]:
        return self._programmes

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.ids("partner") or changes.ids("project"):
            self._ask_names()

    @Slot()
    def _ask_names(self) -> None:
        if self.house.desk.is_open:
            self.house.desk.ask(_names, self._take_names, key=(self, "names"), quiet=True)

    def _take_names(self, found: tuple[list[tuple[int, str]], list[str], list[str]]) -> None:
        partners, self._people, self._programmes = found
        self._partners = [Option(str(i), name) for i, name in partners]

    @Slot(str, int)
    def _go(self, page: str, record_id: int) -> None:
        self.house.go(page, record_id)


def _names(reader: Any) -> tuple[list[tuple[int, str]], list[str], list[str]]:
    from partnerdesk.services import projects

    people, programmes = (sorted(name for name in projects.project_tallies(reader, field) if name)
                          for field in ("responsible", "programme"))
    return projects.partner_names(reader), people, programmes
