"""The commands of the whole window: files, undo, going places, help; and the menus made of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from partnerdesk.bridge.desk import Desk
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.services.journal import UndoState
from partnerdesk.views.kit.commands import Command, Registry
from partnerdesk.views.window import Window

_Key = QKeySequence.StandardKey

FILE = ("file.new", "file.open", "file.recent", "file.sample", None, "file.save", None, "file.import", "file.export",
        "file.calendar", None, "file.leave", "file.return", None, "file.close", "file.quit")
EDIT = ("edit.undo", "edit.redo", None, "edit.settings")
GO = ("go.palette", None, "go.back", "go.forward", None)
HELP = ("help.guide", "help.keys", None, "help.support", "help.about")


class UndoCommands:
    """Undo and Redo with the names of what they would do."""

    def __init__(self, desk: Desk, registry: Registry) -> None:
        self._desk, self._registry = desk, registry
        self._state = UndoState(None, None)
        desk.undoable.connect(self.show)

    def show(self, state: UndoState) -> None:
        """Take the journal's word for what can be undone."""
        self._state = state
        self._registry.refresh()

    def add_to(self, window: Window) -> None:
        """Register both commands."""
        tr = window.tr
        self._undo, self._redo = tr("Undo"), tr("Redo")
        self._undo_named, self._redo_named = tr("Undo: {what}"), tr("Redo: {what}")
        self._registry.add_all([
            Command("edit.undo", self._undo_text, self._desk.undo, Icon.UNDO, (_Key.Undo,),
                    group=tr("Edit"), enabled=self._can_undo, stays=True),
            Command("edit.redo", self._redo_text, self._desk.redo, Icon.REDO, (_Key.Redo, "Ctrl+Y"),
                    group=tr("Edit"), enabled=self._can_redo, stays=True),
        ], window)

    def _undo_text(self) -> str:
        step = self._state.undo
        return self._undo_named.format(what=say(step.label)) if step and self._can_undo() else self._undo

    def _redo_text(self) -> str:
        step = self._state.redo
        return self._redo_named.format(what=say(step.label)) if step and self._can_redo() else self._redo

    def _can_undo(self) -> bool:
        return self._state.undo is not None and self._desk.is_open and not self._desk.read_only

    def _can_redo(self) -> bool:
        return self._state.redo is not None and self._desk.is_open and not self._desk.read_only


class Menus:
    """Fills the menu bar from the registry; entries whose command does not exist (yet) on a page are left out."""

    def __init__(self, window: Window, registry: Registry) -> None:
        self._window, self._registry = window, registry
        tr, add = window.tr, window.menu_bar().addMenu
        self._file, self._edit, self._record = add(tr("File")), add(tr("Edit")), add(tr("Record"))
        self._go, self._help = add(tr("Go")), add(tr("Help"))
        self._record.aboutToShow.connect(self._fill_record)
        window.page_changed.connect(self._page_changed)

    def fill(self, recent: Callable[[QMenu], None]) -> None:
        """Put the commands into the menus; `recent` adds the offices opened lately."""
        before, after = FILE[:FILE.index("file.recent")], FILE[FILE.index("file.recent") + 1:]
        self._add(self._file, before)
        recent(self._file)
        self._add(self._file, after)
        self._add(self._edit, EDIT)
        self._add(self._go, (*GO, *(f"go.{plan.key}" for plan in self._window.plans)))
        self._add(self._help, HELP)

    def _page_changed(self, key: str) -> None:
        """The Record menu belongs to the page shown; a page without commands has none."""
        page = self._window.page
        self._record.menuAction().setVisible(page is not None and page.key == key and bool(page.record_menu))

    def _fill_record(self) -> None:
        self._record.clear()
        page = self._window.page
        if page is not None:
            self._registry.refresh()
            known = {command.id for command in self._registry.commands()}
            self._registry.put_into(self._record, [n for n in page.record_menu if n is None or n in known])

    def _add(self, menu: QMenu, ids: Sequence[str | None]) -> None:
        known = {command.id for command in self._registry.commands()}
        self._registry.fill_menu(menu, [name for name in ids if name is None or name in known])


def go_commands(window: Window) -> list[Command]:
    """Ctrl+1 … for the pages, and the way back and forward."""
    tr = window.tr
    made = [
        Command("go.palette", tr("Search and commands…"), window.searched.emit, Icon.SEARCH, ("Ctrl+K",),
                in_palette=False),
        Command("go.back", tr("Back"), window.back, Icon.BACK, (_Key.Back,), enabled=lambda: window.can_go_back,
                stays=True),
        Command("go.forward", tr("Forward"), window.forward, Icon.FORWARD, (_Key.Forward,),
                enabled=lambda: window.can_go_forward, stays=True),
    ]
    for place, plan in enumerate(window.plans, start=1):
        keys = (f"Ctrl+{place}",) if place < 10 else ()
        made.append(Command(f"go.{plan.key}", plan.title, _Go(window, plan.key), plan.icon, keys,
                            enabled=lambda: window.desk.is_open))
    return [replace(command, group=tr("Go")) for command in made]


class _Go:
    """Shows one page; holds no widget but the window."""

    def __init__(self, window: Window, key: str) -> None:
        self._window, self._key = window, key

    def __call__(self) -> None:
        self._window.go(self._key)

