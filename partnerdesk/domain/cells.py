"""What the cells of real spreadsheets say: text, days, numbers, flags, addresses, in every shape offices write.

Each reader takes a cell as the file holds it and answers its value, None for an empty cell; what cannot be
read raises Unreadable with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partnerdesk.domain.dates import NotADay, Order, parse_day
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.domain.years import AcademicYear, NotAYear

Raw = str | int | float | bool | date | datetime | None

def _words(listed: str, between: str = "|") -> frozenset[str]:
    return frozenset(listed.split(between))


_NOTHING = _words(
    "|-|--|---|–|—|/|?|.|n/a|n.a.|na|#n/a|k.a.|k. a.|nan|null|none|tbd|tba|keine|keine angabe|aucun|aucune|"
    "ninguno|ninguna|brak|s/d|n/d|nd|n.d."
)
_LONGEST_MARK = max(map(len, _NOTHING))
_YES = _words(
    "true yes y ja j oui o vrai si sí s sì sim verdadero tak t prawda wahr x xx 1 on ✓ ✔ ☑ ☒ ✅ • ● available "
    "vorhanden",
    " ",
)
_NO = _words("false no n nein non faux falso nie fałsz falsz falsch não nao 0 off ✗ ✘ ☐ ❌ - –", " ")
_OPEN = _words(
    "open|open ended|unlimited|indefinite|indefinitely|permanent|no end date|no expiry|ongoing|unbefristet|"
    "unbegrenzt|illimite|illimitee|indeterminee|duree indeterminee|indefinido|indefinida|sin fecha|bezterminowo|"
    "bezterminowa|nieokreslony|czas nieokreslony|na czas nieokreslony|indeterminato|illimitato|auto renewal|"
    "automatic renewal|automatically renewed|∞"
)
_RANGE = re.compile(r"\s+(?:-|–|—|bis|to|until|till|au|al|a|do|hasta|jusqu'au|→)\s+|\s*[–—→]\s*", re.IGNORECASE)
_DASHED_DAYS = re.compile(r"(\d{1,2}[./]\d{1,2}[./]\d{2,4})\s*-\s*(\d{1,2}[./]\d{1,2}[./]\d{2,4})")
_LEAD = re.compile(
    r"^(?:ws|ss|wise|sose|winter semester|summer semester|wintersemester|semestre|from|von|ab|du|desde|od|dal|until|"
    r"till|bis|to|jusqu'au|hasta|do|valid|gültig)\s+(?=\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_TWO_YEARS = re.compile(r"((?:19|20|21)\d\d)\s*[-–—/]\s*((?:19|20|21)\d\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*((?:19|20|21)\d\d)")
_YEAR_MONTH = re.compile(r"((?:19|20|21)\d\d)\s*[./-]\s*(\d{1,2})")
_WORD_YEAR = re.compile(r"[^\W\d]{3,}\.?,?\s+(?:19|20|21)\d\d")
_THREE = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(?:\d{4}|\d{2})\b")
_MAIL = re.compile(r"[^\s<>(),;:\"'|/]+@[^\s<>(),;:\"'|/]+\.[^\s<>(),;:\"'|/]*[^\s<>(),;:\"'|/.]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"|;,]+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/[^\s<>\"|;,]*)?", re.IGNORECASE
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_TIMES = re.compile(
    r"(\d+)\s*[x×*]\s*(\d+(?:[.,]\d+)?)\s*(?:m|mon|months?|monate?n?|mois|mes|meses|mies\w*)?\.?", re.IGNORECASE
)
_PLACES_MONTHS = re.compile(r"(\d{1,3})\s*/\s*(\d|1[0-2])")
_SUMMER = re.compile(r"(?:ss|sose|summer semester|summer term|sommersemester)\s+((?:19|20|21)\d\d)", re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 80_000
_EPOCH = date(1899, 12, 30)


class Unreadable(Exception):
    """A cell that does not say what its column promises; `message` gives the reason."""

    def __init__(self, message: Text) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Span:
    """A validity as a cell tells it: days, or academic years (first calendar year each), or without end."""

    starts: date | None = None
    ends: date | None = None
    first_year: int | None = None
    last_year: int | None = None
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class DayOrders:
    """The order of day and month in a column: for most of it, with leading zeros, and without."""

    common: Order
    padded: Order
    bare: Order

    def of(self, cell: Raw) -> Order:
        """The order in which one cell is read."""
        match = _THREE.search(cell) if isinstance(cell, str) else None
        padded = _padded(match) if match else None
        return self.common if padded is None else self.padded if padded else self.bare


@dataclass(frozen=True, slots=True)
class Heads:
    """Places in a cell: "2 x 5 months" says both."""

    heads: int
    months: float | None = None


def plain(cell: Raw) -> str:
    """A cell as one line of text: no-break and stray blanks gone, composed letters, 86.0 as "86"."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        tidy = " ".join(cell.split())
        return tidy if tidy.isascii() else _composed(tidy)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not (cell.hour or cell.minute) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def lines(cell: Raw) -> str:
    """A cell as text that may have several lines, without markup."""
    if not isinstance(cell, str):
        return plain(cell)
    shown = re.sub(r"(?i)<br\s*/?>|</(?:p|li|div|tr)>", "\n", cell) if "<" in cell else cell
    shown = re.sub(r"</?[A-Za-z][^<>]{0,200}>", "", shown) if "<" in shown else shown
    if "\n" not in shown and "\r" not in shown:
        return plain(shown)
    kept = [plain(line) for line in shown.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def says_nothing(cell: Raw) -> bool:
    """Whether a cell is empty or a mark for "nothing" such as "-" or "n/a"."""
    if not isinstance(cell, str):
        return cell is None
    return len(cell) < 40 and plain(cell).lower() in _NOTHING


def is_mark(said: str) -> bool:
    """Whether a tidy text is empty or such a mark."""
    return len(said) <= _LONGEST_MARK and said.lower() in _NOTHING


def flag(cell: Raw) -> bool | None:
    """TRUE, yes, ja, oui, sí, tak, x, 1 and their opposites; None for an empty cell."""
    if isinstance(cell, bool):
        return cell
    said = plain(cell).lower().rstrip(".!")
    if said in _NO:
        return False
    if said in _YES:
        return True
    if said in _NOTHING:
        return None
    if said.replace(".", "", 1).isdecimal():
        return float(said) != 0
    raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is neither yes nor no"), what=plain(cell)[:40]))


def number(cell: Raw) -> float | None:
    """A number with a point or a comma, words around it passed over: "5", "5,5", "10 months"."""
    if isinstance(cell, bool):
        raise _no_number(cell)
    if isinstance(cell, int | float):
        return cell
    if says_nothing(cell) or isinstance(cell, date):
        if cell is None or isinstance(cell, str):
            return None
        raise _no_number(cell)
    found = _NUMBER.findall(plain(cell))
    if len(found) != 1:
        raise _no_number(cell)
    value = float(found[0].replace(",", "."))
    return int(value) if value.is_integer() else value


def count(cell: Raw) -> int | None:
    """A whole number that is not below zero: 12, "12 students", "max. 3"."""
    value = number(cell)
    if value is None:
        return None
    if value < 0 or not float(value).is_integer() or value > 1_000_000:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not a number of places")
        raise Unreadable(text(sentence, what=plain(cell)[:40]))
    return int(value)


def heads(cell: Raw) -> Heads | None:
    """Places, with the months where the cell gives both: 12, "2 x 5 months", "2/10", "1+1"."""
    said = plain(cell)
    if match := _TIMES.fullmatch(said) or _PLACES_MONTHS.fullmatch(said):
        return Heads(int(match[1]), number(match[2]))
    if re.fullmatch(r"\d+(?:\s*\+\s*\d+)+", said):
        return Heads(sum(int(part) for part in said.split("+")))
    value = count(cell)
    return None if value is None else Heads(value)


def degrees(cell: Raw, limit: int) -> float | None:
    """A latitude or longitude in degrees; 0 counts as not given."""
    value = number(cell)
    if value is None or value == 0:
        return None
    if abs(value) > limit:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "Degrees go from −{n} to {n}"), n=limit))
    return float(value)


