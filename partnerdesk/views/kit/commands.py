"""Everything a user can do, listed once: menus, buttons, the palette and the shortcut sheet read it here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from partnerdesk.look.icons import Icon, icon
from partnerdesk.views.kit.buttons import Button

Key = QKeySequence.StandardKey | str


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: what it is called, its keys, where it applies and what it runs.

    `scope` is a dotted path: "" the whole window, "partners" a page, "partners.list" a part of it. `text` may
    be a function where the label names its object ("Undo: delete …"). `enabled` says whether it can work now;
    what cannot is hidden, or greyed when `stays` (Undo and its like, which people look for in their place).
    A `dangerous` one stands last in every menu, in red behind a line, and no letter alone may set it off.
    """

    id: str
    text: str | Callable[[], str]
    run: Callable[[], object]
    icon: Icon | None = None
    keys: tuple[Key, ...] = ()
    scope: str = ""
    group: str = ""
    enabled: Callable[[], bool] | None = None
    stays: bool = False
    in_palette: bool = True
    dangerous: bool = False

    @property
    def title(self) -> str:
        """The label as it reads now."""
        return self.text() if callable(self.text) else self.text

    @property
    def possible(self) -> bool:
        """Whether it can work now."""
        return self.enabled is None or self.enabled()

    def sequences(self) -> list[QKeySequence]:
        """Its keys on this platform; the first is the one shown."""
        found: list[QKeySequence] = []
        for key in self.keys:
            bindings = [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
            found += [sequence for sequence in bindings if sequence not in found]
        return found


@dataclass(frozen=True, slots=True)
class Collision:
    """Two commands that would answer the same keys in the same place."""

    keys: str
    first: str
    second: str


class Registry(QObject):
    """Holds the commands and the QAction of each; refresh() brings labels and states up to date."""

    ran = Signal(str)
    refreshed = Signal()

    def __init__(self, flush: Callable[[], object] = _nothing, parent: QObject | None = None) -> None:
        """`flush` commits the field being edited; it is called before every command."""
        super().__init__(parent)
        self.flush_first = flush
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._buttons: list[tuple[QAbstractButton, str]] = []

    def add(self, command: Command, owner: QWidget) -> QAction:
        """Make the command's QAction, owned by `owner`; a scoped one answers its keys only inside it."""
        if command.id in self._live():
            raise ValueError(f"two commands are called {command.id}")
        if command.dangerous and any(map(_is_letter, command.sequences())):
            raise ValueError(f"{command.id} is too dangerous for a single letter")
        action = QAction(owner)
        action.setObjectName(command.id)
        if command.icon is not None:
            action.setIcon(icon(command.icon))
        action.setShortcuts(command.sequences())
        inside, everywhere = Qt.ShortcutContext.WidgetWithChildrenShortcut, Qt.ShortcutContext.WindowShortcut
        action.setShortcutContext(inside if command.scope else everywhere)
        action.setProperty("kind", "danger" if command.dangerous else "")
        self._commands[command.id] = command
        self._actions[command.id] = action
        action.triggered.connect(self._triggered)
        owner.addAction(action)
        self._bring_up_to_date(command, action)
        return action

    def add_all(self, commands: Iterable[Command], owner: QWidget) -> None:
        """Add several commands of one owner."""
        for command in commands:
            self.add(command, owner)

    def remove(self, command_id: str) -> None:
        """Forget a command and drop its action."""
        self._commands.pop(command_id, None)
        action = self._actions.pop(command_id, None)
        if action is not None and shiboken6.isValid(action):
            action.deleteLater()

    def command(self, command_id: str) -> Command:
        """The command called `command_id`; KeyError when there is none."""
        return self._commands[command_id]

    def action(self, command_id: str) -> QAction:
        """The command's QAction; KeyError when there is none."""
        return self._actions[command_id]

    def commands(self) -> list[Command]:
        """All commands in the order they were added."""
        return [self._commands[name] for name in self._live()]

    def runnable(self) -> list[Command]:
        """What the palette may offer now: possible, and belonging to what is on the screen."""
        shown: list[Command] = []
        for name, action in self._live().items():
            command, owner = self._commands[name], action.parent()
            on_screen = not command.scope or (isinstance(owner, QWidget) and owner.isVisible())
            if command.in_palette and on_screen and command.possible:
                shown.append(command)
        return shown

    def run(self, command_id: str) -> bool:
        """Commit the field being edited, then do it; False when it cannot work now."""
        self.flush_first()
        command = self._commands[command_id]
        if not command.possible:
            self.refresh()
            return False
        command.run()
        self.ran.emit(command_id)
        self.refresh()
        return True

    def fill_menu(self, menu: QMenu, ids: Sequence[str | None]) -> None:
        """Put commands into a menu; None is a separator. States are renewed each time it opens."""
        self.put_into(menu, ids)
        menu.aboutToShow.connect(self.refresh)

    def put_into(self, menu: QMenu, ids: Sequence[str | None]) -> None:
        """Put commands into a menu as they are now, those that are dangerous last."""
        dangerous = [name for name in ids if name is not None and self._commands[name].dangerous]
        for name in (*(name for name in ids if name not in dangerous), *((None, *dangerous) if dangerous else ())):
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])
        menu.setSeparatorsCollapsible(True)

    def bind_button(self, button: QAbstractButton, command_id: str, text: bool = True) -> None:
        """Let a button show and run a command: label or icon alone, tooltip with its key, hidden with it."""
        self._buttons.append((button, command_id))
        command = self._commands[command_id]
        if text:
            button.setText(command.title)
        if command.icon is not None:
            if isinstance(button, Button):
                button.set_icon(command.icon)
            else:
                button.setIcon(icon(command.icon))
        button.clicked.connect(self._actions[command_id].trigger)
        self._dress(button, command)

    def collisions(self) -> list[Collision]:
        """Pairs of commands with a key in common whose scopes are the same or lie one in the other."""
        found: list[Collision] = []
        live = [self._commands[name] for name in self._live()]
        for at, first in enumerate(live):
            for second in live[at + 1 :]:
                if not _overlap(first.scope, second.scope):
                    continue
                common = [keys for keys in first.sequences() if keys in second.sequences()]
                found += [Collision(keys.toString(), first.id, second.id) for keys in common]
        return found

    @Slot()
    def refresh(self) -> None:
        """Ask every command again what it is called and whether it can work."""
        self._sweep()
        for name, action in self._actions.items():
            self._bring_up_to_date(self._commands[name], action)
        for button, name in self._buttons:
            self._dress(button, self._commands[name])
        self.refreshed.emit()

    @Slot()
    def _triggered(self) -> None:
        action = self.sender()
        if action is not None and action.objectName() in self._commands:
            self.run(action.objectName())

    def _sweep(self) -> None:
        dead = [name for name, action in self._actions.items() if not shiboken6.isValid(action)]
        for name in dead:
            del self._actions[name]
            del self._commands[name]
        self._buttons = [
            (button, name) for button, name in self._buttons if shiboken6.isValid(button) and name in self._commands
        ]

    def _live(self) -> dict[str, QAction]:
        if not all(map(shiboken6.isValid, self._actions.values())):
            self._sweep()
        return self._actions

    def _bring_up_to_date(self, command: Command, action: QAction) -> None:
        possible = command.possible
        action.setText(command.title.replace("&", "&&"))
        action.setEnabled(possible)
        action.setVisible(possible or command.stays)

    def _dress(self, button: QAbstractButton, command: Command) -> None:
        possible, title = command.possible, command.title
        keys = command.sequences()
        shown = keys_text(keys[0]) if keys else ""
        button.setAccessibleName(title)
        button.setToolTip(f"{title}  {shown}" if shown else title)
        button.setEnabled(possible)
        unseen = not possible and not command.stays
        if unseen != bool(button.property("commandHidden")):
            button.setProperty("commandHidden", unseen)
            button.setVisible(not unseen)


def keys_text(sequence: QKeySequence) -> str:
    """Keys as they stand at the right of a menu row: "Ctrl P", or the signs of a Mac."""
    native = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("+", " ").replace("  ", " +").strip()


def _is_letter(sequence: QKeySequence) -> bool:
    return len(sequence.toString()) == 1


def _overlap(first: str, second: str) -> bool:
    inner, outer = sorted((f"{first}.".lstrip("."), f"{second}.".lstrip(".")), key=len, reverse=True)
    return inner.startswith(outer)
