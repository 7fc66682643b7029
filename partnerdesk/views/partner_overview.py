"""The first tab of a partner: what is due, who looks after it, what it is for, which years are covered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import RUNNING, State, places_in
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Partnership
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, near, number, say
from partnerdesk.models.coverage import coverage_of, coverage_sentence, gap_problems
from partnerdesk.services import partners
from partnerdesk.services.gathering import Paper
from partnerdesk.services.labels import field_label
from partnerdesk.services.partner_sheet import PartnerSheet
from partnerdesk.views.agreement_fields import ProblemList
from partnerdesk.views.detail import Binder
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, TextEditor, ToggleEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.meters import CoverageView
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.links import web_editor

_INSTITUTION = ("website",)


class Overview(QWidget):
    """`agreement_wanted(id)` and `agreements_wanted()` lead to the paper; `renew_wanted(id)` begins its successor,
    `new_wanted()` another paper."""

    agreement_wanted = Signal(int)
    agreements_wanted = Signal()
    renew_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, desk: Desk, state: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._data: PartnerSheet | None = None
        self._lanes: tuple[Paper, ...] = ()
        self._partnership: int | None = None
        self._due: int | None = None
        self.binder = Binder(desk, state, self._deed)
        column = Column(self, (16, 10, 16, 16), 10)
        self._bar = MessageBar(self)
        self._bar.acted.connect(self._act)
        column.addWidget(self._bar)
        column.addWidget(self._make_form())
        head = Row(None, (0, 6, 0, 0), 8)
        head.addWidget(ShortWords(self.tr("Agreements by academic year"), "head"), 1)
        self._all = Button(self.tr("All agreements"), "link", parent=self)
        self._all.clicked.connect(self.agreements_wanted)
        head.addWidget(self._all)
        column.addLayout(head)
        self._coverage = CoverageView(self.tr("Agreements by academic year"), self)
        self._coverage.lane_chosen.connect(self._lane)
        column.addWidget(self._coverage)
        self._problems = ProblemList(self)
        self._problems.fix_wanted.connect(self._want_new)
        column.addWidget(self._problems)
        self._none = Words(self.tr("No agreement yet."), "tiny", "muted")
        column.addWidget(self._none)
        places = Row(None, 0, 16)
        self._out, self._in = ShortWords("", "small", "muted"), ShortWords("", "small", "muted")
        places.addWidget(self._out, 1)
        places.addWidget(self._in, 1)
        column.addLayout(places)
        column.addStretch(1)

    @property
    def partnership(self) -> Partnership | None:
        """The relation shown: the chosen one of several, else the first."""
        if self._data is None:
            return None
        found = self._data.partner.partnerships
        return next((p for p in found if p.id == self._partnership), found[0] if found else None)

    def show_partner(self, data: PartnerSheet, people: Sequence[str], fresh: bool) -> None:
        """Show a partner, or what it has become."""
        self._data = data
        if fresh:
            self._partnership = None
        self._responsible.set_options([Option(name, name) for name in people])
        several = len(data.partner.partnerships) > 1
        self._which_field.setVisible(several)
        if several:
            self._which.set_choices([(p.id, p.title or self.tr("Partnership {n}").format(n=n))
                                     for n, p in enumerate(data.partner.partnerships, start=1)])
            self._which.set_value(self.partnership.id if self.partnership else None)
        self.binder.show(self._value, fresh)
        self._show_due()
        self._show_coverage()
        self._show_places()

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self.binder.flush()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self._responsible.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_form(self) -> FormGrid:
        grid = FormGrid(self)
        self._which = ChoiceEditor([])
        self._which_field = Field(self.tr("Partnership"), self._which)
        self._which_field.edited.connect(self._choose_partnership)
        grid.add(self._which_field, wide=True)
        self._responsible = PickerField((), add_text=self.tr("Add “{text}”"))
        self._responsible.add_wanted.connect(self._new_person)
        tiers = [(None, "—"), *((int(t.code), f"{t.code} · {self._tier_words(t.code)}") for t in vocabulary("tier"))]
        self._add(grid, "responsible", self._responsible, "short")
        self._add(grid, "tier", ChoiceEditor(tiers), "short")
        self._add(grid, "website", web_editor(), "short")
        self._add(grid, "next_review", LenientDateField(), "short")
        self._add(grid, "stage", ChoiceEditor([(t.code, say(t.text)) for t in vocabulary("stage")]), "short")
        self._add(grid, "started_on", LenientDateField(), "short")
        self._add(grid, "purpose", TextEditor(), "wide")
        short = {"student_exchange": self.tr("Students"), "faculty_exchange": self.tr("Staff"),
                 "joint_research": self.tr("Research"), "curriculum_development": self.tr("Curriculum"),
                 "best_practice": self.tr("Good practice")}
        forms = [(t.code, short.get(t.code, say(t.text)), Icon[t.icon])
                 for t in vocabulary("cooperation_form") if t.icon]
        self._add(grid, "forms", ToggleEditor(forms), "wide")
        return grid

    def _tier_words(self, code: str) -> str:
        return {"1": self.tr("Strategic"), "2": self.tr("Priority"), "3": self.tr("Standard")}.get(code, "")

    def _add(self, grid: FormGrid, name: str, editor: QWidget, place: str) -> None:
        field = Field(say(field_label(name)), editor)
        grid.add(field, short=place == "short", wide=place == "wide")
        self.binder.bind(name, field)

    def _value(self, name: str) -> Any:
        assert self._data is not None
        if name in _INSTITUTION:
            return getattr(self._data.partner.institution, name)
        value = getattr(self.partnership or Partnership(), name)
        if name == "responsible":
            return value or None
        return frozenset(value) if name == "forms" else value

    def _deed(self, name: str, value: Any) -> Deed[Any] | None:
        if self._data is None or value == self._value(name):
            return None
        institution = self._data.partner.institution
        if name in _INSTITUTION:
            return partners.change_institution(institution, **{name: value})
        if name == "forms":
            value = tuple(code for code in vocabulary("cooperation_form").codes if code in value)
        if name == "responsible":
            value = value or ""
        return partners.change_partnership(institution, self.partnership, **{name: value})

    def _show_due(self) -> None:
        assert self._data is not None
        self._due = None
        for paper in self._data.papers:
            words = self._due_words(paper)
            if words is None:
                continue
            lead, due = words
            self._due = paper.agreement.id
            action = "" if self._desk.read_only else self.tr("Renew")
            self._bar.show_message("warn", f"{lead},", near(due), action, "renew")
            self._bar.setToolTip(paper.agreement.our_code)
            return
        self._bar.clear()

    def _due_words(self, paper: Paper) -> tuple[str, date] | None:
        if paper.state is State.NOTICE_WINDOW and paper.facts.notice_on is not None:
            return self.tr("Notice by {day}").format(day=day(paper.facts.notice_on)), paper.facts.notice_on
        if paper.state is State.EXPIRING and paper.facts.ends_on is not None:
            return self.tr("Ends on {day}").format(day=day(paper.facts.ends_on)), paper.facts.ends_on
        return None

    def _show_coverage(self) -> None:
        assert self._data is not None
        coverage, self._lanes = coverage_of(self._data)
        self._coverage.show_coverage(coverage, coverage_sentence(self._data))
        self._coverage.setVisible(bool(self._lanes))
        self._problems.show_problems(gap_problems(self._data), fixes=not self._desk.read_only)
        self._none.setText(self.tr("No agreement in these years.") if self._data.papers
                           else self.tr("No agreement yet."))
        self._none.setVisible(not self._lanes)

    def _show_places(self) -> None:
        data = self._data
        assert data is not None
        for words, direction, template in ((self._out, "out", self.tr("Places out, {year}: {n}")),
                                           (self._in, "in", self.tr("Places in, {year}: {n}"))):
            n = granted(data, direction, data.year)
            words.setText(template.format(year=str(data.year), n=number(n)))
            words.setVisible(bool(self._lanes))

    @Slot(int)
    def _lane(self, lane: int) -> None:
        if lane < len(self._lanes):
            self.agreement_wanted.emit(self._lanes[lane].agreement.id)
        elif not self._desk.read_only:
            self.new_wanted.emit()

    @Slot(int)
    def _want_new(self, _: int) -> None:
        self.new_wanted.emit()

    @Slot(str)
    def _act(self, _: str) -> None:
        if self._due is not None:
            self.renew_wanted.emit(self._due)

    @Slot(object)
    def _choose_partnership(self, partnership_id: object) -> None:
        self._partnership = int(str(partnership_id))
        self.binder.show(self._value, fresh=True)

    @Slot(str)
    def _new_person(self, name: str) -> None:
        self.binder.save("responsible", name)


def granted(data: PartnerSheet, direction: str, year: AcademicYear) -> int:
    """Places that the agreements in force grant in a year."""
    found = (places_in(c, p.exceptions.get(c.id, ()), year.first)
             for p in data.papers if p.state in RUNNING for c in p.conditions if c.direction == direction)
    return sum(n for n in found if n)