def mails(cell: Raw) -> tuple[str, ...]:
    """The e-mail addresses in a cell, in their order."""
    if says_nothing(cell):
        return ()
    said = plain(cell).replace("mailto:", " ").replace("(at)", "@").replace("[at]", "@").replace(" @ ", "@")
    found = tuple(dict.fromkeys(_MAIL.findall(said)))
    if not found:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not an e-mail address"), what=said[:60]))
    return found


def address(cell: Raw) -> str | None:
    """The first web address in a cell, as it is written."""
    said = plain(cell)
    if is_mark(said):
        return None
    match = _ADDRESS.search(said)
    if match is None or "@" in said.split("/")[0]:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not a web address"), what=said[:60]))
    return match[0].rstrip(".)")


def several(cell: Raw) -> tuple[str, ...]:
    """The values in a cell that holds several, parted by ; | / a comma or a line break."""
    if says_nothing(cell):
        return ()
    parts = re.split(r"\s*[;|\n\r]+\s*", cell) if isinstance(cell, str) else [plain(cell)]
    if len(parts) == 1:
        parts = re.split(r"\s*,\s*|\s+/\s+", parts[0])
    return tuple(dict.fromkeys(part for raw in parts if (part := plain(raw)) and part.lower() not in _NOTHING))


def day_orders(cells: Iterable[Raw]) -> DayOrders | None:
    """Whether a column writes days first or months first, None when it does not tell.

    One value such as 12/31/2029 settles it; where values speak for both, the majority does. A column in which
    a spreadsheet wrote some days (6/30/2023) and people others (30/06/2023) tells by the leading zeros.
    """
    votes: dict[bool | None, list[int]] = {True: [0, 0], False: [0, 0], None: [0, 0]}
    for cell in cells:
        if isinstance(cell, str) and (match := _THREE.search(cell)):
            first, second = int(match[1]), int(match[2])
            if (first > 12) != (second > 12):
                votes[_padded(match)][second > 12] += 1
    total = [sum(vote[side] for vote in votes.values()) for side in (0, 1)]
    if total[0] == total[1]:
        return None
    common: Order = "dmy" if total[0] > total[1] else "mdy"
    return DayOrders(common, _order_of(votes[True], common), _order_of(votes[False], common))


