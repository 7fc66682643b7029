"""The Nominations page: what is to be told to partners by when; lists and messages out, their answers in."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.nominations import ASKED, OPEN, REJECTED, Nomination, Nominee
from partnerdesk.domain.problems import PartnerDeskError, Refused
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.names import country_name
from partnerdesk.models.nominations import (
    deadline_words,
    nomination_rows,
    nominations_model,
    nominees_model,
    term_words,
)
from partnerdesk.services import nominations
from partnerdesk.views.agreement_fields import Fact
from partnerdesk.views.calls_dialogs import Asking
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.detail import UndoFoot
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import FormGrid
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.lines_page import LinesPage, Paper
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print


class ShrinkingHead(ScrollRoom):
    """What stands above a list: as high as it needs to be, and scrolled where the list would get no room."""

    def __init__(self, body: QWidget) -> None:
        super().__init__(body)
        self._body = body
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        layout, wide = self._body.layout(), self.viewport().width()
        high = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else -1
        return QSize(super().sizeHint().width(), high if high > 0 else self._body.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class NominationDetail(QWidget):
    """One partner's nominees. `acted(what)` when a button is pressed; it is about those selected, else all."""

    acted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.nomination: Nomination | None = None
        self.name = ShortWords("", "record")
        self.what = ShortWords("", "tiny", "muted")
        self.facts = {"deadline": Fact(self.tr("Deadline of the partner")), "to": Fact(self.tr("To"))}
        self.missing = Words("", "small", "warn", wrap=True)
        self.table = LinesTable(self.tr("People"), nominees_model(self))
        self.buttons: dict[str, Button] = {}
        self.foot = UndoFoot(desk)
        self._body = QWidget()
        self._build()

    @property
    def chosen(self) -> list[Nominee]:
        """Those selected; everybody where nobody is."""
        return self.table.chosen or list(self.table.lines.lines)

    def those(self, state: str) -> list[Nominee]:
        """Those of the chosen who are in a state."""
        return [one for one in self.chosen if one.state == state]

    def show_nomination(self, one: Nomination | None) -> None:
        """Show the nominees of one partner and half year."""
        other = self.nomination is None or one is None or self.nomination.key != one.key
        self.nomination = one
        self._body.setVisible(one is not None)
        if one is None:
            self.table.show_lines([])
            return
        self.name.setText(one.partner.name)
        self.what.setText(" · ".join(p for p in (country_name(one.partner.country), term_words(one)) if p))
        self.facts["deadline"].say(deadline_words(one))
        contact = one.contact
        self.facts["to"].say(f"{contact.full_name}, {contact.email}" if contact is not None else self.tr(
            "No contact with an e-mail address"))
        self.missing.setText(counted(one.missing, self.tr("1 person is not complete. What is missing stands below "
                                                          "the name."),
                                     self.tr("{n} people are not complete. What is missing stands below the name.")))
        self.missing.setVisible(bool(one.missing))
        if other:
            self.table.clearSelection()
        self.table.show_lines(one.nominees)
        self.show_buttons()

    @Slot()
    def show_buttons(self) -> None:
        """Show what can be done with those who are chosen."""
        can, there = not self._desk.read_only, bool(self.table.lines.lines)
        to_send, asked, rejected = (len(self.those(state)) for state in (OPEN, ASKED, REJECTED))
        self.buttons["nominate"].setText(self.tr("Nominate {n}").format(n=number(to_send)))
        self.buttons["accept"].setText(self.tr("{n} accepted").format(n=number(asked)))
        self.buttons["reject"].setText(self.tr("{n} rejected…").format(n=number(asked)))
        self.buttons["again"].setText(self.tr("Ask again about {n}").format(n=number(rejected)))
        shown = {"nominate": can and to_send, "accept": can and asked, "reject": can and asked,
                 "again": can and rejected}
        first = next((key for key in ("nominate", "accept", "again") if shown[key]), "")
        for key, button in self.buttons.items():
            button.setVisible(bool(shown.get(key, there)))
            button.set_kind("primary" if key == first else "secondary" if key in shown else "quiet")
        self._head.updateGeometry()

    def _build(self) -> None:
        ground = Pane("surface", self)
        column = Column(self._body, (16, 12, 16, 12), 10)
        column.addWidget(self.name)
        column.addWidget(self.what)
        grid = FormGrid()
        grid.add(self.facts["deadline"], short=True)
        grid.add(self.facts["to"], short=True)
        column.addWidget(grid)
        acts = QWidget()
        flow = Flow(acts, 6)
        for key, words, icon in (
            ("nominate", "", Icon.NOMINATED), ("accept", "", Icon.ACCEPTED), ("reject", "", Icon.REJECTED),
            ("again", "", Icon.RENEW), ("list", self.tr("Save the list…"), Icon.SPREADSHEET),
            ("print", self.tr("Print the list"), Icon.PRINT), ("copy", self.tr("Copy the message"), Icon.DUPLICATE),
            ("mail", self.tr("Save the message…"), Icon.MAIL), ("partner", self.tr("Go to the partner"), Icon.PARTNERS),
        ):
            button = Button(words, small=True, icon=icon)
            button.setObjectName(key)
            button.clicked.connect(self._pressed)
            self.buttons[key] = button
            flow.addWidget(button)
        column.addWidget(acts)
        column.addWidget(self.missing)
        whole = Column(ground)
        self._head = ShrinkingHead(self._body)
        whole.addWidget(self._head)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.foot)
        Column(self).addWidget(ground, 1)
        self.table.selectionModel().selectionChanged.connect(self.show_buttons)
        self.setFocusProxy(self.table)

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.acted.emit(button.objectName())


