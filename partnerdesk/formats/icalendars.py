"""Reads and writes calendar files (RFC 5545): plain values in and out, and the names of what cannot be kept.

The icalendar library does the parsing and the writing; it is loaded when the first calendar is. Nothing is ever looked
up on a network: a URL in a calendar stays text.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from partnerdesk.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from partnerdesk.domain.problems import BadFile, Refused
from partnerdesk.domain.recurrence import Recurrence, read_rule
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats.contentlines import Component, Sorted, sort_lines

PRODUCT = "-//PartnerDesk//PartnerDesk//EN"
STATES = ("", "TENTATIVE", "CONFIRMED", "CANCELLED", "NEEDS-ACTION", "IN-PROCESS", "COMPLETED")

_TZID = re.compile(r';TZID=(?:"([^"]*)"|([^;:]*))', re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LISTED = re.compile(r"(?:[^,\\]|\\.)+", re.DOTALL)
_MOMENTS = frozenset(("DTSTART", "DTEND", "DUE", "DURATION", "COMPLETED", "EXDATE", "RECURRENCE-ID"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event or task: days, both included, and times HH:MM in the IANA zone `zone`, empty for whole days.

    A zone of "" with times is the time of wherever one is. `ends_on` of a task is the day it is due, `done_on` the
    day it was done. `repeats` is as domain.recurrence stores it, `lost` names what of it could not be kept.
    """

    kind: Literal["event", "task"] = "event"
    uid: str = ""
    title: str = ""
    starts_on: date | None = None
    begins: str = ""
    ends_on: date | None = None
    ends: str = ""
    zone: str = ""
    repeats: str = ""
    place: str = ""
    note: str = ""
    link: str = ""
    categories: tuple[str, ...] = ()
    state: str = ""
    done_on: date | None = None
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar as it was read; `left` counts by their names the lines and components that cannot be kept."""

    name: str = ""
    entries: tuple[Entry, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)


def read_calendar(data: bytes) -> CalendarFile:
    """The events and tasks of a calendar file. Raises BadFile."""
    found = sort_lines(data)
    lost: Counter[str] = found.left
    parsed = _parse(found, lost)
    entries: dict[str, Entry] = {}
    moved: list[tuple[str, date]] = []
    for raw, component in zip(found.components, parsed, strict=True):
        reader = _EntryReader(raw, component)
        entry = reader.entry()
        lost.update(entry.lost)
        if entry.kind == "event" and entry.starts_on is None:
            lost["DTSTART"] += "DTSTART" not in entry.lost
            continue
        if reader.instead_of is not None:
            moved.append((entry.uid, reader.instead_of))
            entry = replace(entry, uid=f"{entry.uid}/{reader.instead_of:%Y%m%d}", repeats="")
        if entry.uid in entries:
            lost["UID"] += 1
        entries[entry.uid] = entry
    for uid, day in moved:
        if uid in entries:
            entries[uid] = _without(entries[uid], day)
    return CalendarFile(found.name, tuple(entries.values()), dict(lost))


def write_calendar(entries: Iterable[Entry], stamp: datetime, name: str = "") -> bytes:
    """A calendar file of these entries; `stamp` (with a time zone) says when it was made."""
    from icalendar import Calendar

    entries = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("x-wr-calname", _clean(name))
    for entry in entries:
        calendar.add_component(_component(entry, stamp.astimezone(UTC).replace(microsecond=0)))
    days = [day for entry in entries if entry.begins for day in (entry.starts_on, entry.ends_on) if day is not None]
    if days:
        more = 10 if any(entry.begins and entry.repeats for entry in entries) else 2
        calendar.add_missing_timezones(date(min(days).year - 1, 1, 1), date(max(days).year + more, 1, 1))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=256)
def known_zone(tzid: str) -> str:
    """The IANA name of a time zone as calendars write it (Windows' names too), "" where none is known."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    for name in (tzid, WINDOWS_TO_OLSON.get(tzid, ""), "/".join(tzid.split("/")[-2:]), "/".join(tzid.split("/")[-3:])):
        if name and _is_zone(name):
            return "UTC" if name in ("Etc/UTC", "GMT", "Z") else name
    return ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def _parse(found: Sorted, lost: Counter[str]) -> list[Any]:
    """What the library reads of the moments of each component, in the same order."""
    from icalendar import Calendar

    lines = ["BEGIN:VCALENDAR"]
    for component in found.components:
        lines.append(f"BEGIN:{component.name}")
        component.lines = [(name, _with_zone(parameters, found.places, lost), value)
                           for name, parameters, value in component.lines]
        lines += [f"{name}{parameters}:{value}" for name, parameters, value in component.lines if name in _MOMENTS]
        lines.append(f"END:{component.name}")
    lines.append("END:VCALENDAR")
    try:
        parsed = list(Calendar.from_ical("\r\n".join(lines) + "\r\n").subcomponents)
    except Exception as error:
        # whatever a library stumbles over in a file from outside is the fault of the file
        raise BadFile(text(_MALFORMED)) from error
    if len(parsed) != len(found.components):
        raise BadFile(text(_MALFORMED))
    return parsed


def _with_zone(parameters: str, places: Mapping[str, str], lost: Counter[str]) -> str:
    """Parameters with the IANA name in place of what a calendar calls its zone, or with none."""
    match = _TZID.search(parameters)
    if match is None:
        return parameters
    written = match[1] or match[2] or ""
    zone = known_zone(written) or known_zone(places.get(written, ""))
    if not zone:
        lost["TZID"] += 1
    return _TZID.sub(f";TZID={zone}" if zone else "", parameters, count=1)


class _EntryReader:
    """Reads one component that the library parsed; what it cannot read it remembers by name."""

    def __init__(self, raw: Component, component: Any) -> None:
        self._raw, self._component = raw, component
        self._lost: list[str] = [str(name).upper() for name, _ in component.errors if name]
        self._zone = ""
        self.instead_of: date | None = None

    def entry(self) -> Entry:
        """The entry, and in `instead_of` the day of the series that it replaces."""
        event = self._raw.name == "VEVENT"
        start, end = self._moment("DTSTART"), self._moment("DTEND" if event else "DUE")
        starts_on, begins = self._split(start)
        ends_on, ends = self._split(self._end(start, end))
        if event and ends_on is not None and not begins:
            ends_on = max(ends_on - timedelta(days=1), starts_on or ends_on)
        if event and (ends_on is None or starts_on is None or (ends_on, ends) < (starts_on, begins)):
            ends_on, ends = starts_on, begins
        if not event:
            starts_on, begins, ends = None, "", ""
        done_on, _ = self._split(self._moment("COMPLETED"), own_zone=False)
        replaced = self._moment("RECURRENCE-ID")
        if replaced is not None:
            self.instead_of = self._split(replaced)[0]
        state = self._text("STATUS").upper()
        if not event and state == "COMPLETED" and done_on is None:
            done_on = ends_on
        return Entry(
            kind="event" if event else "task", uid=self._uid(start or end), title=self._text("SUMMARY"),
            starts_on=starts_on, begins=begins, ends_on=ends_on, ends=ends,
            zone=self._zone if begins or ends else "", repeats=self._repeats(starts_on, begins),
            place=self._text("LOCATION"), note=self._text("DESCRIPTION"), link=self._text("URL"),
            categories=self._categories(), state=state if state in STATES else "", done_on=done_on,
            lost=tuple(dict.fromkeys(self._lost)))

    def _moment(self, name: str) -> Any:
        """A date or datetime of the component; None where there is none, or none that the calendar knows."""
        found = _one(self._component.get(name))
        moment = _held(found, "dt")
        if isinstance(moment, date) and EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            return moment
        if found is not None and name not in self._lost:
            self._lost.append(name)
        return None

    def _end(self, start: Any, end: Any) -> Any:
        duration = _held(_one(self._component.get("DURATION")), "dt")
        if end is not None or start is None or not isinstance(duration, timedelta):
            return end
        try:
            if isinstance(start, datetime) and start.tzinfo is not None:
                # a length is told in true hours, also where the clock is put forward in between
                return (start.astimezone(UTC) + duration).astimezone(start.tzinfo)
            return start + duration
        except OverflowError:
            self._lost.append("DURATION")
            return None

    def _split(self, moment: Any, own_zone: bool = True) -> tuple[date | None, str]:
        """Day and time, in the zone of the first moment that was read."""
        if moment is None:
            return None, ""
        if not isinstance(moment, datetime):
            return moment, ""
        if moment.tzinfo is not None and own_zone:
            key = getattr(moment.tzinfo, "key", "")
            if not self._zone:
                self._zone = known_zone(str(key)) or "UTC"
            if self._zone != key:
                moment = moment.astimezone(ZoneInfo(self._zone))
        return moment.date(), f"{moment:%H:%M}"

    def _text(self, name: str) -> str:
        written = next((value for own, _, value in self._raw.lines if own == name), "")
        return _clean(written if name == "URL" else _unescaped(written)).strip()

    def _categories(self) -> tuple[str, ...]:
        written = (one for name, _, value in self._raw.lines if name == "CATEGORIES" for one in _LISTED.findall(value))
        return tuple(dict.fromkeys(said for one in written if (said := _clean(_unescaped(one)).strip())))

    def _uid(self, moment: Any) -> str:
        uid = " ".join(self._text("UID").split())
        if uid:
            return uid
        told = f"{self._raw.name} {moment} {self._text('SUMMARY')}"
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]

    def _repeats(self, first: date | None, begins: str) -> str:
        rules = [value for name, _, value in self._raw.lines if name == "RRULE"]
        if not rules or first is None:
            self._lost += ["RRULE"] if rules else []
            return ""
        try:
            rule = read_rule(self._until_here(rules[0], begins))
        except Refused:
            self._lost.append("RRULE")
            return ""
        if len(rules) > 1:
            self._lost.append("RRULE")
        skipped: set[date] = set()
        found = self._component.get("EXDATE")
        for group in found if isinstance(found, list) else [found] if found is not None else []:
            skipped.update(day for one in _held(group, "dts") or () if (day := self._split(one.dt)[0]) is not None)
        return replace(rule, without=tuple(sorted(skipped))).written()

    def _until_here(self, rule: str, begins: str) -> str:
        """A rule whose last moment, told in UTC, is the last day on which it begins here."""
        match = re.search(r"UNTIL=(\d{8}T\d{6})(Z?)", rule, re.IGNORECASE)
        if match is None or not begins:
            return rule
        try:
            last = datetime.strptime(match[1].upper(), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            if match[2] and self._zone:
                last = last.astimezone(ZoneInfo(self._zone))
            day = last.date() if f"{last:%H:%M}" >= begins else last.date() - timedelta(days=1)
        except (ValueError, OverflowError):
            return rule
        return rule.replace(match[0], f"UNTIL={day:%Y%m%d}")


def _without(entry: Entry, day: date) -> Entry:
    """A series without one of its days."""
    if not entry.repeats:
        return entry
    rule = read_rule(entry.repeats)
    return replace(entry, repeats=replace(rule, without=tuple(sorted({*rule.without, day}))).written())


def _one(found: Any) -> Any:
    return found[0] if isinstance(found, list) and found else found


def _held(found: Any, name: str) -> Any:
    """What a property of the library holds; None where it could not be parsed, which the library says only now."""
    try:
        return getattr(found, name, None)
    except ValueError:
        return None


def _component(entry: Entry, stamp: datetime) -> Any:
    from icalendar import Event, Todo

    made: Any = Event() if entry.kind == "event" else Todo()
    made.add("uid", entry.uid)
    made.add("dtstamp", stamp)
    made.add("summary", _told(entry.title))
    if entry.kind == "event" and entry.starts_on is not None:
        _add_days(made, entry)
        if entry.repeats:
            _add_rule(made, entry, read_rule(entry.repeats))
    elif entry.ends_on is not None:
        made.add("due", entry.ends_on)
    for name, value in (("location", entry.place), ("description", entry.note)):
        if value:
            made.add(name, _told(value))
    if entry.link:
        made.add("url", _clean(entry.link).replace("\n", ""))
    if entry.categories:
        made.add("categories", list(entry.categories))
        made["categories"].cats = [_told(one) for one in entry.categories]
    if entry.state:
        made.add("status", entry.state)
    if entry.done_on is not None:
        made.add("completed", datetime.combine(entry.done_on, time(12), UTC))
    return made


def _add_days(made: Any, entry: Entry) -> None:
    assert entry.starts_on is not None
    last = entry.ends_on or entry.starts_on
    if entry.begins:
        made.add("dtstart", _at(entry.starts_on, entry.begins, entry.zone))
        made.add("dtend", _at(last, entry.ends or entry.begins, entry.zone))
        return
    made.add("dtstart", entry.starts_on)
    made.add("dtend", last + timedelta(days=1))
    # a whole day says what is due, not that nobody has time
    made.add("transp", "TRANSPARENT")


def _add_rule(made: Any, entry: Entry, rule: Recurrence) -> None:
    from icalendar import vRecur

    assert entry.starts_on is not None
    written = rule.rule()
    if rule.until is not None and entry.begins:
        last = _at(rule.until, entry.begins, entry.zone)
        said = f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}" if last.tzinfo is not None else f"{last:%Y%m%dT%H%M%S}"
        written = written.replace(f"UNTIL={rule.until:%Y%m%d}", f"UNTIL={said}")
    made.add("rrule", vRecur.from_ical(written))
    skipped: Sequence[date] = [_at(day, entry.begins, entry.zone) if entry.begins else day for day in rule.without]
    if skipped and entry.begins:
        made.add("exdate", list(skipped))
    elif skipped:
        made.add("exdate", list(skipped), parameters={"VALUE": "DATE"})


def _at(day: date, hour: str, zone: str) -> datetime:
    moment = datetime.combine(day, time.fromisoformat(hour))
    return moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment


def _told(said: str) -> Any:
    return _text_type()(_clean(said))


@cache
def _text_type() -> Any:
    from icalendar import vText

    class Told(vText):
        """Text that is escaped as RFC 5545 wants it; the library takes a backslash before an N for a line end."""

        def to_ical(self) -> bytes:
            return re.sub(r"([\\;,])", r"\\\1", str(self)).replace("\n", "\\n").encode()

    return Told


def _unescaped(written: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], written)


def _clean(said: str) -> str:
    """Text without what no calendar program shows, with one kind of line end."""
    return _CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))


_MALFORMED = QT_TRANSLATE_NOOP("PartnerDesk", "The calendar is malformed and cannot be read.")
