"""The board of stays: a column for each phase, cards that are moved by pointer or keys, each move a deed."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import PATH, PHASES, Phase
from partnerdesk.domain.problems import PartnerDeskError, Problem, Superseded
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number
from partnerdesk.models.stay_board import StayBoardModel
from partnerdesk.models.stay_words import card_name, phase_name
from partnerdesk.views.kit.commands import Command, Registry
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.tabs import Tab, Tabs
from partnerdesk.views.local import Local
from partnerdesk.views.stay_column import BoardColumn, CardList, SideRoom
from partnerdesk.views.stay_menus import move_menu, phases_menu
from partnerdesk.views.stay_refusal import RefusalBar

LEAST_WIDTH: Final = 180
GAP: Final = 10
MOST_COLUMNS: Final = 7
NARROW: Final = 900
EDGE: Final = 40


class StayBoard(QWidget):
    """Hosted by the page of stays, which tells it what to show. `opened(id)` when a stay is to be seen,
    `selection_changed(ids)`, `add_wanted(phase)` for a new stay, `counted(hits)` when an answer has come.
    """

    opened = Signal(object)
    selection_changed = Signal(list)
    add_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, registry: Registry, parent: QWidget | None = None, *,
                 local: Local | None = None) -> None:
        """`local` remembers which phases are shown."""
        super().__init__(parent)
        self._desk, self._registry, self._local = desk, registry, local
        self.model = StayBoardModel(desk, self)
        self._chosen_phases = self._remembered()
        self._columns: dict[Phase, BoardColumn] = {}
        self._order: list[Phase] = []
        self._narrow = False
        self._fresh = True
        self._follow: list[int] = []
        self._under_way: tuple[list[int], Phase] | None = None
        self._waiting: tuple[list[int], Phase] = ([], Phase.APPLIED)
        self._build()
        self._add_commands(registry)
        self._aside = QTimer(self, interval=40)
        self._aside.timeout.connect(self._scroll_aside)
        self.model.counted.connect(self._counted)
        self.model.settled.connect(self._settled)
        self.model.begun.connect(self._begin_at_top)
        tokens.watch().changed.connect(self._lay)
        self._show_phases()

    @property
    def selected(self) -> list[int]:
        """Ids of the selected stays, column by column."""
        return [card.id for card in self.selected_cards]

    @property
    def selected_cards(self) -> list[StayCard]:
        """The selected cards, column by column."""
        return [card for phase in self._order for card in self._columns[phase].cards.selected]

    @property
    def phases(self) -> list[Phase]:
        """The phases that have a column now."""
        return list(self._order)

    def column(self, phase: Phase) -> BoardColumn:
        """The column of a phase, made when it is first wanted."""
        if phase not in self._columns:
            self._columns[phase] = self._make_column(phase)
        return self._columns[phase]

    def set_query(self, query: ListQuery) -> None:
        """Show the stays that a query finds."""
        self.model.set_query(query)

    def set_awake(self, awake: bool) -> None:
        """A board that nobody sees only marks itself stale."""
        self.model.set_awake(awake)

    def show_record(self, stay_id: int) -> None:
        """Select a stay whose card is there."""
        self.select([stay_id])

    def select(self, ids: Iterable[int]) -> None:
        """Select these stays as far as their cards are there, the keyboard on the first of them."""
        wanted = list(ids)
        found = [place for place in map(self.model.place_of, wanted) if place is not None and place[0] in self._order]
        if not found:
            return
        for phase in self._order:
            self._columns[phase].cards.clearSelection()
        for phase, row in reversed(found):
            self._columns[phase].cards.select_row(row, add=True)
        self._see(found[0][0])

    def set_phases(self, phases: Iterable[Phase]) -> None:
        """Show these phases, in their order."""
        self._chosen_phases = tuple(phase for phase in PHASES if phase in set(phases))
        if self._local is not None:
            self._local.keep_note("stays/phases", " ".join(self._chosen_phases))
        self._show_phases()

    def focus_cards(self) -> None:
        """Put the keyboard into the column where it was, or the first one with cards."""
        shown = [self._columns[phase].cards for phase in self._visible()]
        with_current = [one for one in shown if one.selectionModel().selectedIndexes()]
        with_cards = [one for one in shown if one.column.rowCount()]
        for one in (*with_current, *with_cards, *shown):
            one.setFocus()
            return

    def move_cards(self, ids: Sequence[int], phase: Phase, reason: str = "") -> None:
        """Bring stays into a phase by a deed; what refuses it is said above the columns."""
        moving = [i for i in ids if (place := self.model.place_of(i)) is None or place[0] != phase]
        if moving and not self._desk.read_only:
            self._under_way = (moving, phase)
            self.refusal.clear()
            self._follow = moving
            self._desk.do(_move_to(moving, phase, reason, self._name_of(moving)), self._moved, self._refused)

    def choose_phases(self, at: QPoint | None = None) -> None:
        """Let the user choose which phases have a column."""
        menu = phases_menu(self, self._order, self.model.counts)
        menu.triggered.connect(self._phase_turned)
        menu.popup(at or self.mapToGlobal(QPoint(px(16), 0)))

    def open_move_menu(self, at: QPoint | None = None) -> None:
        """Offer the phases that the selected stays can be brought into."""
        if not self.selected:
            return
        menu = move_menu(self, {card.phase for card in self.selected_cards})
        menu.triggered.connect(self._move_chosen)
        menu.popup(at or self._below_current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        self._tabs = Tabs(self.tr("Phases"), inset=16, parent=self)
        self._tabs.chosen.connect(self._tab_chosen)
        self._tabs.hide()
        self.refusal = RefusalBar(_passable, self)
        self.refusal.reason_given.connect(self._give_reason)
        self._ground = QWidget()
        self._room = SideRoom(self._ground, self)
        self._room.resized.connect(self._lay)
        whole = Column(self, 0, 0)
        whole.addWidget(self._tabs)
        whole.addWidget(self.refusal)
        whole.addWidget(self._room, 1)

    def _add_commands(self, registry: Registry) -> None:
        group, scope = self.tr("Record"), "stays.board"
        forward, back = ("Ctrl+Right", "Ctrl+Left")
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            forward, back = back, forward
        some, can = self._has_selected, self._can_move
        registry.add_all((
            Command("stays.board.open", self.tr("Open the stay"), self._open_first, Icon.STAYS, (), scope, group, some),
            Command("stays.board.move", self.tr("Move to…"), self.open_move_menu, Icon.FORWARD, ("Ctrl+M",), scope,
                    group, can),
            Command("stays.board.forward", self.tr("Move to the next phase"), self._move_forward, None, (forward,),
                    scope, group, can),
            Command("stays.board.back", self.tr("Move to the phase before"), self._move_back, None, (back,), scope,
                    group, can),
            Command("stays.board.phases", self.tr("Choose phases…"), self.choose_phases, Icon.COLUMNS, (), scope,
                    self.tr("View")),
        ), self)

    def _make_column(self, phase: Phase) -> BoardColumn:
        made = BoardColumn(self.model.column(phase), self._ground)
        made.dropped.connect(self._dropped)
        made.add_wanted.connect(self._add_pressed)
        made.head_menu.connect(self.choose_phases)
        made.dragged_over.connect(self._dragged_over)
        cards = made.cards
        cards.entered.connect(self.opened)
        cards.across.connect(self._go_across)
        cards.chosen.connect(self._selection_changed)
        cards.drag_wanted.connect(self._drag)
        cards.customContextMenuRequested.connect(self._menu_wanted)
        made.set_adding(phase in PATH and not self._desk.read_only)
        return made

    def _remembered(self) -> tuple[Phase, ...] | None:
        noted = self._local.note("stays/phases") if self._local is not None else ""
        return tuple(Phase(one) for one in noted.split() if one in set(PHASES)) or None

    def _wanted_phases(self) -> list[Phase]:
        """What the user chose; else the way of a stay, and exits that somebody took."""
        if self._chosen_phases:
            return list(self._chosen_phases)
        counts = self.model.counts
        return [phase for phase in PHASES if phase in PATH or counts[phase]]

    @Slot()
    def _show_phases(self) -> None:
        wanted = self._wanted_phases()
        if wanted != self._order:
            for phase in set(self._order) - set(wanted):
                self._columns[phase].hide()
            self._order = wanted
            for phase in wanted:
                self.column(phase)
            self._lay()
        self.model.set_shown(wanted)
        self._name_tabs()

    def _name_tabs(self) -> None:
        counts = self.model.counts
        self._tabs.set_tabs([Tab(str(phase), phase_name(phase), number(counts[phase])) for phase in self._order])

    def _visible(self) -> list[Phase]:
        """The phases whose columns can be seen: all of them, in a narrow window the one of the tab."""
        if self._narrow:
            return [phase for phase in self._order if str(phase) == self._tabs.value]
        return self._order

    @Slot()
    def _fit(self) -> None:
        narrow = self.window().width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._tabs.setVisible(narrow)
        self._lay()

    @Slot()
    def _lay(self) -> None:
        """Give each column its place: equal widths, as many beside each other as have room."""
        shown = self._visible()
        gap, side = px(GAP), px(16)
        room = self._room.viewport().width() - 2 * side
        beside = max(1, min(len(shown), MOST_COLUMNS, (room + gap) // (px(LEAST_WIDTH) + gap)))
        wide = max(1, (room - gap * (beside - 1)) // beside)
        rest = max(0, room - gap * (beside - 1) - wide * beside) if beside == len(shown) else 0
        whole = 2 * side + len(shown) * wide + gap * (len(shown) - 1) + rest
        scrolls = whole > self._room.viewport().width()
        bar = self._room.horizontalScrollBar().sizeHint().height() if scrolls else 0
        high = max(px(120), self._room.height() - bar)
        self._ground.resize(max(whole, 1), high)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = side
        for place, phase in enumerate(shown):
            width = wide + (1 if place < rest else 0)
            x = self._ground.width() - left - width if mirrored else left
            top = px(10) if self._narrow else 0
            self._columns[phase].setGeometry(QRect(x, top, width, high - top - (px(4) if scrolls else px(12))))
            self._columns[phase].show()
            left += width + gap
        for phase in set(self._columns) - set(shown):
            self._columns[phase].hide()

    def _see(self, phase: Phase) -> None:
        """Bring a column into sight, behind its tab where columns take turns."""
        if self._narrow and self._tabs.value != str(phase):
            self._tabs.set_value(str(phase))
            self._lay()
        self._room.ensureWidgetVisible(self._columns[phase], px(16), 0)

    @Slot(str)
    def _tab_chosen(self, _: str) -> None:
        self._lay()
        self._columns[self._visible()[0]].cards.setFocus()

    @Slot()
    def _begin_at_top(self) -> None:
        self._fresh = True
        for column in self._columns.values():
            column.cards.scrollToTop()

    @Slot(int)
    def _counted(self, hits: int) -> None:
        self._show_phases()
        if self._fresh and hits:
            self._fresh = False
            self._begin_with_cards()
        self.counted.emit(hits)

    def _begin_with_cards(self) -> None:
        """Begin at the first phase in which something was found; where columns take turns, unless this one has."""
        counts = self.model.counts
        first = next((phase for phase in self._order if counts[phase]), None)
        if first is None or (self._narrow and counts[self._visible()[0]]):
            return
        self._see(first)
        place, bar = self._columns[first].geometry(), self._room.horizontalScrollBar()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        begins = self._ground.width() - place.right() - 1 if mirrored else place.left()
        bar.setValue(begins - px(16))

    @Slot()
    def _settled(self) -> None:
        """Cards that were moved are selected where they are now."""
        if self._follow and self._under_way is None:
            follow, self._follow = self._follow, []
            focused = any(column.cards.hasFocus() for column in self._columns.values())
            place = self.model.place_of(follow[0])
            self.select(follow)
            if place is not None and place[0] in self._order:
                self._columns[place[0]].cards.settle(frozenset(follow))
                if focused:
                    self._columns[place[0]].cards.setFocus()

    @Slot(bool)
    def _selection_changed(self, alone: bool) -> None:
        if alone:
            for column in self._columns.values():
                if column.cards is not self.sender():
                    column.cards.clearSelection()
        self._registry.refresh()
        self.selection_changed.emit(self.selected)

    @Slot(int)
    def _go_across(self, step: int) -> None:
        """Go to the card beside the current one, past columns without cards."""
        here = self.sender()
        if not isinstance(here, CardList):
            return
        height = here.height_of(here.currentIndex().row()) if here.currentIndex().isValid() else 0
        place = self._order.index(here.column.phase) + step
        while 0 <= place < len(self._order):
            phase = self._order[place]
            there = self._columns[phase].cards
            if there.column.rowCount():
                self._see(phase)
                here.clearSelection()
                there.select_row(there.row_at_height(height))
                there.setFocus()
                return
            place += step

    @Slot(list)
    def _dropped(self, ids: list[int]) -> None:
        column = self.sender()
        self._aside.stop()
        phase = next((one for one, made in self._columns.items() if made is column), None)
        if phase is not None:
            self.move_cards(ids, phase)

    @Slot()
    def _drag(self) -> None:
        source = self.sender()
        if not isinstance(source, CardList) or self._desk.read_only:
            return
        ids, row = self.selected, source.currentIndex().row()
        if not ids or row < 0:
            return
        place = source.visualRect(source.column.index(row))
        at = source.viewport().mapFromGlobal(QCursor.pos()) - place.topLeft() - QPoint(px(8), -px(6))
        self._pale(frozenset(ids))
        source.drag(ids, source.column.cards[row], at)
        self._aside.stop()
        self._pale(frozenset())

    def _pale(self, ids: frozenset[int]) -> None:
        for column in self._columns.values():
            column.cards.set_faint(ids)

    @Slot(QPoint)
    def _dragged_over(self, at: QPoint) -> None:
        """Where a drag nears the edge, columns beyond it come into sight."""
        x = self._room.viewport().mapFromGlobal(at).x()
        width = self._room.viewport().width()
        near = -1 if x < px(EDGE) else 1 if x > width - px(EDGE) else 0
        self._aside.setProperty("step", near)
        if near and not self._aside.isActive():
            self._aside.start()
        elif not near:
            self._aside.stop()

    @Slot()
    def _scroll_aside(self) -> None:
        bar = self._room.horizontalScrollBar()
        bar.setValue(bar.value() + int(self._aside.property("step") or 0) * px(12))

    @Slot(object)
    def _moved(self, _: Any) -> None:
        # the cards in their new place come after this
        self._under_way = None

    def _refused(self, error: Exception) -> None:
        moving = self._under_way
        self._under_way, self._follow = None, []
        if isinstance(error, Superseded):
            self.model.reload()
        if isinstance(error, PartnerDeskError) and moving is not None:
            self.refusal.show_refusal(error, len(moving[0]))
            self._waiting = moving

    @Slot(str)
    def _give_reason(self, reason: str) -> None:
        self.move_cards(*self._waiting, reason)

    @Slot(QAction)
    def _move_chosen(self, action: QAction) -> None:
        self.move_cards(self.selected, Phase(str(action.data())))

    def _name_of(self, ids: Sequence[int]) -> str:
        card = self.model.card(ids[0]) if len(ids) == 1 else None
        return card_name(card) if card is not None else ""

    def _step_phase(self, step: int) -> None:
        """Bring the selected cards one phase on their way forward or back."""
        here = {card.phase for card in self.selected_cards}
        if len(here) == 1 and (phase := here.pop()) in PATH:
            place = PATH.index(phase) + step
            if 0 <= place < len(PATH):
                self.move_cards(self.selected, PATH[place])

    def _move_forward(self) -> None:
        self._step_phase(1)

    def _move_back(self) -> None:
        self._step_phase(-1)

    def _open_first(self) -> None:
        if self.selected:
            self.opened.emit(self.selected[0])

    def _has_selected(self) -> bool:
        return bool(self.selected)

    def _can_move(self) -> bool:
        return bool(self.selected) and not self._desk.read_only

    @Slot(QPoint)
    def _menu_wanted(self, at: QPoint) -> None:
        cards = self.sender()
        if not isinstance(cards, CardList) or not cards.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._registry.fill_menu(menu, ("stays.board.open", None, "stays.board.forward", "stays.board.back",
                                        "stays.board.move", None, "stays.board.phases"))
        menu.popup(cards.viewport().mapToGlobal(at))

    @Slot(QAction)
    def _phase_turned(self, action: QAction) -> None:
        phase = Phase(str(action.data()))
        shown = set(self._order) ^ {phase}
        if shown:
            self.set_phases(shown)

    @Slot()
    def _add_pressed(self) -> None:
        phase = next((one for one, made in self._columns.items() if made is self.sender()), None)
        if phase is not None:
            self.add_wanted.emit(str(phase))

    def _below_current(self) -> QPoint:
        for phase in self._order:
            cards = self._columns[phase].cards
            if cards.selected:
                place = cards.visualRect(cards.column.index(cards.column.row_of(cards.selected[0].id)))
                return cards.viewport().mapToGlobal(place.bottomLeft() + QPoint(px(8), 0))
        return self.mapToGlobal(QPoint(px(16), px(16)))


def _move_to(ids: Sequence[int], phase: Phase, reason: str, name: str) -> Deed[Any]:
    # the rules of stays come when something is done, not before the board is seen
    from partnerdesk.services import stay_deeds

    return stay_deeds.move_to(ids, phase, reason, name=name)


def _passable(problem: Problem) -> bool:
    return bool(problem.values.get("passable"))