class NominationsPage(LinesPage[Nomination]):
    """Nominations, late ones first."""

    key = "nominations"
    icon = Icon.NOMINATED
    kinds = ("stay", "person", "partner")
    counting = staticmethod(nominations.to_nominate)
    sizes = (640, 440)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.pane = NominationDetail(house.desk)
        self._office = ""
        self.dialog: Asking | None = None
        super().__init__(house, nominations_model, self.pane, parent)
        self.which = Segmented(self.tr("Which nominations"), (
            ("all", self.tr("All")), ("open", self.tr("To send")), ("asked", self.tr("Without an answer"))))
        self.which.chosen.connect(self.show_lines)
        self.tools.addWidget(self.which)
        self.pane.acted.connect(self.act)
        self.pane.table.opened.connect(self._open_stay)
        self.empty.show_case(self.tr("Nobody is to be nominated. Whoever accepts an offer of a call comes here."),
                             self.tr("Go to the calls"), self.tr("Go to the stays"))
        self.empty.chosen.connect(self._from_empty)

    @property
    def title(self) -> str:
        return self.tr("Nominations")

    def question(self) -> Callable[[Any], tuple[list[Nomination], str]]:
        return lambda reader: (nominations.nominations(reader), nominations.our_name(reader))

    def take(self, answer: tuple[list[Nomination], str]) -> Sequence[Nomination]:
        found, self._office = answer
        return found

    def search_text(self, line: Nomination) -> str:
        people = " ".join(one.person.full_name for one in line.nominees)
        return f"{line.partner.name} {country_name(line.partner.country)} {people}"

    def chosen(self, lines: list[Nomination]) -> list[Nomination]:
        states = {"open": (OPEN,), "asked": (ASKED,)}.get(self.which.value, ())
        return [one for one in lines if not states or any(one.of(state) for state in states)]

    def export_rows(self, lines: Sequence[Nomination]) -> tuple[list[str], list[list[object]]]:
        return nomination_rows(lines)

    def papers(self) -> Sequence[Paper]:
        return (Paper("print", self.tr("Print the nomination list"), self._current_list),
                Paper("print_shown", self.tr("Print the nomination lists shown"), self._lists_shown))

    @Slot()
    def tell(self) -> None:
        shown, total = len(self.table.lines.lines), len(self.lines)
        words = counted(total, self.tr("1 nomination"), self.tr("{n} nominations"))
        if shown != total:
            words = self.tr("{n} of {total}").format(n=number(shown), total=words)
        self.foot.say(words if total else "")
        self.pane.show_nomination(self.table.current)

    @Slot(str)
    def act(self, key: str) -> None:
        """Do what a button of the pane says."""
        one, pane = self.pane.nomination, self.pane
        if one is None:
            return
        if key in ("list", "mail"):
            self._save(key, one)
        elif key == "copy":
            message = nominations.message_of(one, self._office)
            QGuiApplication.clipboard().setText(f"{message.subject}\n\n{message.body}")
            self._told("info", self.tr("The message is in the clipboard."))
        elif key == "print":
            self.house.print_it(_lists([one]))
        elif key == "partner":
            self.house.go("partners", one.partner.id)
        elif key == "reject":
            self._ask(Rejection(self.house.desk, self.window(), pane.those(ASKED)))
        else:
            self._write(key)

    def save_to(self, key: str, one: Nomination, path: Path) -> None:
        """Write the list or the message of a nomination to a file."""
        office = self._office

        def write(_: Any, __: Any) -> str:
            if key == "list":
                nominations.write_list(one, path)
            else:
                nominations.write_message(one, office, path)
            return path.name

        self.house.desk.work(write, self._wrote, self._failed)

    def _current_list(self) -> "Print | None":
        one = self.pane.nomination
        return _lists([one]) if one is not None else None

    def _lists_shown(self) -> "Print | None":
        lines = self.table.lines.lines
        return _lists(lines) if lines else None

    def _write(self, key: str) -> None:
        pane, desk = self.pane, self.house.desk
        if key == "nominate":
            desk.do(nominations.nominate(pane.those(OPEN)), None, self._maybe_with_reason)
        elif key == "accept":
            desk.do(nominations.record_answers(pane.those(ASKED), True), None, self._failed)
        elif key == "again":
            desk.do(nominations.ask_again(pane.those(REJECTED)), None, self._failed)

    def _save(self, key: str, one: Nomination) -> None:
        ending = ".xlsx" if key == "list" else ".eml"
        kinds = self.tr("Spreadsheets (*.xlsx *.csv)") if key == "list" else self.tr("Messages (*.eml)")
        dialog = QFileDialog(self, self.tr("Save as"), nominations.file_name(one, ending), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.fileSelected.connect(_Chosen(self, key, one))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _wrote(self, name: str) -> None:
        self._told("info", self.tr("Saved {file}.").format(file=name))

    def _maybe_with_reason(self, error: Exception) -> None:
        """What can be passed with a written reason is asked for; all else is said."""
        if isinstance(error, Refused) and all(problem.values.get("passable") for problem in error.problems):
            self._ask(WithReason(self.house.desk, self.window(), self.pane.those(OPEN), error))
        else:
            self._failed(error)

    def _ask(self, dialog: Asking) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.message.show_message("warn", say(error.message), "", self.tr("Dismiss"), "dismiss")
        else:
            self.house.desk.bug.emit(error)

    @Slot()
    def _forget_dialog(self) -> None:
        self.dialog = None

    @Slot(str)
    def _from_empty(self, choice: str) -> None:
        self.house.go("calls" if choice == "primary" else "stays")

    @Slot()
    def _open_stay(self) -> None:
        nominee = self.pane.table.current
        if nominee is not None:
            self.house.go("stays", nominee.stay.id)


class Rejection(Asking):
    """Asks for the partner's reason before its answer is noted."""

    def __init__(self, desk: Desk, parent: QWidget, nominees: Sequence[Nominee]) -> None:
        names = ", ".join(one.person.full_name for one in nominees[:6])
        super().__init__(desk, parent, parent.tr("The partner rejected"), names)
        self._nominees = list(nominees)
        self.add_field("status_comment", self.tr("Comment"), LineEditor())
        self.finish(self.tr("Note the rejection"))
        self.fields["status_comment"].editor.setFocus()  # type: ignore[attr-defined]

    @Slot()
    def go(self) -> None:
        comment = str(self.value("status_comment") or "").strip()
        self.desk.do(nominations.record_answers(self._nominees, False, comment), self._done, self.refused)

    def _done(self, _: None) -> None:
        self.accept()


class WithReason(Asking):
    """Asks for a reason to nominate although a rule speaks against it."""

    def __init__(self, desk: Desk, parent: QWidget, nominees: Sequence[Nominee], error: Refused) -> None:
        said = "\n".join(dict.fromkeys(say(problem.message) for problem in error.problems))
        super().__init__(desk, parent, parent.tr("Nominate all the same"), said, 500)
        self._nominees = list(nominees)
        self.add_field("reason", self.tr("Reason"), LineEditor(), required=True)
        self.finish(self.tr("Nominate"))
        self.fields["reason"].editor.setFocus()  # type: ignore[attr-defined]

    @Slot()
    def go(self) -> None:
        reason = str(self.value("reason") or "").strip()
        if not reason:
            self.fields["reason"].set_error(self.tr("A reason is missing"))
            self.fit_height()
            return
        self.desk.do(nominations.nominate(self._nominees, reason), self._done, self.refused)

    def _done(self, _: None) -> None:
        self.accept()


class _Chosen:
    """Called with the place where the list or the message of a nomination is to be saved."""

    def __init__(self, page: NominationsPage, key: str, nomination: Nomination) -> None:
        self._page, self._key, self._nomination = page, key, nomination

    def __call__(self, path: str) -> None:
        self._page.save_to(self._key, self._nomination, Path(path))


def _lists(found: Sequence[Nomination]) -> "Print":
    from partnerdesk.services.sheet_nomination import nomination_lists

    return nomination_lists([one.key for one in found])
