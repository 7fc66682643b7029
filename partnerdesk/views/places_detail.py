"""One condition in one year: places, used, held, free, and how they are divided among our faculties."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.problems import PartnerDeskError, Refused
from partnerdesk.domain.quota import PlacesRow, amount, share_problems
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, say
from partnerdesk.models.names import country_name
from partnerdesk.models.places import condition_words, fields_words, free_words, state_words
from partnerdesk.services import places
from partnerdesk.services.places import Division
from partnerdesk.views.agreement_fields import Fact, whole_editor
from partnerdesk.views.detail import UndoFoot
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.scroll import ScrollRoom


class PlacesDetail(QWidget):
    """Shows a row of the grid. `open_agreement(id)` and `open_stays(condition id, year)` when asked for."""

    open_agreement = Signal(int)
    open_stays = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: PlacesRow | None = None
        self._years: tuple[AcademicYear, ...] = ()
        self._division: Division | None = None
        self.foot = UndoFoot(desk)
        self._name = ShortWords("", "record")
        self._what = ShortWords("", "tiny", "muted")
        self.year = ChoiceEditor()
        self.year.setAccessibleName(self.tr("Academic year"))
        self.facts = {name: Fact(label) for name, label in (
            ("places", self.tr("Places")), ("used", self.tr("Used")), ("held", self.tr("Held")),
            ("free", self.tr("Free")))}
        self.state = Words("", "small", "danger", wrap=True)
        self.faculties = FormGrid()
        self.fields: dict[int, Field] = {}
        self.left = Words("", "small", "text2", wrap=True)
        self._room = Column(None, 0, 8)
        self._body = QWidget()
        self._build()
        self.setFocusProxy(self.year)
        self.show_row(None, (), 0)

    @property
    def row(self) -> PlacesRow | None:
        """What is shown."""
        return self._row

    def show_row(self, row: PlacesRow | None, years: Sequence[AcademicYear], this_year: int) -> None:
        """Show a condition in the year chosen before, at first in the year after this one."""
        self._row = row
        if tuple(years) != self._years:
            self._years = tuple(years)
            kept = self.year.value()
            self.year.set_choices([(year.first, str(year)) for year in years])
            known = [year.first for year in years]
            wanted = kept if kept in known else this_year + 1
            self.year.set_value(wanted if wanted in known else known[-1] if known else None)
        self._body.setVisible(row is not None)
        if row is not None:
            self._name.setText(row.partner)
            parts = (country_name(row.country), row.code, condition_words(row), fields_words(row))
            self._what.setText(" · ".join(part for part in parts if part))
            self._show_year()

    def flush(self) -> bool:
        """Commit the field being edited."""
        for field in self.fields.values():
            if field.editor.hasFocus():  # type: ignore[attr-defined]
                field.editor.commit()
        return all(not field.editor.notes.error for field in self.fields.values())

    @Slot()
    def _show_year(self) -> None:
        row, at = self._row, next((n for n, y in enumerate(self._years) if y.first == self.year.value()), None)
        if row is None or at is None:
            return
        cell = row.cells[at]
        usage = cell.usage
        words = {"places": NOTHING if usage.places is None else amount(usage.places), "used": amount(usage.used),
                 "held": amount(usage.held), "free": free_words(usage)}
        for name, fact in self.facts.items():
            fact.say(words[name])
        self.state.setText("" if cell.state == "covered" else state_words(cell))
        self.state.setVisible(cell.state != "covered")
        wanted, year = row.condition_id, self._years[at].first
        self._desk.ask(lambda reader: places.division(reader, wanted, year), self._show_division,
                       key=(self, "division"))

    def _show_division(self, division: Division) -> None:
        if self._row is None or division.condition.id != self._row.condition_id:
            return
        before, self._division = self._division, division
        divides = division.condition.direction == "out" and division.places is not None
        ids = [faculty.id for faculty in division.faculties] if divides else []
        if list(self.fields) != ids:
            self._make_fields(division if divides else None)
        fresh = before is None or (before.condition.id, before.year) != (division.condition.id, division.year)
        for faculty, field in self.fields.items():
            share = division.shares.get(faculty)
            if fresh or not field.editor.notes.error:
                field.set_error("")
                field.set_value(share.heads if share is not None else None)
            field.set_locked(self.tr("This office is open for reading only") if self._desk.read_only else "")
        self._say_left(division if divides else None)

    def _say_left(self, division: Division | None) -> None:
        if division is None or division.left is None:
            self.left.setText("")
        elif not division.faculties:
            self.left.setText(self.tr("Our own institution has no faculties yet. Enter them as its units."))
        elif division.left < 0:
            # places were taken back after they had been divided
            self.left.setText(say(share_problems(division.places, division.shares.values())[0].message))
        elif division.shares:
            self.left.setText(self.tr("{given} given to faculties, {left} left").format(
                given=division.given, left=amount(division.left)))
        else:
            self.left.setText(self.tr("Not divided: every faculty may send."))
        self.left.set_role("danger" if division is not None and (division.left or 0) < 0 else "text2")
        self.left.setVisible(bool(self.left.text()))

    def _make_fields(self, division: Division | None) -> None:
        self._room.removeWidget(self.faculties)
        self.faculties.deleteLater()
        self.faculties, self.fields = FormGrid(), {}
        if division is not None and division.faculties:
            self.faculties.add_head(self.tr("Divided among our faculties"))
            for faculty in division.faculties:
                editor = whole_editor(NOTHING)
                editor.setObjectName(f"share_{faculty.id}")
                self.fields[faculty.id] = field = Field(faculty.name, editor)
                field.edited.connect(_Edited(self, faculty.id))
                self.faculties.add(field, short=True)
        self._room.insertWidget(0, self.faculties)

    def share(self, faculty_id: int, heads: int | None) -> None:
        """Give a faculty so many places, None for no share."""
        if self._division is not None:
            self.foot.saving()
            took = _Edited(self, faculty_id)
            self._desk.do(places.set_share(self._division, faculty_id, heads), took.took, took.refused)

    def told(self, faculty_id: int, error: Exception | None) -> None:
        """A share was taken, or why it was not."""
        from partnerdesk.domain import clock

        field = self.fields.get(faculty_id)
        if field is None:
            return
        if error is None:
            field.set_error("")
            self.foot.saved(clock.now())
        elif isinstance(error, PartnerDeskError):
            fix = error.problems[0].fix if isinstance(error, Refused) else None
            field.set_error(say(error.message), say(fix) if fix is not None else "")
            self.foot.refused(say(error.message))

    def _build(self) -> None:
        pane = Pane("surface", self)
        column = Column(self._body, (16, 12, 16, 16), 12)
        column.addWidget(self._name)
        column.addWidget(self._what)
        links = Row(None, 0, 12)
        for words, icon, act in ((self.tr("Go to the agreement"), Icon.AGREEMENTS, self._go),
                                 (self.tr("Show its stays"), Icon.STAYS, self._stays)):
            button = Button(words, small=True, icon=icon)
            button.clicked.connect(act)
            links.addWidget(button)
        links.addStretch(1)
        column.addLayout(links)
        grid = FormGrid()
        grid.add(Field(self.tr("Academic year"), self.year), wide=True)
        for fact in self.facts.values():
            grid.add(fact, short=True)
        self.year.edited.connect(self._show_year)
        column.addWidget(grid)
        column.addWidget(self.state)
        self._room.addWidget(self.faculties)
        column.addLayout(self._room)
        column.addWidget(self.left)
        column.addStretch(1)
        whole = Column(pane)
        whole.addWidget(ScrollRoom(self._body), 1)
        whole.addWidget(self.foot)
        Column(self).addWidget(pane, 1)

    @Slot()
    def _go(self) -> None:
        if self._row is not None:
            self.open_agreement.emit(self._row.agreement_id)

    @Slot()
    def _stays(self) -> None:
        if self._row is not None:
            self.open_stays.emit(self._row.condition_id, self.year.value())


class _Edited:
    """Called when the share of a faculty is left, taken or refused; knows whose it is."""

    def __init__(self, detail: PlacesDetail, faculty_id: int) -> None:
        self._detail, self._faculty_id = detail, faculty_id

    def __call__(self, value: Any) -> None:
        self._detail.share(self._faculty_id, value)

    def took(self, _: Any) -> None:
        """It is in the file."""
        self._detail.told(self._faculty_id, None)

    def refused(self, error: Exception) -> None:
        """It is not in the file."""
        self._detail.told(self._faculty_id, error)
