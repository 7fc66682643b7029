"""The detail pane of a partner: head, tabs, and whether everything is saved."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import PartnerDeskError, Superseded
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.followups import count_words
from partnerdesk.services.office import settings
from partnerdesk.services.partner_sheet import PartnerSheet, partner_sheet
from partnerdesk.views.children import ChildList, ChildSpec
from partnerdesk.views.detail import DetailPane, UndoFoot
from partnerdesk.views.followup_work import FollowUpWork
from partnerdesk.views.historypane import HistoryPane
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.tabs import Tab, Tabs
from partnerdesk.views.partner_children import (
    alias_spec,
    contact_spec,
    document_spec,
    identifier_spec,
    unit_spec,
)
from partnerdesk.views.partner_details import PartnerDetails
from partnerdesk.views.partner_factsheets import factsheet_spec
from partnerdesk.views.partner_head import PartnerHead
from partnerdesk.views.partner_overview import Overview
from partnerdesk.views.partner_papers import PartnerPapers
from partnerdesk.views.partner_projects import ProjectsWatch
from partnerdesk.views.partner_visits import VisitsWatch

if TYPE_CHECKING:
    from partnerdesk.views.followup_section import FollowUpSection

_LISTS = {"contacts": ("contacts",), "details": ("codes", "names", "factsheets", "documents"), "units": ("units",)}


class PartnerPane(DetailPane):
    """Shows one partner. `agreement_wanted(id)`, `agreements_wanted(partner)`, `new_agreement_wanted(partner)`,
    `renew_wanted(agreement)`, `print_wanted(partner)`, `visit_wanted(id)`, `new_visit_wanted(partner)`,
    `project_wanted(id)` and `new_project_wanted(partner)` lead elsewhere.
    """

    agreement_wanted = Signal(int)
    agreements_wanted = Signal(int)
    new_agreement_wanted = Signal(int)
    renew_wanted = Signal(int)
    print_wanted = Signal(int)
    visit_wanted = Signal(int)
    new_visit_wanted = Signal(int)
    project_wanted = Signal(int)
    new_project_wanted = Signal(int)

    def __init__(self, desk: Desk, more: Sequence[str | None], fill_menu: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._more, self._fill_menu = more, fill_menu
        self._id: int | None = None
        self._data: PartnerSheet | None = None
        self._awake, self._stale = True, False
        self._mine: tuple[str, Any] | None = None
        self._to_enter = False
        self._people: list[str] = []
        self.foot = UndoFoot(desk, self)
        self.follow = FollowUpWork(desk, "partner", self)
        self.visits = VisitsWatch(desk, self)
        self.projects = ProjectsWatch(desk, self)
        for watch in (self.follow, self.visits, self.projects):
            watch.renewed.connect(self._show_counts)
        self._build()
        desk.changed.connect(self._hear)
        desk.closed.connect(self._forget)
        desk.opened.connect(self._ask)
        self.show_record(None)

    @property
    def record_id(self) -> int | None:
        return self._id

    @property
    def institution(self) -> Institution | None:
        """The partner shown."""
        return self._data.partner.institution if self._data is not None else None

    @property
    def overview(self) -> Overview:
        """The first tab."""
        self._body("overview")
        assert self._overview is not None
        return self._overview

    @property
    def tabs(self) -> Tabs:
        """The tabs of the pane."""
        return self._tabs

    def child_list(self, key: str) -> ChildList:
        """The list of contacts, codes, names, units or documents."""
        self._body(next(tab for tab, lists in _LISTS.items() if key in lists))
        return self._lists[key]

    def make_more(self) -> bool:
        for key in self._makers:
            if key not in self._bodies:
                self._make_piece(key)
                return True
        return False

    def show_record(self, record_id: int | None) -> None:
        if record_id == self._id and record_id is not None:
            return
        self._id = record_id
        self._data = None
        self.follow.show_about(record_id)
        self.visits.show_about(record_id)
        self.projects.show_about(record_id)
        self.foot.clear()
        self._message.clear()
        if record_id is None:
            self._pages.setCurrentWidget(self._nothing)
        else:
            self._ask()

    def flush(self) -> bool:
        forms = (self._overview, self._details, self._to_do)
        parts = [*self._lists.values(), *(form for form in forms if form is not None)]
        flushed = [part.flush() for part in parts]
        return all(flushed)

    def set_back(self, shown: bool) -> None:
        self.head.back.setVisible(shown)

    def set_awake(self, awake: bool) -> None:
        self._awake = awake
        self.follow.set_awake(awake)
        self.visits.set_awake(awake)
        self.projects.set_awake(awake)
        if awake and self._stale:
            self._ask()

    def focus_first(self) -> None:
        self._to_enter = self._data is None and self._id is not None
        if self._data is not None:
            self.show_tab("overview")
            self.overview.focus_first()

    def show_tab(self, key: str) -> None:
        """Show one of the tabs."""
        self._tabs.set_value(key)
        self._show_tab(key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._data is not None:
            self._show_head(self._data)

    def _build(self) -> None:
        self.setProperty("pane", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedWidget(self)
        self._nothing = EmptyView(Icon.PARTNERS, self.tr("Select a partner to see it here."))
        self._pages.addWidget(self._nothing)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self._message = MessageBar(whole)
        self._message.acted.connect(self._settle_conflict)
        column.addWidget(self._message)
        self._tabs = Tabs(self.tr("Parts of the partner"), density="pane", inset=16, parent=whole)
        column.addWidget(self._tabs)
        self._stack = QStackedWidget(whole)
        self._make_tabs()
        column.addWidget(self._stack, 1)
        self._tabs.chosen.connect(self._show_tab)
        self._pages.addWidget(whole)
        self._whole = whole
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._pages, 1)
        outer.addWidget(self.foot)

    def _make_head(self) -> QWidget:
        self.head = PartnerHead(self)
        self.head.back.clicked.connect(self.back_wanted)
        self.head.print.clicked.connect(self._want_print)
        self.head.more.clicked.connect(self._open_menu)
        return self.head

    def _make_tabs(self) -> None:
        self._overview: Overview | None = None
        self._bodies: dict[str, QWidget] = {}
        self._lists: dict[str, ChildList] = {}
        self._papers: PartnerPapers | None = None
        self._details: PartnerDetails | None = None
        self._to_do: FollowUpSection | None = None
        self._history: HistoryPane | None = None
        self._under_way: dict[str, Iterator[QWidget | None]] = {}
        self._makers: dict[str, Callable[[], Iterator[QWidget | None]]] = {
            "overview": self._make_overview, "papers": self._make_papers, "contacts": self._make_contacts,
            "details": self._make_details, "units": self._make_units,
            "projects": self._make_projects, "visits": self._make_visits,
            "followups": self._make_followups, "history": self._make_history,
        }

    def _body(self, key: str) -> QWidget:
        """What a tab shows, made when it is opened first."""
        while key not in self._bodies:
            self._make_piece(key)
        return self._bodies[key]

    def _make_piece(self, key: str) -> None:
        """Make one piece of what a tab shows; with the last one it is there."""
        if key not in self._under_way:
            self._under_way[key] = self._makers[key]()
        made = next(self._under_way[key])
        if made is None:
            return
        del self._under_way[key]
        self._bodies[key] = made if key in ("history", "followups", "visits", "projects") else ScrollRoom(made)
        self._stack.addWidget(self._bodies[key])
        if self._data is not None:
            self._fill(key, self._data, True)
            self._lock()

    def _make_overview(self) -> Iterator[QWidget]:
        self._overview = Overview(self._desk, self.foot)
        self._overview.agreement_wanted.connect(self.agreement_wanted)
        self._overview.agreements_wanted.connect(self._show_papers)
        self._overview.renew_wanted.connect(self.renew_wanted)
        self._overview.new_wanted.connect(self._want_agreement)
        self._overview.binder.superseded = self._conflict
        yield self._overview

    def _make_papers(self) -> Iterator[QWidget]:
        self._papers = PartnerPapers()
        self._papers.agreement_wanted.connect(self.agreement_wanted)
        self._papers.new_wanted.connect(self._want_agreement)
        yield self._papers

    def _make_contacts(self) -> Iterator[QWidget]:
        yield _padded(self._make_list("contacts", contact_spec(self._owner, self._units)))

    def _make_units(self) -> Iterator[QWidget]:
        yield _padded(self._make_list("units", unit_spec(self._owner, self._units)))

    def _make_details(self) -> Iterator[QWidget | None]:
        details = PartnerDetails(self._desk, self.foot)
        while details.make_more():
            yield None
        details.binder.superseded = self._conflict
        self._details = details
        codes = self._make_list("codes", identifier_spec(self._owner))
        yield None
        names = self._make_list("names", alias_spec(self._owner))
        sheets = self._make_list("factsheets", factsheet_spec(self._owner))
        documents = self._make_list("documents", document_spec(self._owner))
        grades = Button(self.tr("Grade tables…"), small=True)
        grades.clicked.connect(self._open_grade_tables)
        room = QWidget()
        row = Row(room, 0, 0)
        row.addWidget(grades)
        row.addStretch()
        yield None
        yield _padded(details, codes, names, sheets, documents, room)

    def _make_projects(self) -> Iterator[QWidget]:
        from partnerdesk.views.partner_projects import PartnerProjects

        shown = PartnerProjects(self.projects)
        shown.project_wanted.connect(self.project_wanted)
        shown.new_wanted.connect(self._want_project)
        yield shown

    def _make_visits(self) -> Iterator[QWidget]:
        from partnerdesk.views.partner_visits import PartnerVisits

        shown = PartnerVisits(self.visits)
        shown.visit_wanted.connect(self.visit_wanted)
        shown.new_wanted.connect(self._want_visit)
        yield shown

    def _make_followups(self) -> Iterator[QWidget]:
        from partnerdesk.views.followup_section import FollowUpSection

        self._to_do = FollowUpSection(self.follow, self.foot)
        self._to_do.told.connect(self._say)
        yield self._to_do

    def _make_history(self) -> Iterator[QWidget]:
        self._history = HistoryPane(self._desk)
        yield self._history

    def _make_list(self, key: str, spec: ChildSpec) -> ChildList:
        self._lists[key] = ChildList(self._desk, self.foot, spec)
        return self._lists[key]

    def _owner(self) -> Institution:
        assert self._data is not None
        return self._data.partner.institution

    def _units(self) -> Sequence[Any]:
        return self._data.partner.units if self._data is not None else ()

    @Slot()
    def _open_grade_tables(self) -> None:
        from partnerdesk.views.grade_tables import open_grade_tables

        open_grade_tables(self, self._desk, [self._owner()])

    @Slot()
    def _ask(self) -> None:
        self._stale = False
        record_id = self._id
        if record_id is None or not self._desk.is_open:
            return

        def question(reader: Any) -> tuple[int, PartnerSheet, list[str]]:
            return record_id, partner_sheet(reader, record_id), list(settings(reader)["office.people"])

        self._desk.ask(question, self._take, key=(self, "partner"), failure=self._gone)

    def _take(self, answer: tuple[int, PartnerSheet, list[str]]) -> None:
        record_id, data, people = answer
        if record_id != self._id:
            return
        fresh = self._data is None
        self._data = data
        self._people = people
        self._fill("overview", data, fresh)
        self._show_head(data)
        for key in self._bodies:
            if key != "overview":
                self._fill(key, data, fresh)
        self._lock()
        self._show_counts()
        if self._tabs.value == "history" and self._history is not None:
            self._history.show_partner(record_id)
        self._pages.setCurrentWidget(self._whole)
        if self._to_enter:
            self.focus_first()

    def _fill(self, key: str, data: PartnerSheet, fresh: bool) -> None:
        """Show a partner in one tab that has been made."""
        partner = data.partner
        if key == "overview":
            self.overview.show_partner(data, self._people, fresh)
        elif key == "papers" and self._papers is not None:
            self._papers.show_partner(data)
        elif key == "details" and self._details is not None:
            self._details.show_partner(partner.institution, fresh)
        records = {"contacts": partner.contacts, "codes": partner.identifiers, "names": partner.aliases,
                   "units": partner.units, "documents": partner.documents, "factsheets": partner.factsheets}
        for name in _LISTS.get(key, ()):
            self._lists[name].show_records(records[name], fresh)

    def _lock(self) -> None:
        reason = self.tr("This office is open for reading only.") if self._desk.read_only else ""
        for form in (self._overview, self._details):
            if form is not None:
                form.binder.lock(reason)
        for children in self._lists.values():
            children.set_locked(reason)

    def _show_head(self, data: PartnerSheet) -> None:
        relation = self.overview.partnership or (data.partner.partnerships[0] if data.partner.partnerships else None)
        self.head.show_partner(data, relation)

    @Slot()
    def _show_counts(self) -> None:
        data = self._data
        if data is None:
            return
        partner = data.partner

        def n(records: Sequence[Any]) -> str:
            return number(len(records)) if records else ""

        self._tabs.set_tabs([
            Tab("overview", self.tr("Overview")),
            Tab("papers", self.tr("Agreements"), n(data.papers)),
            Tab("contacts", self.tr("Contacts"), n(partner.contacts)),
            Tab("details", self.tr("Details")),
            Tab("units", self.tr("Units"), n(partner.units)),
            Tab("projects", self.tr("Projects"), n(self.projects.projects)),
            Tab("visits", self.tr("Visits"), n(self.visits.lines)),
            Tab("followups", self.tr("Follow-ups"), count_words(self.follow.followups)),
            Tab("history", self.tr("History")),
        ])

    @Slot(str)
    def _show_tab(self, key: str) -> None:
        self.flush()
        self._stack.setCurrentWidget(self._body(key))
        if key == "history" and self._id is not None and self._history is not None:
            self._history.show_partner(self._id)

    @Slot()
    def _show_papers(self) -> None:
        self.show_tab("papers")

    @Slot()
    def _want_agreement(self) -> None:
        if self._id is not None:
            self.new_agreement_wanted.emit(self._id)

    @Slot()
    def _want_project(self) -> None:
        if self._id is not None:
            self.flush()
            self.new_project_wanted.emit(self._id)

    @Slot()
    def _want_visit(self) -> None:
        if self._id is not None:
            self.new_visit_wanted.emit(self._id)

    @Slot()
    def _want_print(self) -> None:
        if self._id is not None:
            self.flush()
            self.print_wanted.emit(self._id)

    @Slot()
    def _open_menu(self) -> None:
        self.flush()
        menu = QMenu(self)
        self._fill_menu(menu, self._more)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.head.more.mapToGlobal(self.head.more.rect().bottomLeft()))

    def _hear(self, changes: Changes) -> None:
        mine = self._id is not None and self._id in changes.ids("partner")
        if mine or changes.ids("setting"):
            if self._awake:
                self._ask()
            else:
                self._stale = True

    def _gone(self, error: Exception) -> None:
        del error
        self.show_record(None)

    @Slot()
    def _forget(self) -> None:
        self._id = None
        self._data = None
        self._pages.setCurrentWidget(self._nothing)

    def _conflict(self, name: str, value: Any, error: Superseded) -> None:
        self._mine = (name, value)
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        self._message.show_message("warn", sentence, " " + self.tr("Keep your value, or leave theirs."),
                                   self.tr("Keep mine"), "mine")
        self.foot.refused(sentence)
        self._ask()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._message.show_message("danger", self.tr("Not done:"), sentence)

    @Slot(str)
    def _settle_conflict(self, _: str) -> None:
        self._message.clear()
        if self._mine is not None:
            name, value = self._mine
            self._mine = None
            for form in (self._overview, self._details):
                if form is not None and name in form.binder.fields:
                    form.binder.save(name, value)


def _padded(*parts: QWidget) -> QWidget:
    body = QWidget()
    column = Column(body, (16, 12, 16, 16), 16)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return body


