"""The one bar that says what the disk or the file refused, and offers the way on: retry, or take over."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from partnerdesk.bridge.desk import Desk
from partnerdesk.bridge.following import Follower
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.look.words import say
from partnerdesk.views.doorman import Doorman
from partnerdesk.views.kit.messagebar import MessageBar

RETRY, TAKE_OVER, ANYWAY, DISMISS = "retry", "take over", "anyway", "dismiss"


class FailureBar(QObject):
    """Shows trouble with the office file in the window's bar, and takes it away when a retry has mended it.

    It also lets the views follow other desks, for the offer to take over is the end of such following.
    """

    def __init__(self, desk: Desk, doorman: Doorman, bar: MessageBar) -> None:
        super().__init__(bar)
        self._desk, self._doorman, self._bar = desk, doorman, bar
        self._shown = False
        self._follower = Follower(desk, self)
        desk.trouble.connect(self._show)
        desk.mended.connect(self._mended)
        doorman.offered.connect(self._offer)
        doorman.contested.connect(self._contest)
        doorman.cautioned.connect(self._caution)
        bar.acted.connect(self._act)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._woken)

    @Slot(object)
    def _show(self, error: Exception) -> None:
        if not isinstance(error, EnvironmentTrouble):
            return
        self._shown = True
        if self._desk.unsaved:
            self._bar.show_message("danger", self.tr("Not saved:"), say(error.message), self.tr("Retry"), RETRY)
        else:
            self._bar.show_message("danger", say(error.message), "", self.tr("Dismiss"), DISMISS)

    @Slot()
    def _mended(self) -> None:
        if self._shown:
            self._shown = False
            self._bar.clear()

    @Slot(str)
    def _offer(self, sentence: str) -> None:
        self._bar.show_message("info", sentence, self.tr("You can work in it now."), self.tr("Take over"), TAKE_OVER)

    @Slot(str)
    def _contest(self, sentence: str) -> None:
        self._bar.show_message("info", sentence, "", self.tr("Open for writing anyway…"), ANYWAY)

    @Slot(str)
    def _caution(self, sentence: str) -> None:
        self._bar.show_message("warn", sentence, "", self.tr("Dismiss"), DISMISS)

    @Slot(str)
    def _act(self, token: str) -> None:
        if token == RETRY:
            self._desk.retry()
        elif token == TAKE_OVER:
            self._doorman.take_over()
        elif token == ANYWAY:
            self._doorman.ask_anyway()

    @Slot(Qt.ApplicationState)
    def _woken(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._follower.look()
            self._doorman.look_at_lock()
