"""The rows of a timeline in words: what each kind is called, a sentence for screen readers, the lines of the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.portfolio import AgreementHead, ProjectHead
from partnerdesk.domain.projects import Deliverable, Milestone, Task
from partnerdesk.look.timeline import Bar, Key, Shape
from partnerdesk.look.words import day, day_range, number
from partnerdesk.models.timeline_rows import Laid, Record, late_words, lateness


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """A row of the table beside the picture: the same facts, in words and to be sorted by."""

    key: Key
    place: int
    name: str
    kind: str
    within: str
    first: date | None
    last: date | None
    done: int | None
    late: int
    words: str
    owner: str
    waits_for: str


def kind_word(shape: Shape) -> str:
    """What a kind of row is called."""
    return {
        "group": _tr("Lane"), "project": _tr("Project"), "package": _tr("Work package"), "task": _tr("Task"),
        "milestone": _tr("Milestone"), "deliverable": _tr("Deliverable"), "agreement": _tr("Agreement"),
    }[shape]


def days_words(bar: Bar, record: Record) -> str:
    """From when to when, or when it is due."""
    if isinstance(record, Milestone | Deliverable):
        return _tr("due {day}").format(day=day(record.due_on)) if record.due_on else _tr("no date")
    if isinstance(record, AgreementHead):
        return day_range(record.starts_on, record.ends_on) if record.starts_on or record.ends_on else _tr("no dates")
    if bar.span is None:
        return _tr("no dates")
    return day_range(*_days(bar))


def card_facts(bar: Bar, record: Record, waits_for: Sequence[str]) -> str:
    """What a card says of a row below its name: kind and days, how far it is, who, and what it waits for."""
    lines = [f"{kind_word(bar.shape)}, {days_words(bar, record)}"]
    if isinstance(record, Task | ProjectHead):
        lines.append(_tr("{percent} % done").format(percent=number(record.progress)))
    elif bar.is_point and bar.met:
        lines.append(bar.words)
    if bar.base is not None and bar.base != bar.span:
        agreed = day_range(date.fromordinal(bar.base[0]), date.fromordinal(bar.base[1]))
        lines.append(_tr("Agreed: {days}").format(days=day(date.fromordinal(bar.base[1])) if bar.is_point else agreed))
    if bar.critical:
        lines.append(_tr("Decides when the project ends"))
    if waits_for:
        lines.append(_tr("Waits for {names}").format(names=", ".join(waits_for)))
    if bar.owner:
        lines.append(bar.owner)
    return "\n".join(lines)


def row_sentence(bar: Bar, record: Record, today: date) -> str:
    """A row as a screen reader says it."""
    if isinstance(record, str):
        return f"{record}, {bar.more}"
    parts = [kind_word(bar.shape), bar.name, bar.more, days_words(bar, record)]
    if isinstance(record, Task | ProjectHead):
        parts.append(_tr("{percent} % done").format(percent=number(record.progress)))
    late = lateness(record, today)
    if late:
        parts.append(late_words(late))
    elif bar.is_point and bar.met:
        parts.append(bar.words)
    if bar.critical:
        parts.append(_tr("decides when the project ends"))
    if bar.owner:
        parts.append(bar.owner)
    if bar.open is not None:
        parts.append(_tr("open") if bar.open else _tr("closed"))
    return ", ".join(part for part in parts if part)


def twin_lines(laid: Laid, today: date) -> list[TimelineLine]:
    """Every row but the lanes as a line of the table, in the order of the picture."""
    before: dict[int, list[str]] = {}
    for link in laid.chart().links():
        before.setdefault(link.after, []).append(laid.rows[link.before].name)
    lines: list[TimelineLine] = []
    above: list[str] = []
    for place, (bar, record) in enumerate(zip(laid.rows, laid.records, strict=True)):
        del above[bar.level:]
        if not isinstance(record, str):
            first, last = _days(bar)
            done = record.progress if isinstance(record, Task | ProjectHead) else None
            if bar.shape == "package":
                done = round(bar.done * 100)
            if isinstance(record, AgreementHead):
                first, last = record.starts_on, record.ends_on
            lines.append(TimelineLine(
                bar.key, place, bar.name, kind_word(bar.shape), " › ".join(above), first, last, done,
                lateness(record, today), bar.words, bar.owner, ", ".join(before.get(place, ()))))
        above.append(bar.name)
    return lines


def _days(bar: Bar) -> tuple[date | None, date | None]:
    return (date.fromordinal(bar.first) if bar.first else None, date.fromordinal(bar.last) if bar.last else None)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Timeline", words)
