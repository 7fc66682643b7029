"""Turns the rows of a sheet into facts: each mapped cell read once per distinct spelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from partnerdesk.domain import cells, cells_people, cellwords, headers, identifiers
from partnerdesk.domain.cells import DayOrders, Raw, Unreadable, plain
from partnerdesk.domain.countries import find_country
from partnerdesk.domain.dates import Order
from partnerdesk.domain.importing import DAYS, ColumnMapping, Note
from partnerdesk.domain.targets import Target
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.books import Row
from partnerdesk.formats.headers import Column, Header

Read = Callable[[Raw], Any]
Code = tuple[str, str, str]
_MISSING = object()
_LONGEST = 1_000
DAYS_FIRST, MONTHS_FIRST = DayOrders("dmy", "dmy", "dmy"), DayOrders("mdy", "mdy", "mdy")


@dataclass(slots=True)
class Facts:
    """What a row says: values by target key, notes on cells that could not be read, and those cells' text."""

    values: dict[str, Any]
    notes: list[Note]
    unread: list[str]


@dataclass(slots=True)
class _ReadColumn:
    """A mapped column with its reader and what it has read already."""

    index: int
    name: str
    key: str
    read: Read
    repeatable: bool
    seen: dict[Any, Any]


class RowReader:
    """Reads the mapped cells of one sheet's rows."""

    def __init__(self, rows: Sequence[Row], header: Header, mapping: ColumnMapping, today: date) -> None:
        body = rows[header.row + 1 :]
        self._columns: list[_ReadColumn] = []
        order = _table_order(body, header, mapping)
        for column, key in zip(header.columns, mapping.targets, strict=True):
            if key in headers.BY_KEY:
                own = _own_order(body, column, key, mapping) or order
                read = reader_for(headers.BY_KEY[key], own, today)
                self._columns.append(
                    _ReadColumn(column.index, column.name, key, read, key in headers.REPEATABLE, {})
                )

    def facts(self, row: Row) -> Facts:
        """The facts of one row."""
        values: dict[str, Any] = {}
        notes: list[Note] = []
        unread: list[str] = []
        width = len(row)
        for column in self._columns:
            if column.index >= width:
                continue
            cell = row[column.index]
            if cell is None:
                continue
            memo = cell if cell.__class__ is str else (cell.__class__, cell)
            value = column.seen.get(memo, _MISSING)
            if value is _MISSING:
                value = column.seen[memo] = _attempt(column.read, cell)
            if value is None or value == () or value == "":
                continue
            if value.__class__ is Text:
                notes.append(Note(column.name, value))
                unread.append(f"{column.name}: {plain(cell)}")
            elif column.repeatable and column.key in values:
                values[column.key] = _joined(values[column.key], value)
            else:
                values.setdefault(column.key, value)
        return Facts(values, notes, unread)


def reader_for(target: Target, orders: DayOrders, today: date) -> Read:
    """The function that reads a cell of that target; it raises Unreadable."""
    if target.kind == "code":
        return partial(_code, target.field)
    if target.key == "person.email":
        return _mail
    if target.key == "partner.latitude":
        return partial(cells.degrees, limit=90)
    if target.key == "partner.longitude":
        return partial(cells.degrees, limit=180)
    if target.reads in DATED:
        return partial(_dated, DATED[target.reads], orders, today)
    if target.key.startswith("places.heads") or target.key.startswith("places.staff"):
        return cells.heads
    return _READERS[target.reads]


def _dated(read: Callable[[Raw, Order, date], Any], orders: DayOrders, today: date, cell: Raw) -> Any:
    return read(cell, orders.of(cell), today)


def _attempt(read: Read, cell: Raw) -> Any:
    """The value of a cell, or the Text that says why it has none."""
    if isinstance(cell, str) and len(cell) > _LONGEST and read not in _LONG_READERS:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The cell is too long for what its column holds"))
    try:
        return read(cell)
    except Unreadable as error:
        return error.message


