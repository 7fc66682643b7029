"""The tab of follow-ups that every form has: one line to add, rows to tick off, put off or open."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.followup_rules import is_snoozed
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import EnvironmentTrouble, PartnerDeskError
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.words import counted, day, say
from partnerdesk.models.followups import followup_words, laters
from partnerdesk.services import followups
from partnerdesk.services.labels import field_label
from partnerdesk.views.children import ChildField, ChildForm, ChildSpec
from partnerdesk.views.followup_lines import AddLine, PeoplePicker, PutOffLine
from partnerdesk.views.followup_rows import FollowUpRow
from partnerdesk.views.followup_work import FollowUpWork
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import LineEditor, TextEditor
from partnerdesk.views.kit.labels import Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.kit.taborder import tab_as_laid_out
from partnerdesk.views.partroom import PartRoom

_NOW = "now"


class FollowUpSection(PartRoom):
    """What is to be done about the record shown. `told(sentence)` when a deed was refused."""

    told = Signal(str)

    def __init__(self, work: FollowUpWork, state: SaveState) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Follow-ups"))
        self._work, self._state = work, state
        self._locked = ""
        self._rows: dict[int, FollowUpRow] = {}
        self._open: int | None = None
        self._below: QWidget | None = None
        self._more = False
        self._wanted_focus: int | None = None
        self.line = AddLine(work.desk.who, self)
        self.line.wanted.connect(self._add)
        self._none = Words(self.tr("Nothing to do here."), "tiny", "muted")
        self._show_done = Button("", "link", parent=self)
        self._show_done.clicked.connect(self._toggle_done)
        self._open_rows, self._done_rows = Column(None, 0, 1), Column(None, 0, 1)
        rows = Column(None, 0, 2)
        rows.addWidget(ShortWords(self.tr("To do"), "head"))
        rows.addWidget(Rule(self))
        rows.addWidget(self._none)
        rows.addLayout(self._open_rows)
        self.body.addWidget(self.line)
        self.body.addLayout(rows)
        self.body.addWidget(self._show_done)
        self.body.addLayout(self._done_rows)
        self.body.addStretch(1)
        work.renewed.connect(self.renew)
        self.renew(True)

    @property
    def rows(self) -> Sequence[FollowUpRow]:
        """The rows in sight, from above."""
        return [self._rows[one.id] for one in self._work.followups if one.id in self._rows]

    @Slot(bool)
    def renew(self, fresh: bool) -> None:
        if fresh:
            self._close()
            self._more = False
            self.line.clear()
        self.line.people.set_people(self._work.people)
        self.set_locked(self.tr("This office is open for reading only.") if self._work.desk.read_only else "")
        done = [one for one in self._work.followups if one.done_on is not None]
        to_do = [one for one in self._work.followups if one.done_on is None]
        self._none.setVisible(not to_do)
        self._show_done.setVisible(bool(done))
        more = counted(len(done), self.tr("Show 1 done"), self.tr("Show {n} done"))
        self._show_done.setText(self.tr("Hide those done") if self._more else more)
        self._lay_rows(to_do, done if self._more else [])

    def flush(self) -> bool:
        return not isinstance(self._below, ChildForm) or self._below.flush()

    def set_locked(self, reason: str) -> None:
        self._locked = reason
        self.line.setVisible(not reason)
        for row in self._rows.values():
            row.set_locked(bool(reason))
        if isinstance(self._below, ChildForm):
            self._below.lock(reason)
        elif reason:
            self._close()

    def focus_first(self) -> None:
        if self._locked:
            self.setFocus()
        else:
            self.line.begin()

    def _one(self, followup_id: int | None) -> FollowUp | None:
        return next((one for one in self._work.followups if one.id == followup_id), None)

    def _lay_rows(self, to_do: Sequence[FollowUp], done: Sequence[FollowUp]) -> None:
        focused = next((i for i, row in self._rows.items() if row.hasFocus()), None)
        shown = {one.id for one in (*to_do, *done)}
        if self._open is not None and self._open not in shown:
            self._close()
        for followup_id in [i for i in self._rows if i not in shown]:
            row = self._rows.pop(followup_id)
            row.hide()
            row.deleteLater()
        for column, some in ((self._open_rows, to_do), (self._done_rows, done)):
            for place, one in enumerate(some):
                self._place(column, place, one)
        self._place_below()
        target = focused if focused in shown else self._wanted_focus
        if target in self._rows:
            self._rows[target].setFocus()
        self._wanted_focus = None
        tab_as_laid_out(self)

    def _place(self, column: Column, place: int, one: FollowUp) -> None:
        words = followup_words(one, clock.today())
        row = self._rows.get(one.id)
        if row is None:
            row = self._rows[one.id] = FollowUpRow(words, self)
            row.setObjectName(str(one.id))
            row.clicked.connect(self._pressed)
            row.ticked.connect(self._tick)
            row.snooze_wanted.connect(self._offer_days)
            row.delete_wanted.connect(self._delete)
            row.stepped.connect(self._step)
        else:
            row.show_words(words)
        row.set_locked(bool(self._locked))
        row.setChecked(one.id == self._open)
        # what moved between the two columns is taken out of the one it was in
        for other in (self._open_rows, self._done_rows):
            other.removeWidget(row)
        column.insertWidget(place, row)

    def _place_below(self) -> None:
        """Put what is open beneath its row, as the follow-up is now."""
        below, one = self._below, self._one(self._open)
        if below is None or one is None:
            return
        column = self._done_rows if one.done_on is not None else self._open_rows
        for other in (self._open_rows, self._done_rows):
            other.removeWidget(below)
        column.insertWidget(column.indexOf(self._rows[one.id]) + 1, below)
        if isinstance(below, ChildForm):
            below.refresh(one)

    def _show_below(self, followup_id: int, widget: QWidget) -> None:
        self._close()
        self._open, self._below = followup_id, widget
        self._rows[followup_id].setChecked(True)
        self._place_below()
        widget.show()
        tab_as_laid_out(self)

    def _close(self) -> None:
        below, self._below = self._below, None
        if self._open in self._rows:
            self._rows[self._open].setChecked(False)
        self._open = None
        if below is not None:
            below.hide()
            below.deleteLater()

    @Slot(object)
    def _add(self, fields: dict[str, Any]) -> None:
        if self._work.record_id is not None:
            made = followups.new_followup(self._work.kind, self._work.record_id, **fields)
            self._do(followups.add_followup(made), self._added, self._refuse_line)

    def _added(self, _: int) -> None:
        self.line.clear()
        self.line.begin()

    def _refuse_line(self, name: str, sentence: str) -> None:
        self.line.refuse(name, sentence)

    @Slot()
    def _pressed(self) -> None:
        row = self.sender()
        one = self._one(int(row.objectName())) if row is not None else None
        if one is None:
            return
        self.flush()
        if self._open == one.id and isinstance(self._below, ChildForm):
            self._close()
            return
        form = ChildForm(self._work.desk, self._state, self._spec(), one, self)
        form.removed.connect(self._close_later)
        form.lock(self._locked)
        self._show_below(one.id, form)

    @Slot()
    def _tick(self) -> None:
        one = self._sent()
        if one is not None:
            # the keyboard goes on with the next one
            ids = [each.id for each in self._work.followups if each.id in self._rows]
            after = ids[ids.index(one.id) + 1:] or ids[:ids.index(one.id)]
            self._wanted_focus = after[0] if after else None
            self._do(followups.reopen_followups([one]) if one.done_on else followups.do_followups([one]))

    @Slot()
    def _delete(self) -> None:
        one = self._sent()
        if one is not None:
            self._do(followups.delete_followups([one]))

    @Slot(int)
    def _step(self, by: int) -> None:
        rows, row = list(self.rows), self.sender()
        if isinstance(row, FollowUpRow) and row in rows:
            place = rows.index(row) + by
            if 0 <= place < len(rows):
                rows[place].setFocus()

    @Slot()
    def _offer_days(self) -> None:
        """A menu of days until which it can wait."""
        one = self._sent()
        if one is None:
            return
        menu, today = QMenu(self), clock.today()
        menu.setObjectName(str(one.id))
        for later in laters(today):
            menu.addAction(icon(Icon.SNOOZE), f"{later.words}\t{day(later.until)}").setData(later.until)
        menu.addAction(icon(Icon.DATE), self.tr("Until another day…"))
        if is_snoozed(one, today):
            menu.addSeparator()
            menu.addAction(icon(Icon.RENEW), self.tr("Take up now")).setData(_NOW)
        menu.triggered.connect(self._day_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        row = self._rows[one.id]
        menu.popup(row.mapToGlobal(QPoint(max(0, row.width() - menu.sizeHint().width()), row.height())))

    @Slot(QAction)
    def _day_chosen(self, action: QAction) -> None:
        menu, until = self.sender(), action.data()
        one = self._one(int(menu.objectName())) if menu is not None else None
        if one is None or one.id not in self._rows:
            return
        if until == _NOW:
            self._do(followups.wake_followups([one]))
        else:
            self._ask_why(one.id, until)

    def _ask_why(self, followup_id: int, until: date | None) -> None:
        self.flush()
        line = PutOffLine(until, self)
        line.wanted.connect(self._put_off)
        line.left.connect(self._close_later)
        self._show_below(followup_id, line)
        line.focus_first()

    @Slot(object, str)
    def _put_off(self, until: date | None, reason: str) -> None:
        one = self._one(self._open)
        if one is not None:
            self._do(followups.snooze_followups([one], until, reason), self._was_put_off, self._refuse_put_off)

    def _was_put_off(self, _: Any) -> None:
        self._wanted_focus = self._open
        self._close()

    def _refuse_put_off(self, name: str, sentence: str) -> None:
        if isinstance(self._below, PutOffLine):
            self._below.refuse(name, sentence)

    @Slot()
    def _toggle_done(self) -> None:
        self._more = not self._more
        self.renew(False)

    @Slot()
    def _close_later(self) -> None:
        """Close what is open once the button pressed in it has been let go of."""
        self._wanted_focus = self._open
        QTimer.singleShot(0, self, self._close_and_focus)

    @Slot()
    def _close_and_focus(self) -> None:
        wanted, self._wanted_focus = self._wanted_focus, None
        self._close()
        if wanted is not None and wanted in self._rows:
            self._rows[wanted].setFocus()

    def _sent(self) -> FollowUp | None:
        row = self.sender()
        return self._one(int(row.objectName())) if row is not None else None

    def _do(self, deed: Deed[Any], answer: Any = None, refuse: Any = None) -> None:
        self._state.saving()
        self._work.desk.do(deed, partial(self._did, answer), partial(self._refused, refuse))

    def _did(self, answer: Any, result: Any) -> None:
        if not shiboken6.isValid(self):
            return
        self._state.saved(clock.now())
        if answer is not None:
            answer(result)

    def _refused(self, refuse: Any, error: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        self._state.clear()
        if not isinstance(error, PartnerDeskError) or isinstance(error, EnvironmentTrouble):
            return
        for problem in getattr(error, "problems", ()):
            if refuse is not None:
                refuse(problem.field, say(problem.message))
        if refuse is None:
            self.told.emit(say(error.message))
            self._work.ask()

    def _spec(self) -> ChildSpec:
        people = self._work.people

        def fields() -> Sequence[ChildField]:
            return (
                ChildField("title", self.tr("What is to be done"), LineEditor, "wide", required=True),
                ChildField("responsible", self.tr("Who"), lambda: PeoplePicker(people), "short"),
                ChildField("due_on", say(field_label("due_on")), LenientDateField, "short"),
                ChildField("done_on", say(field_label("done_on")), LenientDateField, "short"),
                ChildField("remark", say(field_label("remark")), TextEditor, "wide"),
            )

        return ChildSpec(
            self.tr("Follow-ups"), "", "", lambda one: (one.title, "", ""), fields, FollowUp,
            lambda one: bool(one.title), followups.add_followup,
            lambda one, name, value: followups.change_followup(
                one, **{name: value or "" if name == "responsible" else value}),
            lambda one: followups.delete_followups([one]), Icon.FOLLOWUP)
