"""The two deeds that need a few answers first, asked in the pane itself: renewing and ending an agreement."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import say
from partnerdesk.models.agreements import Dossier
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import term_choices, year_editor
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Pane, Words
from partnerdesk.views.kit.layouts import Column, Row


class Drawer(Pane):
    """A few fields over the tabs with the deed's verb on the button; Enter does it, Esc closes."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self, 12, 10)
        self._title = Words("", "head")
        column.addWidget(self._title)
        self.form = FormGrid()
        column.addWidget(self.form)
        row = Row(None, 0, 4)
        self.verb = Button("", "primary")
        self.verb.clicked.connect(self.act)
        cancel = Button(self.tr("Cancel"), "quiet")
        cancel.clicked.connect(self.close_drawer)
        row.addWidget(self.verb)
        row.addWidget(cancel)
        row.addStretch()
        column.addLayout(row)
        self.hide()

    def name(self, title: str, verb: str) -> None:
        """Say what it is about, and the verb on its button."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.verb.setText(verb)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act()
        else:
            super().keyPressEvent(event)

    @Slot()
    def act(self) -> None:
        """Do the deed."""
        raise NotImplementedError

    @Slot()
    def close_drawer(self) -> None:
        """Close without doing anything."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()


class RenewDrawer(Drawer):
    """For which years, under which number; the draft gets the terms and conditions of today."""

    made = Signal(int)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.name(self.tr("Renew: a draft with the same conditions"), self.tr("Make the draft"))
        self.first, self.last, self.code = year_editor(), year_editor(), LineEditor()
        self._last_field = Field(say(field_label("last_year")), self.last)
        self.form.add(Field(say(field_label("first_year")), self.first), short=True)
        self.form.add(self._last_field, short=True)
        self.form.add(Field(say(field_label("our_code")), self.code), wide=True)

    def begin(self, about: Dossier) -> None:
        """Propose the years that follow, as many as before."""
        version = about.file.current or about.file.versions[-1]
        starts, ends = about.span(version)
        first = version.first_year
        last = version.last_year
        if first is None and starts is not None:
            first = AcademicYear.of(starts, start=about.year_start).first
        if ends is not None:
            last = AcademicYear.of(ends, start=about.year_start).first
        begin = last + 1 if last is not None else about.year.first + 1
        length = last - first if first is not None and last is not None else 2
        self.first.set_value(begin)
        self.last.set_value(None if version.open_ended else begin + max(0, length))
        self.code.set_value("")
        self._last_field.set_error("")
        self.show()
        self.first.setFocus()
        self.first.selectAll()

    @Slot()
    def act(self) -> None:
        """Draft the successor."""
        about = self._work.about
        for editor in (self.first, self.last):
            editor.commit()
        if about is None or self.first.notes.error or self.last.notes.error:
            return
        first, last = self.first.value(), self.last.value()
        if first is not None and last is not None and last < first:
            self._last_field.set_error(self.tr("The end lies before the beginning"))
            return
        self.close_drawer()
        self._work.do(agreements.renew(about.file, first, last, self.code.value()), self.made.emit)


class EndDrawer(Drawer):
    """When notice was given, when it takes effect, by whom and why."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.name(self.tr("End the agreement before its time"), self.tr("End the agreement"))
        self.notice, self.effective = LenientDateField(), LenientDateField()
        self.by = ChoiceEditor(term_choices("ended_by"))
        self.reason = LineEditor()
        self._effective_field = Field(say(field_label("termination_effective_on")), self.effective, required=True)
        self.form.add(Field(say(field_label("termination_notice_on")), self.notice), short=True)
        self.form.add(self._effective_field, short=True)
        self.form.add(Field(say(field_label("terminated_by")), self.by), short=True)
        self.form.add(Field(say(field_label("reason")), self.reason), short=True)

    def begin(self, about: Dossier) -> None:
        """Propose notice today and the end of the academic year after the notice time."""
        version = about.file.current or about.file.versions[-1]
        self.notice.set_value(clock.today())
        self.effective.set_value(_end_after(about, version.notice_months or 0))
        self.by.set_value("us")
        self.reason.set_value("")
        self._effective_field.set_error("")
        self.show()
        self.notice.setFocus()
        self.notice.selectAll()

    @Slot()
    def act(self) -> None:
        """Give notice."""
        agreement = self._work.agreement
        for editor in (self.notice, self.effective):
            editor.commit()
        if agreement is None or self.notice.notes.error or self.effective.notes.error:
            return
        notice, effective = self.notice.value(), self.effective.value()
        if effective is None:
            self._effective_field.set_error(self.tr("Say on which day it ends"))
            return
        if notice is not None and effective < notice:
            self._effective_field.set_error(self.tr("The end lies before the notice"))
            return
        by = str(self.by.value() or "us")
        self.close_drawer()
        self._work.do(agreements.terminate(agreement, notice, effective, by, self.reason.value()))


def _end_after(about: Dossier, notice_months: int) -> date:
    """The last day of the first academic year that is over when the time of notice has run."""
    year = about.year
    while (year.last_day(about.year_start) - clock.today()).days < notice_months * 30:
        year = year.next
    return year.last_day(about.year_start)
