"""The pane of a call: the chosen application with its reasons, the places of the call, and the call itself."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.applications import KEPT
from partnerdesk.domain.calls import Application
from partnerdesk.domain.cellwords import languages as read_languages
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, number, say
from partnerdesk.models.calls import ApplicationLine, offer_chip, seat_lines, seats_model, short_offer
from partnerdesk.models.condition_cells import language_words
from partnerdesk.models.followups import count_words
from partnerdesk.services import calls, offers
from partnerdesk.services.calls import WISHES, Goal
from partnerdesk.services.labels import field_label
from partnerdesk.services.placing import CallFile
from partnerdesk.views.agreement_fields import ParsedEditor, field_options, term_options
from partnerdesk.views.calls_parts import CallTerms
from partnerdesk.views.data_table import LinesTable
from partnerdesk.views.detail import UndoFoot
from partnerdesk.views.followup_section import FollowUpSection
from partnerdesk.views.followup_work import FollowUpWork
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ChipLabel, Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.tabs import Tab, Tabs

MOST_SAID = 12
APPLICANT, PLACES, TERMS, FOLLOWUPS = "applicant", "places", "call", "followups"


class ApplicantPane(ScrollRoom):
    """One application, or what several have in common to be done. `acted(what)` when one of its buttons is pressed."""

    acted = Signal(str)
    open_person = Signal(int)
    open_stay = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._body = QWidget()
        super().__init__(self._body, parent)
        self._desk = desk
        self._file: CallFile | None = None
        self._lines: list[ApplicationLine] = []
        self.name = ShortWords("", "record")
        self.what = ShortWords("", "tiny", "muted")
        self.chip = ChipLabel("neutral", "")
        self.why = Words("", "body", "text", wrap=True)
        self.reason = Words("", "small", "text2", wrap=True)
        self.then = Words("", "small", "warn", wrap=True)
        self.buttons: dict[str, Button] = {}
        self.wishes: list[Field] = []
        self.fields: dict[str, Field] = {}
        self._one = QWidget()
        self._build()

    def show_lines(self, file: CallFile | None, lines: Sequence[ApplicationLine]) -> None:
        """Show the chosen applications of a call."""
        fresh = [line.id for line in lines] != [line.id for line in self._lines]
        self._file, self._lines = file, list(lines)
        self._body.setVisible(bool(lines) and file is not None)
        if file is None or not lines:
            return
        self._one.setVisible(len(lines) == 1)
        self._show_buttons()
        if len(lines) > 1:
            self.name.setText(self.tr("{n} applications").format(n=number(len(lines))))
            self.what.hide()
            self.chip.hide()
            return
        line = lines[0]
        application = line.application
        self.name.setText(file.name(line.id))
        rank = self.tr("Rank {n} of {total}").format(n=number(line.rank), total=number(len(file.placement.ranks))) \
            if line.rank is not None else ""
        score = self.tr("{n} points").format(n=number(line.score, 1))
        self.what.setText(" · ".join(part for part in (rank, score) if part))
        self.what.show()
        chip = offer_chip(application)
        self.chip.show_state(chip.kind, chip.word, chip.icon)
        self.chip.show()
        self.why.setText(say(file.explanation(line.id)))
        self._say_decided(application)
        self._say_then(file, line)
        self._fill(file, application, fresh)

    def set_goals(self, goals: Sequence[Goal]) -> None:
        """What can be wished for."""
        several: dict[int, int] = {}
        for goal in goals:
            several[goal.place.partner_id] = several.get(goal.place.partner_id, 0) + 1
        options = [Option(goal.condition.id, _goal_words(goal, several[goal.place.partner_id] > 1), goal.place.country)
                   for goal in goals]
        for field in self.wishes:
            editor = field.editor
            assert isinstance(editor, PickerField)
            editor.set_options(options)

    def write(self, name: str, value: Any) -> None:
        """Write a field of the application."""
        if self._file is None or len(self._lines) != 1:
            return
        one = self._lines[0].application
        given = tuple(each.replace(" ", "=") for each in value or ()) if name == "languages" else value
        if name != "unit_id":
            given = given or ("" if name != "languages" else ())
        self._desk.do(calls.change_application(one, self._file.name(one.id), **{name: given}), None, self._failed)

    @Slot()
    def write_wishes(self) -> None:
        """Put the wishes that stand in the fields in place of those there are."""
        if self._file is None or len(self._lines) != 1:
            return
        one = self._lines[0].application
        terms = dict(self._file.wishes.get(one.id, ()))
        wanted = [i for field in self.wishes if isinstance(i := field.value(), int)]
        deed = calls.set_wishes(one, self._file.name(one.id), [(i, terms.get(i, "")) for i in wanted])
        self._desk.do(deed, None, self._failed)

    def _build(self) -> None:
        column = Column(self._body, (16, 12, 16, 16), 12)
        head = Row(None, 0, 8)
        head.addWidget(self.name, 1)
        head.addWidget(self.chip)
        column.addLayout(head)
        column.addWidget(self.what)
        acts = QWidget()
        flow = Flow(acts, 6)
        for key, words, icon in (
            ("offer", self.tr("Offer the place"), Icon.OFFERED), ("accept", self.tr("Accepts"), Icon.ACCEPTED),
            ("decline", self.tr("Declines"), Icon.DECLINED), ("hand", self.tr("Place by hand…"), Icon.EDIT),
            ("withdraw", self.tr("Withdraw…"), Icon.WITHDRAWN), ("reopen", self.tr("Decide anew"), Icon.RENEW),
            ("stay", self.tr("Show the stay"), Icon.STAYS), ("person", self.tr("Show the person"), Icon.CONTACT),
            ("remove", self.tr("Remove"), Icon.DELETE),
        ):
            button = Button(words, small=True, icon=icon)
            button.setObjectName(key)
            button.clicked.connect(self._pressed)
            self.buttons[key] = button
            flow.addWidget(button)
        column.addWidget(acts)
        inner = Column(self._one, 0, 12)
        inner.addWidget(Words(self.tr("Why"), "head"))
        inner.addWidget(self.why)
        inner.addWidget(self.reason)
        inner.addWidget(self.then)
        grid = FormGrid()
        grid.add_head(self.tr("Wishes"))
        for n in range(1, WISHES + 1):
            editor = PickerField((), label_of=self._seat_name)
            editor.setObjectName(f"wish_{n}")
            field = Field(self.tr("Wish {n}").format(n=n), editor)
            field.edited.connect(self.write_wishes)
            self.wishes.append(field)
            grid.add(field, wide=True)
        grid.add_head(self.tr("What conditions ask for"))
        self._add(grid, "level", PickerField(term_options("level")))
        self._add(grid, "unit_id", PickerField(()))
        self._add(grid, "field", PickerField(field_options()))
        self._add(grid, "languages", ParsedEditor(_read_languages, _said_languages))
        inner.addWidget(grid)
        column.addWidget(self._one)
        column.addStretch(1)

    def _add(self, grid: FormGrid, name: str, editor: QWidget) -> None:
        editor.setObjectName(name)
        label = self.tr("Faculty") if name == "unit_id" else self.tr("Languages") if name == "languages" else say(
            field_label(name))
        field = Field(label, editor)
        field.edited.connect(_Edited(self, name))
        self.fields[name] = field
        grid.add(field, wide=True)

    def _fill(self, file: CallFile, application: Application, fresh: bool) -> None:
        locked = self.tr("This office is open for reading only") if self._desk.read_only else ""
        wishes = [file.heirs.get(i, i) for i, _ in file.wishes.get(application.id, ())]
        held = self.tr("An offer was made") if application.offer in KEPT else ""
        for n, field in enumerate(self.wishes):
            field.set_value(wishes[n] if n < len(wishes) else None)
            field.set_locked(locked or held)
            field.setVisible(n <= len(wishes) or n < 3)
        editor = self.fields["unit_id"].editor
        assert isinstance(editor, PickerField)
        editor.set_options([Option(unit.id, unit.name) for unit in sorted(file.units.values(), key=lambda u: u.name)])
        values = {"level": application.level or None, "field": application.field or None,
                  "unit_id": application.unit_id,
                  "languages": tuple(each.replace("=", " ") for each in application.languages)}
        for name, field in self.fields.items():
            if fresh or not field.editor.notes.error:
                field.set_error("")
                field.set_value(values[name])
            field.set_locked(locked)

    def _say_decided(self, application: Application) -> None:
        """Who decided when, and the reason where the office placed somebody itself."""
        said = []
        if application.decided_on is not None:
            said.append(self.tr("Decided on {day} by {who}.").format(
                day=day(application.decided_on), who=application.decided_by))
        if application.by_hand and application.explanation:
            said.append(self.tr("Reason: {reason}").format(reason=application.explanation))
        self.reason.setText(" ".join(said))
        self.reason.setVisible(bool(said))

    def _say_then(self, file: CallFile, line: ApplicationLine) -> None:
        """What a run would change about it."""
        self.then.setVisible(line.differs)
        outcome = file.outcome(line.application)
        then = file.seat_name(outcome.condition_id) or short_offer(outcome.offer)
        self.then.setText(self.tr("A run of the placement would make this: {then}").format(then=then))

    def _show_buttons(self) -> None:
        one, can = len(self._lines) == 1, not self._desk.read_only
        applications = [line.application for line in self._lines]
        states = {one.offer for one in applications}
        shown = {
            "offer": can and states == {"placed"}, "accept": can and states == {"offered"},
            "decline": can and states == {"offered"},
            "hand": can and one and states <= {"none", "placed", "waiting"},
            "withdraw": can and "withdrawn" not in states,
            "reopen": can and all(a.stay_id is None and (a.by_hand or a.offer in ("offered", "declined", "withdrawn"))
                                  for a in applications),
            "stay": one and applications[0].stay_id is not None, "person": one,
            "remove": can and all(a.stay_id is None for a in applications)}
        for key, button in self.buttons.items():
            button.setVisible(shown[key])

    def _seat_name(self, value: Any) -> str:
        return self._file.seat_name(value) if self._file is not None else ""

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is None:
            return
        key = button.objectName()
        application = self._lines[0].application if self._lines else None
        if key == "person" and application is not None:
            self.open_person.emit(application.person_id)
        elif key == "stay" and application is not None and application.stay_id is not None:
            self.open_stay.emit(application.stay_id)
        else:
            self.acted.emit(key)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.acted.emit(f"!{say(error.message)}")
            self.show_lines(self._file, self._lines)
        else:
            self._desk.bug.emit(error)


class CallDetail(QWidget):
    """Four tabs beside the list of applications: the chosen one, the places, the call, what is to be done about it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = Tabs(self.tr("Call"), density="pane", inset=16)
        self.applicant = ApplicantPane(desk)
        self.terms = CallTerms(desk)
        self.seats = LinesTable(self.tr("Places"), seats_model(self))
        self.seats.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.foot = UndoFoot(desk)
        self.waiting = Words("", "small", "text2", wrap=True)
        self.follow = FollowUpWork(desk, "call", self)
        self.follow.renewed.connect(self._name_tabs)
        self.to_do = FollowUpSection(self.follow, self.foot)
        self.to_do.told.connect(self.foot.refused)
        self._file: CallFile | None = None
        places = QWidget()
        room = Column(places)
        room.addWidget(self.seats, 1)
        said = Column(None, (16, 10, 16, 10))
        said.addWidget(self.waiting)
        room.addLayout(said)
        self._stack = QStackedWidget()
        for page in (self.applicant, places, self.terms, self.to_do):
            self._stack.addWidget(page)
        ground = Pane("surface", self)
        column = Column(ground)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        Column(self).addWidget(ground, 1)
        self.tabs.chosen.connect(self.show_tab)
        self.terms.told.connect(self._told)
        self.seats.picked.connect(self._say_waiting)
        self.setFocusProxy(self.tabs)
        self._name_tabs()

    def show_file(self, file: CallFile | None) -> None:
        """Show the places and the terms of a call."""
        self._file = file
        self.terms.show_file(file)
        self.seats.show_lines(seat_lines(file.placement) if file is not None else [])
        self.follow.show_about(file.call.id if file is not None else None)
        self._name_tabs()
        self._say_waiting()

    @Slot(str)
    def show_tab(self, key: str) -> None:
        """Show applicant, places, call or follow-ups."""
        self.tabs.set_value(key)
        self._stack.setCurrentIndex((APPLICANT, PLACES, TERMS, FOLLOWUPS).index(key))

    @Slot()
    def _say_waiting(self) -> None:
        """Who waits for the chosen place, in the order in which they would move up, and who is there."""
        file, line = self._file, self.seats.current
        if file is None or line is None:
            self.waiting.setText("")
            return
        filled = file.placement.filled[line.seat.id]
        here = ", ".join(file.name(i) for i in filled.here[:MOST_SAID])
        waiting = ", ".join(f"{n}. {file.name(i)}" for n, i in enumerate(filled.waiting[:MOST_SAID], 1))
        said = [self.tr("Here: {names}").format(names=here) if here else self.tr("Nobody is placed here."),
                self.tr("Waiting: {names}").format(names=waiting) if waiting else ""]
        more = len(filled.waiting) - MOST_SAID
        if more > 0:
            said.append(self.tr("and {n} more").format(n=number(more)))
        self.waiting.setText("\n".join(part for part in said if part))

    @Slot()
    def _name_tabs(self) -> None:
        seats = len(self._file.placement.seats) if self._file is not None else 0
        self.tabs.set_tabs((
            Tab(APPLICANT, self.tr("Applicant")), Tab(PLACES, self.tr("Places"), number(seats) if seats else ""),
            Tab(TERMS, self.tr("Call")),
            Tab(FOLLOWUPS, self.tr("Follow-ups"), count_words(self.follow.followups))))

    @Slot(str, str)
    def _told(self, state: str, sentence: str) -> None:
        if state == "saving":
            self.foot.saving()
        elif state == "saved":
            self.foot.saved(clock.now())
        else:
            self.foot.refused(sentence)


class _Edited:
    """Called with the new value of a field of an application."""

    def __init__(self, pane: ApplicantPane, name: str) -> None:
        self._pane, self._name = pane, name

    def __call__(self, value: Any) -> None:
        self._pane.write(self._name, value)


def deed_for(key: str, applications: Sequence[Application]) -> Any:
    """The deed of a button that needs no question first; None for one that does."""
    return {
        "offer": offers.offer_places, "accept": offers.accept_offers, "decline": offers.decline_offers,
        "reopen": offers.reopen, "remove": calls.remove_applications,
    }.get(key, _none)(applications)


def _none(_: Sequence[Application]) -> None:
    return None


def _goal_words(goal: Goal, several: bool) -> str:
    about = ", ".join(goal.condition.fields) or goal.place.code if several else ""
    return f"{goal.place.partner} ({about})" if about else goal.place.partner


def _read_languages(written: str) -> tuple[str, ...]:
    found = read_languages(written)
    return found.languages if found is not None else ()


def _said_languages(value: Sequence[str]) -> str:
    return ", ".join(language_words(each) for each in value)
