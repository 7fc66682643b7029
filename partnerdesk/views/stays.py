"""The Stays page: a board, a list, a grid of all columns, and the form beside it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.stay_status import BEGINS
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, number
from partnerdesk.models.stay_list import stay_columns, stay_listing
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House
from partnerdesk.views.stay_commands import PAPERS, paper_of, paper_words, stay_views
from partnerdesk.views.stay_deeds import StayDeeds, stay_deeds
from partnerdesk.views.stay_filters import stay_filters

if TYPE_CHECKING:
    from partnerdesk.views.stay_calendar import StayCalendar
    from partnerdesk.views.stay_pane import StayPane
    from partnerdesk.views.stay_room import BoardRoom

BOARD, LIST, GRID, CALENDAR = "board", "list", "grid", "calendar"
MODE_NOTE = "stays/mode"


class StaysPage(ListPage):
    """Stays."""

    key = "stays"
    icon = Icon.STAYS
    form_modules = tuple(f"partnerdesk.{name}" for name in (
        "services.stays", "views.kit.forms", "views.kit.editors", "views.kit.datefield", "views.kit.pickerfield",
        "views.agreement_fields", "views.form_work", "views.record_pane", "views.stay_overview", "views.stay_fields",
        "views.stay_log", "views.stay_pane", "views.stay_bulk"))
    row_names = ("open_person", "open_partner", *(deed.key for deed in stay_deeds()), "extend", "interrupt", "cohort")
    record_names = (*row_names, *(f"print_{key}" for key in PAPERS))

    def __init__(self, house: House) -> None:
        self._mode = LIST
        self._room: BoardRoom | None = None
        self._calendar: StayCalendar | None = None
        self._partners: Sequence[Option] = ()
        self._cohorts: Sequence[Option] = ()
        self.page_filters = stay_filters(self._partner_options, self._cohort_options)
        super().__init__(house, stay_listing(), stay_columns(), stay_views())
        self.stay_deeds = StayDeeds(house.desk, self.work, self)
        self.switch = Segmented(self.tr("How stays are shown"), [
            (BOARD, self.tr("Board")), (LIST, self.tr("List")), (GRID, self.tr("Grid")),
            (CALENDAR, self.tr("Calendar"))])
        self.switch.set_value(LIST)
        self.switch.chosen.connect(self.show_mode)
        self.column.add_switch(self.switch)
        self.search.asked.connect(self._tell_board)
        house.desk.changed.connect(self._hear)
        house.desk.opened.connect(self._ask_names)

    @property
    def mode(self) -> str:
        """How stays are shown: board, list, grid or calendar."""
        return self._mode

    @property
    def deeds(self) -> ListDeeds:
        from partnerdesk.domain.stays import Stay
        from partnerdesk.services import stays

        return ListDeeds(Stay, stays.archive_stays, stays.delete_stays)

    @property
    def title(self) -> str:
        return self.tr("Stays")

    @property
    def pane(self) -> "StayPane":
        """The form."""
        return cast("StayPane", self.detail)

    @property
    def room(self) -> "BoardRoom":
        """The board and its sums, made when they are first wanted."""
        if self._room is None:
            from partnerdesk.views.stay_room import BoardRoom

            self._room = BoardRoom(self.house, self)
            self._room.opened.connect(self._open_from_board)
            self._room.selection_changed.connect(self._board_chosen)
            self._room.new_wanted.connect(self.new)
            self._room.filter_wanted.connect(self._add_filter)
        return self._room

    @property
    def calendar(self) -> "StayCalendar":
        """The stays along the months, made when they are first wanted."""
        if self._calendar is None:
            from partnerdesk.views.stay_calendar import StayCalendar

            self._calendar = StayCalendar(self.house.desk, self)
            self._calendar.opened.connect(self._open_from_board)
            self._calendar.selection_changed.connect(self._board_chosen)
        return self._calendar

    @property
    def selected(self) -> list[int]:
        """Ids of the selected stays, on the board, in the calendar or in the list."""
        if self._mode == CALENDAR:
            return self.calendar.selected
        return list(self.room.selected) if self._mode == BOARD else super().selected

    @property
    def selected_count(self) -> int:
        """How many stays are selected."""
        return len(self.selected) if self._painted else super().selected_count

    def first_is_archived(self) -> bool:
        """Whether the first of the selected stays is in the archive; board and calendar do not say so."""
        return not self._painted and super().first_is_archived()

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New stay"), next=self.tr("Next stay"), previous=self.tr("Previous stay"),
            print_one=self.tr("Print participant sheet"), print_many=self.tr("Print {n} participant sheets"),
            preview_one=self.tr("Preview participant sheet"), preview_many=self.tr("Preview {n} participant sheets"),
            archive_many=self.tr("Archive {n} stays"), delete_many=self.tr("Delete {n} stays"),
            unarchive_many=self.tr("Bring {n} stays back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        one, some = Rows.ONE, Rows.SOME
        deeds = [ListCommand(deed.key, deed.verb, partial(self.begin_deed, deed.key), deed.icon, (), some, deed.many,
                             writes=True, when=partial(self._fits, deed.key)) for deed in stay_deeds()]
        papers = [ListCommand(f"print_{key}", words, partial(self.print_paper, key), Icon.PRINT, (), some)
                  for key, words in paper_words().items()]
        return (
            *deeds, *papers,
            ListCommand("extend", self.tr("Extend the stay"), self.extend, Icon.RENEW, (), one, writes=True),
            ListCommand("interrupt", self.tr("Note an interruption"), self.interrupt, Icon.INTERRUPTED, (), one,
                        writes=True),
            ListCommand("cohort", self.tr("Add to a cohort…"), self.add_to_cohort, Icon.COHORTS, (), some,
                        self.tr("Add {n} stays to a cohort…"), writes=True),
            ListCommand("open_person", self.tr("Go to the person"), self.open_person, Icon.PEOPLE, (), one),
            ListCommand("open_partner", self.tr("Go to the partner"), self.open_partner, Icon.PARTNERS, (), one),
            ListCommand("show_board", self.tr("Show as a board"), partial(self.show_mode, BOARD), Icon.BOARD),
            ListCommand("show_list", self.tr("Show as a list"), partial(self.show_mode, LIST), Icon.LIST),
            ListCommand("show_grid", self.tr("Show all columns"), partial(self.show_mode, GRID), Icon.COLUMNS),
            ListCommand("show_calendar", self.tr("Show along the months"), partial(self.show_mode, CALENDAR),
                        Icon.STRIP),
        )

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.stay_pane import StayPane

        more = (*(f"stays.{deed.key}" for deed in stay_deeds()), None, "stays.extend", "stays.interrupt", None,
                *(f"stays.print_{key}" for key in PAPERS), None, "stays.archive", "stays.unarchive", "stays.delete")
        pane = StayPane(self.house.desk, more, self.fill_menu, self)
        pane.open_record.connect(self._go)
        pane.print_wanted.connect(self._print_one)
        pane.deed_wanted.connect(self._deed_of_form)
        pane.acceptance_wanted.connect(self._ask_acceptance)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.stay_bulk import StayBulk

        pane = StayBulk(self.house.desk, self.work, self)
        pane.deed_wanted.connect(self.begin_deed)
        pane.cohort_wanted.connect(self.add_to_cohort)
        return pane

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.STAYS, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(self.tr("No stays yet. Enter the first one: who goes where, and when."),
                             self.tr("New stay"))

    def take_first_step(self, which: str) -> None:
        self.new()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 stay"), self.tr("{n} stays"))
        return counted(total, self.tr("{hits} of 1 stay"), self.tr("{hits} of {n} stays"), hits=number(hits))

    def begin(self) -> None:
        super().begin()
        self._ask_names()
        self._recall_mode()

    def arrive(self) -> None:
        super().arrive()
        self._wake(self._mode)

    def leave(self) -> None:
        super().leave()
        self._wake("")

    def show_record(self, record_id: int) -> None:
        super().show_record(record_id)
        if self._mode == BOARD:
            self.room.show_record(record_id)
        if self._mode != LIST:
            self.detail.show_record(record_id)
            self._right.setCurrentWidget(self.detail)
            self._show_right(True)

    @Slot(str)
    def show_mode(self, mode: str) -> None:
        """Show stays as a board, a list, a grid of all columns, or along the months."""
        if mode == self._mode:
            return
        self.flush()
        before, self._mode = self._mode, mode
        self.switch.set_value(mode)
        self.house.local.keep_note(MODE_NOTE, mode)
        self._tell_board()
        if self._painted:
            self.column.set_rows(self.room if mode == BOARD else self.calendar)
        elif before in (BOARD, CALENDAR):
            self.column.set_rows(self.table)
        self._wake(mode)
        keys = [column.key for column in self.model.columns] if mode == GRID else list(self.views.current.columns)
        if GRID in (before, mode):
            self.columns.show(keys)
        self._show_right(mode == LIST or self.selected_count > 1)
        self._follow()

    @Slot()
    def focus_list(self) -> None:
        """Go back into the list, or to the cards, which have the whole width again."""
        if self._painted:
            self._show_right(False)
        super().focus_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = (self.switch, self.column.new_button, self.column.import_button)
        needed = sum(one.sizeHint().width() for one in beside) + px(120)
        # where the head has no room for it, the commands do what the switch does
        self.switch.setVisible(self.width() >= needed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the form beside board or calendar closes it."""
        if event.key() == Qt.Key.Key_Escape and self._painted and not self._right.isHidden():
            self.flush()
            self.focus_list()
        else:
            super().keyPressEvent(event)

    @Slot()
    def new(self) -> None:
        """Ask who goes where, and enter the stay."""
        self.flush()
        from partnerdesk.views.stay_new import NewStay

        dialog = NewStay(self.house.desk, self)
        dialog.made.connect(self.show_record)
        dialog.open()

    @Slot(str)
    def begin_deed(self, key: str) -> None:
        """Begin a deed with the selected stays."""
        self.flush()
        ids = self.selected
        if len(ids) > 1:
            self.model.hold(None)
        self.stay_deeds.begin(key, ids, self._name_of(ids))

    @Slot()
    def print_selected(self) -> None:
        """Preview the participant sheets of the selected stays."""
        from partnerdesk.services.sheet_people import participant_sheets

        if self.selected:
            self.flush()
            self.house.print_it(participant_sheets(self.selected))

    def print_paper(self, key: str) -> None:
        """Preview one of `PAPERS` of the selected stays."""
        if self.selected:
            self.flush()
            self.house.print_it(paper_of(key, self.selected))

    @Slot()
    def extend(self) -> None:
        """Ask until when, and let the stay last longer."""
        from partnerdesk.services import stays

        stay, name = self.pane.stay, self.pane.work.name
        if stay is not None:
            verb = self.tr("Extend the stay")
            self.stay_deeds.ask(verb, verb, ("until", "note"), {"until": stay.planned_to},
                                lambda a: stays.extend(stay, a["until"], a["note"], name=name))

    @Slot()
    def interrupt(self) -> None:
        """Ask for how many days the stay was interrupted."""
        from partnerdesk.services import stays

        stay, name = self.pane.stay, self.pane.work.name
        if stay is not None:
            verb = self.tr("Note an interruption")
            self.stay_deeds.ask(verb, verb, ("days", "note"), {"days": stay.interruption_days or None},
                                lambda a: stays.interrupt(stay, a["days"], a["note"], name=name))

    @Slot()
    def add_to_cohort(self) -> None:
        """Ask for a cohort, and put the selected stays into it."""
        from partnerdesk.views.stay_cohort import ask_cohort

        self.flush()
        ask_cohort(self.house.desk, self, self.selected)

    @Slot()
    def open_person(self) -> None:
        """Go to the person."""
        self._go_from_line("people", "person_id")

    @Slot()
    def open_partner(self) -> None:
        """Go to the partner."""
        self._go_from_line("partners", "partner_id")

    @Slot(int)
    def _print_one(self, stay_id: int) -> None:
        from partnerdesk.services.sheet_people import participant_sheets

        self.house.print_it(participant_sheets([stay_id]))

    def _fits(self, key: str) -> bool:
        """Whether a deed can be done in the phase of the one selected stay; of many that is said when it is tried."""
        ids = self.selected
        line = self.model.line_at(self.model.row_of(ids[0])) if len(ids) == 1 and self.model.row_of(
            ids[0]) >= 0 else None
        return line is None or line.phase in BEGINS[key]

    def _go_from_line(self, page: str, name: str) -> None:
        chosen = self.selected
        row = self.model.row_of(chosen[0]) if chosen else -1
        line = self.model.line_at(row) if row >= 0 else None
        if line is not None and getattr(line, name):
            self._go(page, getattr(line, name))

    def _name_of(self, ids: Sequence[int]) -> str:
        shown = len(ids) == 1 and self.has_detail and self.pane.record_id == ids[0]
        return self.pane.work.name if shown else ""

    def _show_right(self, shown: bool) -> None:
        """The form takes room beside the board only while a stay is looked at."""
        if not self.stacked:
            self._right.setVisible(shown)
        if self._room is not None:
            self._room.set_beside(shown and not self.stacked)

    def _recall_mode(self) -> None:
        noted = self.house.local.note(MODE_NOTE)
        self.show_mode(noted if noted in (LIST, GRID, CALENDAR) else BOARD)

    @Slot(str)
    def _deed_of_form(self, key: str) -> None:
        record = self.pane.record_id
        if record is not None:
            self.stay_deeds.begin(key, [record], self.pane.work.name)

    @Slot(str)
    def _ask_acceptance(self, rule: str) -> None:
        from partnerdesk.services import stays

        stay, name = self.pane.stay, self.pane.work.name
        if stay is not None:
            self.stay_deeds.ask(self.tr("Accept what the rule says"), self.tr("Accept"), ("reason",), {},
                                lambda a: stays.accept_warning(stay, rule, a["reason"], name=name))

    @property
    def _painted(self) -> bool:
        """Whether another picture of the stays stands in the place of the table."""
        return self._mode in (BOARD, CALENDAR)

    def _wake(self, mode: str) -> None:
        """Let what is seen follow the office, and nothing else."""
        if self._room is not None:
            self._room.set_awake(mode == BOARD)
        if self._calendar is not None:
            self._calendar.set_awake(mode == CALENDAR)

    @Slot()
    def _tell_board(self) -> None:
        if self._mode == BOARD:
            self.room.show_title(self.views.current.name)
            self.room.set_query(self.model.query)
        elif self._mode == CALENDAR:
            self.calendar.set_query(self.model.query)

    @Slot(str)
    def _add_filter(self, line: str) -> None:
        """Narrow the search by what was chosen in the sums."""
        query = self.query
        for one in self.search.parse(line).filters:
            for old in [f for f in query.filters if f.key == one.key]:
                query = query.less(old)
            query = query.plus(one)
        self.search.show(query)

    @Slot(object)
    def _open_from_board(self, stay_id: int) -> None:
        self._show_one(stay_id)
        self._show_right(True)
        if self._mode == BOARD:
            self.room.show_record(int(stay_id))
        self._split.show_detail()
        self.detail.focus_first()

    @Slot(list)
    def _board_chosen(self, ids: list[int]) -> None:
        if self._painted:
            if len(ids) > 1:
                self._show_right(True)
            if not self._right.isHidden():
                self._following.start()
            self.column.say_selected(len(ids))
            self.house.registry.refresh()

    @Slot()
    def _select_some(self) -> None:
        if self._mode == LIST:
            super()._select_some()

    @Slot()
    def _follow(self) -> None:
        if self._mode == GRID and self.selected_count:
            self._following.stop()
            chosen = self.selected
            self.column.say_selected(len(chosen))
            self.bulk.show_records(chosen)
            self._right.setCurrentWidget(self.bulk)
            self._show_right(True)
            self.house.registry.refresh()
        elif self._mode in (LIST, GRID) or self.selected_count:
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

    def _cohort_options(self) -> Sequence[Option]:
        return self._cohorts

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.ids("partner") or changes.ids("cohort"):
            self._ask_names()

    @Slot()
    def _ask_names(self) -> None:
        if self.house.desk.is_open:
            self.house.desk.ask(_names, self._take_names, key=(self, "names"), quiet=True)

    def _take_names(self, found: tuple[list[tuple[int, str]], list[tuple[int, str]]]) -> None:
        partners, cohorts = found
        self._partners = [Option(str(i), name) for i, name in partners]
        self._cohorts = [Option(str(i), name) for i, name in cohorts]

    @Slot(str, int)
    def _go(self, page: str, record_id: int) -> None:
        self.house.go(page, record_id)


def _names(reader: Any) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    from partnerdesk.services import stays

    return stays.partner_names(reader), stays.cohort_names(reader)
