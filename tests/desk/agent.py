"""The program as users start it, with an ear at its standard input: it tells where things are on the screen.

A dot that comes in is answered by one line of JSON: the windows in sight, and whether work is under way. After a
question mark the line also has their widgets, tabs and cells, each with its words and its place on the screen
(x, y, width, height). The answer is given a moment later, so that who asks until something holds leaves the program
its time.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSocketNotifier, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from partnerdesk import app
from partnerdesk.views.kit.tabs import Tabs
from partnerdesk.views.timeline_hands import TimelineView

MOMENT_MS = 15
TABS = ("overview", "contacts", "terms", "conditions", "parties", "plan", "outcomes")
WORDS = ("text", "toPlainText", "currentText", "title", "windowTitle")


class Ear(QObject):
    """Answers questions; when nobody can ask any more it ends the program."""

    def __init__(self) -> None:
        super().__init__()
        self.house = None
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    @Slot()
    def _hear(self) -> None:
        heard = os.read(sys.stdin.fileno(), 4096)
        if not heard:
            self._notifier.setEnabled(False)
            QApplication.quit()
        for one in heard:
            QTimer.singleShot(MOMENT_MS, self, self._answer_fully if one == ord("?") else self._answer)

    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """A mistake of the program that it would have shown in a message."""
        end_at_once(type(error), error, error.__traceback__)

    @Slot()
    def _answer(self) -> None:
        self._tell(windows=[window_line(w) for w in shown()], things=[])

    @Slot()
    def _answer_fully(self) -> None:
        things = [line for w in shown() for line in things_of(w)]
        self._tell(windows=[window_line(w) for w in shown()], things=things)

    def _tell(self, **picture: object) -> None:
        desk = self.house.desk if self.house is not None else None
        state = {"idle": desk is not None and desk.idle, "open": desk is not None and desk.is_open}
        sys.stdout.write(json.dumps(state | picture) + "\n")
        sys.stdout.flush()


def shown() -> list[QWidget]:
    """The windows that can have the keyboard; what only tells something under the pointer cannot."""
    told = Qt.WindowType.ToolTip
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() != told]


def window_line(window: QWidget) -> dict[str, object]:
    kind = "popup" if QApplication.activePopupWidget() is window else "modal" if window.isModal() else "window"
    return {"id": int(window.winId()), "title": window.windowTitle(), "kind": kind, "active": window.isActiveWindow(),
            "class": type(window).__name__}


def things_of(window: QWidget) -> list[dict[str, object]]:
    lines = []
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.window() is not window or not widget.isVisible():
            continue
        seen = in_sight(widget)
        if seen.isEmpty():
            continue
        lines.append(line(widget, type(widget).__name__, words_of(widget), seen))
        lines += parts_of(widget, seen)
    return lines


def in_sight(widget: QWidget) -> QRect:
    """What the widgets around it leave of a widget, in its own coordinates."""
    seen, around = widget.rect(), widget.parentWidget()
    while around is not None and around.window() is widget.window():
        seen &= QRect(widget.mapFrom(around, around.rect().topLeft()), around.size())
        around = around.parentWidget()
    return seen


def line(widget: QWidget, kind: str, words: str, place: QRect) -> dict[str, object]:
    corner = widget.mapToGlobal(place.topLeft())
    return {
        "window": widget.window().windowTitle(), "kind": kind, "name": widget.objectName(),
        "label": widget.accessibleName(), "words": words, "enabled": widget.isEnabled(),
        "focus": QApplication.focusWidget() is widget,
        "place": [corner.x(), corner.y(), place.width(), place.height()],
    }


def words_of(widget: QWidget) -> str:
    for name in WORDS:
        read = getattr(widget, name, None)
        if callable(read):
            return str(read())
    return ""


def parts_of(widget: QWidget, seen: QRect) -> list[dict[str, object]]:
    """Tabs, cells and menu entries: they are painted, not widgets."""
    if isinstance(widget, Tabs):
        places = ((key, widget.rect_of(key).toRect()) for key in TABS)
        return [line(widget, "tab", key, place) for key, place in places if place.isValid()]
    if isinstance(widget, TimelineView):
        return bars_of(widget)
    if isinstance(widget, QMenu):
        return [line(widget, "action", a.text().split("\t")[0], widget.actionGeometry(a)) for a in widget.actions()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        return cells_of(widget)
    return []


def bars_of(view: TimelineView) -> list[dict[str, object]]:
    """The bars in sight, by the names of their rows."""
    lanes = view.viewport().rect().adjusted(int(view.names_width), 0, 0, 0)
    places = ((bar.name, view.place_of(row) & lanes) for row, bar in enumerate(view.scene.chart.rows))
    return [line(view.viewport(), "bar", name, place) for name, place in places if not place.isEmpty()]


def cells_of(view: QAbstractItemView) -> list[dict[str, object]]:
    model, area, root, lines = view.model(), view.viewport(), view.rootIndex(), []
    for row in range(model.rowCount(root)):
        for column in range(model.columnCount(root) if isinstance(view, QTableView) else 1):
            index = model.index(row, column, root)
            place = view.visualRect(index)
            if place.isEmpty() or not area.rect().contains(place.center()):
                continue
            cell = line(area, "cell", str(index.data() or ""), place)
            cell |= {"row": row, "column": column, "label": view.accessibleName(), "focus": view.hasFocus()}
            lines.append(cell)
    return lines


def end_at_once(*error: object) -> None:
    """A mistake in here or in the program ends it, so that nobody waits for an answer."""
    sys.__excepthook__(*error)
    os._exit(3)


def main(files: list[str]) -> int:
    sys.excepthook = end_at_once
    app.make_application(sys.argv[:1])
    ear = Ear()
    build = app.build

    def heard_build(local: object, **ways: bool) -> object:
        ear.house = build(local, **ways)
        ear.house.desk.bug.connect(ear.fail)
        return ear.house

    app.build = heard_build
    return app.run(Path(files[0]) if files else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
