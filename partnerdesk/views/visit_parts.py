"""What the tabs of a visit show: what wants attention, its fields, places and people, the agenda, what came of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot

from partnerdesk.domain import clock
from partnerdesk.domain.followup_rules import in_order
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Contact
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.visit_rules import outcome_lines
from partnerdesk.domain.visits import AgendaItem
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, day
from partnerdesk.models.followups import followup_words
from partnerdesk.models.names import country_name
from partnerdesk.models.visits import times_words, zone_of
from partnerdesk.services import followups, projects, visits
from partnerdesk.views.agreement_fields import ProblemList
from partnerdesk.views.children import ChildList, ChildRow
from partnerdesk.views.filters import country_options
from partnerdesk.views.followup_lines import PeoplePicker
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.picker import Option, Reply
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.numberfield import TagsEditor
from partnerdesk.views.partner_children import terms
from partnerdesk.views.partroom import PartRoom
from partnerdesk.views.person_parts import RowsList
from partnerdesk.views.visit_children import agenda_spec, person_spec, place_spec
from partnerdesk.views.visit_work import VisitWork

MOST = 5
MOST_PROJECTS = 20


class OverviewPart(PartRoom):
    """What wants attention, where it stands, the hosts, the next meetings, what is to be done.

    `open_record(page, id)` leads to a host, `tab_wanted(key)` to another tab.
    """

    open_record = Signal(str, int)
    tab_wanted = Signal(str)

    def __init__(self, work: VisitWork) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Overview"))
        self._work = work
        self._problems: Sequence[Problem] = ()
        self.problems = ProblemList(self)
        self.problems.fix_wanted.connect(self._fix)
        self._grid = FormGrid(self)
        self._first = ChoiceEditor(terms("visit_status"))
        self._people = PeoplePicker()
        work.add(self._grid, "status", self._first, "short")
        work.add(self._grid, "responsible", self._people, "short")
        work.add(self._grid, "starts_on", LenientDateField(), "short")
        work.add(self._grid, "ends_on", LenientDateField(), "short")
        self._purpose = Words("", "body", "text2", wrap=True)
        self.places = RowsList(self.tr("Places"), "", self.tr("No institution yet."))
        self.places.chosen.connect(self._place_chosen)
        self.meetings = RowsList(self.tr("Meetings"), "", self.tr("No meeting yet."))
        self.meetings.chosen.connect(self._meeting_chosen)
        self.to_do = RowsList(self.tr("To do"), "", self.tr("Nothing to do here."))
        self.to_do.chosen.connect(self._followup_chosen)
        for part in (self.problems, self._grid, self._purpose, self.places, self.meetings, self.to_do):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        file = self._work.file
        self._problems = file.problems
        self.problems.show_problems(file.problems, fixes=not self._work.desk.read_only)
        self._people.set_people(file.office)
        self._purpose.setText(file.visit.purpose)
        self._purpose.setVisible(bool(file.visit.purpose))
        self.places.show_rows([self._place_row(one.institution_id, one.day, one.aim) for one in file.places])
        self.meetings.show_rows([self._meeting_row(one) for one in self._next_meetings()])
        to_do = [one for one in in_order(file.followups, clock.today()) if one.done_on is None][:MOST]
        self.to_do.show_rows([self._followup_row(one) for one in to_do])

    def set_locked(self, reason: str) -> None:
        lock(self._grid, reason)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def _next_meetings(self) -> list[AgendaItem]:
        """The first meetings from today on; of a visit that is over, all from its beginning."""
        agenda, today = self._work.file.agenda, clock.today()
        left = [one for one in agenda if one.day is None or one.day >= today]
        return list(left or agenda)[:MOST]

    def _place_row(self, institution_id: int, when: date | None, aim: str) -> ChildRow:
        file = self._work.file
        found = file.institutions.get(institution_id)
        where = ", ".join(p for p in (found.city, country_name(found.country)) if p) if found is not None else ""
        second = " · ".join(part for part in (where, aim) if part)
        return ChildRow(Icon.PARTNERS, file.called(institution_id), second, day(when) if when else "", self)

    def _meeting_row(self, item: AgendaItem) -> ChildRow:
        file = self._work.file
        at = file.called(item.institution_id)
        second = " · ".join(part for part in (times_words(item), at if at != item.title else "", item.place) if part)
        return ChildRow(Icon.DATE, item.title, second, day(item.day) if item.day else "", self)

    def _followup_row(self, one: FollowUp) -> ChildRow:
        words = followup_words(one, clock.today())
        chip = Chip("danger", words.lead, Icon.PROBLEM) if words.late else None
        row = ChildRow(Icon.FOLLOWUP, words.title, words.rest, words.lead, self, chip)
        row.setAccessibleName(words.sentence)
        return row

    @Slot(int)
    def _place_chosen(self, place: int) -> None:
        file = self._work.file
        found = file.institutions.get(file.places[place].institution_id)
        if found is not None and not found.is_home:
            self.open_record.emit("partners", found.id)

    @Slot(int)
    def _meeting_chosen(self, _: int) -> None:
        self.tab_wanted.emit("agenda")

    @Slot(int)
    def _followup_chosen(self, _: int) -> None:
        self.tab_wanted.emit("followups")

    @Slot(int)
    def _fix(self, place: int) -> None:
        visit = self._work.visit
        if visit is None or place >= len(self._problems):
            return
        if self._problems[place].field == "outcomes":
            self.tab_wanted.emit("outcomes")
        else:
            self._work.do(visits.change_visit(visit, status="held"))


class VisitPart(PartRoom):
    """The fields of the visit."""

    def __init__(self, work: VisitWork) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Visit"))
        self._work = work
        grid = self._grid = FormGrid(self)
        self._first = LineEditor()
        work.add(grid, "title", self._first, "wide", required=True)
        work.add(grid, "kind", ChoiceEditor(terms("visit_kind")), "short")
        work.add(grid, "direction", ChoiceEditor(terms("direction")), "short")
        work.add(grid, "country", PickerField(country_options()), "short")
        work.add(grid, "city", LineEditor(), "short")
        self._project = PickerField(self._find_project, label_of=self._project_name)
        work.add(grid, "project_id", self._project, "short")
        work.add(grid, "tags", TagsEditor(), "short")
        work.add(grid, "purpose", TextEditor(), "wide")
        work.add(grid, "remark", TextEditor(), "wide")
        self.body.addWidget(grid)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        """The fields are filled by the work."""

    def set_locked(self, reason: str) -> None:
        lock(self._grid, reason)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def _project_name(self, _: Any) -> str:
        about = self._work.about
        return about.project.acronym or about.project.title if about is not None and about.project is not None else ""

    def _find_project(self, typed: str, reply: Reply) -> None:
        def question(reader: Any) -> Sequence[Option]:
            ids = projects.project_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST_PROJECTS)
            lines = projects.project_lines(reader, ids)
            return [Option(i, lines[i].acronym or lines[i].title, lines[i].title if lines[i].acronym else "")
                    for i in ids if i in lines]

        self._work.desk.ask(question, reply, key="pick a project")


class PlacesPart(PartRoom):
    """The institutions of the visit and who takes part; contacts of the places are chosen from a list."""

    def __init__(self, work: VisitWork, state: SaveState) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Places and people"))
        self._work = work
        self.places = ChildList(work.desk, state, place_spec(lambda: work.file, work.desk))
        self.people = ChildList(work.desk, state, person_spec(lambda: work.file, work.desk))
        self._contacts: Sequence[Contact] = ()
        self.picker = PickerField((), many=True, placeholder=self.tr("Choose people"))
        self.picker.setObjectName("contacts")
        self._field = Field(self.tr("Take over from the partners' contacts"), self.picker)
        self.picker.edited.connect(self._take_over)
        for part in (self.places, self.people, self._field):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        file = self._work.file
        self.places.show_records(file.places, fresh)
        self.people.show_records(sorted(file.people, key=lambda one: one.side != "ours"), fresh)
        self._contacts = visits.contacts_to_add(file)
        self.picker.set_options([Option(one.id, one.full_name, file.called(one.institution_id))
                                 for one in self._contacts])
        self._field.setVisible(bool(self._contacts) and not self._work.desk.read_only)

    def flush(self) -> bool:
        flushed = [one.flush() for one in (self.places, self.people)]
        return all(flushed)

    def set_locked(self, reason: str) -> None:
        for one in (self.places, self.people):
            one.set_locked(reason)

    def focus_first(self) -> None:
        self.places.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _take_over(self, chosen: Sequence[int]) -> None:
        wanted = [one for one in self._contacts if one.id in chosen]
        self.picker.set_value(())
        if wanted:
            self._work.do(visits.add_parts(self._work.file.visit, visits.people_from(wanted)))


class AgendaPart(PartRoom):
    """The meetings by day; places without one can be put in with one press."""

    def __init__(self, work: VisitWork, state: SaveState) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Agenda"))
        self._work = work
        self.problems = ProblemList(self)
        self.meetings = ChildList(work.desk, state, agenda_spec(lambda: work.file, work.desk, self._blank))
        self.plan = Button("", icon=Icon.PARTNERS, small=True, parent=self)
        self.plan.clicked.connect(self._plan)
        foot = Row(None, 0, 0)
        foot.addWidget(self.plan)
        foot.addStretch(1)
        self.body.addWidget(self.problems)
        self.body.addWidget(self.meetings)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        file = self._work.file
        self.problems.show_problems([one for one in file.problems if one.field in ("day", "begins")])
        self.meetings.show_records(file.agenda, fresh)
        n = len(visits.agenda_to_plan(file, zone_of))
        self.plan.setText(counted(n, self.tr("Plan a meeting at 1 place"), self.tr("Plan a meeting at {n} places")))
        self.plan.setVisible(n > 0 and not self._work.desk.read_only)

    def flush(self) -> bool:
        return self.meetings.flush()

    def set_locked(self, reason: str) -> None:
        self.meetings.set_locked(reason)

    def focus_first(self) -> None:
        self.meetings.setFocus(Qt.FocusReason.TabFocusReason)

    def _blank(self) -> AgendaItem:
        """A meeting on the day of the last one, else on the first of the visit, in the zone of the place."""
        file = self._work.file
        dated = [one for one in file.agenda if one.day is not None]
        last = dated[-1] if dated else None
        zone = last.zone if last is not None and last.zone else zone_of(file.met_in(None))
        return AgendaItem(day=last.day if last is not None else file.visit.starts_on, zone=zone)

    @Slot()
    def _plan(self) -> None:
        self.flush()
        items = visits.agenda_to_plan(self._work.file, zone_of)
        if items:
            self._work.do(visits.add_parts(self._work.file.visit, items))


class OutcomesPart(PartRoom):
    """What came of the visit, a line each, and which of them are followed up."""

    tab_wanted = Signal(str)

    def __init__(self, work: VisitWork) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Outcomes"))
        self._work = work
        self._lines: list[str] = []
        self._grid = FormGrid(self)
        self._first = TextEditor()
        work.add(self._grid, "outcomes", self._first, "wide", self.tr("Outcomes, one a line"))
        self.rows = RowsList(self.tr("Follow up"), self.tr("Follow up all"), self.tr(
            "Each line becomes one thing that can be followed up."))
        self.rows.chosen.connect(self._chosen)
        self.rows.add_wanted.connect(self._follow_all)
        self.body.addWidget(self._grid)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        file = self._work.file
        self._lines = list(dict.fromkeys(outcome_lines(file.visit.outcomes)))
        known = {one.title for one in file.followups}
        self.rows.show_rows([self._row(line, line in known) for line in self._lines])
        self.rows.add.setVisible(bool(visits.outcomes_to_follow(file)) and not self._work.desk.read_only)

    def set_locked(self, reason: str) -> None:
        lock(self._grid, reason)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, line: str, followed: bool) -> ChildRow:
        if followed:
            return ChildRow(Icon.FOLLOWUP, line, "", "", self, Chip("success", self.tr("Follow-up"), Icon.HOLDS))
        return ChildRow(Icon.ADD, line, "", self.tr("Follow up"), self)

    @Slot(int)
    def _chosen(self, place: int) -> None:
        line, file = self._lines[place], self._work.file
        if any(one.title == line for one in file.followups):
            self.tab_wanted.emit("followups")
        elif not self._work.desk.read_only:
            self._work.do(followups.add_followup(followups.new_followup(
                "visit", file.visit.id, line, responsible=file.visit.responsible)))

    @Slot()
    def _follow_all(self) -> None:
        wanted = visits.outcomes_to_follow(self._work.file)
        if wanted:
            self._work.do(followups.add_followups(wanted))


def lock(grid: FormGrid, reason: str) -> None:
    """Make the fields of a form readable only; "" opens them again."""
    for field in grid.findChildren(Field):
        field.set_locked(reason)
