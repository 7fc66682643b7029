"""The calendar's days: what each shows, asked anew when the stretch or the office changes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.agenda import Dated, by_day
from partnerdesk.domain.dates import add_months
from partnerdesk.domain.journal import Changes
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import EN_DASH, day, long_day, say
from partnerdesk.models.today_words import dated
from partnerdesk.services import agenda

ICONS: Final = {
    "visit": Icon.VISITS, "appointment": Icon.DATE, "meeting": Icon.VISITS, "agreement-ends": Icon.AGREEMENTS,
    "agreement-notice": Icon.NOTICE, "milestone": Icon.MILESTONE, "deliverable": Icon.APPROVE,
    "followup": Icon.FOLLOWUP, "nominate": Icon.NOMINATED, "call": Icon.CALLS, "begins": Icon.ABROAD,
    "ends": Icon.RETURNED,
}
_NEWS: Final = ("visit", "appointment", "followup", "project", "agreement", "stay", "call", "partner")


class AgendaModel(QObject):
    """The days from `first` to `last` of a month's weeks or of one week. `changed()` when what they show is new."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._days: Mapping[date, tuple[Dated, ...]] = {}
        self._who = ""
        self._awake = False
        self.by_month = True
        self.at = clock.today()
        desk.changed.connect(self._hear)
        desk.opened.connect(self._ask)

    @property
    def first(self) -> date:
        """The first day shown, which begins a week."""
        start = self.at.replace(day=1) if self.by_month else self.at
        return start - timedelta(days=(start.isoweekday() - QLocale().firstDayOfWeek().value) % 7)

    @property
    def weeks(self) -> int:
        """How many weeks are shown."""
        if not self.by_month:
            return 1
        last = add_months(self.at.replace(day=1), 1) - timedelta(days=1)
        return (last - self.first).days // 7 + 1

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=7 * self.weeks - 1)

    @property
    def title(self) -> str:
        """Month and year, or the days of the week."""
        if self.by_month:
            return f"{QLocale().standaloneMonthName(self.at.month)} {self.at.year}"
        first = day(self.first)
        begin = first.rpartition(" ")[0] if self.first.year == self.last.year else first
        week = QCoreApplication.translate("Agenda", "week {n}").format(n=self.first.isocalendar().week)
        return f"{begin} {EN_DASH} {day(self.last)} · {week}"

    def on(self, at: date) -> tuple[Dated, ...]:
        """What a day shows."""
        return self._days.get(at, ())

    def set_awake(self, awake: bool) -> None:
        """Ask only while it is seen."""
        self._awake = awake
        if awake:
            self._ask()

    def show(self, at: date, *, by_month: bool | None = None, who: str | None = None) -> None:
        """Show the month or week of a day, everybody's or one person's."""
        before = self.first, self.last, self._who
        self.at = at
        self.by_month = self.by_month if by_month is None else by_month
        self._who = self._who if who is None else who
        if before != (self.first, self.last, self._who):
            self._days = {one: found for one, found in self._days.items() if before[2] == self._who}
            self._ask()
        self.changed.emit()

    def turn(self, by: int) -> None:
        """Go so many months or weeks on."""
        self.show(add_months(self.at, by) if self.by_month else self.at + timedelta(weeks=by))

    def _ask(self) -> None:
        if not self._desk.is_open or not self._awake:
            return
        first, last, who = self.first, self.last, self._who
        self._desk.ask(lambda reader: (first, last, agenda.agenda(reader, first, last, who)), self._take,
                       key=(self, "agenda"))

    def _take(self, answer: tuple[date, date, list[Dated]]) -> None:
        first, last, found = answer
        self._days = by_day(found, first, last)
        self.changed.emit()

    def _hear(self, changes: Changes) -> None:
        if any(changes.ids(kind) for kind in _NEWS):
            self._ask()


def entry_words(entry: Dated, *, timed: bool = True) -> str:
    """An entry in one line, its time first."""
    words = say(dated(entry.title))
    return f"{entry.begins} {words}" if entry.begins and timed else words


def entry_second(entry: Dated) -> str:
    """What kind of thing it is, for a second line."""
    words = {
        "visit": _tr("Visit"), "appointment": _tr("Appointment"), "meeting": _tr("Meeting"),
        "agreement-ends": _tr("Agreement"), "agreement-notice": _tr("Notice day"), "milestone": _tr("Milestone"),
        "deliverable": _tr("Deliverable"), "followup": _tr("Follow-up"), "nominate": _tr("Deadline"),
        "call": _tr("Call"), "begins": _tr("Stay"), "ends": _tr("Stay"),
    }
    lasts = entry.ends and entry.ends != entry.begins
    times = f"{entry.begins}{EN_DASH}{entry.ends}" if entry.begins and lasts else entry.begins
    return " · ".join(part for part in (times, words[entry.kind]) if part)


def day_sentence(at: date, entries: tuple[Dated, ...]) -> str:
    """A day as a screen reader says it."""
    return ", ".join((long_day(at), *(entry_words(one) for one in entries)))


def _tr(source: str) -> str:
    return QCoreApplication.translate("Agenda", source)
