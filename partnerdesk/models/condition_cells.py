"""What the cells of the conditions grid say and how what is typed or pasted into them is read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import cells, cellwords, clock, isced
from partnerdesk.domain.agreements import Condition, ConditionYear
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.vocab import label_of, read_term, short_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import Cell, Number, Soft
from partnerdesk.look.words import EN_DASH, number, say
from partnerdesk.models.edit_grid import GridColumn
from partnerdesk.models.names import language_name


def _tr(source: str) -> str:
    return QCoreApplication.translate("Conditions", source)


def grid_columns() -> tuple[GridColumn, ...]:
    """The columns in their order."""
    return (
        GridColumn("direction", _tr("Direction"), 84, "choice"),
        GridColumn("activity", _tr("Activity"), 96, "choice"),
        GridColumn("heads", _tr("Places"), 58, "text", right=True),
        GridColumn("months", _tr("Months"), 62, "text", right=True),
        GridColumn("days", _tr("Days"), 52, "text", right=True),
        GridColumn("years", _tr("Years"), 110, "text"),
        GridColumn("levels", _tr("Levels"), 126, "many"),
        GridColumn("fields", _tr("Fields"), 150, "many"),
        GridColumn("languages", _tr("Languages"), 122, "many"),
        GridColumn("blended", _tr("Blended"), 72, "tick"),
        GridColumn("exceptions", _tr("Exceptions"), 150, "told"),
    )


def cell_of(condition: Condition, key: str, exceptions: Iterable[ConditionYear]) -> Cell:
    """What a cell shows."""
    words = words_of(condition, key, exceptions)
    if key in ("heads", "months", "days"):
        return Number(words)
    if key == "years" and not words:
        return Soft(_tr("all years"))
    return Soft(words) if key in ("years", "levels", "languages", "exceptions") else words


def words_of(condition: Condition, key: str, exceptions: Iterable[ConditionYear] = ()) -> str:
    """A cell in words, "" where nothing is said."""
    return _SAID[key](condition, exceptions)


def typed_words(condition: Condition, key: str) -> str:
    """What stands in the editor of a cell; it can be read back by `read_cell`."""
    return ", ".join(condition.fields) if key == "fields" else words_of(condition, key)


def read_cell(key: str, written: str) -> dict[str, Any]:
    """The fields of a condition that a text in column `key` stands for; raises Unreadable with the reason."""
    return _READ[key](written)


def unknown_fields(codes: Iterable[str]) -> tuple[str, ...]:
    """Subject codes that ISCED-F 2013 does not have; they are kept as they stand."""
    return tuple(code for code in codes if not isced.known(code))


def language_words(wanted: str) -> str:
    """ "en B2" as "English B2"."""
    code, _, level = wanted.partition(" ")
    return " ".join(part for part in (language_name(code), level) if part)


def years_words(first: int | None, last: int | None) -> str:
    """A range of academic years: "26/27 – 28/29", "from 26/27", one year alone; "" for all of the agreement's."""
    if first is None and last is None:
        return ""
    if first is not None and last is not None:
        begin, end = AcademicYear(first).short, AcademicYear(last).short
        return begin if first == last else f"{begin} {EN_DASH} {end}"
    if first is not None:
        return _tr("from {year}").format(year=AcademicYear(first).short)
    assert last is not None
    return _tr("until {year}").format(year=AcademicYear(last).short)


def exception_words(exception: ConditionYear) -> str:
    """ "26/27: 6" or "27/28: closed"."""
    year = AcademicYear(exception.year).short
    if exception.closed:
        return _tr("{year}: closed").format(year=year)
    granted = [number(v) for v in (exception.heads, exception.months) if v is not None]
    return f"{year}: {' · '.join(granted)}"


def sentence(condition: Condition, exceptions: Iterable[ConditionYear] = ()) -> str:
    """A condition as a screen reader says it."""
    parts = [words_of(condition, "direction"), words_of(condition, "activity")]
    if condition.heads is not None:
        parts.append(_tr("places: {n}").format(n=number(condition.heads)))
    parts += [words_of(condition, key) for key in ("years", "levels", "fields", "languages")]
    parts += [exception_words(e) for e in exceptions]
    return ", ".join(part for part in parts if part)


