"""Calendars: what is written is read back equal, real ones are read whole, hostile ones refused in a sentence."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from partnerdesk.domain.problems import BadFile
from partnerdesk.formats.icalendars import Entry, known_zone, read_calendar, write_calendar

STAMP = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONES = ("", "UTC", "Europe/Vienna", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
PLAIN = st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Cn"), blacklist_characters="\ufeff")
WORDS = st.text(PLAIN | st.sampled_from(";,:\\\"\n'=^"), max_size=90).map(str.strip)
UIDS = st.text(st.sampled_from("abcXYZ019-@.{}"), min_size=1, max_size=60)
HOURS = st.times().map(lambda one: f"{one:%H:%M}")
RULES = st.sampled_from(("", "FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;INTERVAL=2;UNTIL=20950101", "FREQ=MONTHLY;BYDAY=-1FR",
                         "FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=9\nEXDATE:20300901,20310901"))


@st.composite
def events(draw):
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 40)))
    timed = draw(st.booleans())
    begins = draw(HOURS) if timed else ""
    ends = max(begins, draw(HOURS)) if timed else ""
    return Entry(
        uid=draw(UIDS), title=draw(WORDS), starts_on=first, begins=begins, ends_on=last, ends=ends,
        zone=draw(st.sampled_from(ZONES)) if timed else "", repeats=draw(RULES), place=draw(WORDS), note=draw(WORDS),
        link=draw(st.sampled_from(("", "https://example.org/a;b,c?d=1"))),
        categories=tuple(dict.fromkeys(draw(st.lists(WORDS.filter(bool), max_size=3)))),
        state=draw(st.sampled_from(("", "CONFIRMED", "TENTATIVE", "CANCELLED"))))  # fmt: skip


@st.composite
def tasks(draw):
    done = draw(st.none() | DAYS)
    return Entry(kind="task", uid=draw(UIDS), title=draw(WORDS), ends_on=draw(st.none() | DAYS), note=draw(WORDS),
                 state="COMPLETED" if done else draw(st.sampled_from(("", "NEEDS-ACTION"))), done_on=done)


ENTRIES = st.lists(events() | tasks(), max_size=6, unique_by=lambda one: one.uid)


@given(ENTRIES, WORDS.filter(lambda one: "\n" not in one and "\\" not in one and ";" not in one and "," not in one))
def test_that_what_is_written_is_read_back_equal(entries, name):
    read = read_calendar(write_calendar(entries, STAMP, name))
    assert list(read.entries) == entries
    assert read.left == {} and read.name == name


@given(ENTRIES)
def test_that_the_library_reads_what_is_written_as_it_was_meant(entries):
    written = write_calendar(entries, STAMP)
    assert all(line == b"" or len(line) <= 75 for line in written.split(b"\r\n")) and b"\n" not in written.replace(
        b"\r\n", b"")
    read = {str(one["UID"]): one for one in Calendar.from_ical(written).walk() if one.name in ("VEVENT", "VTODO")}
    assert read.keys() == {one.uid for one in entries}
    for entry in entries:
        found = read[entry.uid]
        # of a backslash before an n the library makes a line end, which RFC 5545 does not
        assert str(found["SUMMARY"]) == entry.title or "\\" in entry.title
        assert found["DTSTAMP"].dt == STAMP and not found.errors
        if entry.kind == "event" and entry.begins:
            start = found["DTSTART"].dt
            assert (start.date(), f"{start:%H:%M}", getattr(start.tzinfo, "key", "")) == (
                entry.starts_on, entry.begins, entry.zone)
        elif entry.kind == "event":
            assert found["DTSTART"].dt == entry.starts_on and found["DTEND"].dt == entry.ends_on + timedelta(days=1)
        elif entry.ends_on:
            assert found["DUE"].dt == entry.ends_on


def test_that_a_second_writing_names_the_same_things_with_the_same_stamp_of_its_own():
    entry = Entry(uid="visit-1@partnerdesk", title="Visit", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 4))
    assert write_calendar([entry], STAMP) == write_calendar([entry], STAMP)
    assert b"DTSTAMP:20260302T090000Z" in write_calendar([entry], STAMP)
    assert b"DTEND;VALUE=DATE:20260305" in write_calendar([entry], STAMP)


@pytest.fixture
def calendars(inputs: Path) -> Path:
    if not (inputs / "ical").is_dir():
        pytest.skip("no real calendars among the input files")
    return inputs / "ical"


@pytest.mark.parametrize(("name", "entries"), [
    ("calendar_with_unicode", 0), ("example", 3), ("issue_1050_simple_calendar", 1),
    ("multiple_calendar_components", 3), ("property_params", 1), ("rfc_7986_properties", 0), ("time", 0),
    ("timezoned", 1)])  # fmt: skip
def test_that_real_calendars_are_read_whole(calendars, name, entries):
    read = read_calendar((calendars / f"{name}.ics").read_bytes())
    assert len(read.entries) == entries and all(one.starts_on and not one.lost for one in read.entries)


def test_that_real_calendars_say_what_they_hold_and_what_is_left_out(calendars):
    zoned = read_calendar((calendars / "timezoned.ics").read_bytes()).entries[0]
    assert (zoned.begins, zoned.ends, zoned.zone, zoned.place) == ("10:00", "18:00", "Europe/Vienna", "aka bild, wien")
    assert (zoned.starts_on, zoned.ends_on) == (date(2012, 2, 13), date(2012, 2, 17))
    blackberry = read_calendar((calendars / "property_params.ics").read_bytes())
    assert blackberry.left["ATTENDEE"] == 3 and blackberry.left["ORGANIZER"] == 1
    holidays = read_calendar((calendars / "example.ics").read_bytes())
    assert holidays.name == "Holidays" and holidays.left == {}
    assert all(one.starts_on == one.ends_on for one in holidays.entries)


def calendar(*lines: str, inside: str = "VEVENT") -> bytes:
    event = [f"BEGIN:{inside}", *lines, f"END:{inside}"] if lines else []
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""]).encode()


def only(*lines: str, inside: str = "VEVENT") -> Entry:
    return read_calendar(calendar(*lines, inside=inside)).entries[0]


def test_that_zones_of_other_programs_are_understood_and_unknown_ones_named():
    assert known_zone("W. Europe Standard Time") == "Europe/Berlin"
    assert known_zone("/mozilla.org/20050126_1/Europe/Berlin") == "Europe/Berlin"
    assert known_zone("../../etc/passwd") == known_zone("Europe") == known_zone("") == ""
    entry = only('DTSTART;TZID="W. Europe Standard Time":20260302T100000', "SUMMARY:x")
    assert (entry.zone, entry.begins) == ("Europe/Berlin", "10:00")
    read = read_calendar(calendar("DTSTART;TZID=Office Time:20260302T100000", "SUMMARY:x"))
    assert (read.entries[0].zone, read.entries[0].begins, read.left) == ("", "10:00", {"TZID": 1})


def test_that_a_zone_may_be_named_by_the_place_of_its_definition():
    lines = calendar("DTSTART;TZID=Custom:20260302T100000").decode().replace(
        "VERSION:2.0", "VERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Custom\r\nX-LIC-LOCATION:Asia/Tokyo\r\nEND:VTIMEZONE")
    assert read_calendar(lines.encode()).entries[0].zone == "Asia/Tokyo"


def test_that_lengths_and_ends_in_other_zones_are_told_in_the_zone_of_the_beginning():
    entry = only("DTSTART;TZID=Europe/Vienna:20260302T230000", "DURATION:PT3H")
    assert (entry.ends_on, entry.ends) == (date(2026, 3, 3), "02:00")
    entry = only("DTSTART;TZID=Europe/Vienna:20260302T100000", "DTEND;TZID=Asia/Tokyo:20260302T200000")
    assert (entry.ends_on, entry.ends) == (date(2026, 3, 2), "12:00")
    assert only("DTSTART;VALUE=DATE:20260302", "DURATION:P3D").ends_on == date(2026, 3, 4)
    assert only("DTSTART:20260302T100000Z", "DTEND:20260301T100000Z").ends_on == date(2026, 3, 2)


def test_that_series_keep_their_exceptions():
    lines = calendar("UID:s", "DTSTART;TZID=Europe/Vienna:20260302T100000", "RRULE:FREQ=WEEKLY;UNTIL=20260330T080000Z",
                     "EXDATE;TZID=Europe/Vienna:20260309T100000").decode()
    moved = "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID;TZID=Europe/Vienna:20260316T100000\r\n" \
            "DTSTART;TZID=Europe/Vienna:20260317T110000\r\nEND:VEVENT\r\n"
    read = read_calendar(lines.replace("END:VCALENDAR", moved + "END:VCALENDAR").encode())
    series, one = read.entries
    assert series.repeats == "FREQ=WEEKLY;UNTIL=20260330\nEXDATE:20260309,20260316"
    assert (one.uid, one.starts_on, one.begins, one.repeats) == ("s/20260316", date(2026, 3, 17), "11:00", "")


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;COUNT=99999999", "nonsense", "FREQ=YEARLY;BYEASTER=1"])
def test_that_an_absurd_repetition_is_left_out_and_named(rule):
    read = read_calendar(calendar("DTSTART:20260302T100000Z", f"RRULE:{rule}"))
    assert read.entries[0].repeats == "" and read.entries[0].lost == ("RRULE",) and read.left == {"RRULE": 1}


def test_that_tasks_are_read_with_the_day_they_are_due_and_done():
    task = only("UID:t", "SUMMARY:Write", "DUE:20260303T170000Z", "COMPLETED:20260302T080000Z", inside="VTODO")
    assert (task.kind, task.ends_on, task.done_on, task.begins) == ("task", date(2026, 3, 3), date(2026, 3, 2), "")
    assert only("DUE;VALUE=DATE:20260303", "STATUS:COMPLETED", inside="VTODO").done_on == date(2026, 3, 3)


def test_that_alarms_journals_and_attachments_are_named_and_one_without_a_day_is_left_out():
    lines = calendar("SUMMARY:x", "DTSTART:20260302", "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 400_000,
                     "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM").decode()
    more = "BEGIN:VJOURNAL\r\nSUMMARY:y\r\nEND:VJOURNAL\r\nBEGIN:VEVENT\r\nSUMMARY:never\r\nEND:VEVENT\r\n"
    read = read_calendar(lines.replace("END:VCALENDAR", more + "END:VCALENDAR").encode())
    assert len(read.entries) == 1 and read.left == {"ATTACH": 1, "VALARM": 1, "VJOURNAL": 1, "DTSTART": 1}


def test_that_an_event_without_a_uid_keeps_the_same_one_from_reading_to_reading():
    lines = calendar("SUMMARY:x", "DTSTART:20260302")
    assert read_calendar(lines).entries[0].uid == read_calendar(lines).entries[0].uid != ""


def test_that_other_encodings_and_folds_within_a_letter_are_read():
    assert only("SUMMARY:Züri", "DTSTART:20260302").title == "Züri"
    latin = calendar("SUMMARY:Züri", "DTSTART:20260302").decode().encode("cp1252")
    assert read_calendar(latin).entries[0].title == "Züri"
    folded = calendar("SUMMARY:Züri", "DTSTART:20260302").replace("ü".encode(), b"\xc3\r\n \xbc")
    assert read_calendar(folded).entries[0].title == "Züri"


HOSTILE = {
    "one_line": b"BEGIN:VCALENDAR" + b"x" * 10_400_000,
    "one_long_line": calendar("SUMMARY:" + "x" * 9_000_000, "DTSTART:20260302"),
    "no_calendar": b"name;country\nA;B\n" * 1000,
    "empty": b"",
    "nothing_but_zeros": bytes(1_000_000),
    "too_large": calendar("SUMMARY:x") * 100_000,
    "endless_folds": b"BEGIN:VCALENDAR\r\nX-A:" + b"\r\n " * 3_000_000 + b"\r\nEND:VCALENDAR\r\n",
    "many_lines": b"BEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 1_000_000 + b"END:VCALENDAR\r\n",
    "many_events": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 20_000 + b"END:VCALENDAR\r\n",
    "many_properties": calendar(*["CATEGORIES:a"] * 100_000),
    "nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100_000,
    "broken_off": calendar("SUMMARY:x", "DTSTART:20260302")[:-30],
    "crossed": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n",
    "ended_twice": calendar("SUMMARY:x") + b"END:VCALENDAR\r\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_calendar_is_refused_in_one_sentence(name):
    with pytest.raises(BadFile) as refused:
        read_calendar(HOSTILE[name])
    said = str(refused.value)
    assert said.endswith(".") and "\n" not in said and len(said) < 200


@given(st.lists(st.sampled_from((
    "DTSTART:garbage", "DTSTART;TZID=:20260302T100000", "DTSTART;VALUE=PERIOD:20260302T100000Z/PT1H", "DTEND:99999999",
    "DURATION:P99999999999W", "DURATION:nonsense", "RRULE:FREQ=DAILY;BYDAY=", "EXDATE:x", "CATEGORIES:,,,", "UID:",
    "RECURRENCE-ID:zzz", "STATUS:" + "x" * 900, 'SUMMARY;X="unclosed:value', "SUMMARY:\\", "URL:javascript:alert(1)",
    "DTSTART:00010101T000000Z", "DTSTART;TZID=Europe/Vienna:99991231T235959", "DUE:20260302", "COMPLETED:never",
    ";;;:::", "DTSTART:20260302T256199", "DTSTART:20260230", "RRULE:FREQ=WEEKLY;UNTIL=99999999T999999Z",
    "DTSTART:20260302", "DTSTART:20260302T100000", "DESCRIPTION:\x01\x02")), max_size=12),
    st.sampled_from(("VEVENT", "VTODO")))  # fmt: skip
def test_that_broken_lines_are_read_around_or_refused(lines, inside):
    try:
        read = read_calendar(calendar(*lines, inside=inside))
    except BadFile:
        return
    assert all(one.kind == "task" or one.starts_on for one in read.entries)
    again = read_calendar(write_calendar(read.entries, STAMP))
    assert [one.uid for one in again.entries] == [one.uid for one in read.entries]


@given(st.binary(max_size=400))
def test_that_random_bytes_are_refused_or_read(noise):
    try:
        read_calendar(b"BEGIN:VCALENDAR\r\n" + noise + b"\r\nEND:VCALENDAR\r\n")
    except BadFile as refused:
        assert str(refused)
