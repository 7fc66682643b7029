"""The Overview tab of a stay: how far it is, what it needs next, what the rules say, its days, people and condition."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, say
from partnerdesk.models.stay_overview import (
    Next,
    condition_words,
    contact_words,
    day_facts,
    next_of,
    path_of,
    to_call_words,
)
from partnerdesk.services import stays
from partnerdesk.services.labels import field_label
from partnerdesk.services.stays import StayFile
from partnerdesk.views.agreement_fields import Fact, ProblemList, Section
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.forms import FormGrid
from partnerdesk.views.kit.labels import IconLabel, Pane, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.stay_deeds import stay_deeds
from partnerdesk.views.stay_path import PathBar
from partnerdesk.views.stay_work import StayWork

_ACCEPT = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Accept"))
_SHOW = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Show"))
_TABS = {"R50": "stay", "R51": "stay", "R52": "stay", "R58": "documents", "R60": "learning", "R71": "transcript",
         "R72": "transcript"}
_ASIDE = {"accept": "reject", "go_live": "cancel", "arrive": "cancel", "nominate": "cancel", "leave": "cancel"}


class NextCard(Pane):
    """What comes next: what it still needs, the deed on the button, another way out beside it. `wanted(deed)`,
    and `show_wanted(tab)` to what is missing.
    """

    wanted = Signal(str)
    show_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._deeds = {deed.key: deed for deed in stay_deeds()}
        self._next = Next("", ())
        column = Column(self, 12, 8)
        self._needs = Column(None, 0, 4)
        column.addLayout(self._needs)
        row = Row(None, 0, 6)
        self.act = Button("", "primary")
        self.act.clicked.connect(self._press)
        self.aside = Button("", "quiet")
        self.aside.clicked.connect(self._press_aside)
        row.addWidget(self.act)
        row.addWidget(self.aside)
        row.addStretch()
        column.addLayout(row)

    def show_next(self, what: Next, open_: bool) -> None:
        """Show the next deed; nothing where there is none, or where nothing can be written."""
        self._next = what
        self.setVisible(bool(what.step) and open_)
        if not what.step:
            return
        while (item := self._needs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for sentence, code in what.needs:
            self._needs.addWidget(self._need(sentence, code))
        deed = self._deeds[what.step]
        self.act.setText(deed.verb)
        self.act.set_icon(deed.icon)
        other = _ASIDE.get(what.step, "")
        self.aside.setVisible(bool(other))
        if other:
            self.aside.setText(self._deeds[other].verb)

    def _need(self, sentence: str, code: str) -> QWidget:
        line = QWidget(self)
        row = Row(line, 0, 6)
        icon, role = (Icon.PROBLEM, "warn") if code else (Icon.HOLDS, "success")
        row.addWidget(IconLabel(icon, role, 13, 2.0), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(sentence, "small", "text2", wrap=True), 1)
        if code in _TABS:
            show = Button(say(_SHOW), "link", small=True)
            show.setProperty("tab", _TABS[code])
            show.clicked.connect(self._show)
            row.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return line

    @Slot()
    def _show(self) -> None:
        link = self.sender()
        if link is not None:
            self.show_wanted.emit(str(link.property("tab")))

    @Slot()
    def _press(self) -> None:
        self.wanted.emit(self._next.step)

    @Slot()
    def _press_aside(self) -> None:
        self.wanted.emit(_ASIDE[self._next.step])


class OverviewTab(Section):
    """`open_record(page, id)` leads to the person, partner, agreement or cohort; `deed_wanted(key)` to a deed;
    `acceptance_wanted(rule)` when a warning is to be accepted with a reason, `tab_wanted(key)` to where it is mended.
    """

    open_record = Signal(str, int)
    deed_wanted = Signal(str)
    acceptance_wanted = Signal(str)
    tab_wanted = Signal(str)

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Overview"))
        self._work = work
        self._said: list[Problem] = []
        self.path = PathBar()
        self.next = NextCard()
        self.next.wanted.connect(self.deed_wanted)
        self.next.show_wanted.connect(self.tab_wanted)
        self.problems = ProblemList()
        self.problems.fix_wanted.connect(self._accept)
        self.accepted = QWidget()
        Column(self.accepted, 0, 4)
        self.links = QWidget()
        Flow(self.links, 12)
        for part in (self.path, self.next, self.problems, self.accepted):
            self.body.addWidget(part)
        self._days = FormGrid()
        self._days.add_head(self.tr("Dates"))
        self._day_facts: list[Fact] = []
        self.body.addWidget(self._days)
        self._make_facts()
        self.body.addWidget(self.links)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the stay as it is now."""
        about, stay = self._work.about, self._work.stay
        if about is None or stay is None:
            return
        self.path.show_steps(path_of(about, stay))
        self.next.show_next(next_of(about, stay), not self._work.desk.read_only)
        self._show_problems(about)
        self._show_accepted(about)
        self._show_days(list(day_facts(about, stay)))
        condition, places = condition_words(about)
        self._condition.say(condition)
        self._places.say(places or NOTHING, "text" if places else "muted")
        self._places.setVisible(bool(places))
        self._ours.say(contact_words(about.contact(stay.home_contact_id)))
        self._theirs.say(contact_words(about.contact(stay.host_contact_id)))
        self._to_call.say(to_call_words(about))
        comment = "\n".join(part for part in (stay.status_comment, stay.cancel_reason) if part)
        self._comment.say(comment)
        self._comment.setVisible(bool(comment))
        self._show_links(about)

    def focus_first(self) -> None:
        """Put the keyboard on what comes next."""
        (self.next.act if self.next.isVisible() else self).setFocus()

    def _make_facts(self) -> None:
        grid = FormGrid()
        grid.add_head(self.tr("Places and people"))
        self._condition = Fact(say(field_label("condition_id")))
        self._places = Fact(self.tr("Places and days"))
        self._ours = Fact(say(field_label("home_contact_id")))
        self._theirs = Fact(say(field_label("host_contact_id")))
        self._to_call = Fact(self.tr("To call in an emergency"))
        self._comment = Fact(say(field_label("status_comment")))
        for fact, wide in ((self._condition, True), (self._places, True), (self._ours, False), (self._theirs, False),
                           (self._to_call, True), (self._comment, True)):
            grid.add(fact, short=not wide, wide=wide)
        self.body.addWidget(grid)

    def _show_problems(self, about: StayFile) -> None:
        stay = self._work.stay
        assert stay is not None
        needed = {sentence for sentence, _ in next_of(about, stay).needs}
        found = {say(p.message): p for p in about.problems_of(stay)}
        self._said = [problem for sentence, problem in found.items() if sentence not in needed]
        writes = not self._work.locked
        fixes = {"warn": _ACCEPT if writes else None, "block": _SHOW}
        shown = [replace(p, fix=fixes.get(p.severity)) for p in self._said]
        self.problems.show_problems(shown, fixes=True)

    def _show_accepted(self, about: StayFile) -> None:
        layout = self.accepted.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for override in about.overrides:
            words = self.tr("Accepted on {day} by {who} ({rule}): {reason}").format(
                day=day(override.day), who=override.who, rule=override.rule, reason=override.reason)
            line = QWidget(self.accepted)
            row = Row(line, 0, 6)
            row.addWidget(Words(words, "small", "muted", wrap=True), 1)
            if not self._work.locked:
                back = Button(self.tr("Let it stand again"), "link", small=True)
                back.setProperty("override", override.id)
                back.clicked.connect(self._take_back)
                row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(line)
        self.accepted.setVisible(bool(about.overrides))

    def _show_days(self, facts: Sequence[tuple[str, str]]) -> None:
        if len(facts) != len(self._day_facts) or [f for f, _ in facts] != [f.objectName() for f in self._day_facts]:
            fresh = FormGrid()
            fresh.add_head(self.tr("Dates"))
            self._day_facts = []
            for label, _ in facts:
                fact = Fact(label)
                fact.setObjectName(label)
                self._day_facts.append(fact)
                fresh.add(fact, short=True)
            self.body.replaceWidget(self._days, fresh)
            self._days.setParent(None)
            self._days.deleteLater()
            self._days = fresh
        for fact, (_, words) in zip(self._day_facts, facts, strict=True):
            fact.say(words)

    def _show_links(self, about: StayFile) -> None:
        layout = self.links.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        told = [("people", about.person.id, about.name, Icon.PEOPLE)]
        if about.partner is not None:
            told.append(("partners", about.partner.id, about.partner.name, Icon.PARTNERS))
        if about.agreement is not None:
            told.append(("agreements", about.agreement.id, self.tr("The agreement"), Icon.AGREEMENTS))
        told += [("cohorts", cohort.id, cohort.title, Icon.COHORTS) for cohort in about.cohorts]
        for page, record_id, words, icon in told:
            button = Button(words, "link", icon=icon)
            button.setProperty("page", page)
            button.setProperty("record", record_id)
            button.clicked.connect(self._follow)
            layout.addWidget(button)

    @Slot()
    def _follow(self) -> None:
        button = self.sender()
        if button is not None:
            self.open_record.emit(str(button.property("page")), int(button.property("record")))

    @Slot(int)
    def _accept(self, place: int) -> None:
        problem = self._said[place]
        if problem.severity == "warn":
            self.acceptance_wanted.emit(problem.code)
        else:
            self.tab_wanted.emit(_TABS.get(problem.code, "stay"))

    @Slot()
    def _take_back(self) -> None:
        button, about = self.sender(), self._work.about
        wanted = int(button.property("override")) if button is not None else 0
        override = next((o for o in about.overrides if o.id == wanted), None) if about is not None else None
        if override is not None:
            self._work.do(stays.take_back_acceptance(override, name=self._work.name))
