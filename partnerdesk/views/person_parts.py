"""What the tabs of a person show: the stays with what wants attention, the fields, and the lists of parts."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.people_rules import age_on
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, day, number, say
from partnerdesk.models.phases import phase_chip
from partnerdesk.models.stay_documents import state_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import people
from partnerdesk.services.labels import field_label
from partnerdesk.services.people import PersonStay
from partnerdesk.views.agreement_fields import ProblemList
from partnerdesk.views.children import ChildList, ChildRow, ChildSpec
from partnerdesk.views.filters import country_options
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.numberfield import TagsEditor
from partnerdesk.views.partner_children import term_options, terms
from partnerdesk.views.person_work import PersonWork
from partnerdesk.views.record_pane import PartRoom


class RowsList(QWidget):
    """A head with a button, and rows that lead to records. `chosen(place)`, `add_wanted()`."""

    chosen = Signal(int)
    add_wanted = Signal()

    def __init__(self, title: str, add_text: str, none_text: str) -> None:
        super().__init__()
        column = Column(self, 0, 2)
        head = Row(None, (0, 0, 0, 2), 8)
        head.addWidget(ShortWords(title, "head"), 1)
        self.add = Button(add_text, "link", icon=Icon.ADD, parent=self)
        self.add.clicked.connect(self.add_wanted)
        self.add.setVisible(bool(add_text))
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(Rule(self))
        self._none = Words(none_text, "tiny", "muted", wrap=True)
        column.addWidget(self._none)
        self._rows = Column(None, 0, 1)
        column.addLayout(self._rows)

    def show_rows(self, rows: Sequence[ChildRow]) -> None:
        """Show these rows in place of the former ones."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, row in enumerate(rows):
            row.setCheckable(False)
            row.setObjectName(str(place))
            row.clicked.connect(self._pressed)
            self._rows.addWidget(row)
        self._none.setVisible(not rows)

    @Slot()
    def _pressed(self) -> None:
        row = self.sender()
        if row is not None:
            self.chosen.emit(int(row.objectName()))


class OverviewPart(PartRoom):
    """What wants attention, how to reach the person, and the stays. `stay_wanted(id)`, `new_stay_wanted()`,
    `contacts_wanted()`.
    """

    stay_wanted = Signal(int)
    new_stay_wanted = Signal()
    contacts_wanted = Signal()

    def __init__(self, work: PersonWork, name: str) -> None:
        super().__init__(name)
        self._work = work
        self._stays: Sequence[PersonStay] = ()
        self.problems = ProblemList(self)
        self.problems.fix_wanted.connect(self._fix)
        self.body.addWidget(self.problems)
        self._grid = FormGrid(self)
        self._first = LineEditor()
        for field, editor in (("email", self._first), ("phone", LineEditor()), ("tags", TagsEditor())):
            _bind(work, self._grid, field, editor, "short" if field != "tags" else "wide")
        self.body.addWidget(self._grid)
        self.rows = RowsList(self.tr("Stays"), self.tr("New stay"), self.tr("No stay yet."))
        self.rows.chosen.connect(self._chosen)
        self.rows.add_wanted.connect(self.new_stay_wanted)
        self.body.addWidget(self.rows)
        self._about = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self._about)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        file = self._work.file
        self.problems.show_problems(file.problems, fixes=not self._work.desk.read_only)
        self._stays = file.stays
        self.rows.show_rows([self._row(one) for one in file.stays])
        self._about.setText(self._study_words())
        self._about.setVisible(bool(self._about.text()))

    def set_locked(self, reason: str) -> None:
        self.rows.add.setVisible(not reason)
        _lock(self._grid, reason)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, one: PersonStay) -> ChildRow:
        partner = one.partner.name if one.partner is not None else self.tr("no partner yet")
        way = say(short_of("direction", one.stay.direction))
        span = short_range(*one.span) if any(one.span) else ""
        activity = say(short_of("activity", one.stay.activity))
        second = " · ".join(part for part in (way, activity, span) if part)
        icon = Icon.OUT if one.stay.direction == "out" else Icon.IN
        return ChildRow(icon, partner, second, "", self, phase_chip(one.phase))

    def _study_words(self) -> str:
        """What the person studies and whom to call, for those who only look."""
        file = self._work.file
        called = [f"{one.name}, {one.phone}" if one.phone else one.name for one in file.contacts]
        names = [one.programme_title or getattr(file.institutions.get(one.institution_id or 0), "name", "")
                 for one in file.enrolments]
        parts = []
        if studies := "; ".join(name for name in names if name):
            parts.append(self.tr("Studies or works: {what}").format(what=studies))
        if called:
            parts.append(self.tr("To call: {who}").format(who="; ".join(called)))
        return "\n".join(parts)

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.stay_wanted.emit(self._stays[place].stay.id)

    @Slot(int)
    def _fix(self, _: int) -> None:
        self.contacts_wanted.emit()


