"""The desk put together: the Qt application, the window, and the way from start to the first list."""

import builtins
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from partnerdesk.domain import collector
from partnerdesk.services import paths
from partnerdesk.services.bytecode import KeptCode

collector.hold()
_import = builtins.__import__

with KeptCode(paths.code_file()) as _kept:
    import PySide6.QtCore  # noqa: F401

from PySide6.QtCore import QCoreApplication, QEventLoop, QLocale, QObject, QTimer, QTranslator  # noqa: E402
from PySide6.QtGui import QIcon  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

# PySide6 puts its own import function in place, which slows every later import by a quarter.
builtins.__import__ = _import

from partnerdesk import __version__  # noqa: E402
from partnerdesk.bridge.desk import Desk  # noqa: E402
from partnerdesk.domain.resources import resource_path  # noqa: E402
from partnerdesk.look.words import PseudoTranslator  # noqa: E402
from partnerdesk.views.desk_house import DeskHouse  # noqa: E402
from partnerdesk.views.kit.style import Mode, ThemeKeeper, apply_theme  # noqa: E402
from partnerdesk.views.local import Local  # noqa: E402

collector.settle()

PSEUDO = "xx"
NEXT_PIECE_MS, QUIET_MS = 5, 400


class LastResort(QObject):
    """Shows what nobody expected in one dialog, and writes it down without anybody's data."""

    def __init__(self, house: DeskHouse) -> None:
        super().__init__(house)
        self._house = house
        house.desk.bug.connect(self.show)

    def show(self, error: BaseException) -> None:
        """Say that something went wrong inside the program."""
        logging.getLogger("partnerdesk").error("%s", where(error))
        self._house.window.message().show_message(
            "danger", self.tr("Something went wrong inside the program."),
            " " + self.tr("Nothing was lost. The log has the details: {file}").format(file=paths.log_file().name))


    def unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What no slot has caught is told here too: on the way to a terminal it would carry what was entered."""
        if issubclass(kind, Exception):
            self.show(error)
        else:
            sys.__excepthook__(kind, error, trace)


class SpareTime(QTimer):
    """Makes what has not been shown yet piece by piece: the page in sight at once, the others in quiet moments."""

    def __init__(self, house: DeskHouse) -> None:
        super().__init__(house)
        self._house = house
        self._failed: set[str] = set()
        self.setInterval(NEXT_PIECE_MS)
        self.timeout.connect(self._tick)

    def _tick(self) -> None:
        desk, page = self._house.desk, self._house.window.page
        if not desk.is_open and not desk.idle:
            # the thread that opens the office loads what forms need too: who asks for it meanwhile only waits
            return
        if page is not None and self._make(page.key):
            self.setInterval(NEXT_PIECE_MS)
            return
        if self.interval() != QUIET_MS:
            self.setInterval(QUIET_MS)
            collector.settle()
        if desk.idle and not any(self._make(plan.key) for plan in self._house.window.plans):
            self.stop()
            collector.settle()

    def _make(self, key: str) -> bool:
        """Make one piece of a page. What cannot be made is told once, and left until somebody asks for it."""
        if key in self._failed:
            return False
        try:
            return self._house.make_more_of(key)
        except Exception as error:
            self._failed.add(key)
            self._house.desk.bug.emit(error)
            return False


def make_application(arguments: list[str]) -> QApplication:
    """The one QApplication, named and dressed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(arguments)
    QCoreApplication.setApplicationName("PartnerDesk")
    QCoreApplication.setApplicationVersion(__version__)
    app.setWindowIcon(QIcon(str(resource_path("icons", "partnerdesk.svg"))))
    return app


def dress(app: QApplication, local: Local, language: str | None = None) -> ThemeKeeper:
    """Give the application its theme, size of text and language."""
    modes: dict[str, Mode] = {"light": "light", "dark": "dark"}
    keeper = apply_theme(app, modes.get(local.theme, "system"), local.text_percent)
    code = local.language if language is None else language
    if code == PSEUDO:
        translator: QTranslator = PseudoTranslator(app)
        app.installTranslator(translator)
    elif code:
        QLocale.setDefault(QLocale(code))
    return keeper


def build(local: Local, *, rest_later: bool = False) -> DeskHouse:
    """A window without an office; with `rest_later` only as much of it as the first rows are seen in."""
    return DeskHouse(Desk(local.who), local, rest_later=rest_later)


def run(file: Path | None = None) -> int:
    """Show the window and stay until it is closed; the exit code."""
    collector.hold()
    logging.basicConfig(filename=str(paths.log_file()), level=logging.WARNING, format="%(asctime)s %(message)s")
    app = make_application(sys.argv[:1])
    local = Local()
    dress(app, local)
    house = build(local, rest_later=True)
    sys.excepthook = LastResort(house).unexpected
    shape = local.shape("window")
    if shape is None or not house.window.restoreGeometry(shape):
        house.window.resize(1280, 800)
    start = house.file_at_start(file)
    if start is not None:
        house.show_ahead(start)
    if house.window.page is None:
        house.window.show_welcome()
    house.window.show()
    _finish(app, house)
    _kept.save()
    if start is not None:
        QTimer.singleShot(0, house, lambda: house.doorman.open(start))
    spare = SpareTime(house)
    spare.start()
    code = app.exec()
    house.desk.shut_down()
    local.flush()
    return code


def _finish(app: QApplication, house: DeskHouse) -> None:
    """Paint, then make the rest of the house; keys and clicks wait until it is there to take them."""
    waiting = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    app.processEvents(waiting)
    while house.finish_more():
        app.processEvents(waiting)


def where(error: BaseException) -> str:
    """The error for the log: its kind and where it happened, not what was in the fields or who the user is."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {Path(one.filename).parent.name}/{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]
    return "\n".join([type(error).__name__, *lines])
