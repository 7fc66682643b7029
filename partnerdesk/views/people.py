"""The People page: the list of participants, its commands, and the form beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, Signal, Slot

from partnerdesk.domain.office import SavedView
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number
from partnerdesk.models.people import person_columns, person_listing
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House
from partnerdesk.views.people_filters import person_filters

if TYPE_CHECKING:
    from partnerdesk.views.person_pane import PersonPane


def person_views() -> Sequence[SavedView]:
    """The shipped views of the list of people."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("PeoplePage", source)

    return (
        SavedView(page="people", name=tr("All people"), sort="name"),
        SavedView(page="people", name=tr("Outgoing"), query="direction:out", sort="name"),
        SavedView(page="people", name=tr("Incoming"), query="direction:in", sort="name"),
        SavedView(page="people", name=tr("Abroad now"), query="abroad:today", sort="name"),
        SavedView(page="people", name=tr("Minors without a guardian"), query="minor:yes guardian:no", sort="name"),
        SavedView(page="people", name=tr("Archived"), query="archived:yes", sort="name"),
    )


class PeoplePage(ListPage):
    """People. `sample_wanted()` from the empty list."""

    key = "people"
    icon = Icon.PEOPLE
    form_modules = tuple(f"partnerdesk.{name}" for name in (
        "services.people", "views.kit.forms", "views.kit.editors", "views.kit.datefield", "views.kit.pickerfield",
        "views.agreement_fields", "views.children", "views.historypane", "views.form_work", "views.record_pane",
        "views.person_children", "views.person_parts", "views.person_pane", "views.person_bulk"))
    row_names = ("duplicate", "new_stay", "merge")
    record_names = row_names
    sample_wanted = Signal()

    def __init__(self, house: House) -> None:
        self.page_filters = person_filters()
        super().__init__(house, person_listing(), person_columns(), person_views())

    @property
    def deeds(self) -> ListDeeds:
        from partnerdesk.domain.people import Person
        from partnerdesk.services import people

        return ListDeeds(Person, people.archive_people, people.delete_people)

    @property
    def title(self) -> str:
        return self.tr("People")

    @property
    def pane(self) -> "PersonPane":
        """The form."""
        return cast("PersonPane", self.detail)

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New person"), next=self.tr("Next person"), previous=self.tr("Previous person"),
            print_one=self.tr("Print participant sheet"), print_many=self.tr("Print {n} participant sheets"),
            preview_one=self.tr("Preview participant sheet"), preview_many=self.tr("Preview {n} participant sheets"),
            archive_many=self.tr("Archive {n} people"), delete_many=self.tr("Delete {n} people"),
            unarchive_many=self.tr("Bring {n} people back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        return (
            ListCommand("duplicate", self.tr("Duplicate"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), Rows.ONE,
                        writes=True),
            ListCommand("new_stay", self.tr("New stay of this person"), self.new_stay, Icon.STAYS, ("Ctrl+Shift+N",),
                        Rows.ONE, writes=True),
            ListCommand("merge", self.tr("Merge two people…"), self.merge, Icon.MERGE, (), Rows.SOME, writes=True,
                        when=self._two),
        )

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.person_pane import PersonPane

        more = ("people.new_stay", "people.duplicate", "people.print", None, "people.archive", "people.unarchive",
                "people.delete")
        pane = PersonPane(self.house.desk, more, self.fill_menu, self)
        pane.open_record.connect(self._go)
        pane.new_stay_wanted.connect(self._begin_stay)
        pane.print_wanted.connect(self._print_one)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.person_bulk import PersonBulk

        return PersonBulk(self.house.desk, self.work, self)

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.PEOPLE, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(
            self.tr("No people yet. Add the first one, or bring in the list of your registrar."),
            self.tr("New person"), self.tr("Import a spreadsheet"), self.tr("Look at the sample office"))

    def take_first_step(self, which: str) -> None:
        if which == "primary":
            self.new()
        elif which == "second":
            self.house.import_spreadsheet()
        else:
            self.sample_wanted.emit()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 person"), self.tr("{n} people"))
        return counted(total, self.tr("{hits} of 1 person"), self.tr("{hits} of {n} people"), hits=number(hits))

    @Slot()
    def new(self) -> None:
        """Ask for a name and add a person."""
        self.flush()
        self._ask_new(None)

    @Slot()
    def duplicate(self) -> None:
        """Add a person of the same kind, function and citizenship."""
        person = self.pane.work.person
        if person is not None:
            self._ask_new(person)

    @Slot()
    def new_stay(self) -> None:
        """Begin a stay of the person shown."""
        if self.pane.record_id is not None:
            self._begin_stay(self.pane.record_id)

    @Slot()
    def merge(self) -> None:
        """Show the two selected people side by side, to make them one."""
        from partnerdesk.views.person_merge import ask_merge

        self.flush()
        if self._two():
            ask_merge(self.house.desk, self, *self.selected)

    def _two(self) -> bool:
        return self.selected_count == 2

    @Slot()
    def print_selected(self) -> None:
        """Preview the participant sheets of all stays of the selected people."""
        from partnerdesk.services.sheet_people import sheets_of_people

        if self.selected:
            self.flush()
            self.house.print_it(sheets_of_people(self.selected))

    def _ask_new(self, like: Any) -> None:
        from partnerdesk.views.person_new import NewPerson

        dialog = NewPerson(self.house.desk, self, like)
        dialog.made.connect(self.show_record)
        dialog.existing_chosen.connect(self.show_record)
        dialog.open()

    @Slot(int)
    def _begin_stay(self, person_id: int) -> None:
        from partnerdesk.views.stay_new import NewStay

        dialog = NewStay(self.house.desk, self, person_id)
        dialog.made.connect(self._show_stay)
        dialog.open()

    @Slot(int)
    def _print_one(self, person_id: int) -> None:
        from partnerdesk.services.sheet_people import sheets_of_people

        self.house.print_it(sheets_of_people([person_id]))

    @Slot(int)
    def _show_stay(self, stay_id: int) -> None:
        self.house.go("stays", stay_id)

    @Slot(str, int)
    def _go(self, page: str, record_id: int) -> None:
        self.house.go(page, record_id)