def _amount(value: float | None) -> str:
    if value is None:
        return ""
    return number(value, 0 if float(value).is_integer() else 1)


def _field_words(condition: Condition, _: Iterable[ConditionYear]) -> str:
    if len(condition.fields) == 1:
        code = condition.fields[0]
        return f"{code} {isced.title(code)}".strip()
    return ", ".join(condition.fields) or condition.field_note


_SAID: Mapping[str, Callable[[Condition, Iterable[ConditionYear]], str]] = {
    "direction": lambda c, _: say(label_of("direction", c.direction)),
    "activity": lambda c, _: say(short_of("activity", c.activity)),
    "heads": lambda c, _: _amount(c.heads),
    "months": lambda c, _: _amount(c.months),
    "days": lambda c, _: _amount(c.days),
    "years": lambda c, _: years_words(c.first_year, c.last_year),
    "levels": lambda c, _: ", ".join(say(short_of("level", level)) for level in c.levels),
    "fields": _field_words,
    "languages": lambda c, _: ", ".join(language_words(wanted) for wanted in c.languages),
    "blended": lambda c, _: _tr("Yes") if c.blended else "",
    "exceptions": lambda _, exceptions: " · ".join(exception_words(e) for e in exceptions),
}


def _one_direction(written: str) -> dict[str, Any]:
    found = read_term("direction", written) or cellwords.direction(written)
    if found not in ("out", "in"):
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is neither outgoing nor incoming"),
                              what=written[:40]))
    return {"direction": found}


def _activity(written: str) -> dict[str, Any]:
    found = read_term("activity", written) or cellwords.activity(written)
    if found is None:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "A condition needs an activity")))
    return {"activity": found}


def _heads(written: str) -> dict[str, Any]:
    found = cells.heads(written)
    if found is None:
        return {"heads": None}
    return {"heads": found.heads} | ({"months": found.months} if found.months is not None else {})


def _months(written: str) -> dict[str, Any]:
    value = cells.number(written)
    return {"months": None if value is None else float(value)}


def _years(written: str) -> dict[str, Any]:
    tidy = written.strip()
    if not tidy or tidy == _tr("all years"):
        return {"first_year": None, "last_year": None}
    span = cells.years(tidy, "dmy", clock.today())
    if span is None or span.first_year is None:
        raise Unreadable(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "“{what}” is no academic year. Write 26/27, or 26/27 – 28/29"), what=tidy[:40]))
    return {"first_year": span.first_year, "last_year": span.last_year}


def _levels(written: str) -> dict[str, Any]:
    parts = [part.strip() for part in written.split(",") if part.strip()]
    terms = [read_term("level", part) for part in parts]
    if parts and all(terms):
        return {"levels": tuple(sorted({str(term) for term in terms}))}
    return {"levels": cellwords.levels(written)}


def _fields(written: str) -> dict[str, Any]:
    found = cellwords.fields(written)
    if found is None:
        return {"fields": ()}
    if not found.codes:
        named = isced.find(found.note)
        return {"fields": (named.code,)} if named else {"field_note": found.note}
    note = found.note if found.note and len(found.codes) > 1 else ""
    return {"fields": found.codes} | ({"field_note": note} if note else {})


def _languages(written: str) -> dict[str, Any]:
    found = cellwords.languages(written)
    if found is not None and found.note:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no language. Write English B2"),
                              what=written[:40]))
    return {"languages": found.languages if found else ()}


_READ: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "direction": _one_direction,
    "activity": _activity,
    "heads": _heads,
    "months": _months,
    "days": lambda written: {"days": cells.count(written)},
    "years": _years,
    "levels": _levels,
    "fields": _fields,
    "languages": _languages,
    "blended": lambda written: {"blended": bool(cells.flag(written))},
}
