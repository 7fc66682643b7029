"""The single years of a condition: the strip, and the exception of the year chosen in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain.agreements import Condition, ConditionYear, span_of
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import NOTHING, number, say
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import months_editor, whole_editor
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.agreement_years import YearCell, YearStrip
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import LineEditor, TickEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column

MOST_YEARS = 12


class ExceptionsEditor(QWidget):
    """Years of one condition; what is typed beneath holds for the chosen year alone."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._condition: Condition | None = None
        self._exceptions: tuple[ConditionYear, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self, 0, 8)
        column.addWidget(Words(self.tr("Places by academic year"), "tiny", "muted"))
        self.strip = YearStrip(self.tr("Places by academic year"))
        self.strip.chosen.connect(self._year_chosen)
        column.addWidget(self.strip)
        self.form = FormGrid()
        self._fields: list[Field] = []
        self._bind("heads", whole_editor(), short=True)
        self._bind("months", months_editor(), short=True)
        self._bind("closed", TickEditor(self.tr("No places in this year")), wide=True)
        self._bind("reason", LineEditor(), wide=True)
        column.addWidget(self.form)
        self.back = Button(self.tr("As in other years"), "link")
        self.back.clicked.connect(self.forget_year)
        column.addWidget(self.back)
        self._told = Words("", "small", "text2", wrap=True)
        column.addWidget(self._told)

    def show_condition(self, condition: Condition, exceptions: Sequence[ConditionYear], fresh: bool) -> None:
        """Show the years of a condition."""
        other = self._condition is None or self._condition.id != condition.id
        self._condition, self._exceptions = condition, tuple(exceptions)
        about = self._work.about
        self.strip.show_years(self._cells(condition), about.year.first if about else 0)
        if other or fresh:
            self._work.show_fields(self._fields)
        self._show_year()

    @Slot()
    def forget_year(self) -> None:
        """Let the chosen year grant what every other year does."""
        agreement, exception = self._work.agreement, self._exception()
        if agreement is not None and exception is not None:
            empty = ConditionYear(condition_id=exception.condition_id, year=exception.year)
            self._work.do(agreements.set_exception(agreement, empty))

    def _bind(self, name: str, editor: QWidget, *, short: bool = False, wide: bool = False) -> None:
        field = Field(say(field_label(name)), editor)
        self._work.bind(name, field, self._exception, self._deed)
        self._fields.append(field)
        self.form.add(field, short=short, wide=wide)

    def _exception(self) -> ConditionYear | None:
        """The exception of the chosen year; one with a negative id where the file has none yet."""
        if self._condition is None or self.strip.year is None:
            return None
        condition_id, year = self._condition.id, self.strip.year
        about = self._work.about
        stored = about.file.exceptions if about is not None else self._exceptions
        found = next((e for e in stored if (e.condition_id, e.year) == (condition_id, year)), None)
        return found or ConditionYear(id=-(condition_id * 10_000 + year), condition_id=condition_id, year=year)

    def _deed(self, exception: ConditionYear, fields: Mapping[str, Any]) -> Deed[Any]:
        agreement = self._work.agreement
        assert agreement is not None
        return agreements.set_exception(agreement, replace(exception, id=max(0, exception.id), version=1, **fields))

    def _years(self, condition: Condition) -> range:
        """The years of the condition, or of its version, or from this one on."""
        about, version = self._work.about, self._work.version
        if about is None or version is None:
            return range(0)
        starts, ends = span_of(version, about.year_start)
        first = condition.first_year if condition.first_year is not None else version.first_year
        last = condition.last_year if condition.last_year is not None else version.last_year
        if first is None:
            first = AcademicYear.of(starts, start=about.year_start).first if starts else about.year.first
        if last is None:
            last = AcademicYear.of(ends, start=about.year_start).first if ends else max(first, about.year.first) + 4
        return range(max(first, last + 1 - MOST_YEARS), last + 1)

    def _cells(self, condition: Condition) -> list[YearCell]:
        by_year = {e.year: e for e in self._exceptions}
        cells = []
        for year in self._years(condition):
            exception = by_year.get(year)
            heads = condition.heads if exception is None or exception.heads is None else exception.heads
            closed = exception is not None and exception.closed
            words = self.tr("closed") if closed else NOTHING if heads is None else number(heads)
            cells.append(YearCell(year, words, exception is not None, closed,
                                  exception.reason if exception is not None else ""))
        return cells

    def _show_year(self) -> None:
        exception, locked = self._exception(), self._work.locked
        is_stored = exception is not None and exception.id > 0
        self.form.setVisible(not locked and exception is not None)
        self.back.setVisible(not locked and is_stored)
        reason = exception.reason if is_stored and exception is not None else ""
        self._told.setText(reason)
        self._told.setVisible(locked and bool(reason))
        if exception is not None:
            condition = self._condition
            usual = condition.heads if condition is not None else None
            hint = self.tr("Usually {n}").format(n=number(usual)) if usual is not None else ""
            self._fields[0].set_help(hint)

    @Slot(int)
    def _year_chosen(self, year: int) -> None:
        self._work.show_fields(self._fields)
        self._show_year()