def _padded(match: re.Match[str]) -> bool | None:
    """Whether a written day has leading zeros; None when it needs none."""
    if match[1][0] == "0" or match[2][0] == "0":
        return True
    return False if len(match[1]) == 1 or len(match[2]) == 1 else None


def _order_of(vote: list[int], common: Order) -> Order:
    if vote[0] == vote[1]:
        return common
    return "dmy" if vote[0] > vote[1] else "mdy"


def day(cell: Raw, order: Order, today: date) -> Span | None:
    """The beginning of a validity: a day, a serial day of a spreadsheet, a month, a year, an academic year."""
    span = _span(cell, order, today, end=False)
    return span if span is None or span.starts or span.first_year is not None else Span(starts=span.ends)


def end(cell: Raw, order: Order, today: date) -> Span | None:
    """The end of a validity in the same shapes; a year alone ends with it, "unlimited" is open-ended."""
    return _span(cell, order, today, end=True)


def one_day(cell: Raw, order: Order, today: date) -> date | None:
    """A single day; where the cell gives a range its first one."""
    span = _span(cell, order, today, end=False)
    if span is None:
        return None
    if span.starts is None and span.first_year is not None:
        return AcademicYear(span.first_year).first_day()
    return span.starts


def years(cell: Raw, order: Order, today: date) -> Span | None:
    """A period: "2021-2027", "2024/25", "2024/25 – 2026/27", "01.09.2021 - 31.08.2027"."""
    said = plain(cell)
    span = _span(cell, order, today, end=False)
    if span is not None and span.first_year is not None and span.last_year is None:
        return Span(first_year=span.first_year, last_year=span.first_year)
    if span is not None and span.ends is None and _YEAR.fullmatch(said):
        return Span(first_year=int(said), last_year=int(said))
    return span


def year(cell: Raw) -> int | None:
    """The academic year a row is about, as its first calendar year."""
    if says_nothing(cell):
        return None
    try:
        return AcademicYear.parse(plain(cell)).first
    except NotAYear as error:
        raise Unreadable(error.message) from error