class PersonPart(PartRoom):
    """The fields of the person."""

    def __init__(self, work: PersonWork, name: str) -> None:
        super().__init__(name)
        self._work = work
        grid = self._grid = FormGrid(self)
        self._first = LineEditor()
        _bind(work, grid, "given_names", self._first, "short")
        _bind(work, grid, "family_name", LineEditor(), "short", required=True)
        _bind(work, grid, "name_original", LineEditor(), "short")
        _bind(work, grid, "title", LineEditor(), "short", self.tr("Title before the name"))
        _bind(work, grid, "kind", ChoiceEditor(terms("person_kind")), "short")
        _bind(work, grid, "function", LineEditor(), "short")
        self._birth = _bind(work, grid, "birth_date", LenientDateField(), "short")
        _bind(work, grid, "gender", ChoiceEditor([("", "—"), *terms("gender")]), "short")
        _bind(work, grid, "citizenships", PickerField(country_options(), many=True), "wide")
        self._age = Words("", "tiny", "muted")
        grid.add(self._age, wide=True)
        grid.add_head(self.tr("Numbers"))
        _bind(work, grid, "local_id", LineEditor(), "short")
        _bind(work, grid, "orcid", LineEditor("0000-0002-1825-0097"), "short")
        _bind(work, grid, "esi", LineEditor("urn:schac:personalUniqueCode:int:esi:…"), "wide")
        grid.add_head(self.tr("Support and consent"))
        _bind(work, grid, "needs_support", TickEditor(self.tr("Needs support")), "wide")
        _bind(work, grid, "consents", PickerField(term_options("consent"), many=True), "wide")
        _bind(work, grid, "retention_due", LenientDateField(), "short")
        grid.add_head(self.tr("More"))
        _bind(work, grid, "remark", TextEditor(), "wide")
        self.body.addWidget(grid)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        person = self._work.person
        born = person.birth_date if person is not None else None
        age = age_on(born, clock.today()) if born is not None else -1
        self._age.setText(counted(age, self.tr("1 year old"), self.tr("{n} years old")) if age >= 0 else "")
        self._age.setVisible(age >= 0)

    def set_locked(self, reason: str) -> None:
        _lock(self._grid, reason)

    def focus_first(self) -> None:
        self._first.setFocus(Qt.FocusReason.TabFocusReason)


class ListsPart(PartRoom):
    """Lists of what belongs to a person: each of `specs` shows what `records` gives for it."""

    def __init__(self, work: PersonWork, state: SaveState, name: str,
                 specs: Sequence[tuple[ChildSpec, Callable[[], Sequence[Any]]]]) -> None:
        super().__init__(name)
        self._work = work
        self.lists = [ChildList(work.desk, state, spec) for spec, _ in specs]
        self._records = [records for _, records in specs]
        for one in self.lists:
            self.body.addWidget(one)
        self.body.addStretch(1)

    def renew(self, fresh: bool) -> None:
        for one, records in zip(self.lists, self._records, strict=True):
            one.show_records(records(), fresh)

    def flush(self) -> bool:
        flushed = [one.flush() for one in self.lists]
        return all(flushed)

    def set_locked(self, reason: str) -> None:
        for one in self.lists:
            one.set_locked(reason)

    def focus_first(self) -> None:
        self.lists[0].setFocus(Qt.FocusReason.TabFocusReason)


class PapersPart(ListsPart):
    """Documents of the person, and below them those of the stays. `stay_wanted(id)`."""

    stay_wanted = Signal(int)

    def __init__(self, work: PersonWork, state: SaveState, name: str,
                 specs: Sequence[tuple[ChildSpec, Callable[[], Sequence[Any]]]]) -> None:
        super().__init__(work, state, name, specs)
        self._shown: Sequence[Document] = ()
        self.rows = RowsList(self.tr("Documents of the stays"), "", self.tr("No documents of a stay."))
        self.rows.chosen.connect(self._chosen)
        self.body.insertWidget(self.body.count() - 1, self.rows)

    def renew(self, fresh: bool) -> None:
        super().renew(fresh)
        self._shown = self._work.file.stay_documents
        self.rows.show_rows([self._row(one) for one in self._shown])

    def _row(self, document: Document) -> ChildRow:
        name = document.title or say(label_of("stay_document", document.kind))
        at = next((one for one in self._work.file.stays if one.stay.id == document.stay_id), None)
        partner = at.partner.name if at is not None and at.partner is not None else ""
        due = self.tr("due {day}").format(day=day(document.due_on)) if document.due_on else ""
        second = " · ".join(part for part in (partner, due) if part)
        return ChildRow(Icon.DOCUMENT, name, second, "", self, state_chip(document.state))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        stay_id = self._shown[place].stay_id
        if stay_id is not None:
            self.stay_wanted.emit(stay_id)


def count_words(records: Sequence[Any]) -> str:
    """How many stands beside a tab's title; nothing for none."""
    return number(len(records)) if records else ""


def _bind(
    work: PersonWork, grid: FormGrid, name: str, editor: QWidget, place: str, label: str = "", required: bool = False
) -> Field:
    field = Field(label or say(field_label(name)), editor, required=required)
    grid.add(field, short=place == "short", wide=place == "wide")
    return work.bind(name, field, lambda: work.person, lambda person, fields: people.change_person(person, **fields))


def _lock(grid: FormGrid, reason: str) -> None:
    for field in grid.findChildren(Field):
        field.set_locked(reason)