def _joined(known: Any, more: Any) -> Any:
    if isinstance(known, tuple):
        return (*known, *(one for one in more if one not in known))
    return known if more in known.split("\n") else f"{known}\n{more}"


def _own_order(body: Sequence[Row], column: Column, key: str, mapping: ColumnMapping) -> DayOrders | None:
    if chosen := mapping.constant(DAYS):
        return MONTHS_FIRST if chosen == "mdy" else DAYS_FIRST
    if headers.BY_KEY[key].reads not in DATED:
        return None
    return cells.day_orders(row[column.index] for row in body if column.index < len(row))


def _table_order(body: Sequence[Row], header: Header, mapping: ColumnMapping) -> DayOrders:
    """What columns that do not tell take from those that do; days first when none tells."""
    for column, key in zip(header.columns, mapping.targets, strict=True):
        if key in headers.BY_KEY and (order := _own_order(body, column, key, mapping)):
            return order
    return DAYS_FIRST


def _name(cell: Raw) -> str | None:
    said = plain(cell).strip(" ;,")
    if cells.is_mark(said):
        return None
    return said[1:-1].strip() if len(said) > 2 and said[0] == said[-1] and said[0] in "\"'“”„" else said


def _text(cell: Raw) -> str | None:
    said = cells.lines(cell)
    return None if cells.is_mark(said) else said


def _country(cell: Raw) -> str | None:
    if cells.says_nothing(cell) and plain(cell).upper() != "NA":
        return None
    code = find_country(plain(cell))
    if code is None:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no country known here")
        raise Unreadable(text(sentence, what=plain(cell)[:40]))
    return code


def _code(scheme: str, cell: Raw) -> tuple[Code, ...] | None:
    """The codes in a cell as (scheme, stored form, compared form); what is no Erasmus code is a code of our own."""
    said = plain(cell)
    if cells.is_mark(said):
        return None
    if isinstance(cell, str) and (
        ";" in cell or "|" in cell or "\n" in cell or (scheme == "erasmus" and " / " in cell)
    ):
        return tuple(_one_code(scheme, part) for part in cells.several(cell))
    return (_one_code(scheme, said),)


def _one_code(scheme: str, written: str) -> Code:
    if scheme == "erasmus" and (
        code := identifiers.erasmus_code(written) or identifiers.erasmus_code(written.replace("-", " ", 1))
    ):
        value = str(code)
        return scheme, value, value.replace(" ", "")
    if scheme == "pic" and len(written) == 9 and written.isdecimal():
        return scheme, written, written
    problem = identifiers.check(scheme, written)
    if problem is not None and problem.severity == "block":
        raise Unreadable(problem.message)
    if problem is not None and problem.severity == "warn":
        if scheme != "erasmus" or (" " in written and not any(c.isdigit() for c in written)):
            raise Unreadable(problem.message)
        scheme = "local"
    return scheme, identifiers.normal(scheme, written), identifiers.match_key(scheme, written)


def _mail(cell: Raw) -> str | None:
    """The first address of a cell."""
    found = cells.mails(cell)
    return found[0] if found else None


DATED: dict[str, Callable[[Raw, Order, date], Any]] = {
    "day": cells.day, "end": cells.end, "years": cells.years, "birth": cells_people.birth,
}
"""Readers of columns whose days may be written in either order."""
_LONG_READERS: tuple[Read, ...] = (_name, _text, cells.several)
_READERS: dict[str, Read] = {
    "name": _name,
    "text": _text,
    "country": _country,
    "address": cells.address,
    "mail": cells.mails,
    "flag": cells.flag,
    "count": cells.count,
    "number": cells.number,
    "list": cells.several,
    "year": cells.year,
    "fields": cellwords.fields,
    "levels": cellwords.levels,
    "languages": cellwords.languages,
    "direction": cellwords.direction,
    "activity": cellwords.activity,
    "type": cellwords.agreement_type,
    "esi": cells_people.esi,
    "orcid": cells_people.orcid,
    "gender": cells_people.gender,
    "person_kind": cells_people.person_kind,
    "countries": cells_people.countries,
    "term": cells_people.term,
}
