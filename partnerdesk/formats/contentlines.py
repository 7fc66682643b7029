"""The lines of a calendar file (RFC 5545) before any library sees them: unfolded, weighed, and sorted into components.

Only what can be kept goes on to the parser; everything else is counted by its name, so that no hostile line costs time.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats.limits import MEGABYTE

LARGEST = 10 * MEGABYTE
MOST_ENTRIES = 10_000
_LONGEST_LINE = 256 * 1024
_LONGEST_PARAMETERS = 8 * 1024
_MOST_FOLDS = 160_000
_MOST_LINES = 250_000
_MOST_PROPERTIES = 1_000
_DEEPEST = 8

_FOLDED = re.compile(rb"(?:\r\n|\r|\n)+[ \t]")
_LINE = re.compile(r'([A-Za-z0-9-]{1,80})((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)', re.DOTALL)
_KEPT = {
    "VEVENT": frozenset(("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID",
                         "LOCATION", "DESCRIPTION", "URL", "CATEGORIES", "STATUS")),
    "VTODO": frozenset(("UID", "SUMMARY", "DTSTART", "DUE", "DURATION", "COMPLETED", "LOCATION", "DESCRIPTION", "URL",
                        "CATEGORIES", "STATUS")),
}
_BOOKKEEPING = frozenset((
    "PRODID", "VERSION", "CALSCALE", "METHOD", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "UID", "TRANSP",
    "X-WR-TIMEZONE", "X-WR-RELCALID", "TZID", "X-MICROSOFT-CDO-ALLDAYEVENT"))


@dataclass(slots=True)
class Component:
    """One event or task: its lines as (name, parameters, value) in their order."""

    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Sorted:
    """What a calendar file holds: `places` are the places that its own time zones say they stand for."""

    name: str = ""
    components: list[Component] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)


def sort_lines(data: bytes) -> Sorted:
    """The components of a calendar file. Raises BadFile for what is none or would cost too much."""
    sorter = _Sorter()
    for n, line in enumerate(_unfolded(data), 1):
        sorter.take(n, line)
    return sorter.end()


def _unfolded(data: bytes) -> list[str]:
    if len(data) > LARGEST:
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The calendar is larger than {limit} MB, more than is read."), limit=LARGEST // MEGABYTE))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    if sum(data.count(fold) for fold in (b"\n ", b"\n\t", b"\r ", b"\r\t")) > _MOST_FOLDS:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The lines of this calendar are folded without end.")))
    data = _FOLDED.sub(b"", data.removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in data or b"BEGIN:VCALENDAR" not in data[:_LONGEST_LINE].upper():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "This is no calendar file.")))
    if data.count(b"\n") + data.count(b"\r") > 2 * _MOST_LINES:
        raise BadFile(text(_TOO_MANY, limit=_MOST_LINES))
    try:
        decoded = data.decode()
    except UnicodeDecodeError:
        decoded = data.decode("cp1252", "replace")
    lines = [line for line in re.split(r"[\r\n]+", decoded) if line.strip()]
    if len(lines) > _MOST_LINES:
        raise BadFile(text(_TOO_MANY, limit=_MOST_LINES))
    return lines


class _Sorter:
    """Takes the lines one by one and knows in which component it is."""

    def __init__(self) -> None:
        self._found = Sorted()
        self._open: list[str] = []
        self._entry: Component | None = None
        self._zone: list[str] = ["", ""]

    def take(self, n: int, line: str) -> None:
        """One unfolded line. Raises BadFile."""
        if len(line) > _LONGEST_LINE + _LONGEST_PARAMETERS:
            if line[:6].upper() != "ATTACH":
                raise BadFile(text(_LONG, n=n))
            self._found.left["ATTACH"] += 1
            return
        match = _LINE.fullmatch(line)
        if match is None:
            self._found.left["?"] += 1
            return
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            self._begin(n, value.strip().upper())
        elif name == "END":
            self._end(n, value.strip().upper())
        elif len(parameters) > _LONGEST_PARAMETERS:
            raise BadFile(text(_LONG, n=n))
        else:
            self._property(name, parameters, value)

    def end(self) -> Sorted:
        """What was found. Raises BadFile where the file breaks off."""
        if self._open:
            raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The calendar breaks off within {component}."),
                               component=self._open[-1]))
        return self._found

    def _begin(self, n: int, name: str) -> None:
        if len(self._open) >= _DEEPEST or (not self._open and name != "VCALENDAR"):
            raise BadFile(text(_MISPLACED, n=n, component=name[:40]))
        self._open.append(name)
        if len(self._open) != 2:
            if len(self._open) > 2 and self._entry is not None:
                self._found.left[name] += 1
            return
        if name in _KEPT:
            self._entry = Component(name)
            self._found.components.append(self._entry)
            if len(self._found.components) > MOST_ENTRIES:
                raise BadFile(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "The calendar holds more than {limit:,} events."), limit=MOST_ENTRIES))
        elif name == "VTIMEZONE":
            self._zone = ["", ""]
        else:
            self._found.left[name] += 1

    def _end(self, n: int, name: str) -> None:
        if not self._open or self._open[-1] != name:
            raise BadFile(text(_MISPLACED, n=n, component=name[:40]))
        self._open.pop()
        if len(self._open) == 1:
            self._entry = None
            if name == "VTIMEZONE" and all(self._zone):
                self._found.places[self._zone[0]] = self._zone[1]

    def _property(self, name: str, parameters: str, value: str) -> None:
        depth = len(self._open)
        if depth == 1:
            if name in ("NAME", "X-WR-CALNAME"):
                self._found.name = self._found.name or value.strip()
            elif name not in _BOOKKEEPING:
                self._found.left[name] += 1
        elif depth == 2 and self._entry is not None:
            if name not in _KEPT[self._entry.name]:
                if name not in _BOOKKEEPING:
                    self._found.left[name] += 1
                return
            self._entry.lines.append((name, parameters, value))
            if len(self._entry.lines) > _MOST_PROPERTIES:
                raise BadFile(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "An event of the calendar has more than {limit:,} lines."), limit=_MOST_PROPERTIES))
        elif depth == 2 and self._open[1] == "VTIMEZONE" and name in ("TZID", "X-LIC-LOCATION"):
            self._zone[name != "TZID"] = value.strip()


_MISPLACED = QT_TRANSLATE_NOOP("PartnerDesk", "Line {n} of the calendar is malformed: {component} is out of place.")
_TOO_MANY = QT_TRANSLATE_NOOP("PartnerDesk", "The calendar has more than {limit:,} lines.")
_LONG = QT_TRANSLATE_NOOP("PartnerDesk", "Line {n} is longer than a line of a calendar can be.")
