"""The timeline with its tools, its table twin and its deeds, as one way of a page to show projects."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.portfolio import AgreementHead
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.projects import Task, TaskLink
from partnerdesk.look.timeline import Key, Shape
from partnerdesk.look.words import counted, say
from partnerdesk.models.timeline import TimelineModel, days_of
from partnerdesk.models.timeline_rows import Grouping, late_words, lateness
from partnerdesk.models.timeline_words import card_facts
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.local import Local
from partnerdesk.views.timeline_card import TimelineCard
from partnerdesk.views.timeline_hands import TimelineView
from partnerdesk.views.timeline_tools import TimelineTools
from partnerdesk.views.timeline_twin import TimelineTable

BY_NOTE, ON_NOTE, SCALE_NOTE, NAMES_NOTE = "timeline/lanes", "timeline/shown", "timeline/scale", "timeline/names"


class TimelineRoom(QWidget):
    """`opened(kind, id, project)` when a record is to be seen, `selection_changed(ids)` with the project of the
    current row, or none.
    """

    opened = Signal(str, int, int)
    selection_changed = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, local: Local | None = None) -> None:
        """`local` remembers the scale, the lanes and what is shown."""
        super().__init__(parent)
        self._desk, self._local = desk, local
        self._on: set[str] = {"baseline", "critical"}
        self._query: ListQuery | None = None
        self.model = TimelineModel(desk, self)
        self.tools = TimelineTools(self)
        self.message = MessageBar(self)
        self.view = TimelineView(self.model, self)
        self.twin = TimelineTable(self)
        self.card = TimelineCard(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.twin)
        column = Column(self, 0, 0)
        column.addWidget(self.tools)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self._stack)
        self._stack.setFocusProxy(self.view)
        self._connect()
        self._recall()

    @property
    def selected(self) -> list[int]:
        """The id of the project that the current row belongs to, or none."""
        project = self.model.project_of(self.view.row)
        return [project] if project else []

    @property
    def as_table(self) -> bool:
        """Whether the facts stand in a table instead of the picture."""
        return "table" in self._on

    def set_query(self, query: ListQuery) -> None:
        """Show the projects that a query finds."""
        self._query = query
        self.message.clear()
        self.model.set_query(query)

    def set_projects(self, ids: Sequence[int]) -> None:
        """Show certain projects."""
        self.model.set_projects(ids)

    def set_awake(self, awake: bool) -> None:
        """What nobody sees only marks itself stale."""
        self.model.set_awake(awake)
        if not awake:
            self.card.leave()

    def show_record(self, project_id: int) -> None:
        """Make the row of a project the current one."""
        self.view.select_key(("project", project_id))

    def set_lanes(self, by: Grouping) -> None:
        """Make lanes of partners, countries, programmes or owners, or none."""
        self._keep(BY_NOTE, by)
        self.model.set_lanes(by, "agreements" in self._on)
        self.tools.show_state(by, self._on)

    def turn(self, what: str, on: bool | None = None) -> None:
        """Show agreements, days once agreed, what decides the end, or the table; or show them no longer."""
        if on is None:
            on = what not in self._on
        self._on = self._on | {what} if on else self._on - {what}
        self._keep(ON_NOTE, " ".join(sorted(self._on)))
        self._show_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.message.isVisible():
            self.message.clear()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.tools.scale_chosen.connect(self._scale_chosen)
        self.tools.slid.connect(self._slid)
        self.tools.stepped.connect(self._stepped)
        self.tools.today_wanted.connect(self.view.go_today)
        self.tools.lanes_chosen.connect(self._lanes_chosen)
        self.tools.wanted.connect(self._wanted)
        self.view.placed.connect(self._place)
        self.view.linked.connect(self._link)
        self.view.unlink_wanted.connect(self._ask_unlink)
        self.view.entered.connect(self._enter)
        self.view.hovered.connect(self._hover)
        self.view.zoomed.connect(self._zoomed)
        self.view.current_changed.connect(self._current)
        self.view.asked.connect(self._ask_menu)
        self.view.told.connect(self._tell)
        self.view.names_moved.connect(self._keep_names)
        self.message.acted.connect(self._acted)
        self.twin.entered_key.connect(self._enter_key)
        self.model.changed.connect(self._follow)
        self._desk.opened.connect(self._follow)

    def _recall(self) -> None:
        note = self._local.note if self._local is not None else lambda _: ""
        if note(ON_NOTE):
            self._on = set(str(note(ON_NOTE)).split())
        scale = str(note(SCALE_NOTE) or "")
        if scale:
            self.view.zoom_to(float(scale) * self.view.axis.unit)
        if note(NAMES_NOTE):
            self.view.set_names(float(note(NAMES_NOTE)))
        self._show_on()
        self.set_lanes(cast(Grouping, note(BY_NOTE) or ""))
        self._zoomed()

    def _keep(self, note: str, value: str) -> None:
        if self._local is not None:
            self._local.keep_note(note, value)

    def _show_on(self) -> None:
        self.view.show_baseline, self.view.show_critical = "baseline" in self._on, "critical" in self._on
        self._show_years()
        shown: QWidget = self.twin if self.as_table else self.view
        self._stack.setCurrentWidget(shown)
        self._stack.setFocusProxy(shown)
        self.model.set_lanes(self.model.by, "agreements" in self._on)
        self.tools.show_state(self.model.by, self._on)
        self._fill_twin()

    def _show_years(self) -> None:
        self.view.set_year(self.model.portfolio.year_start if "academic" in self._on else (1, 1))

    def _fill_twin(self) -> None:
        if self.as_table:
            self.twin.show_all(self.model.lines())

    @Slot()
    def _follow(self) -> None:
        self.view.editable = not self._desk.read_only
        self._show_years()
        self._fill_twin()
        self._tell("")

    @Slot(str)
    def _tell(self, words: str) -> None:
        """Say what is under way, or what the hand can do."""
        if not words and self.view.editable and not self.as_table and self.width() > 0:
            words = self.tr("Drag a bar to move it; what depends on it moves too. Keys: Ctrl and arrows move, "
                            "Shift and arrows stretch, L links, Delete takes a link away")
        self.tools.say(words)

    @Slot(str)
    def _scale_chosen(self, name: str) -> None:
        self.view.set_scale(name)

    @Slot(float)
    def _slid(self, per_day: float) -> None:
        self.view.zoom_to(per_day * self.view.axis.unit)

    @Slot(int)
    def _stepped(self, step: int) -> None:
        self.view.zoom_by(step)

    @Slot()
    def _zoomed(self) -> None:
        scale = self.view.axis.scale
        self._keep(SCALE_NOTE, f"{scale:.5f}")
        self.tools.show_scale(scale)

    @Slot(float)
    def _keep_names(self, width: float) -> None:
        self._keep(NAMES_NOTE, f"{width:.0f}")

    @Slot(str)
    def _acted(self, wanted: str) -> None:
        self.message.clear()
        if wanted == "everything" and self._query is not None:
            self.model.set_query(self._query)

    def _show_alone(self, project_id: int, name: str) -> None:
        self.model.set_projects([project_id])
        self.model.open_project(project_id)
        self.message.show_message("info", self.tr("Only {name} is shown.").format(name=name), "",
                                  self.tr("Show all projects"), "everything")

    @Slot(str)
    def _lanes_chosen(self, by: str) -> None:
        self.set_lanes(cast(Grouping, by))

    @Slot(str)
    def _wanted(self, what: str) -> None:
        if what in ("open", "close"):
            self.model.open_all(what == "open")
        elif what == "all":
            self.view.show_all()
        elif what == "save":
            self._ask_file()
        else:
            self.turn(what)

    @Slot(int)
    def _current(self, row: int) -> None:
        self.selection_changed.emit(self.selected)

    @Slot(int)
    def _enter(self, row: int) -> None:
        self.card.leave()
        record = self.model.records[row]
        if isinstance(record, str):
            self.model.toggle(row)
            return
        kind = self.view.scene.chart.rows[row].shape
        project = 0 if isinstance(record, AgreementHead) else self.model.project_of(row)
        self.opened.emit(kind, record.id, project)

    @Slot(object)
    def _enter_key(self, key: Key) -> None:
        row = self.model.row_of(key)
        if row >= 0:
            self._enter(row)

    @Slot(int, QPoint)
    def _hover(self, row: int, at: QPoint) -> None:
        if row < 0 or self.view.busy or isinstance(self.model.records[row], str):
            self.card.leave()
            return
        bar, record = self.view.scene.chart.rows[row], self.model.records[row]
        late = lateness(record, clock.today())
        self.card.rest_on(row, at, bar.name if not bar.more else f"{bar.name}, {bar.more}",
                          card_facts(bar, record, self.model.waits_for(row)), late_words(late) if late else "")

    @Slot(int, int, int)
    def _place(self, row: int, first: int, last: int) -> None:
        from partnerdesk.services import timeline

        record, head = self.model.records[row], self.model.head_of(self.model.project_of(row))
        if head is None or isinstance(record, str | AgreementHead):
            self.view.give_back()
            return
        self.message.clear()
        self._desk.do(timeline.place(head, record, *days_of((first, last))), self._moved, self._refused)

    @Slot(int, int)
    def _link(self, before: int, after: int) -> None:
        from partnerdesk.services import timeline

        one, other = self.model.records[before], self.model.records[after]
        head = self.model.head_of(self.model.project_of(after))
        if head is not None and isinstance(one, Task) and isinstance(other, Task):
            self.message.clear()
            self._desk.do(timeline.link(head, one, other), self._moved, self._refused)

    @Slot(int)
    def _ask_unlink(self, row: int) -> None:
        """Take the chosen link away, or one of those of a task; which one is asked where there are several."""
        links = self.model.links_of(row)
        chosen = [link for link in links if link.id == self.view.link]
        if chosen or len(links) == 1:
            self._unlink(row, (chosen or links)[0])
        elif links:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            names = self.model.task_names(self.model.project_of(row))
            for link in links:
                words = self.tr("“{after}” no longer waits for “{before}”").format(
                    after=names.get(link.task_id, ""), before=names.get(link.before_id, ""))
                menu.addAction(words).setData(link.id)
            menu.triggered.connect(self._unlink_chosen)
            y = self.view.scene.middle(row) - self.view.verticalScrollBar().value()
            menu.popup(self.view.viewport().mapToGlobal(QPoint(round(self.view.names_width), round(y))))

    @Slot(QAction)
    def _unlink_chosen(self, action: QAction) -> None:
        row = self.view.row
        link = next((one for one in self.model.links_of(row) if one.id == action.data()), None)
        if link is not None:
            self._unlink(row, link)

    def _unlink(self, row: int, link: TaskLink) -> None:
        from partnerdesk.services import timeline

        head = self.model.head_of(self.model.project_of(row))
        if head is not None:
            self._desk.do(timeline.unlink(head, [link]), self._unlinked, self._refused)

    @Slot(int, QPoint)
    def _ask_menu(self, row: int, at: QPoint) -> None:
        bar = self.view.scene.chart.rows[row]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shape: Shape = bar.shape
        if shape != "group":
            menu.addAction(self.tr("Open")).setData("enter")
        if bar.open is not None:
            words = self.tr("Close what is below") if bar.open else self.tr("Open what is below")
            menu.addAction(words).setData("turn")
        if bar.span is not None:
            menu.addAction(self.tr("Show where it begins")).setData("begin")
        if shape == "project" and len(self.model.portfolio.projects) > 1:
            menu.addAction(self.tr("Show this project alone")).setData("alone")
        if self.view.can(row, "link"):
            menu.addSeparator()
            menu.addAction(self.tr("Link to a task that waits for it") + "\tL").setData("link")
            if self.model.links_of(row):
                menu.addAction(self.tr("Take a link away") + "\tDel").setData("unlink")
        menu.triggered.connect(self._menu_chosen)
        menu.popup(at)

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        row, span = self.view.row, None
        if row >= 0:
            span = self.view.scene.days(row)
        if action.data() == "enter":
            self._enter(row)
        elif action.data() == "turn":
            self.model.toggle(row)
        elif action.data() == "begin" and span is not None:
            self.view.go_to(span[0])
        elif action.data() == "alone":
            self._show_alone(self.model.project_of(row), self.view.scene.chart.rows[row].name)
        elif action.data() == "link":
            self.view.link_from(row)
        elif action.data() == "unlink":
            self._ask_unlink(row)

    def _ask_file(self) -> None:
        from partnerdesk.views.timeline_saver import ask_picture

        saver = ask_picture(self, self._desk, self.view.scene, self.view.head_words())
        saver.told.connect(self._saved)

    @Slot(str, str)
    def _saved(self, kind: Any, words: str) -> None:
        self.message.show_message(kind, words, "", self.tr("Dismiss"), "dismiss")

    def _moved(self, moved: Any) -> None:
        words = say(moved.message) if moved is not None and moved.message is not None else ""
        if not moved.tasks:
            self.view.give_back()
        self._tell(words)

    def _unlinked(self, _: None) -> None:
        self._tell(self.tr("The link was taken away"))

    def _refused(self, error: Exception) -> None:
        self.view.give_back()
        if isinstance(error, PartnerDeskError):
            self.message.show_message("danger", say(error.message), "", self.tr("Dismiss"), "dismiss")

    def count_words(self) -> str:
        """How many projects are late, for the foot of a page; "" for none."""
        late = sum(1 for one in self.model.portfolio.projects if lateness(one, clock.today()))
        return counted(late, self.tr("1 late"), self.tr("{n} late")) if late else ""