def _span(cell: Raw, order: Order, today: date, end: bool) -> Span | None:
    if says_nothing(cell):
        return None
    if isinstance(cell, bool):
        raise _no_day(cell)
    if isinstance(cell, date):
        return _on(cell.date() if isinstance(cell, datetime) else cell, end)
    if isinstance(cell, int | float):
        return _counted(cell, end)
    said = plain(cell)
    if fold(said) in _OPEN or said in _OPEN:
        return Span(open_ended=True)
    if match := _SUMMER.fullmatch(said):
        first = int(match[1]) - 1
        return Span(last_year=first) if end else Span(first_year=first)
    if (match := _TWO_YEARS.fullmatch(said)) and int(match[2]) - int(match[1]) > 1:
        return Span(first_year=int(match[1]), last_year=int(match[2]) - 1)
    if parts := _halves(said):
        begun, ended = _span(parts[0], order, today, False), _span(parts[1], order, today, True)
        if begun and ended:
            last = ended.last_year if ended.last_year is not None else ended.first_year
            return Span(begun.starts, ended.ends, begun.first_year, last, ended.open_ended)
    return _written(_LEAD.sub("", said), order, today, end)


def _halves(said: str) -> list[str] | None:
    if match := _DASHED_DAYS.fullmatch(said):
        return [match[1], match[2]]
    parts = _RANGE.split(said)
    return parts if len(parts) == 2 and all(any(c.isdigit() for c in p) or fold(p) in _OPEN for p in parts) else None


def _written(said: str, order: Order, today: date, end: bool) -> Span:
    if _YEAR.fullmatch(said):
        return _counted(int(said), end)
    if said.isdecimal() and len(said) == 5:
        return _counted(int(said), end)
    if match := _MONTH_YEAR.fullmatch(said):
        return _month(int(match[2]), int(match[1]), said, end)
    if (match := _YEAR_MONTH.fullmatch(said)) and int(match[2]) != (int(match[1]) + 1) % 100 and int(match[2]) < 13:
        return _month(int(match[1]), int(match[2]), said, end)
    try:
        first = AcademicYear.parse(said).first
        return Span(last_year=first) if end else Span(first_year=first)
    except NotAYear:
        pass
    try:
        if _WORD_YEAR.fullmatch(said):
            first_day = parse_day(f"1 {said}", today, order)
            assert first_day is not None
            return _month(first_day.year, first_day.month, said, end)
        if not re.search(r"\d{4}|\d\D+\d\D+\d", said) and not (said.isdecimal() and len(said) in (6, 8)):
            raise _no_day(said)
        found = parse_day(said, today, order) if _reads(said, order, today) else parse_day(said, today, _other(order))
    except NotADay as error:
        raise Unreadable(error.message) from error
    assert found is not None
    return _on(found, end)


def _reads(said: str, order: Order, today: date) -> bool:
    try:
        parse_day(said, today, order)
    except NotADay:
        return not _THREE.fullmatch(said)
    return True


def _other(order: Order) -> Order:
    return "mdy" if order == "dmy" else "dmy"


def _on(found: date, end: bool) -> Span:
    if not 1800 <= found.year <= 2199:
        raise _no_day(found)
    return Span(ends=found) if end else Span(starts=found)


def _counted(value: float, end: bool) -> Span:
    """A number in a column of days: a year, or the serial day of a spreadsheet."""
    if float(value).is_integer() and 1900 <= value <= 2199:
        return _on(date(int(value), 12, 31) if end else date(int(value), 1, 1), end)
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return _on(_EPOCH + timedelta(days=int(value)), end)
    raise _no_day(value)


def _month(in_year: int, month: int, said: str, end: bool) -> Span:
    if not 1 <= month <= 12:
        raise _no_day(said)
    if not end:
        return Span(starts=date(in_year, month, 1))
    following = date(in_year + month // 12, month % 12 + 1, 1)
    return Span(ends=following - timedelta(days=1))


def _composed(said: str) -> str:
    cleaned = "".join(c for c in said if c not in "\u200b\u200e\u200f\u2060\ufeff\u00ad" and (c >= " " or c == "\t"))
    return unicodedata.normalize("NFC", cleaned).strip()


def _no_number(cell: Raw) -> Unreadable:
    return Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not a number"), what=plain(cell)[:40]))


def _no_day(cell: Raw) -> Unreadable:
    return Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not a date"), what=plain(cell)[:40]))
